"""Examiners for whole exercises of the real course, and the right and wrong submissions that are put before them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from grader.answers.recorded import sources_of
from grader.bench.launch import launcher
from grader.checks.library import Library
from grader.checks.mistakes import Mistake, apply
from grader.course import Course, Exercise, load_course
from grader.examiner import Examiner
from grader.report import Report
from grader.submission import Submission

ROOT = Path(__file__).parents[2]
RIGHT = Path(__file__).parent / "right"


@cache
def course() -> Course:
    """Return the course of this repository."""
    return load_course(ROOT)


def exercises() -> list[Exercise]:
    """Return the exercises that can be judged here: those that need PyTorch only where it is installed."""
    return [ex for ex in course().exercises if "torch" not in ex.allow or find_spec("torch") is not None]


def marks_of(exercise: Exercise) -> list[pytest.MarkDecorator]:
    """Return what pytest has to know of the tests of an exercise."""
    marks = [pytest.mark.xdist_group(exercise.name)]
    if exercise not in exercises():
        marks.append(pytest.mark.skip(reason="PyTorch is not installed: pip install 'gradecheck[torch]'"))
    return marks


def quick(exercise: Exercise, *, hidden: bool = True) -> list[str]:
    """Return the checks that known mistakes are put to: all but long trainings; none named, where that is all."""
    checks = library(exercise).suite(hidden=hidden).checks
    return [] if all(check.profiled for check in checks) else [check.id for check in checks if check.profiled]


def library(exercise: Exercise) -> Library:
    """Return the files of an exercise."""
    return Library(course(), exercise)


def submission(exercise: Exercise, text: str, name: str) -> Submission:
    """Return a module's text as a submission."""
    return Submission(exercise=exercise.name, files={exercise.files[0]: text.encode()}, digest="sha256:", source=name)


def wrong_submission(exercise: Exercise, mistake: Mistake) -> Submission:
    """Return the submission of somebody who makes one mistake and no other."""
    return submission(exercise, apply(mistake, library(exercise).reference_source()), mistake.id)


def right_submissions(exercise: Exercise) -> list[Submission]:
    """Return right answers of other hands than the reference's."""
    paths = sorted((RIGHT / exercise.name).glob("*.py"))
    return [submission(exercise, path.read_text(encoding="utf-8"), path.stem) for path in paths]


@contextmanager
def seeded_examiners(exercise: Exercise, seeds: Sequence[int]) -> Iterator[Iterator[Examiner]]:
    """Give one examiner for each seed, all of them with the same fork server."""
    benches = launcher(exercise.allow, "auto", exercise.limits)

    def make() -> Iterator[Examiner]:
        for seed in seeds:
            examiner = Examiner(course(), exercise, seed=seed, benches=benches)
            try:
                yield examiner
            finally:
                examiner.reference.close()

    try:
        yield make()
    finally:
        benches.close()


def students_course(exercise: Exercise, folder: Path) -> Course:
    """Return the course as a student of this exercise has it: answers recorded, no solutions."""
    shutil.copyfile(ROOT / "course.yaml", folder / "course.yaml")
    public = Path(shutil.copytree(ROOT / "exercises" / exercise.name, folder / "exercises" / exercise.name))
    answers = public / "answers.npz"
    if not answers.is_file() or sources_of(answers) != library(exercise).sources():
        with Examiner(course(), exercise) as examiner:
            answers.write_bytes(examiner.record())
    return load_course(folder)


def unpassed(report: Report) -> list[str]:
    """Return what a report says about the checks that did not pass."""
    return [f"{o.id} {o.status}: {o.message[:300]}" for o in report.checks if o.status != "passed"]
