"""Where wrong answers are right: in some rows or columns, where an argument is positive, nowhere but at the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.checks.evidence import Evidence, Hypothesis, alike, label_of, pairs_of


def _normalised(evidence: Sequence[Evidence]) -> str | None:
    label = label_of(evidence[0])
    shares = [(got, want) for got, want in pairs_of(evidence) or [] if want.ndim > 1]
    if shares and all(alike(w.sum(-1), np.ones(w.shape[:-1])) for _, w in shares):
        for axis in range(min(got.ndim for got, _ in shares) - 1):
            if all(alike(g.sum(axis), np.ones_like(g.sum(axis))) for g, _ in shares):
                return f"{label} sums to 1 over axis {axis}; it should over the last axis."
        if all(alike(g.sum(), np.ones(())) for g, _ in shares):
            return f"{label} sums to 1 over all axes; it should over the last one, for each row."
    for axis, words in ((0, "column"), (-1, "row")):
        pairs = pairs_of(evidence)
        if pairs is None or any(want.ndim < 2 for _, want in pairs):
            return None
        with np.errstate(all="ignore"):
            ratios = [got / want for got, want in pairs]
            steady = [
                np.isfinite(r).all() and alike(r, np.broadcast_to(r.mean(axis, keepdims=True), r.shape)) for r in ratios
            ]
            moved = [alike(g - w, np.broadcast_to((g - w).mean(axis, keepdims=True), g.shape)) for g, w in pairs]
        if all(steady) and not all(alike(r, np.full_like(r, r.mean())) for r in ratios):
            return f"Each {words} of {label} is off by a factor of its own: is something summed over the wrong axis?"
        if all(moved):
            return f"Each {words} of {label} is off by a number of its own: a sum or mean over an axis is missing."
    return None


def _partly(evidence: Sequence[Evidence]) -> str | None:
    """Right in some places: say which."""
    pairs = pairs_of(evidence)
    if pairs is None or all(want.size < 2 for _, want in pairs):
        return None
    label = label_of(evidence[0])
    off = [np.abs(got - want) > 1e-6 * max(1e-9, float(np.abs(want).max())) for got, want in pairs]
    if all((mask <= (want == 0)).all() for mask, (_, want) in zip(off, pairs, strict=True)):
        return f"{label} is right except where it should be 0: a mask is missing."
    if all((mask <= (got == 0)).all() for mask, (got, _) in zip(off, pairs, strict=True)):
        return f"{label} is 0 in places where it should not be: a mask, a slice or a loop leaves something out."
    places = [
        (axis, end, words)
        for axis in range(min(mask.ndim for mask in off))
        for end, words in ((-1, "last"), (0, "first"))
        if all(mask.shape[axis] > 1 for mask in off)
    ]
    for axis, end, words in places:
        if all(not np.delete(mask, end, axis).any() for mask in off):
            where = f"{label} is wrong only in the {words} place along axis {axis}"
            return f"{where}: a loop or a slice ends too early or too late."
    for axis, end, words in places:
        if all(mask.shape[axis] > 2 and not np.take(mask, end, axis).any() for mask in off):
            where = f"{label} is right only in the {words} place along axis {axis}"
            return f"{where}: does the rest use a wrong index, or what is left from before?"
    for name in evidence[0].args:
        for words, test in (("negative", lambda a: a < 0), ("positive", lambda a: a > 0)):
            if _only_where(evidence, off, name, test):
                return f"{label} is wrong only where {name} is {words}."
    return None


def _only_where(evidence: Sequence[Evidence], off: Sequence[Any], name: str, test: Callable[[Any], Any]) -> bool:
    elsewhere = 0
    for item, mask in zip(evidence, off, strict=True):
        value = item.args.get(name)
        if value is None or value.shape != mask.shape or not (mask <= test(value)).all():
            return False
        elsewhere += int((~test(value)).sum())
    return elsewhere > 0


def _constant(evidence: Sequence[Evidence]) -> str | None:
    pairs = pairs_of(evidence) or []
    if len(pairs) > 1 and all(got.size > 1 and float(np.ptp(got)) == 0 for got, _ in pairs):
        return f"{label_of(evidence[0])} is the same number everywhere."
    values = {float(got.ravel()[0]) for got, _ in pairs}
    if len(pairs) > 1 and len(values) == 1 and all(got.size == 1 for got, _ in pairs):
        return f"{label_of(evidence[0])} is {values.pop():.6g} whatever is asked: the arguments are not used."
    return None


PLACES: tuple[Hypothesis, ...] = (_normalised, _constant, _partly)
