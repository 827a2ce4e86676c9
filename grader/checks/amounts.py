"""One number that is another sum or mean than the right one: losses of differences, and of labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.checks.compare import as_float, is_number
from grader.checks.evidence import Evidence, label_of

_TIMES = (1.0, -1.0, 2.0, -2.0, 0.5, -0.5)


def reduction(evidence: Sequence[Evidence]) -> str | None:
    """Return which sum or mean of what was given the answers are, where they are one."""
    if not all(is_number(item.got) for item in evidence):
        return None
    names = list(evidence[0].args)
    for one in names:
        for other in names:
            if one != other:
                words = _named(evidence, one, other)
                if words:
                    return f"{label_of(evidence[0])} is {words}"
    return _size_too_much(evidence)


def _named(evidence: Sequence[Evidence], one: str, other: str) -> str | None:
    first, second = evidence[0].args[one], evidence[0].args[other]
    if first.dtype.kind != "f" or first.ndim == 0:
        return None
    if all(item.args[one].shape == item.args[other].shape for item in evidence) and second.dtype.kind == "f":
        return _match(evidence, _AMOUNTS, lambda item: (item.args[one] - item.args[other],), f"{one} - {other}")
    if first.ndim == 2 and second.ndim == 1 and second.dtype.kind in "iu" and len(first) == len(second):
        return _match(evidence, _OF_LABELS, lambda item: (item.args[one], item.args[other]), one)
    return None


def _match(
    evidence: Sequence[Evidence], amounts: dict[str, Callable[..., Any]], parts: Callable[[Evidence], Any], name: str
) -> str | None:
    for words, amount in amounts.items():
        with np.errstate(all="ignore"):
            values = [float(amount(*parts(item))) for item in evidence]
        for times in _TIMES:
            if all(_near(as_float(item.got), times * value) for item, value in zip(evidence, values, strict=True)):
                sign = "minus " if times < 0 else ""
                much = "" if abs(times) == 1 else f"{abs(times):g} times "
                return f"{sign}{much}the {words.format(d=name)}."
    return None


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-7 * max(abs(other), 1e-6)


def _size_too_much(evidence: Sequence[Evidence]) -> str | None:
    """The right number plus or minus the logarithm of a size: a mean inside a logarithm where a sum is due."""
    for name, value in evidence[0].args.items():
        for axis in range(value.ndim):
            sizes = [float(np.log(item.args[name].shape[axis])) for item in evidence]
            off = [as_float(item.got) - as_float(item.want) for item in evidence]
            for sign, words in ((1, "large"), (-1, "small")):
                if all(size and _near(sign * o, size) for o, size in zip(off, sizes, strict=True)):
                    which = ("rows", "columns")[axis] if value.ndim == 2 else f"places along axis {axis}"
                    what = f"{label_of(evidence[0])} is too {words} by the logarithm of the number of {which} of {name}"
                    return f"{what}: inside the log a mean stands where a sum is due, or the other way round."
    return None


def _correct(scores: Any, labels: Any) -> Any:
    return scores[np.arange(len(scores)), labels]


def _shifted(scores: Any) -> Any:
    return scores - scores.max(axis=1, keepdims=True)


def _softmax(scores: Any) -> Any:
    exps = np.exp(_shifted(scores))
    return exps / exps.sum(axis=1, keepdims=True)


_AMOUNTS: dict[str, Callable[..., Any]] = {
    "mean of {d}": np.mean,
    "sum of {d}": np.sum,
    "mean of the size of {d}": lambda d: np.mean(np.abs(d)),
    "sum of the size of {d}": lambda d: np.sum(np.abs(d)),
    "mean of the squares of {d}": lambda d: np.mean(d**2),
    "sum of the squares of {d}": lambda d: np.sum(d**2),
    "root of the sum of the squares of {d}": lambda d: np.sqrt(np.sum(d**2)),
    "root of the mean of the squares of {d}": lambda d: np.sqrt(np.mean(d**2)),
    "sum of the squares of {d}, divided by the number of rows": lambda d: np.sum(d**2) / len(d),
    "largest size of {d}": lambda d: np.max(np.abs(d)),
    "largest square of {d}": lambda d: np.max(d**2),
    "square of the mean of {d}": lambda d: np.mean(d) ** 2,
}
_OF_LABELS: dict[str, Callable[..., Any]] = {
    "mean of the right classes' scores: the log of the sum of all e^score is missing": lambda s, y: np.mean(
        _correct(s, y)
    ),
    "mean distance of the right class's score from the row's largest: the log of the sum is missing": lambda s, y: (
        np.mean(_correct(_shifted(s), y))
    ),
    "mean log of the sum of e^score: the right class's score is not subtracted": lambda s, y: np.mean(
        np.logaddexp.reduce(s, axis=1)
    ),
    "mean log of the sum of e^shifted score: the right class's score is not subtracted": lambda s, y: np.mean(
        np.logaddexp.reduce(_shifted(s), axis=1)
    ),
    "mean probability of the right class: its logarithm is missing": lambda s, y: np.mean(_correct(_softmax(s), y)),
    "mean loss with the log of the sum added where it should be subtracted": lambda s, y: np.mean(
        _correct(_shifted(s), y) + np.logaddexp.reduce(_shifted(s), axis=1)
    ),
    "mean loss without the logarithm of the sum: only the sum is subtracted": lambda s, y: np.mean(
        _correct(_shifted(s), y) - np.exp(_shifted(s)).sum(axis=1)
    ),
}
