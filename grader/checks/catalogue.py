"""The catalogue of an exercise's known mistakes: what each answers, and whether a student has answered the same.

What a mistake answers is kept as short prints: made on benches where solutions/ is at hand, recorded for students.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

import numpy as np

from grader.answers import Answer, Candidate
from grader.checks.check import Check
from grader.checks.compare import as_float, is_number, leaves
from grader.checks.diagnosis import in_general
from grader.checks.library import Library
from grader.checks.mistakes import Mistake, apply
from grader.checks.paper import Paper
from grader.checks.probes import probed, taken_apart
from grader.checks.sitting import Sitting
from grader.checks.suite import Suite
from grader.checks.variants import Variant, same_print, short_print, variants_of
from grader.wire import Foreign, Handle, Scalar

Profile = dict[str, Any]
"""Per id of a check that the mistake fails: the prints of its answers, or the message it gets."""

_ALARMING = ("overflow", "invalid value")


class Catalogue:
    """Mistakes by their targets, with their profiles."""

    def __init__(self, recorded: Sequence[dict[str, Any]] = ()) -> None:
        self._entries: dict[str, list[tuple[str, Profile]]] = {}
        self._variants: dict[str, list[Variant]] = {}
        for entry in recorded:
            if "check" in entry:
                self._variants.setdefault(entry["check"], []).append(Variant(**entry))
            else:
                self._entries.setdefault(entry["target"], []).append((entry["hint"], entry["profile"]))

    def of(self, target: str) -> list[tuple[str, Profile]]:
        """Return the hints and profiles of a target's mistakes."""
        return self._entries.get(target, [])

    def name(self, sitting: Sitting, check: Check) -> str | None:
        """Return the hint of the known mistake that answers as this student does, or else what is wrong in general."""
        mine = findings(sitting, check)
        known = [(hint, profile[check.id]) for hint, profile in self.of(check.target) if check.id in profile]
        for hint, theirs in known:
            if agree(mine, theirs):
                return hint
        if check.evidence == "message":  # the same words about other answers, for there is chance in them
            return next((hint for hint, theirs in known if mine[0] == theirs[0]), None)
        return None if check.evidence in ("echo", "changed", "answers") else self._in_general(sitting, check)

    def _in_general(self, sitting: Sitting, check: Check) -> str | None:
        names = getattr(check, "names", ())
        readings = [sitting.read(case) for case in check.cases()]
        further = partial(self._further, sitting, check, [answers for _, answers in readings])
        for at in check.places[:1] or (0,):
            questions, answers = [question for question, _ in readings], [given[at] for _, given in readings]
            ask = (further, partial(taken_apart, sitting, check)) if check.main else ()
            words = in_general(questions, answers, at, names, *ask)
            if words:
                return words
        return None

    def _further(self, sitting: Sitting, check: Check, answers: Sequence[Sequence[Answer]]) -> str | None:
        mine = short_print(answers, check.places or (0,))
        if mine is not None:
            for variant in self.variants(check):
                if same_print(mine, variant.print):
                    return variant.words
        return probed(sitting, check)

    def variants(self, check: Check) -> list[Variant]:
        """Return the other questions that a main check's answers may be right for."""
        return self._variants.get(check.id, [])


class LiveCatalogue(Catalogue):
    """Mistakes that are put on benches when the first student may have made one of them; once for a class."""

    def __init__(self, library: Library, start: Callable[[str], Candidate], suite: Suite, paper: Paper) -> None:
        super().__init__()
        self._library = library
        self._start = start
        self._suite = suite
        self._paper = paper

    @cached_property
    def mistakes(self) -> list[Mistake]:
        """The entries of mistakes.py; read when the first answer is wrong."""
        return self._library.mistakes()

    @cached_property
    def _source(self) -> str:
        return self._library.reference_source()

    def of(self, target: str) -> list[tuple[str, Profile]]:
        """Return the hints and profiles of a target's mistakes, made now if they were not before."""
        if target not in self._entries:
            mistakes = [mistake for mistake in self.mistakes if mistake.target == target]
            self._entries[target] = [(mistake.hint, self.profile(mistake)) for mistake in mistakes]
        return self._entries[target]

    def variants(self, check: Check) -> list[Variant]:
        """Return the other questions of a main check, made now if they were not before."""
        if check.id not in self._variants:
            self._variants[check.id] = variants_of(check, self._paper)
        return self._variants[check.id]

    def profile(self, mistake: Mistake) -> Profile:
        """Return what a mistake answers in each check of its target that it fails."""
        source = apply(mistake, self._source)
        student = self._start(source)
        try:
            sitting = Sitting(
                self._paper,
                student,
                second=lambda: self._start(source),
                catalogue=None,
                example=lambda case: None,
            )
            return _profile(sitting, self._suite, mistake.target)
        finally:
            student.close()


