"""What wrong answers have in common, one hypothesis after the other: a factor, a sign, a sum, an axis, a place."""

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
    return evidence.part or "the result"


def _array(value: Any) -> Any:
    if is_number(value):
        return np.asarray(as_float(value))
    return value if isinstance(value, np.ndarray) and value.dtype.kind in "biuf" else None


def _pairs(evidence: Sequence[Evidence]) -> list[tuple[Any, Any]] | None:
    """Return the arrays of all evidence, or None where shapes differ or something is no array."""
    pairs = []
    for item in evidence:
        got, want = _array(item.got), _array(item.want)
        if got is None or want is None or got.shape != want.shape or got.size == 0:
            return None
        pairs.append((got.astype(float), want.astype(float)))
    return pairs


def _alike(got: Any, want: Any) -> bool:
    with np.errstate(all="ignore"):
        if np.shape(got) != np.shape(want) or not (np.isfinite(got).all() and np.isfinite(want).all()):
            return False
        scale = max(1e-9, float(np.max(np.abs(want), initial=0.0)))
        return bool(np.max(np.abs(got - want), initial=0.0) <= 1e-6 * scale)


def _everywhere(evidence: Sequence[Evidence], change: Callable[..., Any]) -> bool:
    """Whether the right answer, changed in this way, is the given one in every case."""
    with np.errstate(all="ignore"):
        for item in evidence:
            got, want = _array(item.got), _array(item.want)
            if got is None or want is None:
                return False
            try:
                changed = change(want.astype(float), item)
            except (ValueError, IndexError, KeyError, TypeError):
                return False
            if changed is None or not _alike(got.astype(float), changed):
                return False
    return True


def _nothing(evidence: Sequence[Evidence]) -> str | None:
    label = label_of(evidence[0])
    if any(item.got is None for item in evidence):
        return f"{label} is None: is a return missing?"
    pairs = _pairs(evidence)
    if pairs and all((got == 0).all() for got, _ in pairs):
        return f"{label} is zero everywhere: nothing was computed, or everything cancelled."
    if pairs and any(not np.isfinite(got).all() for got, _ in pairs):
        return (
            f"{label} has values that are nan or infinite: look for a division by zero, a log of zero or an overflow."
        )
    return None


def _scaled(evidence: Sequence[Evidence]) -> str | None:
    pairs = _pairs(evidence)
    if pairs is None:
        return None
    factors = []
    for got, want in pairs:
        weight = float((want * want).sum())
        if weight == 0:
            return None
        factor = float((got * want).sum()) / weight
        if abs(abs(factor) - 1) < 1e-4:  # nearly right: no factor is wrong, but what is lost is precision
            factor = float(round(factor))
        if factor in (0, 1) or not _alike(got, factor * want):
            return None
        factors.append(factor)
    label = label_of(evidence[0])
    if all(abs(factor + 1) < 1e-6 for factor in factors):
        return f"The sign of {label} is wrong: it is exactly the negative of what is expected."
    named = _name_factor(factors, evidence)
    if named:
        return f"{label} is exactly {named}"
    if len(factors) > 1 and max(factors) - min(factors) < 1e-6 * abs(factors[0]):
        if abs(factors[0]) > 1:
            return f"{label} is exactly {factors[0]:.6g} times too large: a constant factor is wrong."
        return f"{label} is exactly {1 / factors[0]:.6g} times too small: a constant factor is wrong or missing."
    return None


def _name_factor(factors: Sequence[float], evidence: Sequence[Evidence]) -> str | None:
    """Return the name of a factor that differs from case to case, such as a size or the upstream gradient."""
    candidates: dict[str, list[float]] = {}
    for item in evidence:
        for name, value in item.args.items():
            for axis, size in enumerate(value.shape):
                words = (
                    f"the number of {_AXES[axis]} of {name}"
                    if value.ndim == 2
                    else f"the size of {name} along axis {axis}"
                )
                candidates.setdefault(words, []).append(float(size))
            if value.ndim > 1:
                candidates.setdefault(f"the number of elements of {name}", []).append(float(value.size))
            if value.ndim == 0:
                candidates.setdefault(name, []).append(float(value))
    for name, sizes in candidates.items():
        alike = max(factors) - min(factors) < 1e-6 * abs(factors[0])
        if len(sizes) != len(factors):
            continue
        by_chance = len(sizes) > 1 and alike and len(set(sizes)) == 1  # a constant may be meant, such as 2
        for constant in (1.0,) if by_chance and sizes[0] > 2 else () if by_chance else (1.0, 2.0, 0.5, -1.0):
            if all(abs(f / (constant * s) - 1) < 1e-6 for f, s in zip(factors, sizes, strict=True) if s):
                if name == "dout":
                    return "dout times too large: the upstream gradient enters twice."
                more = "" if constant == 1 else f"{constant:g} × "
                return f"{more}{name} times too large: should there be a mean where there is a sum?"
            if all(abs(f * s / constant - 1) < 1e-6 for f, s in zip(factors, sizes, strict=True) if s):
                if name == "dout":
                    return "what comes out without the upstream gradient: multiply by dout."
                more = "" if constant == 1 else f"{1 / constant:g} × "
                return f"{more}{name} times too small: is something divided by it once too often?"
    return None


