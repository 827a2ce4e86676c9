"""The course and its exercises: what course.yaml says, as structs with a sentence under each attribute.

A new key is a new attribute here: how it is read, its line in an error and its JSON Schema follow from its type.
How YAML becomes these structs is in course_file.py, the JSON Schema in course_schema.py.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec

from grader.course_file import read_course_file
from grader.course_values import (
    Bytes,
    DataName,
    Due,
    ExerciseName,
    Exercises,
    FileNames,
    Folder,
    FunctionName,
    Grace,
    Number,
    Packages,
    Percent,
    Points,
    Seconds,
    Seeds,
    Title,
    Whole,
)
from grader.errors import CourseError, UsageError, suggestion

FILE_NAME = "course.yaml"


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of course.yaml."""


class Limits(_Part, frozen=True, kw_only=True):
    """What one submission may use; the clock only guards, it never decides a grade."""

    time: Seconds = 60.0
    """The longest that the whole submission may take, such as `60s`."""
    call: Seconds = 10.0
    """The longest that a single call of a function may take, such as `10s`."""
    memory: Bytes = 2 << 30
    """The most memory it may hold, such as `2GiB`."""
    output: Bytes = 1 << 20
    """The most it may print, such as `1MiB`; what goes beyond is cut, with a note."""
    disk: Bytes = 64 << 20
    """The most it may write into its scratch folder, such as `64MiB`."""
    source: Bytes = 256 << 10
    """The largest that each of its files may be, such as `256KiB`."""


class Accuracy(_Part, frozen=True, kw_only=True):
    """What a trained model has to reach on data it never saw."""

    at_least: Number | None = None
    """The least that earns the points, for a share of right answers."""
    at_most: Number | None = None
    """The most that earns the points, for a loss."""
    epochs: Whole
    """How many passes over the training data it has for that."""

    def __post_init__(self) -> None:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("expected either 'at_least' (for an accuracy) or 'at_most' (for a loss)")


class Accuracies(_Part, frozen=True, kw_only=True):
    """What a trained model has to reach, for each device."""

    cpu: Accuracy | None = None
    """The threshold on a processor."""
    cuda: Accuracy | None = None
    """The threshold on a graphics card."""


class Late(_Part, frozen=True, kw_only=True):
    """What handing in late costs; without this rule it is marked, and costs nothing."""

    percent: Percent
    """How many percent of the points earned each day takes; a day that has begun counts whole."""
    grace: Grace = 0.0
    """How long after the due time nothing is late yet, such as `15m`; later, days count from the due time."""
    cap: Percent = 100.0
    """The most percent that are ever taken."""


class Exercise(_Part, frozen=True, kw_only=True):
    """One exercise: the files a student hands in, what they may use, and what they can earn."""

    name: ExerciseName
    """The name of its folders in `exercises` and `solutions`, and on the command line."""
    title: Title = ""
    """What it is called in lists and reports; its name, if nothing is said here."""
    files: FileNames
    """The files a student hands in; the first is the module that is judged."""
    allow: Packages = ("numpy",)
    """What a submission may import besides the standard library."""
    points: Points = 20.0
    """The total that the points in checks.py scale to."""
    functions: dict[FunctionName, Points] = {}
    """The relative points of single functions, in place of those in checks.py."""
    due: Due | None = None
    """When it is due, with a time zone, such as `2026-12-04T23:59:00+01:00`."""
    late: Late | None = None
    """What handing in late costs; the course's rule, if nothing is said here."""
    limits: Limits = Limits()
    """What one submission may use."""
    accuracy: Accuracies = Accuracies()
    """What a trained model has to reach. Measure before you set it."""
    data: DataName | None = None
    """What a model is trained on, such as `mnist`; the exercise's own data, if nothing is said here."""

    def __post_init__(self) -> None:
        if clash := set(self.allow) & {Path(file).stem for file in self.files}:
            raise ValueError(f"a file in 'files' hides the package {min(clash)!r} that 'allow' names: rename the file")
        if not self.title:
            msgspec.structs.force_setattr(self, "title", self.name)

    @property
    def module(self) -> str:
        """The name of the module that is judged, ``losses``."""
        return Path(self.files[0]).stem


class CourseFile(_Part, frozen=True, kw_only=True):
    """All that course.yaml says."""

    title: Title
    """What the course is called."""
    exercises: Exercises[Exercise]
    """The exercises, in the order of the course."""
    datasets: Folder | None = None
    """The folder with the files of data sets that do not come along, such as MNIST; nothing is ever downloaded."""
    late: Late | None = None
    """What handing in late costs in every exercise that says nothing else."""
    seeds: Seeds = "shared"
    """Whether a class gets the same hidden questions (`shared`), or each student others (`per-student`)."""


class Course(CourseFile, frozen=True, kw_only=True):
    """A course in its folder."""

    root: Path
    """The folder that holds course.yaml."""

    def exercise(self, name: str) -> Exercise:
        """Return the exercise of this name; an unknown name is an error that suggests the nearest one."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        names = [exercise.name for exercise in self.exercises]
        raise UsageError(
            f"There is no exercise {name[:80]!r} in this course.{_nearest(name, names)} It has: {', '.join(names)}."
        )

    def folder_of(self, exercise: Exercise) -> Path:
        """Return the folder that students get: the handout, the stub, the suite."""
        return self.root / "exercises" / exercise.name

    def solution_of(self, exercise: Exercise) -> Path:
        """Return the folder that stays hidden; a student's copy of the course does not have it."""
        return self.root / "solutions" / exercise.name


def find_course(start: Path | None = None) -> Path:
    """Return the nearest course.yaml, from a folder (the working directory, if none is given) upwards."""
    try:
        folder = (start or Path.cwd()).absolute()
    except FileNotFoundError:
        raise CourseError("The working directory is gone: cd into your course.") from None
    for place in (folder, *folder.parents):
        if os.path.lexists(place / FILE_NAME):
            return place / FILE_NAME
    raise CourseError(
        f"There is no {FILE_NAME} in {folder} or above it: cd into your course, or name its folder with --course DIR."
    )


def load_course(path: Path) -> Course:
    """Return the course of this course.yaml, or of the folder that holds one.

    All mistakes in it are reported in one error, a line for each.
    """
    if path.name != FILE_NAME and path.is_dir():
        path = path / FILE_NAME
    course = read_course_file(path, CourseFile)
    return Course(root=path.parent.absolute(), **msgspec.structs.asdict(course))


def _nearest(name: str, known: list[str]) -> str:
    """Suggest an exercise for ``exercise03``, ``ex3``, ``3`` and ``exercises/exercise3/``, as for a slip of the pen."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    if last in known:
        return f" Did you mean {last!r}?"
    number = re.search(r"([0-9]{1,9})$", last)
    if number is not None:
        same = [other for other in known if re.search(rf"(?<![0-9])0*{int(number[1])}$", other)]
        if len(same) == 1:
            return f" Did you mean {same[0]!r}?"
    return suggestion(last, known)
