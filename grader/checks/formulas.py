"""How wrong numbers follow from the right ones: a factor or a term too much, one constant wrong, another mean.

Each hypothesis holds for every number of every case to six digits, or says nothing. Where none does, they are tried
once more on the numbers for which an argument is positive, or negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, combinations_with_replacement
from typing import Any

import msgspec
import numpy as np

from grader.checks.amounts import reduction
from grader.checks.evidence import Evidence, Hypothesis, alike, label_of, pairs_of

_FEWEST = 8
"""So many numbers at least, before a formula with two parts is believed."""


class _Rows(msgspec.Struct):
    """All numbers of all cases in one row, and what is known beside each of them."""

    label: str
    got: Any
    want: Any
    known: dict[str, Any]
    case: Any
    """Which case each number is from."""

    def where(self, mask: Any) -> _Rows:
        known = {name: value[mask] for name, value in self.known.items()}
        return _Rows(self.label, self.got[mask], self.want[mask], known, self.case[mask])


def _rows(evidence: Sequence[Evidence]) -> _Rows | None:
    pairs = pairs_of(evidence)
    if pairs is None:
        return None
    got, want = (np.concatenate([pair[side].ravel() for pair in pairs]) for side in (0, 1))
    if got.size < _FEWEST or not (np.isfinite(got).all() and np.isfinite(want).all()):
        return None
    case = np.concatenate([np.full(right.size, number) for number, (_, right) in enumerate(pairs)])
    return _Rows(label_of(evidence[0]), got, want, _known(evidence), case)


def _known(evidence: Sequence[Evidence]) -> dict[str, Any]:
    """Return what has the answer's shape in every case, by name: each as one row of numbers."""
    found: dict[str, Any] = {}
    for name in evidence[0].args:
        values = []
        for item in evidence:
            value, shape = item.args.get(name), np.shape(item.want)
            if value is None or value.dtype.kind not in "iuf" or value.shape not in (shape, ()):
                break
            values.append(np.broadcast_to(value, shape).ravel().astype(float))
        else:
            found[name] = np.concatenate(values)
    if "dout" in found and "out" in found and all(np.ndim(item.want) > 0 for item in evidence):
        products = [(item.args["dout"] * item.args["out"]).sum(-1, keepdims=True) for item in evidence]
        rows = [np.broadcast_to(v, np.shape(i.want)).ravel() for v, i in zip(products, evidence, strict=True)]
        found["Σ(dout × out)"] = np.concatenate(rows)
    return found


def _with_logs(known: dict[str, Any]) -> dict[str, Any]:
    """Return what is known, and its logarithms where it has any."""
    found = dict(known)
    for name, value in known.items():
        if name in ("dout", "out", "the loss", "Σ(dout × out)"):
            continue
        found |= {f"log {name}": np.log(value)} if (value > 0).all() else {}
        found |= {f"log(1 + {name})": np.log1p(value)} if (value > 0).all() and (value > 1).any() else {}
        found |= {f"log(1 - {name})": np.log1p(-value)} if ((value > 0) & (value < 1)).all() else {}
    return found


def _bases(rows: _Rows) -> dict[str, Any]:
    """Return known things, their differences from 1 and from each other, where none of the numbers is 0."""
    bases: dict[str, Any] = {}
    for name, value in rows.known.items():
        bases |= {name: value, f"(1 - {name})": 1 - value, f"(1 + {name})": 1 + value}
    for (one, value), (other, less) in combinations(_with_logs(rows.known).items(), 2):
        if "dout" not in (one, other) and one.split(" ")[0] == other.split(" ")[0]:
            bases[f"({one} - {other})"] = value - less
    for (one, value), (other, less) in combinations(rows.known.items(), 2):
        if "dout" not in (one, other):
            bases[f"({one} - {other})"] = value - less
    return {name: value for name, value in bases.items() if (value != 0).all()}


def _factor(rows: _Rows) -> str | None:
    """The right answer times, or divided by, something known, and perhaps by one number for each question."""
    some = (rows.want != 0) & (rows.got != 0)
    if not np.array_equal(rows.want != 0, rows.got != 0) or some.sum() < _FEWEST:
        return None
    few = rows.where(some)
    ratio, bases = few.got / few.want, _bases(few)
    for constant_too in (False, True):
        for one, value in bases.items():
            for power in (1, -1, 2, -2):
                if _fits(ratio, value**power, few.case, constant_too):
                    return f"{rows.label} is what it should be, {_power(one, power)}{_and_size(constant_too)}."
    for (one, value), (other, more) in combinations(bases.items(), 2):
        for power in (1, -1, 2, -2):
            for second in (power, -power):
                if _fits(ratio, value**power * more**second, few.case, False):
                    return f"{rows.label} is what it should be, {_power(one, power)} and {_power(other, second)}."
    return None


def _fits(ratio: Any, value: Any, case: Any, constant_too: bool) -> bool:
    if not constant_too:
        return alike(ratio, value)
    rest = ratio / value
    return all(
        (case == number).sum() > 2
        and alike(rest[case == number], np.full((case == number).sum(), rest[case == number][0]))
        for number in np.unique(case)
    )


def _power(name: str, power: int) -> str:
    return f"{'multiplied' if power > 0 else 'divided'} by {name}{'²' if abs(power) == 2 else ''}"


def _and_size(constant_too: bool) -> str:
    return ", and by one number for the whole array" if constant_too else ""


