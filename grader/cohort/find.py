"""What in a folder is whose submission: folders, zips, notebooks, repositories, and what platforms let one download.

Only names are looked at, and what lies at the top; nothing is read yet. Two submissions of one student become one here.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import attrgetter, itemgetter
from pathlib import Path

import msgspec

from grader.cohort import downloads
from grader.course import Exercise
from grader.errors import UsageError
from grader.submission import holds
from grader.submission.folder import Folder
from grader.submission.place import shown

_CLUTTER = {"Thumbs.db", "desktop.ini"}
_READABLE = (".zip", ".ipynb", ".py")
MANIFEST = "results.json"
"""The file that tells a folder of results from a student's."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What one student handed in, as the folder's names tell."""

    student: str
    path: str
    """Where it lies; for files under a platform's names, the folder they lie in."""
    files: dict[str, str] = {}
    """For files under a platform's names: the student's own name of each, and the one it now has."""
    at: datetime | None = None
    """When it was handed in, if the platform says so."""
    late: bool | None = None
    """Whether the platform marked it late; None where it does not mark."""
    order: int = 0
    """What the platform counts up: the larger is the later."""
    stamped: bool = False
    """Whether it lies in nbgrader's folders, where a file beside it says when it was handed in."""


class ClassFolder(msgspec.Struct, frozen=True):
    """A class: one Found for each student, in the order of their names, and what a person should know about it."""

    found: list[Found]
    remarks: list[str]


def find(folder: Path, exercise: Exercise) -> ClassFolder:
    """Return who handed in what; a folder that holds no class is an error that says what it is instead."""
    _check(folder, exercise)
    stamped = folder.name == "submitted"
    if (folder / "submitted").is_dir():  # a course of nbgrader's
        folder, stamped = folder / "submitted", True
    remarks: list[str] = []
    raw = list(_look(folder, exercise, remarks, stamped))
    if not raw:
        raise UsageError(f"{folder} holds no submission: it needs a folder, a zip or a notebook for each student.")
    return ClassFolder(_latest(raw, remarks), remarks)


def _check(folder: Path, exercise: Exercise) -> None:
    if not folder.exists():
        raise UsageError(f"There is no folder {folder}. Name the folder in which each student has a folder or a zip.")
    if not folder.is_dir():
        zipped = " Unpack it, and name the folder." if folder.suffix.lower() == ".zip" else ""
        raise UsageError(f"{folder} is no folder: a class is a folder in which each student has one, or a zip.{zipped}")
    if (folder / MANIFEST).is_file() and (folder / "reports").is_dir():
        raise UsageError(f"{folder} holds results: name the folder with the submissions.")
    places = (folder / exercise.files[0], folder / "exercises" / exercise.name)
    if any(place.exists() for place in places):
        raise UsageError(
            f"{folder} is itself a submission, and not a class: "
            f"`grade check {exercise.name} --submission {folder}` grades it."
        )


def _look(folder: Path, exercise: Exercise, remarks: list[str], stamped: bool) -> Iterator[Found]:
    listed: dict[str, downloads.Entry] = {}
    if (folder / downloads.GRADESCOPE_LIST).is_file():
        listed = downloads.gradescope(folder / downloads.GRADESCOPE_LIST)
    flat: dict[str, list[tuple[downloads.Named, str]]] = {}
    for entry in _entries(folder):
        name = entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        named = downloads.moodle(name) or (None if is_folder else downloads.canvas(name))
        if name.startswith((".", "__")) or name in _CLUTTER or name == downloads.GRADESCOPE_LIST:
            continue
        if downloads.is_moodles_own(name) or (is_folder and (Path(entry.path) / MANIFEST).is_file()):
            continue
        if name in listed and is_folder:
            about = listed[name]
            if not about.students:
                remarks.append(f"{shown(name)}: {downloads.GRADESCOPE_LIST} does not say whose it is.")
            for student in about.students or (name,):
                yield Found(student=label(student), path=entry.path, at=about.at)
        elif named is not None and (is_folder or not named.file):
            yield Found(student=label(named.student), path=entry.path)
        elif named is not None:
            flat.setdefault(named.student, []).append((named, name))
        elif is_folder or entry.is_symlink() or name.lower().endswith(_READABLE):
            plain = name if is_folder and not name.endswith(".git") else os.path.splitext(name)[0]
            yield Found(student=label(plain), path=entry.path, stamped=stamped)
        else:
            remarks.append(f"{shown(name)}: left out, for it is no folder, zip, notebook or Python file.")
    for folder_name in sorted(listed):
        if not (folder / folder_name).is_dir():
            remarks.append(f"{shown(folder_name)}: listed in {downloads.GRADESCOPE_LIST}, but there is no such folder.")
    for student, files in flat.items():
        yield from _gathered(folder, student, files, exercise)


