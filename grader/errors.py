"""Every error a person can meet, each with the message they need: what is wrong, where, what to do.

What a submission does wrong is never an exception: it is an outcome in a report.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class GraderError(Exception):
    """Something Gradecheck tells a person in words; the base of all others."""

    exit_code = 3


class UsageError(GraderError):
    """What was asked cannot be done as it was asked: the command line ends with exit code 2."""

    exit_code = 2


class CourseError(UsageError):
    """course.yaml, or a file of the course, is not as it must be."""


class SubmissionPathError(UsageError):
    """There is no submission at the path that was named."""


class MachineError(UsageError):
    """This machine cannot do what was asked: strict isolation, CUDA, PyTorch."""


class SuiteError(GraderError):
    """A suite, a reference solution or a mistake of the course is broken: its author has to mend it."""


class BenchError(GraderError):
    """The bench could not be started: a fault of this machine or of Gradecheck, never of a submission."""


class Stopped(BaseException):
    """Somebody wants the program to end: Ctrl-C, or a polite signal. Nothing catches it but the command line."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for the nearest known word, or an empty string."""
    matches = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean {matches[0]!r}?" if matches else ""
