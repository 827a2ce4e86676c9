"""What hypotheses look at: one part of an answer beside the right one, and what was asked. And how they compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np

from grader.checks.compare import as_float, is_number


class Evidence(msgspec.Struct, frozen=True):
    """One part of one answer beside the right one, and what was asked."""

    part: str
    got: Any
    want: Any
    args: dict[str, Any]
    sizes: dict[str, int]


Hypothesis = Callable[[Sequence[Evidence]], str | None]


def label_of(evidence: Evidence) -> str:
    """Return what the part is called in a sentence."""
    return evidence.part or "the result"


def array_of(value: Any) -> Any:
    """Return a number or an array of numbers as an array, anything else as None."""
    if is_number(value):
        return np.asarray(as_float(value))
    return value if isinstance(value, np.ndarray) and value.dtype.kind in "biuf" else None


def pairs_of(evidence: Sequence[Evidence]) -> list[tuple[Any, Any]] | None:
    """Return the arrays of all evidence, or None where shapes differ or something is no array."""
    pairs = []
    for item in evidence:
        got, want = array_of(item.got), array_of(item.want)
        if got is None or want is None or got.shape != want.shape or got.size == 0:
            return None
        pairs.append((got.astype(float), want.astype(float)))
    return pairs


def alike(got: Any, want: Any) -> bool:
    """Whether two arrays are the same to six digits."""
    with np.errstate(all="ignore"):
        if np.shape(got) != np.shape(want) or not (np.isfinite(got).all() and np.isfinite(want).all()):
            return False
        scale = max(1e-9, float(np.max(np.abs(want), initial=0.0)))
        return bool(np.max(np.abs(got - want), initial=0.0) <= 1e-6 * scale)


def everywhere(evidence: Sequence[Evidence], change: Callable[..., Any]) -> bool:
    """Whether the right answer, changed in this way, is the given one in every case."""
    with np.errstate(all="ignore"):
        for item in evidence:
            got, want = array_of(item.got), array_of(item.want)
            if got is None or want is None:
                return False
            try:
                changed = change(want.astype(float), item)
            except (ValueError, IndexError, KeyError, TypeError):
                return False
            if changed is None or not alike(got.astype(float), changed):
                return False
    return True
