"""Asks again with one thing changed: which arguments does an answer depend on, and does it keep its rows apart?

A probe is a question of the same paper, so that the reference's answers to it can be recorded for students.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import msgspec
import numpy as np

from grader.answers import Answer
from grader.checks.cases import Case, FunctionCase, PairCase, call_with, upstream_like
from grader.checks.check import Check
from grader.checks.compare import as_float, is_number, leaves
from grader.checks.draw import Draw, stream
from grader.checks.evidence import Evidence
from grader.checks.paper import Paper, Question
from grader.checks.sitting import Sitting
from grader.errors import CourseError, SuiteError
from grader.wire import Call

_TURNS = 2
"""So often is an argument drawn again: once, an answer may stay the same by chance."""
_LARGE = 60
_MOST = 24
"""So many elements are asked about at most."""


class Changed(Case):
    """A case with other values for one argument, or for all rows but the first."""

    def __init__(self, inner: Case, name: str, turn: int = 0) -> None:
        super().__init__(f"{inner.key}/other-{name or 'rows'}-{turn}", inner.args, inner.sizes)
        self._inner = inner
        self.turn = turn
        self.name = name
        """The argument that is drawn again; empty: the rows but the first."""

    def draw(self, seed: int) -> Draw:
        """Draw as the inner case does, then what is changed."""
        draw = self._inner.draw(seed)
        other = Draw(stream(seed, self.key), dict(draw.sizes))
        other.args = dict(draw.args)
        names = [self.name] if self.name else list(self.args)
        for name in names:
            spec = self.args.get(name)
            if callable(spec):
                draw.args[name] = self._mixed(draw.args[name], spec(other), draw)
        return draw

    def _mixed(self, old: Any, new: Any, draw: Draw) -> Any:
        """Return the new value; where rows are changed, with the first row of the old one."""
        if self.name:
            return new
        rows = draw.sizes.get("N", 0)
        if not isinstance(old, np.ndarray) or old.ndim == 0 or len(old) != rows or new.shape != old.shape:
            return old
        mixed = new.copy()
        mixed[0] = old[0]
        return mixed

    def first(self, draw: Draw) -> list[Call]:
        """Return what the inner case asks first."""
        return self._inner.first(draw)

    def calls(self, draw: Draw, first: Sequence[Answer]) -> list[Call]:
        """Return the inner case's calls, with another dout where that is what changes."""
        calls = self._inner.calls(draw, first)
        if self.name in ("dout", "") and isinstance(self._inner, PairCase) and not isinstance(first[0].value, list):
            old = calls[1].args[0]
            dout = upstream_like(first[0].value, Draw(stream(0, self.key), {}))
            draw.args["dout"] = self._mixed(old, dout, draw)
            calls[1] = msgspec.structs.replace(calls[1], args=[draw.args["dout"], *calls[1].args[1:]])
        return calls

    def functions(self) -> tuple[str, ...]:
        """Return the inner case's functions."""
        return self._inner.functions()


class Elements(Case):
    """The elements of a case's arguments, each asked about alone: what is one number for all becomes one for each."""

    def __init__(self, inner: FunctionCase | PairCase) -> None:
        super().__init__(f"{inner.key}/elements", inner.args, inner.sizes)
        self._inner = inner
        self.name = inner.forward if isinstance(inner, PairCase) else inner.name

    def draw(self, seed: int) -> Draw:
        """Draw as the inner case does, and keep some elements, or some rows where a label belongs to each."""
        kept: list[dict[str, Any]] = []
        alike = False
        for turn in range(_MOST):
            draw = self._inner.draw(seed + turn)
            parts, alike = _taken_apart(draw.args)
            kept += [{**draw.args, **part} for part in parts]
            if not parts or len(kept) >= _MOST:
                break
        draw.args = {"elements": kept[:_MOST], "alike": alike}
        return draw

    def calls(self, draw: Draw, first: Sequence[Answer]) -> list[Call]:
        """Return one call for each."""
        take = [0] if isinstance(self._inner, PairCase) else None
        return [call_with(self.name, args, take=take) for args in draw.args["elements"]]

    def functions(self) -> tuple[str, ...]:
        """Return its name, once for each element."""
        return (self.name,) * _MOST


