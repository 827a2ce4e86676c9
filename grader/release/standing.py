"""How far the modules in exercises/ have come, judged by their text alone: nothing of them is run."""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.course import Course, Exercise
from grader.errors import GraderError
from grader.release.record import stubs
from grader.submission.text import unwritten

State = Literal["missing", "stub", "begun", "written"]


class Standing(msgspec.Struct, frozen=True):
    """How far one exercise is."""

    state: State
    to_write: int
    """How many functions and classes still stand as they were handed out."""


def standing(course: Course, exercise: Exercise) -> Standing:
    """Return how far the exercise's files are; private functions do not count as begun work."""
    given = _given(course, exercise)
    waiting, present = 0, 0
    for file in exercise.files:
        try:
            data = (course.folder_of(exercise) / file).read_bytes()
        except OSError:
            return Standing("missing", 0)
        left, names = unwritten(data)
        waiting += len(left)
        present += sum(name in left or not (name.startswith("_") or name in given) for name in names)
    if not waiting:
        return Standing("written", 0)
    return Standing("stub" if waiting == present else "begun", waiting)


def _given(course: Course, exercise: Exercise) -> set[str]:
    """Return what students get ready-made, as far as it is known here: the solutions tell."""
    try:
        made = stubs(course, exercise)
    except GraderError:
        return set()
    pairs = [unwritten(text.encode()) for text in made.values()]
    return {name for left, names in pairs for name in names if name not in left}
