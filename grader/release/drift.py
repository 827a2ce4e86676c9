"""Whether what exercises/ keeps is still what solutions/ gives: to 1e-9, for last bits differ between machines."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from grader import wire
from grader.answers.recorded import read_answers
from grader.checks.catalogue import agree
from grader.course import Course, Exercise
from grader.examiner import Examiner
from grader.release.record import ANSWERS, stubs

_TOLERANCE = 1e-9


def drifted_stubs(course: Course, exercise: Exercise) -> list[str]:
    """Return the modules in exercises/ that are not the stubs of their sources."""
    folder = course.folder_of(exercise)
    made = stubs(course, exercise)
    return [file for file, text in made.items() if not _holds(folder / file, text)]


def drifted_answers(course: Course, exercise: Exercise, *, profiles: bool) -> list[str]:
    """Return in words what was recorded otherwise than it is now; what mistakes answer, only with ``profiles``."""
    kept, kept_mistakes = read_answers(course.folder_of(exercise) / ANSWERS)
    if not profiles:
        kept_mistakes = [entry for entry in kept_mistakes if "target" in entry]
    made, made_mistakes = _recorded_now(course, exercise, profiles)
    found = []
    if gone := kept.keys() - made.keys():
        found.append(f"{len(gone)} of {len(kept)} recorded answers are to questions that are not asked any more")
    if lacking := made.keys() - kept.keys():
        found.append(f"{len(lacking)} of {len(made)} questions have no recorded answer")
    both = kept.keys() & made.keys()
    other = [key for key in both if not same(wire.unpack_values(kept[key]), wire.unpack_values(made[key]))]
    if other:
        found.append(f"{len(other)} of {len(both)} answers are not the recorded ones")
    if [_told(mistake) for mistake in kept_mistakes] != [_told(mistake) for mistake in made_mistakes]:
        return [*found, "mistakes.py lists other mistakes than were recorded"]
    pairs = [pair for pair in zip(kept_mistakes, made_mistakes, strict=True) if "profile" in pair[0]]
    changed = [old["hint"] for old, new in pairs if profiles and not _same_profile(old["profile"], new["profile"])]
    if changed:
        found.append(f"mistakes answer otherwise than was recorded ({len(changed)}): {'; '.join(changed[:3])}")
    return found


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same but for the last bits of their numbers."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        if one.shape != other.shape or one.dtype != other.dtype:
            return False
        if one.dtype.kind != "f":
            return bool(np.array_equal(one, other))
        return bool(np.allclose(one, other, rtol=_TOLERANCE, atol=_TOLERANCE, equal_nan=True))
    if isinstance(one, float) and isinstance(other, float):
        return same(np.asarray(one), np.asarray(other))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return bool(one == other)


def _recorded_now(course: Course, exercise: Exercise, profiles: bool) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    with Examiner(course, exercise) as examiner, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ANSWERS
        path.write_bytes(examiner.record(profiles=profiles))
        return read_answers(path)


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _told(entry: dict[str, Any]) -> tuple[str, str]:
    """Return what an entry is about and what it tells: a known mistake, or what is wrong in general."""
    if "target" in entry:
        return entry["target"], entry["hint"]
    return entry["check"], entry["words"]


def _same_profile(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one.keys() == other.keys() and all(_same_finding(one[name], other[name]) for name in one)


def _same_finding(one: list[Any], other: list[Any]) -> bool:
    """Compare prints; of a message compare the words alone, for there may be luck in its numbers."""
    if one and other and isinstance(one[0], str) and isinstance(other[0], str):
        return re.sub(r"[-\d.]+", "#", one[0]) == re.sub(r"[-\d.]+", "#", other[0])
    return agree(one, other)
