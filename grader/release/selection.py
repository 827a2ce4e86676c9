"""The text of course.yaml with some of its exercises alone; everything else in it stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Collection

from grader.course_yaml import Node, compose
from grader.errors import UsageError


def course_text(data: bytes, names: Collection[str]) -> bytes:
    """Return a course.yaml whose exercises are these, by cutting out the lines of the others."""
    lines = data.decode("utf-8-sig").splitlines(keepends=True)
    items = _exercises(data)
    starts = [_start(lines, item.line - 1) for item in items]
    ends = [*starts[1:], _end(lines, starts[-1])] if starts else []
    for item, start, end in reversed(list(zip(items, starts, ends, strict=True))):
        if _name(item) not in names:
            del lines[start:end]
    result = "".join(lines).encode()
    if [_name(item) for item in _exercises(result)] != [_name(item) for item in items if _name(item) in names]:
        raise UsageError(
            "--only cannot cut exercises out of this course.yaml: begin each exercise on a line of "
            "its own, `- name: …`, or release the whole course."
        )
    return result


def _exercises(data: bytes) -> list[Node]:
    root = compose(data)
    return next((value.items for key, value in (root.pairs if root else []) if key.text == "exercises"), [])


def _name(item: Node) -> str:
    return next((value.text for key, value in item.pairs if key.text == "name"), "")


def _start(lines: list[str], at: int) -> int:
    """Return where an exercise begins: at its dash, or at the comment right above it."""
    while at > 0 and not re.match(r"\s*-\s", lines[at]):
        at -= 1
    while at > 0 and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at


def _end(lines: list[str], start: int) -> int:
    """Return where the last exercise ends: before a line that stands further left, or as far without a dash."""
    dash = next(at for at in range(start, len(lines)) if re.match(r"\s*-\s", lines[at]))
    depth = len(lines[dash]) - len(lines[dash].lstrip())
    for at in range(dash + 1, len(lines)):
        bare = lines[at].strip()
        if bare and not bare.startswith("#") and len(lines[at]) - len(lines[at].lstrip()) <= depth:
            return at
    return len(lines)
