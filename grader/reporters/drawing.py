"""A failure in pictures: arrays as tables, a heat map of where it is wrong, a training's curve, a confusion matrix.

The classes that give them their colours are in style.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from grader.reporters.figures import Figures, Heat, Point
from grader.reporters.markup import Child, add, element

_SHADES = 5
_ROUNDING = 1e-7
"""Errors up to here count as right, as in the curriculum's meaning of stable."""
_NUMBERED_COLUMNS = 10
"""A map of so many columns at most has room for numbers."""
_LARGEST_TABLE = 400
_MOST_ARGUMENTS = 20
_PART = re.compile(r"^(\w{1,40}) = ", re.MULTILINE)
_ROW = re.compile(r"\[([^\[\]]*)\]")


def shapes(found: Figures) -> Element | None:
    """Return your shape beside the expected one, where both are known and differ."""
    if found.your_shape is None or found.expected_shape is None or found.your_shape == found.expected_shape:
        return None
    pairs = (("Your shape", found.your_shape), ("Expected shape", found.expected_shape))
    return element(
        "dl",
        *(element("div", element("dt", name), element("dd", element("code", _shape(shape)))) for name, shape in pairs),
        class_="shapes",
    )


def arrays(found: Figures) -> Element | None:
    """Return your answer beside the expected one, part by part, the places that differ marked."""
    if not found.yours and not found.expected:
        return None
    yours, expected = _parts(found.yours), _parts(found.expected)
    if list(yours) != list(expected):
        yours, expected = {"": found.yours}, {"": found.expected}
    pairs = [_pair(name, yours[name], expected[name]) for name in yours]
    if found.yours and found.yours == found.expected:
        words = "On this small example your answer is right: what is different in the case above?"
        pairs.append(element("p", words))
    return element("div", *pairs)


def _pair(name: str, yours: str, expected: str) -> Element:
    """Return one part of the answers, side by side."""
    mine, due = _grid(yours), _grid(expected)
    against = due if mine is not None and due is not None and _size(mine) == _size(due) else None
    pair = element("div", class_="pair")
    for whose, text, grid, other in (("Yours", yours, mine, against), ("Expected", expected, due, None)):
        if text:
            label = f"{whose}: {name}" if name else whose
            add(pair, element("figure", element("figcaption", label), _array(text, grid, other, label)))
    return pair


def arguments(found: Figures) -> Element | None:
    """Return the arguments of the example: tables where they are one or two rows deep, else their text."""
    named = list(found.arguments.items())[:_MOST_ARGUMENTS]
    if not named:
        return None
    shown = [
        element("figure", element("figcaption", element("code", name)), _array(text, _grid(text), None, name))
        for name, text in named
    ]
    return element("div", element("p", "For example, with"), element("div", *shown, class_="pair"))


def wrong_places(found: Figures) -> Element | None:
    """Return the table of single places: index, yours, expected."""
    if not found.wrong_at:
        return None
    head = element("tr", *(element("th", name, scope="col") for name in ("Index", "Yours", "Expected")))
    rows = [
        element(
            "tr", *(element("td", text) for text in (_shape(place.index), _text(place.yours), _text(place.expected)))
        )
        for place in found.wrong_at[:20]
    ]
    return element(
        "table",
        element("caption", f"Where {found.part or 'it'} is wrong"),
        element("thead", head),
        element("tbody", *rows),
        class_="array",
    )


def heat_map(heat: Heat | None, part: str = "") -> Element | None:
    """Return a map of |yours − expected|: a cell an element, the stronger its colour the more wrong."""
    if heat is None:
        return None
    rows, across = len(heat.errors), len(heat.errors[0])
    wide, high = (58, 30) if across <= _NUMBERED_COLUMNS else (16, 16)
    errors = [error for row in heat.errors for error in row]
    largest = max((e for e in errors if e is not None and math.isfinite(e)), default=0.0)
    wrong = sum(_shade(error, largest) != "right" for error in errors)
    odd = any(_shade(error, largest) == "odd" for error in errors)
    label = f"{wrong} of {len(errors)} elements are wrong; the largest error is {_text(largest)}."
    drawing = _svg(across * wide, rows * high, label)
    for row, line in enumerate(heat.errors):
        for column, error in enumerate(line):
            shade = _shade(error, largest)
            words = "right" if shade == "right" else "not a number" if error is None else f"off by {_text(error)}"
            title = element("title", f"row {row}, column {column}: {words}")
            place = {"x": column * wide, "y": row * high}
            cell = element("g", title, element("rect", **place, width=wide - 2, height=high - 2, rx=2), class_=shade)
            if across <= _NUMBERED_COLUMNS:
                middle = {"x": place["x"] + wide / 2 - 1, "y": place["y"] + high / 2 + 3}
                add(cell, element("text", "✓" if shade == "right" else _text(error), **middle))
            add(drawing, cell)
    where = f" of {part}" if part else ""
    legend = " Grey is right; the stronger the colour, the larger the error" + (
        "; violet is nan or inf. " if odd else ". "
    )
    caption = element(
        "figcaption", f"How far each element{where} is from the right value: {label}", legend, _shape_note(heat)
    )
    return element("figure", caption, drawing, class_="heat")


