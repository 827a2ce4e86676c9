"""The examiner: sets a paper, puts a submission on a bench, asks, judges, and writes the report.

It never runs a line of the submission; what a bench answers is compared here, by the examiner's own arithmetic.
"""

from __future__ import annotations

import math
import secrets
import time
import warnings
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import asdict

from grader.answers import Candidate, Referee
from grader.answers.recorded import RecordedReference, Recorder
from grader.answers.reference import LiveReference
from grader.answers.student import Absent, BenchStudent
from grader.bench.client import Clock
from grader.bench.launch import launcher
from grader.bench.process import Launcher
from grader.checks.cases import Case
from grader.checks.catalogue import Catalogue, LiveCatalogue, steady
from grader.checks.check import Check, Verdict
from grader.checks.library import Library
from grader.checks.paper import PUBLIC_SEED, Paper, Question
from grader.checks.probes import prepare
from grader.checks.sitting import Sitting
from grader.checks.terms import terms_of
from grader.checks.variants import variants_of
from grader.checks.worth import chosen, needs_of, worth_of
from grader.course import Course, Exercise
from grader.errors import UsageError
from grader.fit import fit
from grader.report import Outcome, Report
from grader.submission import Submission
from grader.wire import Load, Signature

Progress = Callable[[int, int, str], None]


def fresh_seed() -> int:
    """Return 53 random bits: the seed of one run."""
    return secrets.randbits(53)