def _entries(folder: Path) -> Iterable[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=attrgetter("name"))
    except OSError as err:
        raise UsageError(f"{folder} cannot be read: {err.strerror}.") from None


def _gathered(
    folder: Path, student: str, files: list[tuple[downloads.Named, str]], exercise: Exercise
) -> Iterator[Found]:
    """Give what one student's files in a flat download are: the exercise's files together, or single files."""
    known = {*exercise.files, f"{exercise.name}.ipynb"}
    parts: dict[str, tuple[int, downloads.Named, str]] = {}
    others: list[Found] = []
    for named, name in files:
        first, copy = downloads.original(named.file)
        order = named.number * 10_000 + copy
        own = named.file if named.file in known else first
        if own not in known:
            others.append(Found(student=label(student), path=str(folder / name), late=named.late, order=order))
        elif own not in parts or parts[own][0] < order:
            parts[own] = order, named, name
    if parts:
        order, last, _ = max(parts.values(), key=itemgetter(0))
        together = {own: name for own, (_, _, name) in parts.items()}
        yield Found(student=label(student), path=str(folder), files=together, late=last.late, order=order)
    else:
        yield from [one for one in others if one.path.lower().endswith(_READABLE)] or others[:1]


def _latest(raw: list[Found], remarks: list[str]) -> list[Found]:
    """Return one Found for each student: the latest, said so where there are several."""
    by_student: dict[str, list[Found]] = {}
    for one in raw:
        by_student.setdefault(one.student, []).append(one)
    chosen = []
    for student in sorted(by_student):
        all_of_them = by_student[student]
        if len(all_of_them) > 1:
            all_of_them.sort(key=_when)
            names = ", ".join(shown(os.path.basename(one.path)) for one in all_of_them[:-1])
            last = shown(os.path.basename(all_of_them[-1].path))
            remarks.append(
                f"{shown(student)}: handed in {len(all_of_them)} times: the latest counts, {last}, and not {names}."
            )
        chosen.append(all_of_them[-1])
    return chosen


def _when(found: Found) -> tuple[float, int, float, str]:
    at = found.at.timestamp() if found.at else 0.0
    try:
        written = os.lstat(found.path).st_mtime
    except OSError:
        written = 0.0
    return at, found.order, written, found.path


def label(name: str) -> str:
    """Return a student's name in the one form that all of its spellings have, whatever bytes the file system held."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", text)


def looks_right(found: Found, exercise: Exercise) -> bool:
    """Whether there is anything of this exercise in what was found, or anything it may be hidden in."""
    if found.files or not os.path.isdir(found.path) or os.path.islink(found.path):
        return True
    folder = Folder(Path(found.path), "")
    try:
        if holds(folder, exercise) is not None:
            return True
        names = folder.names("")
    except Exception:  # noqa: BLE001 - one that cannot be read tells nothing about the others
        return False
    return any(name.lower().endswith(_READABLE) or name in (exercise.name, ".git", "HEAD") for name in names)