def curve(points: Sequence[Point], threshold: float | None) -> Element | None:
    """Return the course of a training, with the threshold as a dashed line."""
    known = [(p.epoch, p.value) for p in points if p.value is not None and math.isfinite(p.value + p.epoch)]
    if not known:
        return None
    goal = [] if threshold is None or not math.isfinite(threshold) else [threshold]
    values = [value for _, value in known] + goal
    left, right = min(e for e, _ in known), max(e for e, _ in known)
    low, high = min(values), max(values)
    wide, tall, edge = 560, 180, 24

    def at(epoch: float, value: float) -> tuple[float, float]:
        across = (epoch - left) / (right - left) if right > left else 0.5
        up = (value - low) / (high - low) if high > low else 0.5
        return round(edge + across * (wide - 2 * edge), 1), round(tall - edge - up * (tall - 2 * edge), 1)

    last = known[-1][1]
    label = f"From epoch {left:g} to {right:g}: last {_text(last)}, lowest {_text(low)}, highest {_text(high)}"
    label += f", asked for {_text(goal[0])}." if goal else "."
    drawing = _svg(wide + 110, tall, label, class_="plot")
    for value in goal:
        y = at(left, value)[1]
        add(drawing, element("line", x1=edge, x2=wide - edge, y1=y, y2=y, class_="goal"))
        add(drawing, element("text", f"asked: {_text(value)}", x=wide - edge + 8, y=y + 4))
    path = " ".join(f"{x},{y}" for x, y in (at(epoch, value) for epoch, value in known))
    add(drawing, element("polyline", points=path, class_="curve"))
    for x, y in (at(*known[0]), at(*known[-1])):
        add(drawing, element("circle", cx=x, cy=y, r=4, class_="curve"))
    x, y = at(*known[-1])
    add(drawing, element("text", f"yours: {_text(last)}", x=x + 8, y=y + 4))
    return element("figure", element("figcaption", label), drawing)


def confusion(counts: Sequence[Sequence[int]]) -> Element | None:
    """Return the confusion matrix: rows true, columns predicted."""
    if not counts:
        return None
    largest = max((n for row, line in enumerate(counts) for column, n in enumerate(line) if row != column), default=0)
    names = [element("th", str(column), scope="col") for column in range(len(counts[0]))]
    table = element(
        "table",
        element("thead", element("tr", element("td"), *names)),
        class_="array heat",
    )
    body = element("tbody")
    for row, line in enumerate(counts):
        shades = ["hit" if row == column else _shade(float(n), float(largest)) for column, n in enumerate(line)]
        cells = [element("td", str(n), class_=shade) for n, shade in zip(line, shades, strict=True)]
        add(body, element("tr", element("th", str(row), scope="row"), *cells))
    caption = "Confusion matrix: rows are the true classes, columns the predicted ones."
    return element("figure", element("figcaption", caption), element("div", add(table, body), class_="scroll"))


def _svg(width: float, height: float, label: str, class_: str | None = None) -> Element:
    box = element("svg", role="img", aria_label=label, width=width, height=height, class_=class_)
    box.set("viewBox", f"0 0 {width} {height}")
    return box


def _shade(error: float | None, largest: float) -> str:
    """Return the class of a cell: right, odd (nan or infinite), or shade1 … shade5."""
    if error is None or not math.isfinite(error):
        return "odd"
    if error <= max(_ROUNDING, 1e-6 * largest):
        return "right"
    return f"shade{max(1, math.ceil(_SHADES * error / largest))}"


def _shape_note(heat: Heat) -> Child:
    cut = heat.shape is not None and heat.shape != [len(heat.errors), len(heat.errors[0])]
    return f"The array has the shape {_shape(heat.shape or [])}; a part of it is shown." if cut else None


def _array(text: str, grid: list[list[str]] | None, other: list[list[str]] | None, name: str) -> Element:
    if grid is None:
        return element("pre", text, tabindex="0", role="region", aria_label=name)
    body = element("tbody")
    for row, line in enumerate(grid):
        cells = []
        for column, cell in enumerate(line):
            wrong = other is not None and _differ(cell, other[row][column])
            cells.append(element("td", element("mark", cell) if wrong else cell))
        add(body, element("tr", *cells))
    scroll = element("div", element("table", body, class_="array"), class_="scroll", tabindex="0", role="region")
    scroll.set("aria-label", name)
    return scroll


def _parts(text: str) -> dict[str, str]:
    """Return the parts of an answer of several, printed as ``dx = …`` and ``dw = …``; any other text is one part."""
    if not _PART.match(text):
        return {"": text}
    starts = list(_PART.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    named = {start[1]: text[start.end() : end].strip() for start, end in zip(starts, ends, strict=True)}
    return named if len(named) > 1 else {"": text}


def _grid(text: str) -> list[list[str]] | None:
    """Return the numbers of a printed vector or matrix row by row, or None where the text is something else."""
    if text.count("[") > _LARGEST_TABLE or not text.strip().startswith("["):
        return None
    rows = [row.replace(",", " ").split() for row in _ROW.findall(text)]
    around = "".join(_ROW.sub("", text).replace(",", "").split())
    whole = around == "[]" or (around == "" and len(rows) == 1)
    if not whole or not rows or not rows[0] or len({len(row) for row in rows}) != 1:
        return None
    if len(rows) * len(rows[0]) > _LARGEST_TABLE or not all(_is_number(cell) for row in rows for cell in row):
        return None
    return rows


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return text in ("True", "False")
    return True


def _differ(left: str, right: str) -> bool:
    """Return whether two printed numbers are more than a rounding of the print apart."""
    if left == right:
        return False
    if not {left, right}.isdisjoint(("True", "False")):
        return True
    return not math.isclose(float(left), float(right), rel_tol=1e-6, abs_tol=_ROUNDING)


def _size(grid: list[list[str]]) -> tuple[int, int]:
    return len(grid), len(grid[0])


def _shape(shape: Sequence[int]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _text(value: float | None) -> str:
    return "nan" if value is None else f"{value:.3g}"