class Examiner:
    """Examines submissions of one exercise: one paper, one reference and one fork server for all of them."""

    def __init__(
        self,
        course: Course,
        exercise: Exercise,
        *,
        seed: int | None = None,
        public: bool = False,
        isolation: str = "auto",
        device: str = "cpu",
        only: Sequence[str] = (),
        benches: Launcher | None = None,
    ) -> None:
        self.course, self.exercise = course, exercise
        self.device = device
        self._launcher = benches or launcher(exercise.allow, isolation, exercise.limits, devices=device == "cuda")
        try:
            self._library = Library(course, exercise)
            self.public = public or not self._library.has_solution
            self.seed = self._choose_seed(seed)
            self.suite = self._library.suite(hidden=not self.public)
            self._asked, self._judged = chosen(self.suite, only)
            self.reference: Referee = self._make_reference()
            self.paper = Paper(self.seed, self.reference)
            self._examples = self.paper if self.seed == PUBLIC_SEED else Paper(PUBLIC_SEED, self.reference)
            self._worth = worth_of(self.suite, exercise)
            self._most = {name: _rounded(worth) for name, worth in self._worth.items()}
            self._needs = {check.id: needs_of(check, self.suite) for check in self._judged}
            self.catalogue = self._make_catalogue()
        except BaseException:
            self.close()
            raise

    def _choose_seed(self, seed: int | None) -> int:
        if not self.public:
            return fresh_seed() if seed is None else seed
        if seed not in (None, PUBLIC_SEED):
            raise UsageError(
                "The public checks have one seed, for which the answers are recorded: leave --seed out. "
                "Another seed needs the solutions."
            )
        return PUBLIC_SEED

    def _make_reference(self) -> Referee:
        if self.public:
            return RecordedReference(self._library.answers_file)
        patient = Clock(math.inf)  # it serves a class, or an evening of --watch; its calls are limited one by one
        return LiveReference(lambda: self._bench(self._library.reference_files(), clock=patient))

    def _make_catalogue(self) -> Catalogue:
        if isinstance(self.reference, RecordedReference):
            return Catalogue(self.reference.mistakes)
        return LiveCatalogue(self._library, self.start_source, self.suite, self.paper)

    def start_source(self, source: str) -> BenchStudent:
        """Put a module's text on a bench: a mistake, or a mutant."""
        return self._bench({self.exercise.files[0]: source.encode()})

    def _bench(
        self, files: dict[str, bytes], cells: Sequence[str] | None = None, clock: Clock | None = None
    ) -> BenchStudent:
        limits = self.exercise.limits
        allowed = ", ".join(self.exercise.allow)
        load = Load(
            self.exercise.module,
            files,
            list(cells) if cells is not None else None,
            [target.name for target in self.suite.targets],
            f"{{name}} may not be imported: {self.exercise.name} allows the standard library and {allowed}.",
            list(self.exercise.allow),
        )
        clock = clock or Clock(limits.time)
        return BenchStudent(self._launcher, load, limits, clock)

    def examine(
        self, submission: Submission, *, student: str | None = None, progress: Progress | None = None
    ) -> Report:
        """Judge a submission; whatever it does, there is a report."""
        start = time.perf_counter()
        in_force = list(self._launcher.in_force)
        self.paper.set(case for check in self._judged for case in check.cases())
        clock = Clock(self.exercise.limits.time)
        candidates: list[Candidate] = []

        def sit_down() -> Candidate:
            candidates.append(self._candidate(submission, clock))
            return candidates[-1]

        try:
            outcomes = self._judge(sit_down(), sit_down, progress)
        finally:
            for candidate in candidates:
                candidate.close()
        return self._report(submission, student, outcomes, candidates[0], in_force, time.perf_counter() - start)

    def examine_objects(self, candidate: Candidate, submission: Submission, progress: Progress | None = None) -> Report:
        """Judge whoever answers, such as a notebook's own objects: a student's help, never a grade."""
        start = time.perf_counter()
        outcomes = self._judge(candidate, lambda: candidate, progress)
        return self._report(submission, None, outcomes, candidate, [], time.perf_counter() - start)

    def _candidate(self, submission: Submission, clock: Clock) -> Candidate:
        if submission.problem is not None:
            return Absent(submission.problem)
        return self._bench(submission.files, submission.cells, clock)

    def _judge(self, candidate: Candidate, second: Callable[[], Candidate], progress: Progress | None) -> list[Outcome]:
        seconds: list[Candidate] = []

        def another() -> Candidate:
            if not seconds:
                seconds.append(second())
            return seconds[0]

        sitting = Sitting(
            self.paper,
            candidate,
            second=another,
            catalogue=self.catalogue,
            example=self._example,
            terms=terms_of(self.course, self.exercise, self.device),
        )
        sitting.sit([case for check in self._judged for case in check.cases()])
        outcomes = []
        asked = sitting.reported = {check.id for check in self._asked}
        # A warning about the numbers of an answer is nothing that whoever runs the examiner can act on.
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            for number, check in enumerate(self._judged):
                if progress:
                    progress(number, len(self._judged), check.target)
                start = time.perf_counter()
                verdict = self._verdict(check, sitting)
                sitting.statuses[check.id] = verdict.status
                if check.id in asked:
                    verdict = self._placed(verdict, candidate.defines.get(check.target))
                    outcomes.append(self._outcome(check, verdict, time.perf_counter() - start))
        return outcomes

    def _verdict(self, check: Check, sitting: Sitting) -> Verdict:
        missing = next((need for need in self._needs[check.id] if sitting.statuses.get(need) != "passed"), None)
        if missing is not None:
            return Verdict("skipped", f"Needs {missing} to pass first.")
        return check.judge(sitting)

    def _example(self, case: Case) -> Question | None:
        try:
            return self._examples.question(case.smaller())
        except UsageError:  # a recorded paper knows no examples of cases that were not recorded
            return None

    def _placed(self, verdict: Verdict, definition: Signature | None) -> Verdict:
        """Return the verdict with the place of the function's definition, or the better one it has."""
        known = verdict.detail or {}
        if verdict.status in ("passed", "skipped") or "line" in known:
            return verdict
        if definition is None or definition.file not in self.exercise.files:
            return verdict
        place = {"file": definition.file, "line": definition.line}
        return msgspec.structs.replace(verdict, detail=known | place)

    def _outcome(self, check: Check, verdict: Verdict, seconds: float) -> Outcome:
        most = self._most[check.id]
        return Outcome(
            id=check.id,
            target=check.target,
            title=check.title,
            status=verdict.status,
            points=most if verdict.share == 1 else _rounded(self._worth[check.id] * verdict.share),
            max_points=most,
            message=verdict.message,
            hint=verdict.hint,
            duration_s=round(seconds, 6),
            detail=verdict.detail,
        )

    def _report(
        self,
        submission: Submission,
        student: str | None,
        outcomes: list[Outcome],
        candidate: Candidate,
        in_force: list[str],
        seconds: float,
    ) -> Report:
        shares = {outcome.id: outcome for outcome in outcomes}
        millionths = sum(round(outcome.points * 1_000_000) for outcome in outcomes)
        notes = [*submission.notes, *candidate.notes]
        if candidate.output_cut:
            notes.append("It printed more than is shown: the rest was cut.")
        whole = len(self._asked) == len(self.suite.checks)
        most = self.exercise.points if whole else _rounded(sum((self._worth[name] for name in shares), Fraction(0)))
        passed = all(outcome.status == "passed" for outcome in outcomes)
        return fit(
            Report(
                exercise=self.exercise.name,
                title=self.exercise.title,
                student=student,
                submission=submission.source,
                digest=submission.digest,
                score=most if passed else min(most, millionths / 1_000_000),
                max_score=most,
                passed=passed,
                seed=self.seed,
                device=self.device,
                isolation=in_force,
                duration_s=round(seconds, 6),
                checks=outcomes,
                notes=notes,
                output=candidate.output,
                public=self.public,
            )
        )

    def record(self, progress: Progress | None = None, *, profiles: bool = True) -> bytes:
        """Return the bytes of answers.npz: all that a student's copy has to know, for the public seed.

        Without ``profiles``, which take most of the time, mistakes are listed but could not be recognised.
        """
        recorder = Recorder(self.reference)
        suite = self._library.suite(hidden=False)
        paper = Paper(PUBLIC_SEED, recorder)
        cases = [case for check in suite.checks for case in check.cases()]
        paper.set(cases)
        paper.set(case.smaller() for case in cases)
        with self._bench(self._library.reference_files()) as model:
            sitting = Sitting(paper, model, second=lambda: model, catalogue=None, example=lambda case: None)
            sitting.sit(cases)
            for check in suite.checks:
                check.rehearse(sitting)
        mains = [check for check in suite.checks if check.main]
        for check in mains:
            prepare(check, paper)
        live = LiveCatalogue(self._library, self.start_source, suite, paper)
        unrecorded = Paper(PUBLIC_SEED, self.reference)
        for check in mains if profiles else ():
            recorder.mistakes += [asdict(variant) for variant in variants_of(check, unrecorded)]
        for number, mistake in enumerate(live.mistakes):
            if progress:
                progress(number, len(live.mistakes), mistake.target)
            profile = steady(live.profile(mistake), live.profile(mistake)) if profiles else {}
            recorder.mistakes.append({"target": mistake.target, "hint": mistake.hint, "profile": profile})
        return recorder.encode(self._library.sources())

    def close(self) -> None:
        """End every bench, and the fork server."""
        if hasattr(self, "reference"):
            self.reference.close()
        self._launcher.close()

    def __enter__(self) -> Examiner:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def _rounded(points: Fraction) -> float:
    return round(float(points), 6)
