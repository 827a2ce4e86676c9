"""A folder on disk, read as if it were hostile: no link followed, no pipe waited for, no file read beyond its limit."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from grader.submission.place import MOST_NAMES, Kind, TooLargeError, UnusableError, shown

_BY_DESCRIPTOR = os.open in os.supports_dir_fd and os.stat in os.supports_dir_fd and os.scandir in os.supports_fd
_QUIETLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_CLOSED_ON_EXEC = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class Folder:
    """A folder; the way to it is trusted, what lies in it is not."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name

    def kind(self, path: str) -> Kind | None:
        """Return what lies at this path, itself, not what it may link to."""
        with self._around(path) as way:
            return None if way is None else way.kind()

    def names(self, folder: str) -> list[str]:
        """Return what lies in this folder."""
        with self._around(f"{folder}/." if folder else ".") as way:
            return [] if way is None else way.names()

    def read(self, path: str, largest: int) -> bytes:
        """Return the bytes of the ordinary file at this path."""
        with self.opened(path) as file:
            if os.fstat(file.fileno()).st_size > largest:
                raise TooLargeError
            data = file.read(largest + 1)
        if len(data) > largest:
            raise TooLargeError
        return data

    @contextlib.contextmanager
    def opened(self, path: str) -> Iterator[BinaryIO]:
        """Open the ordinary file at this path."""
        with self._around(path) as way:
            if way is None or way.kind() != "file":
                raise UnusableError(f"{shown(path)} in {self.name} is not an ordinary file.")
            with way.opened() as file:
                yield file

    @contextlib.contextmanager
    def _around(self, path: str) -> Iterator[_Way | None]:
        """Give the way to what lies at a path, None where a folder before it is missing; an error is told in words."""
        way = _WayByDescriptor(self.path) if _BY_DESCRIPTOR else _WayByPath(self.path)
        *folders, last = path.split("/")
        try:
            reached: _Way | None = way
            for index, folder in enumerate(folders):
                way.last = folder
                kind = way.kind()
                if kind == "link":
                    raise UnusableError(
                        f"{shown('/'.join(folders[: index + 1]))} in {self.name} is a link, and links are not "
                        "followed: hand in the folder itself."
                    )
                if kind != "folder":
                    reached = None
                    break
                way.enter()
            way.last = last
            yield reached
        except OSError as error:
            raise UnusableError(_told(error, path, self.name)) from None
        finally:
            way.close()


class _Way:
    """A folder reached step by step, and the last name of a path in it."""

    last = "."

    def kind(self) -> Kind | None:
        """Return what the last name is."""
        try:
            mode = self.status().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        return _kind_of(mode)

    def status(self) -> os.stat_result:
        raise NotImplementedError

    def enter(self) -> None:
        """Go on into the folder that the last name is."""
        raise NotImplementedError

    def names(self) -> list[str]:
        raise NotImplementedError

    def opened(self) -> BinaryIO:
        raise NotImplementedError

    def close(self) -> None:
        """Give back what the way holds."""


class _WayByDescriptor(_Way):
    """Steps from descriptor to descriptor: nothing that changes meanwhile can lead elsewhere."""

    def __init__(self, start: Path) -> None:
        self._folder = -1
        self._start = start

    def status(self) -> os.stat_result:
        return os.stat(self.last, dir_fd=self._here(), follow_symlinks=False)

    def enter(self) -> None:
        inner = os.open(self.last, os.O_RDONLY | os.O_DIRECTORY | _QUIETLY | _CLOSED_ON_EXEC, dir_fd=self._here())
        os.close(self._folder)
        self._folder = inner

    def names(self) -> list[str]:
        with os.scandir(self._here()) as entries:
            return [entry.name for entry in islice(entries, MOST_NAMES)]

    def opened(self) -> BinaryIO:
        return _ordinary(os.open(self.last, os.O_RDONLY | _QUIETLY | _CLOSED_ON_EXEC, dir_fd=self._here()))

    def close(self) -> None:
        if self._folder >= 0:
            os.close(self._folder)

    def _here(self) -> int:
        if self._folder < 0:
            self._folder = os.open(self._start, os.O_RDONLY | os.O_DIRECTORY | _CLOSED_ON_EXEC)
        return self._folder


class _WayByPath(_Way):
    """The same where folders cannot be opened (Windows): each step is looked at before it is taken."""

    def __init__(self, start: Path) -> None:
        self._folder = start

    def status(self) -> os.stat_result:
        return (self._folder / self.last).lstat()

    def enter(self) -> None:
        self._folder = self._folder / self.last

    def names(self) -> list[str]:
        with os.scandir(self._folder) as entries:
            return [entry.name for entry in islice(entries, MOST_NAMES)]

    def opened(self) -> BinaryIO:
        return _ordinary(os.open(self._folder / self.last, os.O_RDONLY | _QUIETLY | _CLOSED_ON_EXEC))


def _ordinary(descriptor: int) -> BinaryIO:
    """Return the file of a descriptor if it is one: it may have been exchanged since it was looked at."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "it is not an ordinary file")
    return os.fdopen(descriptor, "rb")


def _kind_of(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return "file"
    if stat.S_ISDIR(mode):
        return "folder"
    return "link" if stat.S_ISLNK(mode) else "other"


def _told(error: OSError, path: str, name: str) -> str:
    what = name if path in ("", ".") else f"{shown(path.removesuffix('/.'))} in {name}"
    if isinstance(error, PermissionError):
        return f"{what} may not be read: give yourself the permission to read it (chmod u+rX)."
    return f"{what} cannot be read ({(error.strerror or 'unknown error').lower()})."
