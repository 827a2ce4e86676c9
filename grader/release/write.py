"""Puts the students' copy into its folder: whole or not at all, and never over what somebody else has written."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from grader.errors import UsageError
from grader.release.copy import Contents
from grader.release.record import handed_out
from grader.release.welcome import MARK


class Written(msgspec.Struct, frozen=True):
    """What became of the files, by their paths."""

    new: list[str]
    same: list[str]
    """They were there already, as they are."""
    answers: list[str]
    """Modules somebody has written into: they were left as they are."""


def check_target(target: Path, course: Path, *, force: bool) -> None:
    """Refuse a folder that the copy must not go into, before any work is done."""
    here, there = course.resolve(), target.resolve()
    if there == here or here in there.parents:
        raise UsageError(
            f"{target} lies in the course itself: name a folder outside it, such as {here.parent / 'students'}."
        )
    if there in here.parents:
        raise UsageError(f"{target} holds the course itself: name a folder of its own.")
    if os.path.lexists(target) and not target.is_dir():
        raise UsageError(f"{target} is a file: name a new folder.")
    if not target.exists():
        if not target.parent.is_dir():
            raise UsageError(f"{target} cannot be made, for there is no folder {target.parent}: make that first.")
    elif _listed(target) and not force:
        raise UsageError(f"{target} is not empty: name a new folder, or renew the students' copy in it with --force.")


def write(contents: Contents, target: Path) -> Written:
    """Write the files beside their places first, and move them there when all of them lie ready."""
    known = [path for path in contents.files if os.path.lexists(target / path)]
    answers = [path for path in contents.modules if path in known and _is_answer(target / path, contents.modules[path])]
    same = [path for path in known if path not in answers and _holds(target / path, contents.files[path])]
    new = [path for path in contents.files if path not in answers and path not in same]
    _check_places(target, new)
    stage = target if target.is_dir() else target.parent
    stage = stage / f".{target.name}.{secrets.token_hex(4)}"
    try:
        for path in new:
            (stage / path).parent.mkdir(parents=True, exist_ok=True)
            (stage / path).write_bytes(contents.files[path])
        if not target.is_dir():
            stage.rename(target)
        else:
            for path in new:
                (target / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(stage / path, target / path)
    except OSError as err:
        raise UsageError(f"{target} cannot be written: {err.strerror}. Name another place, or make room.") from None
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Written(new, same, answers)


def _check_places(target: Path, paths: Iterable[str]) -> None:
    """Refuse to replace what no release has written, and to write through links."""
    released = _bears_mark(target / "README.md")
    for path in paths:
        place = target
        for part in Path(path).parts:
            place = place / part
            if place.is_symlink():
                raise UsageError(f"{place} is a link: nothing is written through it. Name a new folder.")
        if place.is_dir():
            raise UsageError(f"{place} is a folder, where a file of the students' copy belongs. Name a new folder.")
        if place.exists() and not released:
            raise UsageError(f"{place} is there, and no release wrote it: move it away, or name a new folder.")


def _bears_mark(path: Path) -> bool:
    try:
        return path.read_text(errors="replace").startswith(MARK)
    except OSError:
        return False


def _is_answer(path: Path, stub: str) -> bool:
    return path.is_file() and not path.is_symlink() and not handed_out(path.read_bytes(), stub)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == data


def _listed(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError as err:
        raise UsageError(f"{folder} cannot be opened: {err.strerror}. Name a new folder.") from None