def _profile(sitting: Sitting, suite: Suite, target: str) -> Profile:
    found = next(item for item in suite.targets if item.name == target)
    company = [item for item in suite.targets if item is found or (item.pair and item.pair == found.pair)]
    checks = [check for item in company for check in item.checks if check.evidence != "answers"]
    sitting.sit([case for check in checks for case in check.cases()])
    profile: Profile = {}
    for check in checks:
        if not check.profiled:
            continue
        verdict = check.judge(sitting)
        sitting.statuses[check.id] = verdict.status
        sitting.messages.setdefault(check.id, verdict.message)
        if check.target == target and verdict.status != "passed" and check.weight:
            profile[check.id] = findings(sitting, check)
    return profile


def steady(one: Profile, other: Profile) -> Profile:
    """Return what two profiles of one mistake have in common: what chance made of it would never be met again."""
    kept: Profile = {}
    for name, found in one.items():
        again = other.get(name)
        if agree(found, again):
            kept[name] = found
        elif again is not None and isinstance(found[0], str) and found[0] == again[0]:  # a message that stays the same
            kept[name] = [found[0], []]
    return kept


def findings(sitting: Sitting, check: Check) -> list[Any]:
    """Return what tells one mistake from another in a check: its message and the answers, or the answers alone."""
    if check.evidence not in ("message", "answers"):
        return prints(sitting, check)
    said = prints(sitting, check) or [_print(answer, "value") for answer in sitting.spoken.get(check.id, [])]
    return [sitting.messages.get(check.id, ""), said[:40]]


def prints(sitting: Sitting, check: Check) -> list[Any]:
    """Return a short print of every answer that a check looks at."""
    made = []
    for case in check.cases():
        _, answers = sitting.read(case)
        made += [_print(answers[at], check.evidence) for at in check.places or range(len(answers))]
    return made


def _print(answer: Answer, evidence: str) -> list[Any]:
    if not answer.given:
        raised = answer.raised
        return [answer.fate, raised.type if raised else "", raised.message[:80] if raised else ""]
    if evidence == "echo":
        return [_value_print(value) for value in answer.echo]
    if evidence == "changed":
        return list(answer.changed)
    made = [_value_print(answer.value)]
    if evidence == "warnings":
        made.append(sorted({text[:60] for text in answer.warnings if any(word in text for word in _ALARMING)}))
    return made


def _value_print(value: Any) -> list[Any]:
    """Return shapes, dtypes and a few weighted sums: the same for the same numbers, whoever computed them."""
    made: list[Any] = []
    for _, leaf in leaves(value):
        if isinstance(leaf, np.ndarray) and leaf.dtype.kind in "biuf":
            made.append(["a", leaf.dtype.kind + str(leaf.dtype.itemsize), list(leaf.shape), *_sums(leaf)])
        elif is_number(leaf):
            kind = leaf.dtype if isinstance(leaf, Scalar) else "number"
            made.append(["n", "number" if kind == "float64" else kind, [], *_sums(np.asarray(as_float(leaf)))])
        else:
            made.append([leaf.kind if isinstance(leaf, (Foreign, Handle)) else repr(leaf)[:80]])
    return made


def _sums(array: Any) -> list[float]:
    flat = np.asarray(array, np.float64).ravel()
    odd = [float(np.isnan(flat).sum()), float(np.isposinf(flat).sum()), float(np.isneginf(flat).sum())]
    finite = np.where(np.isfinite(flat), flat, 0.0)
    places = np.arange(flat.size)
    with np.errstate(all="ignore"):
        sums = [float(np.abs(finite).sum()), *(float((finite * np.cos(places * f + f)).sum()) for f in (0.7, 1.9))]
    marks = [float(np.cos(np.flatnonzero(~np.isfinite(flat)) * 0.7).sum())]
    return [*sums, *odd, *marks]


def agree(mine: Any, theirs: Any) -> bool:
    """Whether two prints are of the same answers."""
    if isinstance(mine, (list, tuple)) and isinstance(theirs, (list, tuple)):
        if len(mine) != len(theirs):
            return False
        if len(mine) == 10 and mine[0] in ("a", "n") and isinstance(mine[3], float):
            scale = max(abs(mine[3]), abs(theirs[3]), 1e-12)
            near = all(abs(a - b) <= 1e-6 * scale for a, b in zip(mine[3:6], theirs[3:6], strict=True))
            return near and list(mine[:3]) == list(theirs[:3]) and agree(mine[6:], theirs[6:])
        return all(agree(a, b) for a, b in zip(mine, theirs, strict=True))
    if isinstance(mine, float) and isinstance(theirs, float):
        return abs(mine - theirs) <= 1e-6 * max(1.0, abs(mine))
    return bool(mine == theirs)
