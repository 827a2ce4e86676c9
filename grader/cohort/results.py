"""A folder of results: one JSON file for each submission, the seed that was drawn for them, and the list of the class.

    results.json     the exercise, and the seed: written once
    secret           what each student's own seed is made of, where the course wants that: written once
    reports/*.json   the reports, each named by all that decided it (see identity.py)
    class.json       whose report is which, when it was handed in, and what that makes of the score: the last run's

A file is written whole or not at all, and flushed to the disk; nothing is locked, so that nothing can stay locked.
"""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import msgspec

from grader.cohort.find import MANIFEST, label
from grader.errors import UsageError
from grader.report import Status

CLASS = "class.json"
_REPORTS = "reports"
_SECRET = "secret"
_OLD_S = 3600.0
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


class Checked(msgspec.Struct, frozen=True):
    """What the class in figures needs of one check."""

    id: str
    status: Status
    title: str = ""
    hint: str | None = None


class Result(msgspec.Struct, frozen=True):
    """What the class in figures needs of a report."""

    score: float
    max_score: float
    duration_s: float
    checks: list[Checked]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One student in the list of the class."""

    student: str
    report: str | None
    """The name of the report in `reports`; None where there is none."""
    score: float | None = None
    """The report's score."""
    max_score: float | None = None
    grade: float | None = None
    """The score after what being late takes."""
    handed_in: datetime | None = None
    told_by: str = ""
    """Who says when it was handed in: a platform, a commit, or the date of a file."""
    late_days: int = 0
    late_percent: float = 0.0
    digest: str = ""
    """That of the submission."""
    problem: str | None = None
    """Why it could not be used, or why there is no report."""


class _Manifest(msgspec.Struct, frozen=True, kw_only=True):
    schema: int = 1
    exercise: str
    seed: int


class Results:
    """The folder; making one writes its manifest, or reads the one that is there."""

    def __init__(self, folder: Path, exercise: str) -> None:
        self.folder = folder
        self._reports = folder / _REPORTS
        self._exercise = exercise
        self._decoder = msgspec.json.Decoder(Result)
        with self._told():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # grades are nobody else's business
            self._reports.mkdir(exist_ok=True)
            manifest = _Manifest(exercise=exercise, seed=secrets.randbits(53))
            self.seed = self._read_manifest(self._once(MANIFEST, _json(manifest))).seed
            self._sweep()

    def _read_manifest(self, data: bytes) -> _Manifest:
        try:
            manifest = msgspec.json.decode(data, type=_Manifest)
        except msgspec.MsgspecError:
            raise UsageError(
                f"{self.folder / MANIFEST} is damaged, and its seed is lost: name another folder with --results."
            ) from None
        if manifest.exercise != self._exercise:
            raise UsageError(
                f"{self.folder} holds results of {manifest.exercise}: name another folder for {self._exercise}."
            )
        return manifest

    def secret(self) -> bytes:
        """Return the secret of this folder; it is drawn when it is first asked for."""
        with self._told():
            return self._once(_SECRET, secrets.token_hex(32).encode() + b"\n")

    def read(self, name: str) -> Result | None:
        """Return what a report says; None where there is none, or a damaged one."""
        try:
            return self.parse((self._reports / f"{name}.json").read_bytes())
        except (FileNotFoundError, msgspec.MsgspecError):
            return None
        except OSError as err:
            raise UsageError(f"{self._reports / name}.json cannot be read: {err.strerror}.") from None

    def parse(self, data: bytes) -> Result:
        """Return what the bytes of a report say."""
        return self._decoder.decode(data)

    def keep(self, reports: Sequence[tuple[str, bytes]]) -> None:
        """Write reports, and wait until they are on the disk."""
        with self._told():
            for name, data in reports:
                self._replace(self._reports / f"{name}.json", [data])
            _flush(self._reports)

    def keep_class(self, folder: Path, rows: Iterable[Row]) -> None:
        """Write the list of the class, a line for each student."""
        head = msgspec.json.encode({"schema": 1, "exercise": self._exercise, "folder": label(str(folder))})
        with self._told():
            self._replace(self.folder / CLASS, _listed(head, rows))
            _flush(self.folder)

    def _once(self, name: str, data: bytes) -> bytes:
        """Write a file unless it is there; return what it holds, also if another run was quicker."""
        path = self.folder / name
        if not path.exists():
            with self._written(path, [data], 0o600) as part:
                try:
                    os.link(part, path)
                except FileExistsError:
                    pass
                except OSError as err:
                    if err.errno not in _NO_LINKS:
                        raise
                    os.rename(part, path)
            _flush(self.folder)
        return path.read_bytes()

    def _replace(self, path: Path, pieces: Iterable[bytes]) -> None:
        with self._written(path, pieces, 0o644) as part:
            os.replace(part, path)

    @contextmanager
    def _written(self, path: Path, pieces: Iterable[bytes], mode: int) -> Iterator[str]:
        """Give a file beside this one with these bytes on the disk; whatever happens, it is gone in the end."""
        part = str(path.parent / f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), mode)
            with open(descriptor, "wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(descriptor)
            yield part
        finally:
            with suppress(OSError):
                os.unlink(part)

    def _sweep(self) -> None:
        """Remove what runs left behind that were killed while they wrote."""
        before = time.time() - _OLD_S
        for folder in (self.folder, self._reports):
            for part in folder.glob(".*.part"):
                with suppress(OSError):
                    if part.stat().st_mtime < before:
                        part.unlink()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as err:
            raise UsageError(
                f"The results cannot be written to {self.folder}: {(err.strerror or str(err)).lower()}. What is there "
                "is kept. Make room, or name another folder with --results, and run the command again."
            ) from None


def _listed(head: bytes, rows: Iterable[Row]) -> Iterator[bytes]:
    yield head[:-1] + b',"students":['
    comma = b"\n"
    for row in rows:
        yield comma + msgspec.json.encode(row)
        comma = b",\n"
    yield b"\n]}\n"


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _flush(folder: Path) -> None:
    """Have the names in a folder on the disk, too."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
