"""How wrong numbers follow from the right ones: a factor or a term too much, one constant wrong, another mean.

Each hypothesis holds for every number of every case to six digits, or says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations_with_replacement
from typing import Any

import numpy as np

from grader.checks.compare import as_float, is_number
from grader.checks.evidence import Evidence, Hypothesis, alike, label_of, pairs_of

_FEWEST = 8
"""So many numbers at least, before a formula with two parts is believed."""


def _known(evidence: Sequence[Evidence]) -> dict[str, Any]:
    """Return what has the answer's shape in every case, by name: each as one row of numbers."""
    found: dict[str, Any] = {}
    for name in evidence[0].args:
        values = []
        for item in evidence:
            value, want = item.args.get(name), item.want
            shape = np.shape(want) if isinstance(want, np.ndarray) else ()
            if value is None or value.dtype.kind not in "iuf" or value.shape not in (shape, ()):
                break
            values.append(np.broadcast_to(value, shape).ravel().astype(float))
        else:
            found[name] = np.concatenate(values)
    return found


def _rows(evidence: Sequence[Evidence]) -> tuple[Any, Any] | None:
    pairs = pairs_of(evidence)
    if pairs is None:
        return None
    got = np.concatenate([mine.ravel() for mine, _ in pairs])
    want = np.concatenate([right.ravel() for _, right in pairs])
    return (got, want) if np.isfinite(got).all() and np.isfinite(want).all() else None


def _bases(known: dict[str, Any]) -> dict[str, Any]:
    bases = {}
    for name, value in known.items():
        bases[name] = value
        bases[f"(1 - {name})"] = 1 - value
        bases[f"(1 + {name})"] = 1 + value
        bases[f"(1 - {name}²)"] = 1 - value**2
    return {name: value for name, value in bases.items() if (value != 0).all()}


def factor(evidence: Sequence[Evidence]) -> str | None:
    """The right answer times, or divided by, something known."""
    rows = _rows(evidence)
    if rows is None or rows[0].size < _FEWEST:
        return None
    got, want = rows
    some = (want != 0) & (got != 0)
    if not (np.array_equal(want != 0, got != 0) and some.sum() >= _FEWEST):
        return None
    bases = {name: value[some] for name, value in _bases(_known(evidence)).items()}
    ratio = got[some] / want[some]
    for power, words in (
        (1, "multiplied by {}"),
        (-1, "divided by {}"),
        (2, "multiplied by {}²"),
        (-2, "divided by {}²"),
    ):
        for name, value in bases.items():
            if alike(ratio, value**power):
                return f"{label_of(evidence[0])} is what it should be, {words.format(name)}."
    for one, value in bases.items():
        for other, divisor in bases.items():
            if one != other and alike(ratio, value / divisor):
                return f"{label_of(evidence[0])} is what it should be, multiplied by {one} and divided by {other}."
    return None


def term(evidence: Sequence[Evidence]) -> str | None:
    """The right answer plus a number times a product of known things."""
    rows = _rows(evidence)
    if rows is None or rows[0].size < _FEWEST:
        return None
    got, want = rows
    for name, value in _products(_known(evidence)):
        weight = float(value @ value)
        if weight == 0 or float(np.ptp(value)) == 0:
            continue
        times = float((got - want) @ value) / weight
        if times and alike(got, want + times * value):
            size = abs(times)
            amount = name if abs(size - 1) < 1e-6 else f"{size:.4g} × {name}"
            return f"{label_of(evidence[0])} is {amount} too {'large' if times > 0 else 'small'}: look at that term."
    return None


def _products(known: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for degree in (1, 2, 3):
        for names in combinations_with_replacement(known, degree):
            value = np.prod([known[name] for name in names], axis=0)
            if np.isfinite(value).all():
                yield " × ".join(names), value


def constant(evidence: Sequence[Evidence]) -> str | None:
    """Each number follows from the right one by (a·s + b) / (c·s + d): one number of the last formula is wrong."""
    rows = _rows(evidence)
    if rows is None or rows[0].size < _FEWEST:
        return None
    got, want = rows
    if len(np.unique(want.round(9))) < _FEWEST - 2:
        return None
    matrix = np.stack([want, np.ones_like(want), -got * want, -got], axis=1)
    scale = np.linalg.norm(matrix, axis=0)
    if (scale == 0).any():
        return None
    _, sizes, directions = np.linalg.svd(matrix / scale)
    if sizes[-1] > 1e-7 * sizes[0] or sizes[-2] < 1e-5 * sizes[0]:
        return None
    a, b, c, d = directions[-1] / scale
    unit = max(abs(c), abs(d)) if max(abs(c), abs(d)) > 1e-9 else 1.0
    numbers = [round(value / unit, 6) for value in (a, b, c, d)]
    if max(map(abs, numbers)) > 50 or any(abs(n * 4 - round(n * 4)) > 1e-4 for n in numbers):
        return None
    sign = -1.0 if (numbers[3] or numbers[2]) < 0 else 1.0
    top, bottom = (_linear(sign * numbers[i], sign * numbers[i + 1]) for i in (0, 2))
    formula = top if bottom == "1" else f"({top}) / ({bottom})"
    label = label_of(evidence[0])
    return f"{label} follows from the right values s as {formula}: one number or sign in the formula is wrong."


def _linear(slope: float, constant_: float) -> str:
    parts = []
    if abs(slope) > 1e-6:
        parts.append("s" if slope == 1 else "-s" if slope == -1 else f"{slope:g}·s")
    if abs(constant_) > 1e-6 or not parts:
        parts.append(f"{constant_:g}" if not parts else f"{'+' if constant_ > 0 else '-'} {abs(constant_):g}")
    return " ".join(parts)


def reduction(evidence: Sequence[Evidence]) -> str | None:
    """One number that is another sum or mean of differences than the right one."""
    if not all(is_number(item.got) for item in evidence):
        return None
    names = [
        name for name, value in evidence[0].args.items() if value.ndim and value.dtype.kind == "f" and value.size > 1
    ]
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            if any(item.args[one].shape != item.args[other].shape for item in evidence):
                continue
            for words in _AMOUNTS:
                if all(_is_amount(words, item, one, other) for item in evidence):
                    return f"{label_of(evidence[0])} is the {words.format(d=f'{one} - {other}')}."
    return None


_AMOUNTS: dict[str, Callable[[Any], Any]] = {
    "mean of {d}": np.mean,
    "sum of {d}": np.sum,
    "mean of the size of {d}": lambda d: np.mean(np.abs(d)),
    "sum of the size of {d}": lambda d: np.sum(np.abs(d)),
    "mean of the squares of {d}": lambda d: np.mean(d**2),
    "sum of the squares of {d}": lambda d: np.sum(d**2),
    "root of the sum of the squares of {d}": lambda d: np.sqrt(np.sum(d**2)),
    "root of the mean of the squares of {d}": lambda d: np.sqrt(np.mean(d**2)),
    "sum over the squares of {d}, divided by the rows": lambda d: np.sum(d**2) / len(d),
    "largest size of {d}": lambda d: np.max(np.abs(d)),
    "largest square of {d}": lambda d: np.max(d**2),
    "square of the mean of {d}": lambda d: np.mean(d) ** 2,
}


def _is_amount(words: str, item: Evidence, one: str, other: str) -> bool:
    amount = float(_AMOUNTS[words](item.args[one] - item.args[other]))
    return abs(as_float(item.got) - amount) <= 1e-7 * max(abs(amount), 1e-6)


FORMULAS: tuple[Hypothesis, ...] = (reduction, factor, term, constant)
