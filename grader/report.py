"""The report of one submission and the outcomes in it: what every reporter, result file and export reads.

The JSON form of these structs is a contract (more keys may be added, none may change).
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Status = Literal["passed", "failed", "error", "timeout", "skipped"]

SCHEMA = 1
LARGEST_REPORT = 1 << 20
LARGEST_OUTPUT = 64 << 10


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one check."""

    id: str
    """The check's id, ``mse_backward.gradient``."""
    target: str
    """The function or class that was judged, ``mse_backward``."""
    title: str
    """One sentence: what the check asks."""
    status: Status
    points: float
    max_points: float
    message: str = ""
    """Why it did not pass, in the student's words; empty when it passed."""
    hint: str | None = None
    """The diagnosis: the mistake's name, and what to do about it."""
    duration_s: float = 0.0
    detail: dict[str, Any] | None = None
    """The failure in figures, for reporters that draw: see grader/checks/explain.py for the keys."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one submission of one exercise."""

    schema: int = SCHEMA
    exercise: str
    title: str = ""
    student: str | None = None
    submission: str = ""
    """What was judged, in words: ``losses.py in exercises/exercise3``."""
    digest: str
    """``sha256:…`` over the names and bytes of the exercise's files."""
    score: float
    max_score: float
    passed: bool
    seed: int
    device: str
    isolation: list[str]
    """The locks that were really in force."""
    duration_s: float
    checks: list[Outcome]
    notes: list[str] = []
    """What else a person should know: magics left out of a notebook, output that was cut."""
    output: str = ""
    """What the submission printed, at most 64 KiB of it."""
    public: bool = False
    """Whether these were the public checks with the public seed."""


def encode(report: Report | list[Report]) -> bytes:
    """Return the JSON of a report, or of an array of several, ready to be read by a person."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n"