_AXES = ("rows", "columns")


def _upstream(evidence: Sequence[Evidence]) -> str | None:
    label = label_of(evidence[0])
    if _everywhere(evidence, lambda want, item: want / item.args["dout"]):
        return f"{label} leaves out the upstream gradient: the chain rule multiplies by dout."
    if _everywhere(evidence, lambda want, item: want * item.args["dout"]):
        return f"{label} multiplies by dout twice."
    if _everywhere(evidence, lambda want, item: item.args["dout"]):
        return f"{label} is just dout: the function's own derivative is missing."
    return None


def _turned(evidence: Sequence[Evidence]) -> str | None:
    label = label_of(evidence[0])
    if _everywhere(evidence, lambda want, _: want.T if want.ndim > 1 else None):
        return f"{label} is transposed."
    for axis in (0, 1):
        if _everywhere(evidence, lambda want, _, axis=axis: np.flip(want, axis) if want.ndim > axis else None):
            return f"{label} is the right answer in reverse order along axis {axis}."
        for step in (1, -1):
            moved = _everywhere(
                evidence, lambda want, _, a=axis, s=step: np.roll(want, s, a) if want.ndim > a else None
            )
            if moved:
                return f"{label} is shifted by one place along axis {axis}."
    return None


def _shifted(evidence: Sequence[Evidence]) -> str | None:
    pairs = _pairs(evidence)
    if pairs is None:
        return None
    shifts = [float((got - want).mean()) for got, want in pairs]
    if all(_alike(got - shift, want) for (got, want), shift in zip(pairs, shifts, strict=True)):
        if max(shifts) - min(shifts) < 1e-6 and len(shifts) > 1:
            off = f"{label_of(evidence[0])} is off by the same {shifts[0]:.6g} everywhere"
            return f"{off}: a constant is added or missing."
        if any(got.size > 1 for got, _ in pairs):
            return f"{label_of(evidence[0])} is off by one number for the whole array: a term is missing or too much."
    return None


def _function_of(evidence: Sequence[Evidence]) -> str | None:
    label = label_of(evidence[0])
    for words, change in (
        ("is squared: a root is missing, or a square is too much", np.square),
        ("is the root of what is expected: a square is missing", np.sqrt),
        ("is the absolute value of what is expected: a sign is lost", np.abs),
        ("is the logarithm of what is expected", np.log),
        ("is the exponential of what is expected: a logarithm is missing", np.exp),
        ("is one minus what is expected", lambda want: 1 - want),
        ("is the reciprocal of what is expected", np.reciprocal),
        ("is rounded to whole numbers: it was stored as integers", np.trunc),
        ("is rounded to whole numbers", np.round),
    ):
        if _everywhere(evidence, lambda want, _, change=change: change(want)):
            return f"{label} {words}."
    pairs = _pairs(evidence)
    if pairs and all(np.max(np.abs(got - want)) < 1e-5 * np.max(np.abs(want)) for got, want in pairs):
        return (
            f"{label} is right to about 6 digits only: is float32 used, or a small constant added where none belongs?"
        )
    if pairs and all(_alike(np.abs(got), np.abs(want)) for got, want in pairs):
        return f"{label} has the right size everywhere, but the wrong sign in some places."
    return None


def _summed(evidence: Sequence[Evidence]) -> str | None:
    """Shapes differ: a sum, a mean or a broadcast too much or too little."""
    label = label_of(evidence[0])
    shapes = [(np.shape(_array(item.got)), np.shape(_array(item.want))) for item in evidence]
    if any(_array(item.got) is None or _array(item.want) is None for item in evidence) or all(
        a == b for a, b in shapes
    ):
        return None
    if _everywhere(evidence, lambda want, item: want.reshape(np.shape(item.got))):
        if not any(right for _, right in shapes):
            return f"{label} is right, but inside an array: return the number itself."
        return f"{label} has the right numbers in another shape: reshape it."
    for axis in (0, 1, -1):
        for words, reduce in (("summed", np.sum), ("averaged", np.mean)):
            fits = _reduces(evidence, reduce, axis)
            if fits:
                return f"{label} is not {words} over axis {axis}: sum what every example contributes."
    for axis in (0, 1):
        for words, reduce in (("sum", np.sum), ("mean", np.mean)):
            if _everywhere(evidence, lambda want, item, r=reduce, a=axis: r(want, axis=a)):
                return f"{label} is the {words} of the right answer over axis {axis}: it should not be reduced."
    if all(len(mine) == 2 and mine[0] == mine[1] and len(right) == 1 for mine, right in shapes):
        return f"{label} was broadcast to a square: an array of shape (N, 1) met one of shape (N,)."
    if all(not mine and right for mine, right in shapes):
        return f"{label} is one number where an array is expected: was it reduced over all axes?"
    if all(mine and not right for mine, right in shapes):
        return f"{label} is an array where one number is expected: is a mean or a sum missing, or over one axis only?"
    return None


