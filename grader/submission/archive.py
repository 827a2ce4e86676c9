"""A zip, read member by member and never unpacked: no name leads out of it, no bomb is read beyond a file's limit."""

from __future__ import annotations

import re
import stat
import zipfile
from types import TracebackType
from typing import BinaryIO, cast

from grader.submission.place import MOST_NAMES, Kind, TooLargeError, UnusableError, shown

_LARGEST_DIRECTORY = 1 << 20
_MOST_MEMBERS = 10_000
_PIECE = 64 << 10
_ORDINARY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_ANEW = "make the zip anew from your folder"


class Archive:
    """A zip file; use it in a `with`, it holds the file open."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(cast(BinaryIO, _Measured(file)))
        except _TooMuchError:
            raise UnusableError(f"{name} holds too many files: zip only the files of the exercise.") from None
        except Exception:  # noqa: BLE001 - broken bytes break zipfile in a dozen ways, and all mean the same
            raise UnusableError(f"{name} is not a zip that can be read: {_ANEW}.") from None
        self._members, self._folders = self._look_through()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def _look_through(self) -> tuple[dict[str, list[zipfile.ZipInfo]], set[str]]:
        """Return the members of each name, and the folders they lie in; a name that leads out spoils the zip."""
        infos = self._zip.infolist()
        if len(infos) > _MOST_MEMBERS:
            raise UnusableError(f"{self.name} holds too many files: zip only the files of the exercise.")
        members: dict[str, list[zipfile.ZipInfo]] = {}
        folders: set[str] = set()
        for info in infos:
            path = self._inside(info.orig_filename)
            if path.startswith("__MACOSX/") or not path:
                continue
            folder = path.rpartition("/")[0]
            while folder and folder not in folders and folder.count("/") < 20:
                folders.add(folder)
                folder = folder.rpartition("/")[0]
            if info.orig_filename.endswith(("/", "\\")):
                folders.add(path)
            else:
                members.setdefault(path, []).append(info)
        return members, folders

    def _inside(self, name: str) -> str:
        """Return a member's path with slashes; Windows' backslashes are taken for what they mean."""
        path = name.replace("\\", "/")
        parts = path.split("/")
        if path.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", path):
            raise UnusableError(f"{self.name} holds '{shown(name)}', a name that leads out of it: {_ANEW}.")
        return "/".join(part for part in parts if part not in ("", "."))

    def kind(self, path: str) -> Kind | None:
        """Return what lies at this path; two members of one name are nobody's answer."""
        found = self._members.get(path, [])
        if len(found) > 1 or (found and path in self._folders):
            raise UnusableError(f"{self.name} holds {shown(path)} more than once: {_ANEW}.")
        if not found:
            return "folder" if path in self._folders else None
        mode = found[0].external_attr >> 16
        if stat.S_ISLNK(mode):
            return "link"
        return "file" if stat.S_IFMT(mode) in (0, stat.S_IFREG) else "other"

    def names(self, folder: str) -> list[str]:
        """Return what lies in this folder."""
        prefix = f"{folder}/" if folder else ""
        below = (path.removeprefix(prefix) for path in (*self._members, *self._folders) if path.startswith(prefix))
        return list(dict.fromkeys(path.partition("/")[0] for path in below))[:MOST_NAMES]

    def read(self, path: str, largest: int) -> bytes:
        """Return the bytes of a member, unpacked piece by piece up to its limit, whatever its header claims."""
        info = self._members[path][0]
        what = f"{shown(path)} in {self.name}"
        if info.flag_bits & _ENCRYPTED:
            raise UnusableError(f"{what} is protected by a password: make the zip without one.")
        if info.compress_type not in _ORDINARY:
            raise UnusableError(f"{what} is packed in an uncommon way: make an ordinary zip.")
        if info.file_size > largest:
            raise TooLargeError
        try:
            data = b""
            with self._zip.open(info) as member:
                while len(data) <= largest and (piece := member.read(_PIECE)):
                    data += piece
        except Exception:  # noqa: BLE001 - as above
            raise UnusableError(f"{what} is damaged: {_ANEW}.") from None
        if len(data) > largest:
            raise TooLargeError
        return data


class _TooMuchError(Exception):
    """A zip's list of its members is larger than anyone's homework needs."""


class _Measured:
    """A file that refuses to be read in large pieces, so that a zip's claims about itself cost nothing."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seekable = file.seekable
        self.seek = file.seek
        self.tell = file.tell
        self.close = file.close

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(_LARGEST_DIRECTORY + 1 if size < 0 else min(size, _LARGEST_DIRECTORY + 1))
        if len(data) > _LARGEST_DIRECTORY:
            raise _TooMuchError
        return data
