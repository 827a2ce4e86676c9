"""The students' copy of a course: what is in it. How it gets into its folder is in write.py.

Nothing is taken from exercises/ but what is named here: a module that somebody has written there stays there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from grader.course import FILE_NAME, Course, Exercise
from grader.errors import CourseError
from grader.release.record import ANSWERS, stubs
from grader.release.selection import course_text
from grader.release.welcome import GITIGNORE, readme

SCHEMA = "course.schema.json"
_HANDOUT, _CHECKS, _FIGURES = "README.md", "checks.py", "figures"
_PICTURES = {".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"}


class Contents(msgspec.Struct, frozen=True):
    """The files of a students' copy, by their paths with `/`."""

    files: dict[str, bytes]
    modules: dict[str, str]
    """Those of them that students write into, with the text of their stubs."""
    left_out: list[str]
    """What lies in exercises/ and is no part of an exercise."""


def contents(
    course: Course,
    chosen: Sequence[Exercise],
    package: str,
    answers: Callable[[Exercise], bytes],
) -> Contents:
    """Return all that students get of these exercises; ``answers`` gives the recorded answers of one."""
    yaml = _read(course.root / FILE_NAME)
    if len(chosen) < len(course.exercises):
        yaml = course_text(yaml, [exercise.name for exercise in chosen])
    made = {exercise.name: stubs(course, exercise) for exercise in chosen}  # first of all: here an author's slip shows
    files = {
        "README.md": readme(course.title, chosen, package).encode(),
        ".gitignore": GITIGNORE.encode(),
        FILE_NAME: yaml,
        SCHEMA: schema_text().encode(),
    }
    modules: dict[str, str] = {}
    left_out: list[str] = []
    for exercise in chosen:
        folder = f"exercises/{exercise.name}"
        kept = _kept(course.folder_of(exercise))
        files |= {f"{folder}/{name}": data for name, data in kept.items()}
        modules |= {f"{folder}/{file}": text for file, text in made[exercise.name].items()}
        files[f"{folder}/{ANSWERS}"] = answers(exercise)
        known = {*kept, *exercise.files, ANSWERS, f"{exercise.name}.ipynb"}
        left_out += [f"{folder}/{name}" for name in _names(course.folder_of(exercise)) if name not in known]
    files |= {path: text.encode() for path, text in modules.items()}
    return Contents(files, modules, left_out)


def schema_text() -> str:
    """Return the text of course.schema.json, as `grade doctor --schema` prints it."""
    from grader.course_schema import course_schema

    return json.dumps(course_schema(), indent=2) + "\n"


def _kept(folder: Path) -> dict[str, bytes]:
    """Return what is handed out as it is: the handout, the suite, arrays that come with them, and the figures."""
    names = [_HANDOUT, _CHECKS]
    names += [name for name in _names(folder) if "/" not in name and Path(name).suffix == ".npz" and name != ANSWERS]
    names += [name for name in _names(folder) if name.startswith(f"{_FIGURES}/") and Path(name).suffix in _PICTURES]
    return {name: _read(folder / name) for name in names}


def _names(folder: Path) -> list[str]:
    """Return the paths of the files below a folder, without what tools leave behind; links are not followed."""
    found = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if not any(part.startswith(".") or part == "__pycache__" for part in parts) and not path.is_dir():
            found.append("/".join(parts))
    return found


def _read(path: Path) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise CourseError(f"{path} is missing, or no ordinary file: students need it. Write it, then release again.")
    try:
        return path.read_bytes()
    except OSError as err:
        raise CourseError(f"{path} cannot be read: {err.strerror}.") from None
