"""What a result is named by: all that decides it. Where none of it has changed, nothing is graded again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from grader import __version__
from grader.course import Course, Exercise


def judging_of(course: Course, exercise: Exercise, device: str, isolation: str) -> str:
    """Return the digest of what judges: suite, reference, mistakes, limits, points, device, isolation and version."""
    public, hidden = course.folder_of(exercise), course.solution_of(exercise)
    files = [public / "checks.py", *(hidden / name for name in (*exercise.files, "hidden.py", "mistakes.py"))]
    if not is_live(course, exercise):
        files.append(public / "answers.npz")
    settings = msgspec.structs.replace(exercise, title=exercise.name, due=None, late=None)
    parts = [__version__.encode(), device.encode(), isolation.encode(), msgspec.json.encode(settings, order="sorted")]
    for path in files:
        parts += [path.name.encode(), path.read_bytes() if path.is_file() else b""]
    return _digest(parts)


def is_live(course: Course, exercise: Exercise) -> bool:
    """Whether the reference is here: otherwise only the public questions can be asked."""
    return (course.solution_of(exercise) / exercise.files[0]).is_file()


def name_of(judging: str, student: str, submission: str, seed: int | None) -> str:
    """Return the name of one result."""
    return _digest(part.encode() for part in (judging, student, submission, str(seed)))


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
