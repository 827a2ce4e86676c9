"""The text of course.yaml with some of its exercises alone; everything else in it stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Collection

from grader.course_yaml import Node, YamlError, compose
from grader.errors import UsageError

_DASH = re.compile(r"\s*-\s")
_REFUSAL = (
    "--only cannot cut exercises out of this course.yaml: begin each exercise on a line of its own, `- name: …`, "
    "without references from one to another, or release the whole course."
)


def course_text(data: bytes, names: Collection[str]) -> bytes:
    """Return a course.yaml whose exercises are these, by cutting out the lines of the others."""
    lines = data.decode("utf-8-sig").splitlines(keepends=True)
    items = _exercises(data)
    dashes = [_dash(lines, item.line - 1) for item in items]
    starts = [_start(lines, dash) for dash in dashes]
    ends = [*starts[1:], _end(lines, dashes[-1])]
    for item, start, end in reversed(list(zip(items, starts, ends, strict=True))):
        if _name(item) not in names:
            del lines[start:end]
    result = "".join(lines).encode()
    try:
        left = [_name(item) for item in _exercises(result)]
    except YamlError:  # an anchor was cut out, and its alias was not
        left = []
    if left != [_name(item) for item in items if _name(item) in names]:
        raise UsageError(_REFUSAL)
    return result


def _exercises(data: bytes) -> list[Node]:
    root = compose(data)
    return next((value.items for key, value in (root.pairs if root else []) if key.text == "exercises"), [])


def _name(item: Node) -> str:
    return next((value.text for key, value in item.pairs if key.text == "name"), "")


def _dash(lines: list[str], at: int) -> int:
    """Return the line of an exercise's dash: its own, or one further up where the dash stands alone."""
    while at >= 0 and not _DASH.match(lines[at]):
        at -= 1 if lines[at].lstrip()[:1] in ("", "#") else at + 1
    if at < 0:
        raise UsageError(_REFUSAL)
    return at


def _start(lines: list[str], dash: int) -> int:
    """Return where an exercise begins: at its dash, or at the comment right above it."""
    while lines[dash - 1].lstrip().startswith("#"):
        dash -= 1
    return dash


def _end(lines: list[str], dash: int) -> int:
    """Return where the last exercise ends: before what stands further left than its dash, or as far."""
    depth = _indent(lines[dash])
    for at in range(dash + 1, len(lines)):
        bare = lines[at].strip()
        if bare and (_indent(lines[at]) < depth or (_indent(lines[at]) == depth and not bare.startswith("#"))):
            return at
    return len(lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
