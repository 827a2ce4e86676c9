"""What is late, by how many days, and what that costs: course.yaml's due time and rule, and the extensions of students.

Moments have time zones; a day is 24 hours from the due time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from grader.cohort.extensions import Extensions
from grader.course import Course, Exercise, Late


class Lateness(msgspec.Struct, frozen=True):
    """How late a submission is, and what that takes."""

    days: int = 0
    """The days that have begun since the due time; 0 is in time."""
    percent: float = 0.0
    """What that takes of the points earned."""


def taken_from(score: float, percent: float) -> float:
    """Return what is left of a score, rounded as scores are."""
    return round(score * (100.0 - percent) / 100.0, 6)


class Deadline:
    """When an exercise is due for whom, and what it costs to hand it in later."""

    def __init__(self, course: Course, exercise: Exercise, extensions: Extensions | None = None) -> None:
        self._due = exercise.due
        self._rule = exercise.late or course.late or Late(percent=0.0)
        self._extensions = extensions or Extensions()

    def due(self, student: str) -> datetime | None:
        """Return when it is due for this student; None if it never is."""
        return self._extensions.due(student, self._due)

    def lateness(self, student: str, at: datetime | None, marked: bool | None) -> Lateness:
        """Return how late it is to hand in at this moment.

        Where the platform marked it and nobody knows the moment, late is one day; an extension lifts such a mark.
        """
        due = self.due(student)
        if marked is not None:
            extended = due != self._due
            return self._of(1 if marked and not extended else 0)
        if due is None or at is None or at <= due + timedelta(seconds=self._rule.grace):
            return Lateness()
        return self._of(-((due - at) // timedelta(days=1)))

    def _of(self, days: int) -> Lateness:
        return Lateness(days, min(days * self._rule.percent, self._rule.cap))