def _term(rows: _Rows) -> str | None:
    """The right answer plus a number times a product of known things; or plus two such terms."""
    off = rows.got - rows.want
    known = rows.known if "dout" in rows.known else _with_logs(rows.known)
    products = {name: value for name, value in _products(known) if float(np.ptp(value)) > 0}
    for name, value in products.items():
        times = float(off @ value) / float(value @ value)
        if times and alike(off, times * value):
            return f"{rows.label} is {_amount(times, name)} too {'large' if times > 0 else 'small'}: look at that term."
    if rows.got.size < 2 * _FEWEST:
        return None
    short = {name: value for name, value in products.items() if name.count(" × ") < 2} if len(known) > 3 else products
    for (one, value), (other, more) in combinations(short.items(), 2):
        both = np.stack([value, more], axis=1)
        times, *_ = np.linalg.lstsq(both, off, rcond=None)
        if all(abs(2 * t - round(2 * t)) < 1e-6 and abs(t) > 0.4 for t in times) and alike(off, both @ times):
            first, second = _amount(times[0], one), _amount(times[1], other)
            ways = ["large" if t > 0 else "small" for t in times]
            return f"{rows.label} is {first} too {ways[0]} and {second} too {ways[1]}: look at these terms."
    return None


def _amount(times: float, name: str) -> str:
    return name if abs(abs(times) - 1) < 1e-6 else f"{abs(times):.4g} × {name}"


def _products(known: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for degree in (1, 2, 3):
        for names in combinations_with_replacement(known, degree):
            value = np.prod([known[name] for name in names], axis=0)
            if np.isfinite(value).all():
                yield " × ".join(names), value


def _constant(rows: _Rows) -> str | None:
    """Each number follows from the right one by (a·s + b) / (c·s + d): one number of the last formula is wrong."""
    got, want = rows.got, rows.want
    if len(np.unique(want.round(9))) < _FEWEST - 2:
        return None
    matrix = np.stack([want, np.ones_like(want), -got * want, -got], axis=1)
    scale = np.linalg.norm(matrix, axis=0)
    if (scale == 0).any():
        return None
    _, sizes, directions = np.linalg.svd(matrix / scale)
    if sizes[-1] > 1e-7 * sizes[0] or sizes[-2] < 1e-5 * sizes[0]:
        return None
    numbers = _simple(directions[-1] / scale)
    if numbers is None or (numbers[0] == numbers[3] and not numbers[1] and not numbers[2]):
        return None
    with np.errstate(all="ignore"):
        if not alike(got, (numbers[0] * want + numbers[1]) / (numbers[2] * want + numbers[3])):
            return None
    top, bottom = _linear(*numbers[:2]), _linear(*numbers[2:])
    formula = top if bottom == "1" else " / ".join(f"({part})" if " " in part else part for part in (top, bottom))
    return f"{rows.label} follows from the right values s as {formula}: one number or sign in the formula is wrong."


def _simple(numbers: Any) -> list[float] | None:
    """Return the four numbers as small halves with a positive end, or None if they are none."""
    a, b, c, d = (float(number) if abs(number) > 1e-9 * np.abs(numbers).max() else 0.0 for number in numbers)
    unit = d or c
    for times in (1.0, 2.0, 0.5, 4.0):
        scaled = [round(number / unit * times, 6) for number in (a, b, c, d)]
        if all(abs(number) <= 20 and (2 * number).is_integer() for number in scaled):
            return scaled
    return None


def _linear(slope: float, shift: float) -> str:
    parts = [] if not slope else ["s" if slope == 1 else "-s" if slope == -1 else f"{slope:g}·s"]
    if shift or not parts:
        parts.append(f"{shift:g}" if not parts else f"{'+' if shift > 0 else '-'} {abs(shift):g}")
    return " ".join(parts)


def _everywhere(formula: Callable[[_Rows], str | None]) -> Hypothesis:
    def hypothesis(evidence: Sequence[Evidence]) -> str | None:
        rows = _rows(evidence)
        return formula(rows) if rows else None

    return hypothesis


def _on_one_side(evidence: Sequence[Evidence]) -> str | None:
    """A formula for the numbers where an argument is positive, and one where it is negative, or nothing wrong there."""
    rows = _rows(evidence)
    if rows is None:
        return None
    sides = {"Where 0 is not expected": rows.want != 0}
    for name in evidence[0].args:
        if name in rows.known:
            sides |= {
                f"Where {name} is positive": rows.known[name] > 0,
                f"Where {name} is negative": rows.known[name] < 0,
            }
    for words, mask in sides.items():
        side = rows.where(mask)
        if mask.all() or side.got.size < _FEWEST or alike(side.got, side.want):
            continue
        found = next(filter(None, (formula(side) for formula in (_times, _shift, _factor, _term, _constant))), None)
        if found:
            return f"{words}, {found}"
    return None


def _shift(rows: _Rows) -> str | None:
    """The right answer plus one number."""
    off = float(np.mean(rows.got - rows.want))
    if off and alike(rows.got, rows.want + off):
        return f"{rows.label} is {abs(off):.4g} too {'large' if off > 0 else 'small'}."
    return None


def _times(rows: _Rows) -> str | None:
    """The right answer times one number."""
    weight = float(rows.want @ rows.want)
    times = float(rows.got @ rows.want) / weight if weight else 0.0
    if times and times != 1 and alike(rows.got, times * rows.want):
        return f"{rows.label} is {times:.4g} times what it should be."
    return None


FORMULAS: tuple[Hypothesis, ...] = (
    reduction,
    _everywhere(_factor),
    _everywhere(_term),
    _everywhere(_constant),
    _on_one_side,
)
