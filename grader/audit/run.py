"""Puts the mutants of a reference through its suite, on all cores, and finds those that it lets through."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from difflib import unified_diff
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

import msgspec

from grader.audit.mutants import Mutant, mutants
from grader.checks.library import Library
from grader.checks.suite import Suite
from grader.course import Exercise, load_course
from grader.errors import SuiteError, UsageError
from grader.examiner import Examiner
from grader.report import Report
from grader.submission import Submission

_CALL_S = 3.0
_BATCH = 8


class Equivalent(msgspec.Struct, frozen=True):
    """A mutant that is provably the same function as the reference, for everything its text promises."""

    function: str
    old: str
    """The line of the reference, stripped."""
    new: str
    """The line of the mutant."""
    reason: str
    """Why no question could tell them apart."""


class Finding(msgspec.Struct, frozen=True):
    """What came of one mutant."""

    mutant: Any
    killed: bool
    named_by: Literal["hint", "error", "message", ""] = ""
    """What in the report names what is wrong: a hint, the code's own error, or what the author of a check says."""
    hint: str = ""
    check: str = ""
    """The first check that rejected it."""
    message: str = ""

    @classmethod
    def of(cls, mutant: Mutant | None, report: Report, suite: Suite) -> Finding:
        """Read a report: was it rejected, and was it told why?"""
        failed = [outcome for outcome in report.checks if outcome.status not in ("passed", "skipped")]
        if not failed:
            return cls(mutant, False)
        hint = next((outcome.hint for outcome in failed if outcome.hint and not outcome.points), "")
        spoken = {check.id for check in suite.checks if check.evidence in ("message", "changed", "answers")}
        named_by: Literal["hint", "error", "message", ""] = ""
        if hint:
            named_by = "hint"
        elif any(outcome.status in ("error", "timeout") for outcome in failed):
            named_by = "error"
        elif any(outcome.id in spoken for outcome in failed):
            named_by = "message"
        return cls(mutant, True, named_by, hint, failed[0].id, failed[0].message)


class Audit(msgspec.Struct, frozen=True):
    """What came of all of them."""

    exercise: str
    findings: list[Finding]
    marked: list[tuple[Mutant, Equivalent]]
    stale: list[Equivalent]
    """Marks that fit no mutant that survives."""

    @property
    def survivors(self) -> list[Mutant]:
        """Return the mutants that passed and are not marked as the same function."""
        known = {id(mutant) for mutant, _ in self.marked}
        return [f.mutant for f in self.findings if not f.killed and id(f.mutant) not in known]


def audit(
    root: Path,
    name: str,
    *,
    jobs: int,
    seed: int | None,
    only: Sequence[str] = (),
    share: tuple[int, int] = (0, 1),
    naming: bool = True,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Audit:
    """Judge the mutants of an exercise's reference: all, those of some functions, or every n-th from the k-th on.

    Without ``naming`` it is quicker, and the findings have no hints.
    """
    course = load_course(root)
    exercise = course.exercise(name)
    library = Library(course, exercise)
    if not library.has_solution:
        raise UsageError(f"An audit makes mutants of solutions/{name}, which is not here: it is for instructors.")
    wanted = [mutant for mutant in mutants(library.reference_source()) if not only or mutant.function in only]
    if not wanted:
        raise UsageError(f"There is nothing to change in {', '.join(only) or name}: name functions of the reference.")
    wanted = wanted[share[0] :: share[1]]
    findings = []
    for done, finding in enumerate(_judge_all(root, name, wanted, jobs, seed, naming), 1):
        findings.append(finding)
        progress(done, len(wanted))
    return _sum_up(exercise, findings, _equivalents(library), bool(only) or share[1] > 1)


def _judge_all(
    root: Path, name: str, wanted: list[Mutant], jobs: int, seed: int | None, naming: bool
) -> Iterator[Finding]:
    batches = [wanted[start : start + _BATCH] for start in range(0, len(wanted), _BATCH)]
    if jobs == 1:
        _begin(str(root), name, seed, naming)
        try:
            for batch in batches:
                yield from _judge_batch(batch)
        finally:
            _examiner.close()
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (str(root), name, seed, naming)) as pool:
        for found in pool.map(_judge_batch, batches):
            yield from found


_examiner: Any = None


def _begin(root: str, name: str, seed: int | None, naming: bool) -> None:
    """Make this process's own examiner; it lives as long as the process."""
    global _examiner
    course = load_course(Path(root))
    exercise = course.exercise(name)
    limits = msgspec.structs.replace(exercise.limits, call=min(_CALL_S, exercise.limits.call))
    quick = [check.id for check in Library(course, exercise).suite(hidden=True).checks if check.profiled]
    _examiner = Examiner(course, msgspec.structs.replace(exercise, limits=limits), seed=seed, only=quick)
    if not naming:
        _examiner.catalogue = None


def _judge_batch(batch: Iterable[Mutant]) -> list[Finding]:
    return [_judge(mutant) for mutant in batch]


def _judge(mutant: Mutant) -> Finding:
    exercise: Exercise = _examiner.exercise
    files = {exercise.files[0]: mutant.source.encode()}
    report = _examiner.examine(Submission(exercise=exercise.name, files=files, digest="", source="a mutant"))
    return Finding.of(mutant, report, _examiner.suite)


def _equivalents(library: Library) -> list[Equivalent]:
    module = library.optional("equivalents.py")
    entries = getattr(module, "EQUIVALENT", [])
    if not all(isinstance(entry, Equivalent) and entry.reason for entry in entries):
        raise SuiteError("equivalents.py must define EQUIVALENT, a list of Equivalent, each with its reason.")
    return list(entries)


def _sum_up(exercise: Exercise, findings: list[Finding], known: list[Equivalent], partly: bool) -> Audit:
    marked = []
    used: set[int] = set()
    for finding in findings:
        if finding.killed:
            continue
        mutant = finding.mutant
        for index, entry in enumerate(known):
            if (entry.function, entry.old, entry.new) == (mutant.function, mutant.old, mutant.new):
                marked.append((mutant, entry))
                used.add(index)
    stale = [] if partly else [entry for index, entry in enumerate(known) if index not in used]
    return Audit(exercise.name, findings, marked, stale)


def diff(mutant: Mutant, reference: str) -> str:
    """Return what a mutant changes, as a diff without context."""
    lines = unified_diff(reference.splitlines(), mutant.source.splitlines(), lineterm="", n=0)
    return "\n".join(list(lines)[2:])


def default_jobs() -> int:
    """Return how many processes this machine has room for."""
    return max(1, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
