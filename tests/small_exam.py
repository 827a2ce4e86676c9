"""A small exercise of one pair and two functions, written where a test wants it, and submissions to it as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from grader.answers.kernel import KernelStudent
from grader.answers.reference import LiveReference
from grader.checks import Suite
from grader.checks.catalogue import Catalogue
from grader.checks.check import Verdict
from grader.checks.paper import PUBLIC_SEED, Paper
from grader.checks.sitting import Sitting
from grader.checks.worth import needs_of
from grader.course import load_course
from grader.examiner import Examiner
from grader.report import Report
from grader.submission import Submission, digest_of

COURSE = """\
title: A small course
exercises:
  - name: exercise1
    title: Lines
    files: [lines.py]
    allow: [numpy]
    points: 16
    limits: {time: 10s, call: 5s, memory: 256MiB, output: 4KiB}
"""

CHECKS = '''\
"""What exercise1 asks."""

from grader.checks import Suite, normal, uniform

suite = Suite()
suite.pair("line", args={"x": normal("N", "D"), "w": normal("D")}, gradients=["x", "w"], points=(4, 4))
suite.function("scale", args={"x": normal("N"), "factor": uniform(low=2, high=3)}, points=4)
suite.function("mean", args={"x": normal("N")}, points=4)
'''

REFERENCE = '''\
"""Lines."""

import numpy as np


def line_forward(x, w):
    return x @ w, (x, w)


def line_backward(dout, cache):
    x, w = cache
    return np.outer(dout, w), x.T @ dout


def scale(x, factor):
    return x * factor


def mean(x):
    return float(np.mean(x))
'''

MISTAKES = '''\
"""The wrong answers people give in exercise1."""

from grader.checks.mistakes import Mistake

MISTAKES = [Mistake("mean", "sum", "This is the sum: divide by how many there are.", old="np.mean", new="np.sum")]
'''


def build(root: Path) -> Path:
    """Write the course, an instructor's, and return where it is."""
    for name, text in {
        "course.yaml": COURSE,
        "exercises/exercise1/checks.py": CHECKS,
        "solutions/exercise1/lines.py": REFERENCE,
        "solutions/exercise1/mistakes.py": MISTAKES,
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@contextmanager
def examiner(root: Path, **options: Any) -> Iterator[Examiner]:
    """Give the examiner of the course that lies there; ``call``: the seconds that a call may take."""
    course = load_course(root)
    exercise = course.exercises[0]
    if "call" in options:
        limits = msgspec.structs.replace(exercise.limits, call=options.pop("call"))
        exercise = msgspec.structs.replace(exercise, limits=limits)
    with Examiner(course, exercise, **{"seed": 7} | options) as made:
        yield made


def whole(text: str | bytes) -> Submission:
    """Return this module as a submission."""
    files = {"lines.py": text.encode() if isinstance(text, str) else text}
    return Submission(exercise="exercise1", files=files, digest=digest_of(files), source="lines.py")


def right_but(code: str) -> Submission:
    """Return a right answer in which this code comes last, so that its definitions win."""
    return whole(f"{REFERENCE}\n\n{code}\n")


def points(report: Report) -> dict[str, float]:
    """Return what each function has earned."""
    earned: dict[str, float] = {}
    for check in report.checks:
        earned[check.target] = round(earned.get(check.target, 0.0) + check.points, 6)
    return earned


class Room:
    """One suite, its reference and one student, all in this very process: what a bench adds is tested elsewhere."""

    def __init__(self, suite: Suite, reference: str, student: str, *, seed: int = 1, public: bool = False) -> None:
        self.suite = suite
        names = [target.name for target in suite.targets]
        self.reference = LiveReference(lambda: KernelStudent(_defined(reference), names))
        self.paper = Paper(PUBLIC_SEED if public else seed, self.reference)
        examples = Paper(PUBLIC_SEED, self.reference)
        self.sitting = Sitting(
            self.paper,
            KernelStudent(_defined(student), names),
            second=lambda: KernelStudent(_defined(student), names),
            catalogue=Catalogue(),
            example=lambda case: examples.question(case.smaller()),
        )

    def judge(self) -> dict[str, Verdict]:
        """Return the verdict of every check, those skipped that need another."""
        verdicts: dict[str, Verdict] = {}
        for check in self.suite.checks:
            needed = [verdicts[need].status for need in needs_of(check, self.suite)]
            waits = any(status != "passed" for status in needed)
            verdicts[check.id] = Verdict("skipped") if waits else check.judge(self.sitting)
            self.sitting.statuses[check.id] = verdicts[check.id].status
        return verdicts


def verdicts(suite: Suite, reference: str, student: str, **options: Any) -> dict[str, Verdict]:
    """Return what the checks of a suite find about a student's text."""
    return Room(suite, reference, student, **options).judge()


def _defined(source: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {"np": np}
    exec(source, namespace)
    return namespace
