"""One student's work, read: which file of a folder it is, when it was handed in, and how anybody knows.

What a submission is once it is found is the business of grader/submission; who handed in what, that of find.py.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from grader.cohort import downloads
from grader.cohort.find import Found
from grader.course import Exercise
from grader.submission import Submission, holds, read_place, read_submission
from grader.submission.folder import Folder
from grader.submission.place import Kind, UnusableError, shown

DUE = "due"
"""The revision of a git repository that stands for the last commit before the due time."""
Source = Literal["", "platform", "commit", "file"]

_STAMP = "timestamp.txt"


class HandedIn(msgspec.Struct, frozen=True):
    """A student's work as it is judged."""

    submission: Submission
    at: datetime | None = None
    """When it was handed in, as far as anybody knows."""
    told_by: Source = ""
    """Who says so: a platform, a commit, or the date of a file, which copying may have changed."""
    remark: str = ""
    """Which of several files counts."""


def read(
    found: Found, exercise: Exercise, course_root: Path, *, revision: str = "", due: datetime | None = None
) -> HandedIn:
    """Read what a student handed in; of a git repository a branch, a tag, or what was committed by the due time."""
    if found.files:
        files = dict(found.files)
        place = _Gathered(Folder(Path(found.path), "their files"), files)
        work = read_place(lambda: nullcontext(place), place.name, exercise, course_root)
        return _dated(found, HandedIn(work), [os.path.join(found.path, name) for name in files.values()])
    if os.path.isdir(found.path) and not os.path.islink(found.path):
        try:
            return _from_folder(found, exercise, course_root, revision, due)
        except UnusableError:
            pass  # reading it as a submission finds the same, and says so in its report
    return _dated(found, HandedIn(read_submission(Path(found.path), exercise, course_root)), [found.path])


def _from_folder(found: Found, exercise: Exercise, course_root: Path, revision: str, due: datetime | None) -> HandedIn:
    folder, stamp = Folder(Path(found.path), shown(os.path.basename(found.path))), Path(found.path)
    inside = holds(folder, exercise)
    if (inside is None or inside.split("/")[0] == exercise.name) and folder.kind(exercise.name) == "folder":
        stamp = folder.path / exercise.name
        folder = Folder(stamp, f"{exercise.name} of {folder.name}")
    repository = _repository(folder)
    if repository is not None and (revision or holds(folder, exercise) is None):
        return _from_commit(repository, folder.name, exercise, course_root, revision, due)
    inside = holds(folder, exercise)
    path, remark = (folder.path, "") if inside is not None else _file_in(folder, exercise)
    work = HandedIn(read_submission(path, exercise, course_root), remark=remark)
    if found.stamped and (at := _stamped(stamp / _STAMP)):
        return msgspec.structs.replace(work, at=at, told_by="platform")
    if repository is not None and due is not None:
        at = _from_commit(repository, folder.name, exercise, course_root, "", None).at
        if at is not None:
            return msgspec.structs.replace(work, at=at, told_by="commit")
    names = (
        [os.path.join(folder.path, inside, name) for name in work.submission.files] if inside is not None else [path]
    )
    return _dated(found, work, names)


def _dated(found: Found, work: HandedIn, files: Sequence[str | Path]) -> HandedIn:
    """Add when it was handed in: as the platform says, or else the date of the youngest file."""
    if found.at is not None:
        return msgspec.structs.replace(work, at=found.at, told_by="platform")
    moments = []
    for file in files:
        try:
            moments.append(datetime.fromtimestamp(os.lstat(file).st_mtime, UTC))
        except (OSError, OverflowError, ValueError):
            continue
    return msgspec.structs.replace(work, at=max(moments), told_by="file") if moments else work


def _repository(folder: Folder) -> Folder | None:
    if folder.kind(".git") == "folder":
        return Folder(folder.path / ".git", folder.name)
    if folder.kind("HEAD") is None:
        return None
    from grader.submission.repository import find_repository

    return find_repository(folder)


def _from_commit(
    repository: Folder, name: str, exercise: Exercise, course_root: Path, revision: str, due: datetime | None
) -> HandedIn:
    from grader.submission.repository import Repository

    committed: list[datetime] = []

    @contextmanager
    def opened() -> Iterator[Repository]:
        which = ("HEAD", due) if revision in ("", DUE) else (revision, None)
        with Repository(repository, which[0], which[1] if revision == DUE else None) as commit:
            committed.append(commit.committed)
            yield commit

    work = read_place(opened, name, exercise, course_root)
    return HandedIn(work, committed[0], "commit") if committed else HandedIn(work)


def _file_in(folder: Folder, exercise: Exercise) -> tuple[Path, str]:
    """Return what in a folder is the submission where the exercise's files are not, and which of several it is."""
    names = [name for name in folder.names("") if folder.kind(name) == "file" and not name.startswith(".")]
    tests: list[Callable[[str], bool]] = [
        lambda name: downloads.original(name)[0] == exercise.files[0],
        lambda name: name.lower().endswith(".zip"),
        lambda name: name.lower().endswith(".ipynb"),
    ]
    for fits in tests:
        if fitting := [name for name in names if fits(name)]:
            break
    else:
        modules = [name for name in names if name.lower().endswith(".py")]
        fitting = modules if len(modules) == 1 and len(exercise.files) == 1 else []
    if not fitting:
        return folder.path, ""
    fitting.sort(key=lambda name: (downloads.original(name)[1], os.lstat(folder.path / name).st_mtime, name))
    others = ", ".join(shown(name) for name in fitting[:-1])
    remark = f"the latest of {len(fitting)} files counts, {shown(fitting[-1])}, and not {others}." if others else ""
    return folder.path / fitting[-1], remark


def _stamped(path: Path) -> datetime | None:
    """Return when nbgrader collected a submission: ``2026-12-01 10:00:00.123456 UTC``."""
    try:
        text = Folder(path.parent, "").read(path.name, 1000).decode()
        moment, _, zone = text.strip().rpartition(" ")
        if re.fullmatch(r"[+-]\d\d:?\d\d", zone):
            return datetime.fromisoformat(f"{moment}{zone}")
        return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))
    except (UnusableError, ValueError, OSError, KeyError):  # a zone that nobody knows, too, is no time
        return None


class _Gathered:
    """One student's files among those of a whole class, under the names that the student gave them."""

    def __init__(self, folder: Folder, files: dict[str, str]) -> None:
        self._folder = folder
        self._files = files
        self.name = folder.name

    def kind(self, path: str) -> Kind | None:
        """Return what lies at this path."""
        return self._folder.kind(self._files[path]) if path in self._files else None

    def names(self, folder: str) -> list[str]:
        """Return the student's own names."""
        return [] if folder else list(self._files)

    def read(self, path: str, largest: int) -> bytes:
        """Return the bytes of a file."""
        return self._folder.read(self._files[path], largest)
