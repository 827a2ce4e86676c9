"""Where wrong answers are right: in some rows or columns, where an argument is positive, nowhere but at the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.checks.evidence import Evidence, Hypothesis, alike, label_of, pairs_of

_FEWEST = 12
"""So many numbers at least, before it means something in which row or column they are wrong."""


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
                r.size >= _FEWEST
                and np.isfinite(r).all()
                and (r != 0).all()
                and alike(r, np.broadcast_to(r.mean(axis, keepdims=True), r.shape))
                for r in ratios
            ]
            moved = [alike(g - w, np.broadcast_to((g - w).mean(axis, keepdims=True), g.shape)) for g, w in pairs]
        if all(steady) and not all(alike(r, np.full_like(r, r.mean())) for r in ratios):
            return f"Each {words} of {label} is off by a factor of its own: is something summed over the wrong axis?"
        if all(moved):
            return f"Each {words} of {label} is off by a number of its own: a sum or mean over an axis is missing."
    return None


def _off(evidence: Sequence[Evidence]) -> tuple[list[tuple[Any, Any]], list[Any]] | None:
    """Return the pairs, and where each is wrong."""
    pairs = pairs_of(evidence)
    if pairs is None or all(want.size < 2 for _, want in pairs):
        return None
    return pairs, [np.abs(got - want) > 1e-6 * max(1e-9, float(np.abs(want).max())) for got, want in pairs]


def masked(evidence: Sequence[Evidence]) -> str | None:
    """Wrong only where 0 is due, or given."""
    found = _off(evidence)
    if found is None:
        return None
    label = label_of(evidence[0])
    if all((mask <= (want == 0)).all() for (_, want), mask in zip(*found, strict=True)):
        return f"{label} is right except where it should be 0: a mask is missing."
    if all((mask <= (got == 0)).all() for (got, _), mask in zip(*found, strict=True)):
        return f"{label} is 0 in places where it should not be: a mask, a slice or a loop leaves something out."
    return None


def _ends(evidence: Sequence[Evidence]) -> str | None:
    """Wrong only at one end of an axis, or everywhere else."""
    found = _off(evidence)
    if found is None:
        return None
    label, (_, off) = label_of(evidence[0]), found
    if sum(mask.size for mask in off) < _FEWEST:
        return None
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
        if all(mask.shape[axis] > 2 and _all_but(mask, end, axis) for mask in off):
            where = f"{label} is right only in the {words} place along axis {axis}"
            return f"{where}: does the rest use a wrong index, or what is left from before?"
    return None


def _all_but(mask: Any, end: int, axis: int) -> bool:
    """Whether every place along the axis has something wrong but the one at this end."""
    wrong = mask.any(tuple(other for other in range(mask.ndim) if other != axis))
    return bool(not wrong[end] and np.delete(wrong, end).all())


def sided(evidence: Sequence[Evidence]) -> str | None:
    """Wrong only where an argument is negative, or positive, or in the column of a label."""
    found = _off(evidence)
    if found is None:
        return None
    label, (_, off) = label_of(evidence[0]), found
    for name in evidence[0].args:
        at = [_at_labels(item.args.get(name), mask) for item, mask in zip(evidence, off, strict=True)]
        if all(place is not None and (mask <= place).all() for place, mask in zip(at, off, strict=True)):
            return f"{label} is wrong only in the column of the right class, {name}: look at what is subtracted there."
        if all(place is not None and (mask == ~place).all() for place, mask in zip(at, off, strict=True)):
            return f"{label} is right only in the column of the right class, {name}."
        for words, test in (("negative", lambda a: a < 0), ("positive", lambda a: a > 0)):
            if _only_where(evidence, off, name, test):
                return f"{label} is wrong only where {name} is {words}."
    return None


def _at_labels(labels: Any, mask: Any) -> Any:
    """Return where a row's own label stands, if these can be the labels of rows."""
    if labels is None or labels.ndim != 1 or labels.dtype.kind not in "iu" or mask.ndim != 2:
        return None
    if len(labels) != len(mask) or labels.min(initial=0) < 0 or labels.max(initial=0) >= mask.shape[1]:
        return None
    return labels[:, None] == np.arange(mask.shape[1])


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


PLACES: tuple[Hypothesis, ...] = (_normalised, _constant, _ends, sided)
APART: tuple[Hypothesis, ...] = (masked, sided)
"""Those that make sense for single elements, which are in no order."""
