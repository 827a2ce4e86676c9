"""Reading an outcome's detail: each entry is there, whole and of the right kind, or not there at all.

grader/checks/explain.py writes it; in between it may have been to a file and back, so that nan has become null.
"""

from __future__ import annotations

from typing import Any

import msgspec

from grader.fit import sayable
from grader.report import Outcome

_LARGEST_MAP = 40
_LONGEST_CURVE = 10_000


class WrongAt(msgspec.Struct, frozen=True, array_like=True):
    """One place where an array is wrong."""

    index: list[int]
    yours: float | None
    expected: float | None


class Heat(msgspec.Struct, frozen=True):
    """How wrong an array is, element by element."""

    errors: list[list[float | None]]
    shape: list[int] | None = None


class Point(msgspec.Struct, frozen=True):
    """One epoch of a training."""

    epoch: float
    value: float | None


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """A failure in figures."""

    asked: str = ""
    arguments: dict[str, str] = {}
    yours: str = ""
    expected: str = ""
    your_shape: list[int] | None = None
    expected_shape: list[int] | None = None
    wrong_at: list[WrongAt] = []
    heat: Heat | None = None
    part: str = ""
    traceback: str = ""
    curve: list[Point] = []
    threshold: float | None = None
    confusion: list[list[int]] = []
    line: int | None = None
    file: str = ""


def figures(outcome: Outcome) -> Figures:
    """Return what the outcome's detail holds and can be shown."""
    if not isinstance(outcome.detail, dict):
        return Figures()
    detail = sayable(outcome.detail)
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(Figures):
        try:
            found[field.name] = msgspec.convert(detail[field.name], field.type)
        except (KeyError, msgspec.ValidationError):
            continue
    kept = Figures(**found)
    heat = kept.heat if kept.heat is not None and _rectangular(kept.heat.errors) else None
    confusion = kept.confusion if _rectangular(kept.confusion) else []
    return msgspec.structs.replace(kept, heat=heat, confusion=confusion, curve=kept.curve[:_LONGEST_CURVE])


def _rectangular(rows: list[Any]) -> bool:
    lengths = {len(row) for row in rows}
    return len(lengths) == 1 and 0 < max(lengths) <= _LARGEST_MAP and len(rows) <= _LARGEST_MAP
