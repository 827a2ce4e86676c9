"""What wrong answers have in common, one hypothesis after the other: a factor, a sign, a sum, an axis, a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.checks.evidence import Evidence, Hypothesis, alike, array_of, everywhere, label_of, pairs_of


def _nothing(evidence: Sequence[Evidence]) -> str | None:
    label = label_of(evidence[0])
    if any(item.got is None for item in evidence):
        return f"{label} is None: is a return missing?"
    pairs = pairs_of(evidence)
    if pairs and all((got == 0).all() for got, _ in pairs):
        return f"{label} is zero everywhere: nothing was computed, or everything cancelled."
    if pairs and any(not np.isfinite(got).all() for got, _ in pairs):
        return (
            f"{label} has values that are nan or infinite: look for a division by zero, a log of zero or an overflow."
        )
    return None


def _scaled(evidence: Sequence[Evidence]) -> str | None:
    pairs = pairs_of(evidence)
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
        if factor in (0, 1) or not alike(got, factor * want):
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
    if len(factors) > 1 and all(want.size > 2 for _, want in pairs):
        return (
            f"{label} is off by one factor for the whole array, which differs from question to question: is it a size?"
        )
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
                candidates.setdefault(f"the square of the number of elements of {name}", []).append(
                    float(value.size**2)
                )
            if value.ndim == 2:
                candidates.setdefault(f"the square of the number of rows of {name}", []).append(float(len(value) ** 2))
    for name, value in evidence[0].args.items():
        if value.ndim == 0 and name != "dout" and all(name in item.args and item.args[name] for item in evidence):
            numbers = [float(item.args[name]) for item in evidence]
            for times in (1.0, 2.0, 0.5):
                amount = name if times == 1 else f"{times:g} × {name}"
                if all(abs(f / (times * n) - 1) < 1e-6 for f, n in zip(factors, numbers, strict=True)):
                    return f"what it should be, multiplied by {amount}."
                if all(abs(f * times * n - 1) < 1e-6 for f, n in zip(factors, numbers, strict=True)):
                    return f"what it should be, divided by {amount}."
    for name, sizes in candidates.items():
        alike = max(factors) - min(factors) < 1e-6 * abs(factors[0])
        if len(sizes) != len(factors):
            continue
        by_chance = len(sizes) > 1 and alike and len(set(sizes)) == 1  # a constant may be meant, such as 2
        for constant in (1.0,) if by_chance and sizes[0] > 2 else () if by_chance else (1.0, 2.0, 0.5, -1.0):
            if all(abs(f / (constant * s) - 1) < 1e-6 for f, s in zip(factors, sizes, strict=True) if s):
                more = "" if constant == 1 else f"{constant:g} × "
                return f"{more}{name} times too large: should there be a mean where there is a sum?"
            if all(abs(f * s / constant - 1) < 1e-6 for f, s in zip(factors, sizes, strict=True) if s):
                more = "" if constant == 1 else f"{1 / constant:g} × "
                return f"{more}{name} times too small: is something divided by it once too often?"
    return None


_AXES = ("rows", "columns")


def _upstream(evidence: Sequence[Evidence]) -> str | None:
    label = label_of(evidence[0])
    if everywhere(evidence, lambda want, item: want / item.args["dout"]):
        return f"{label} leaves out the upstream gradient: the chain rule multiplies by dout."
    if everywhere(evidence, lambda want, item: want * item.args["dout"]):
        return f"{label} multiplies by dout twice."
    if everywhere(evidence, lambda want, item: item.args["dout"]):
        return f"{label} is just dout: the function's own derivative is missing."
    return None


def _turned(evidence: Sequence[Evidence]) -> str | None:
    label = label_of(evidence[0])
    if everywhere(evidence, lambda want, _: want.T if want.ndim > 1 else None):
        return f"{label} is transposed."
    for axis in (0, 1):
        if everywhere(evidence, lambda want, _, axis=axis: np.flip(want, axis) if want.ndim > axis else None):
            return f"{label} is the right answer in reverse order along axis {axis}."
        for step in (1, -1):
            moved = everywhere(evidence, lambda want, _, a=axis, s=step: np.roll(want, s, a) if want.ndim > a else None)
            if moved:
                return f"{label} is shifted by one place along axis {axis}."
    return None


def _shifted(evidence: Sequence[Evidence]) -> str | None:
    pairs = pairs_of(evidence)
    if pairs is None:
        return None
    shifts = [float((got - want).mean()) for got, want in pairs]
    if all(alike(got - shift, want) for (got, want), shift in zip(pairs, shifts, strict=True)):
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
        if everywhere(evidence, lambda want, _, change=change: change(want)):
            return f"{label} {words}."
    pairs = pairs_of(evidence)
    if pairs and all(np.max(np.abs(got - want)) < 1e-5 * np.max(np.abs(want)) for got, want in pairs):
        return (
            f"{label} is right to about 6 digits only: is float32 used, or a small constant added where none belongs?"
        )
    if pairs and all(alike(np.abs(got), np.abs(want)) for got, want in pairs):
        return f"{label} has the right size everywhere, but the wrong sign in some places."
    return None


def _summed(evidence: Sequence[Evidence]) -> str | None:
    """Shapes differ: a sum, a mean or a broadcast too much or too little."""
    label = label_of(evidence[0])
    shapes = [(np.shape(array_of(item.got)), np.shape(array_of(item.want))) for item in evidence]
    if any(array_of(item.got) is None or array_of(item.want) is None for item in evidence) or all(
        a == b for a, b in shapes
    ):
        return None
    if everywhere(evidence, lambda want, item: want.reshape(np.shape(item.got))):
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
            if everywhere(evidence, lambda want, item, r=reduce, a=axis: r(want, axis=a)):
                return f"{label} is the {words} of the right answer over axis {axis}: it should not be reduced."
    if all(len(mine) == 2 and mine[0] == mine[1] and len(right) == 1 for mine, right in shapes):
        return f"{label} was broadcast to a square: an array of shape (N, 1) met one of shape (N,)."
    axes = _wrong_axes(evidence, shapes)
    if axes:
        return f"{label} {axes}"
    if all(not mine and right for mine, right in shapes):
        return f"{label} is one number where an array is expected: was it reduced over all axes?"
    if all(mine and not right for mine, right in shapes):
        return f"{label} is an array where one number is expected: is a mean or a sum missing, or over one axis only?"
    return None


def _wrong_axes(evidence: Sequence[Evidence], shapes: Sequence[tuple[Any, Any]]) -> str | None:
    """Name an axis that is left where it should be summed over, or the other way round."""
    for axis in range(max(len(mine) for mine, _ in shapes)):
        if all(len(mine) == len(right) + 1 and (*mine[:axis], *mine[axis + 1 :]) == right for mine, right in shapes):
            return f"has an axis too many, axis {axis}: a sum over it, or a matrix product, is missing."
    for name, value in evidence[0].args.items():
        arrays = [item.args[name].shape for item in evidence]
        if value.ndim != 2 or not all(right == (shape[1],) for shape, (_, right) in zip(arrays, shapes, strict=True)):
            continue
        if all(mine == (shape[0],) for shape, (mine, _) in zip(arrays, shapes, strict=True)):
            return f"has one number for each row of {name}; it should have one for each column: the axis is wrong."
    return None


def _reduces(evidence: Sequence[Evidence], reduce: Callable[..., Any], axis: int) -> bool:
    for item in evidence:
        got, want = array_of(item.got), array_of(item.want)
        if got.ndim != want.ndim + 1 or axis >= got.ndim or not alike(reduce(got, axis=axis), want.astype(float)):
            return False
    return True


def _input(evidence: Sequence[Evidence]) -> str | None:
    label = label_of(evidence[0])
    given = [array_of(item.got) for item in evidence]
    if any(array is None for array in given):
        return None
    if all(float(number).is_integer() for array in given for number in np.ravel(array)[:9]):
        return None  # among whole numbers, much is the same by chance
    for name in evidence[0].args:
        if everywhere(evidence, lambda want, item, name=name: item.args[name]):
            return f"{label} is {name} itself, as it came in."
    for name in evidence[0].args:
        if everywhere(evidence, lambda want, item, name=name: want * item.args[name]):
            return f"{label} is multiplied by {name} once too often."
        if everywhere(evidence, lambda want, item, name=name: want / item.args[name]):
            return f"A factor {name} is missing in {label}."
        if everywhere(evidence, lambda want, item, name=name: want + item.args[name]):
            return f"{name} is added to {label} once too often."
        if everywhere(evidence, lambda want, item, name=name: want - item.args[name]):
            return f"A term {name} is missing in {label}."
    return None


SHARP: tuple[Hypothesis, ...] = (_nothing, _summed, _upstream, _scaled, _turned, _shifted, _input)
"""Those that say exactly what is wrong; they are asked before anything else is tried."""
BLUNT: tuple[Hypothesis, ...] = (_function_of,)
"""Those that describe the numbers more than they name what made them."""
