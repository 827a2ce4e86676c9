"""Building XML and HTML as trees, so that text cannot become markup; what pages look like is elsewhere."""

from __future__ import annotations

from xml.etree.ElementTree import Element, tostring

from grader.reporters.plain import clean

Child = Element | str | None


def element(tag: str, *children: Child, **attributes: object) -> Element:
    """Return an element; ``class_`` is the attribute class, ``aria_label`` aria-label; None and False leave one out."""
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None and value is not False:
            made.set(name.rstrip("_").replace("_", "-"), "" if value is True else clean(str(value)))
    return add(made, *children)


def add(parent: Element, *children: Child) -> Element:
    """Put elements and clean text into an element, and return it."""
    for child in children:
        if isinstance(child, str):
            if len(parent):
                parent[-1].tail = (parent[-1].tail or "") + clean(child)
            else:
                parent.text = (parent.text or "") + clean(child)
        elif child is not None:
            parent.append(child)
    return parent


def html(root: Element) -> str:
    """Return the page of which the element is the root."""
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def xml(root: Element) -> str:
    """Return the document of which the element is the root."""
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"
