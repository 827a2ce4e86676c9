"""Laying text out in columns: how wide it is, where a line may be broken, and which lines are drawings that may not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category, east_asian_width

_DRAWN = re.compile(r"^\s|^[\[(\])]|\S {2,}\S|^[^.:]{1,24}:\s+[-+]?[\d\[(][^A-Za-z]*$")


class Block(NamedTuple):
    """Some lines that belong together."""

    drawn: bool
    """Whether the lines are as their author laid them out (an array), and not prose."""
    lines: list[str]


def columns(text: str) -> int:
    """Return how many columns a terminal needs for the text."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def split_at(text: str, width: int) -> tuple[str, str]:
    """Return as much of the text as fits the width, and the rest."""
    if text.isascii():
        return text[:width], text[width:]
    used = 0
    for place, character in enumerate(text):
        used += _columns_of(character)
        if used > width:
            return text[:place], text[place:]
    return text, ""


def pad(text: str, width: int) -> str:
    """Return the text with blanks after it, up to the width."""
    return text + " " * (width - columns(text))


def cut(text: str, width: int, ending: str = "…") -> str:
    """Return the text, or its beginning and the ending where it is wider than the width."""
    if columns(text) <= width:
        return text
    return split_at(text, width - len(ending))[0] + ending


def wrap(text: str, width: int) -> list[str]:
    """Return the text in lines that fit the width, broken between words where that is possible."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
        while columns(line) > width:
            piece, line = split_at(line, width)
            lines.append(piece)
    return [*lines, line] if line else lines


def blocks(text: str) -> Iterator[Block]:
    """Yield the prose and the drawings of a text, in order; empty lines separate blocks and are left out."""
    kind: bool | None = None
    lines: list[str] = []
    depth = 0
    for line in text.split("\n"):
        if not line.strip():
            drawn = None
        else:
            opened = line.count("[") - line.count("]")
            drawn = depth > 0 or opened != 0 or bool(_DRAWN.search(line))
            depth = max(0, depth + opened)
        if lines and drawn != kind and kind is not None:
            yield Block(kind, lines)
            lines = []
        if drawn is not None:
            lines.append(line.rstrip())
        kind = drawn
    if lines and kind is not None:
        yield Block(kind, lines)