def _taken_apart(args: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
    """Return the elements of arrays of one shape, or else their rows; and which of both it is."""
    arrays = {name: value for name, value in args.items() if isinstance(value, np.ndarray)}
    if len(arrays) > 1 and len({value.shape for value in arrays.values()}) == 1:
        flat = {name: value.ravel() for name, value in arrays.items()}
        size = next(iter(flat.values())).size
        return [{name: value[i].reshape(1, 1) for name, value in flat.items()} for i in range(size)], True
    rows = {len(value) if value.ndim else 0 for value in arrays.values()}
    if len(arrays) > 1 and len(rows) == 1:
        return [{name: value[i : i + 1].copy() for name, value in arrays.items()} for i in range(*rows)], False
    return [], False


def elements_of(check: Check) -> Elements | None:
    """Return the probe that takes a main check's first case apart, for a function of one number."""
    cases = check.cases()
    if not cases or check.places not in ((), (0,)):
        return None
    first = cases[0]
    return Elements(first) if isinstance(first, (FunctionCase, PairCase)) else None


def taken_apart(sitting: Sitting, check: Check) -> tuple[list[Evidence], bool] | None:
    """Return the given and the right number for single elements, and whether these are all of their row; or None."""
    probe = elements_of(check)
    if probe is None or not is_number(sitting.paper.question(check.cases()[0]).expected[0].value):
        return None
    if not _on_paper(sitting.paper, probe):
        return None
    question, answers = sitting.read(probe)
    pairs = [(a.value, e.value) for a, e in zip(answers, question.expected, strict=True) if a.given and e.given]
    if len(pairs) < len(answers) or not pairs or not all(is_number(value) for pair in pairs for value in pair):
        return None
    got, want = (np.array([as_float(pair[side]) for pair in pairs]) for side in (0, 1))
    names = [name for name, value in question.args["elements"][0].items() if isinstance(value, np.ndarray)]
    args: dict[str, Any] = {}
    if question.args["alike"]:
        args = {name: np.array([part[name].item() for part in question.args["elements"]]) for name in names}
    return [Evidence("", got, want, args, {})], question.args["alike"]


def probes_of(check: Check) -> list[Changed]:
    """Return the probes of a main check: its first case with each argument changed in turn, and with other rows."""
    cases = check.cases()
    if not cases or type(cases[0]) not in (FunctionCase, PairCase):
        return []
    case = cases[0]
    names = [name for name, spec in case.args.items() if callable(spec) and "seed" not in name]
    if isinstance(case, PairCase) and check.places == (1,):
        names.append("dout")
    return [*(Changed(case, name, turn) for name in names for turn in range(_TURNS)), Changed(case, "")]


def prepare(check: Check, paper: Paper) -> None:
    """Put all probes of a main check on the paper, so that the reference's answers can be recorded."""
    elements = elements_of(check)
    one_number = elements is not None and is_number(paper.question(check.cases()[0]).expected[0].value)
    for probe in [*probes_of(check), *([elements] if elements is not None and one_number else [])]:
        if isinstance(probe, Changed) and probe.turn and _numbers(paper.question(check.cases()[0])) > _LARGE:
            continue  # one turn is enough for what has many numbers, all of which would have to stay the same
        with suppress(SuiteError):  # it may make no sense to the reference
            paper.set([probe])


def probed(sitting: Sitting, check: Check) -> str | None:
    """Return what the answer does not depend on and should, or depends on and should not; or None."""
    probes = [probe for probe in probes_of(check) if _on_paper(sitting.paper, probe)]
    if not probes:
        return None
    sitting.sit(probes)
    place = check.places[0] if check.places else 0
    question, answers = sitting.read(check.cases()[0])
    names = getattr(check, "names", ())
    base = _Pair(question.expected[place], answers[place], names)
    others: dict[str, list[_Pair]] = {}
    for probe in probes:
        asked, given = sitting.read(probe)
        others.setdefault(probe.name, []).append(_Pair(asked.expected[place], given[place], names))
    return _dependence(base, others) or _rows(base, others.get("", []), question.sizes.get("N", 0))


def _on_paper(paper: Paper, probe: Case) -> bool:
    """Whether the reference answers this: it may make no sense to it, or not have been recorded."""
    try:
        return bool(paper.question(probe).exchange.calls)
    except (CourseError, SuiteError):
        return False


def _numbers(question: Question) -> int:
    return sum(int(np.size(leaf)) for answer in question.expected for _, leaf in leaves(answer.value))


class _Pair:
    """The right answer and the given one, part by part."""

    def __init__(self, right: Answer, given: Answer, names: tuple[str, ...]) -> None:
        self.right = _parts(right, names)
        self.given = _parts(given, names)


def _parts(answer: Answer, names: tuple[str, ...]) -> dict[str, Any]:
    if not answer.given:
        return {}
    found = {}
    for name, leaf in leaves(answer.value, names=names):
        value = np.asarray(as_float(leaf)) if is_number(leaf) else leaf
        if isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
            found[name] = value
    return found


def _same(one: Any, other: Any) -> bool:
    if one.shape != other.shape:
        return False
    scale = max(float(np.max(np.abs(one), initial=0.0)), float(np.max(np.abs(other), initial=0.0)), 1e-12)
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(one - other) <= 1e-10 * scale))


def _dependence(base: _Pair, others: dict[str, list[_Pair]]) -> str | None:
    for part, given in base.given.items():
        label = part or "the result"
        unused, needless = [], []
        for name, turns in others.items():
            if not name or part not in base.right:
                continue
            if not all(part in turn.given and part in turn.right for turn in turns):
                continue
            moves = [not _same(given, turn.given[part]) for turn in turns]
            should = [not _same(base.right[part], turn.right[part]) for turn in turns]
            if all(should) and not any(moves):
                unused.append(name)
            elif any(moves) and not any(should):
                needless.append(name)
        if unused:
            return f"{label} stays the same when {' or '.join(unused)} changes: use {' and '.join(unused)} in it."
        if needless:
            return f"{label} changes with {' and '.join(needless)}, on which it should not depend."
    return None


def _rows(base: _Pair, others: Sequence[_Pair], rows: int) -> str | None:
    for part, given in base.given.items() if others else ():
        other = others[0]
        if not all(part in found for found in (other.given, base.right, other.right)):
            continue
        arrays = (given, other.given[part], base.right[part], other.right[part])
        if rows < 2 or not all(array.ndim and len(array) == rows for array in arrays):
            continue
        mine, mine_again, right, right_again = (array[0] for array in arrays)
        if _same(right, right_again) and not _same(mine, mine_again):
            return (
                f"The first row of {part or 'the result'} changes when only other rows of what you are given do: "
                "something is taken over the wrong axis, or over all axes."
            )
    return None
