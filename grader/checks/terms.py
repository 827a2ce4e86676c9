"""What the course asks of what is trained: on which device, on which data, how far, and in how many epochs."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.course import Course, Exercise


class Terms(msgspec.Struct, frozen=True):
    """What course.yaml says about a training, for one device."""

    device: str = "cpu"
    """``cpu`` or ``cuda``."""
    at_least: float | None = None
    """The least that earns the points, of an accuracy."""
    at_most: float | None = None
    """The most that earns the points, of a loss."""
    epochs: int = 0
    """How many passes over the training data there may be; 0 where the course says nothing."""
    data: str | None = None
    """The data set that the course has chosen for the exercise; None: the exercise's own."""
    folder: Path | None = None
    """Where the data sets lie that do not come along."""


def terms_of(course: Course, exercise: Exercise, device: str) -> Terms:
    """Return what the course says about an exercise's training on a device."""
    wanted = exercise.accuracy.cuda if device == "cuda" else exercise.accuracy.cpu
    folder = course.root / course.datasets if course.datasets else None
    if wanted is None:
        return Terms(device, data=exercise.data, folder=folder)
    return Terms(device, wanted.at_least, wanted.at_most, wanted.epochs, exercise.data, folder)