def _reduces(evidence: Sequence[Evidence], reduce: Callable[..., Any], axis: int) -> bool:
    for item in evidence:
        got, want = _array(item.got), _array(item.want)
        if got.ndim != want.ndim + 1 or axis >= got.ndim or not _alike(reduce(got, axis=axis), want.astype(float)):
            return False
    return True


def _input(evidence: Sequence[Evidence]) -> str | None:
    label = label_of(evidence[0])
    for name in evidence[0].args:
        if _everywhere(evidence, lambda want, item, name=name: item.args[name]):
            return f"{label} is {name} itself, as it came in."
    for name in evidence[0].args:
        if _everywhere(evidence, lambda want, item, name=name: want * item.args[name]):
            return f"{label} is multiplied by {name} once too often."
        if _everywhere(evidence, lambda want, item, name=name: want / item.args[name]):
            return f"A factor {name} is missing in {label}."
        if _everywhere(evidence, lambda want, item, name=name: want + item.args[name]):
            return f"{name} is added to {label} once too often."
        if _everywhere(evidence, lambda want, item, name=name: want - item.args[name]):
            return f"A term {name} is missing in {label}."
    return None


def _normalised(evidence: Sequence[Evidence]) -> str | None:
    label = label_of(evidence[0])
    shares = [(got, want) for got, want in _pairs(evidence) or [] if want.ndim > 1]
    if shares and all(_alike(w.sum(-1), np.ones(w.shape[:-1])) for _, w in shares):
        for axis in range(min(got.ndim for got, _ in shares) - 1):
            if all(_alike(g.sum(axis), np.ones_like(g.sum(axis))) for g, _ in shares):
                return f"{label} sums to 1 over axis {axis}; it should over the last axis."
        if all(_alike(g.sum(), np.ones(())) for g, _ in shares):
            return f"{label} sums to 1 over all axes; it should over the last one, for each row."
    for axis, words in ((0, "column"), (-1, "row")):
        pairs = _pairs(evidence)
        if pairs is None or any(want.ndim < 2 for _, want in pairs):
            return None
        with np.errstate(all="ignore"):
            ratios = [got / want for got, want in pairs]
            steady = [
                np.isfinite(r).all() and _alike(r, np.broadcast_to(r.mean(axis, keepdims=True), r.shape))
                for r in ratios
            ]
            moved = [_alike(g - w, np.broadcast_to((g - w).mean(axis, keepdims=True), g.shape)) for g, w in pairs]
        if all(steady):
            return f"Each {words} of {label} is off by a factor of its own: is something summed over the wrong axis?"
        if all(moved):
            return f"Each {words} of {label} is off by a number of its own: a sum or mean over an axis is missing."
    return None


def _partly(evidence: Sequence[Evidence]) -> str | None:
    """Right in some places: say which."""
    pairs = _pairs(evidence)
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
        if all(not np.take(mask, end, axis).any() for mask in off):
            where = f"{label} is right only in the {words} place along axis {axis}"
            return f"{where}: does the rest use a wrong index, or what is left from before?"
    for name in evidence[0].args:
        for words, test in (("negative", lambda a: a < 0), ("positive", lambda a: a > 0)):
            if _only_where(evidence, off, name, test):
                return f"{label} is wrong only where {name} is {words}."
    share = sum(int(mask.sum()) for mask in off) / sum(mask.size for mask in off)
    if share < 0.5:
        return f"{label} is right in {1 - share:.0%} of its places: look at what sets the wrong ones apart."
    return None


def _only_where(evidence: Sequence[Evidence], off: Sequence[Any], name: str, test: Callable[[Any], Any]) -> bool:
    elsewhere = 0
    for item, mask in zip(evidence, off, strict=True):
        value = item.args.get(name)
        if value is None or value.shape != mask.shape or not (mask <= test(value)).all():
            return False
        elsewhere += int((~test(value)).sum())
    return elsewhere > 0


def _independent(evidence: Sequence[Evidence]) -> str | None:
    """The parts that are right depend on the sizes: right for square, for one row."""
    return None if _pairs(evidence) is None else _constant(evidence)


def _constant(evidence: Sequence[Evidence]) -> str | None:
    pairs = _pairs(evidence) or []
    if len(pairs) > 1 and all(got.size > 1 and float(np.ptp(got)) == 0 for got, _ in pairs):
        return f"{label_of(evidence[0])} is the same number everywhere."
    values = {float(got.ravel()[0]) for got, _ in pairs}
    if len(pairs) > 1 and len(values) == 1 and all(got.size == 1 for got, _ in pairs):
        return f"{label_of(evidence[0])} is {values.pop():.6g} whatever is asked: the arguments are not used."
    return None


HYPOTHESES: tuple[Hypothesis, ...] = (
    _nothing,
    _summed,
    _upstream,
    _scaled,
    _turned,
    _shifted,
    _input,
    _function_of,
    _normalised,
    _independent,
    _partly,
)
