"""Writes what was asked for: whole or not at all, with an error that says what to do."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from grader.errors import UsageError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old one or the new one, never half of it."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name a file to write to.")
    temporary = ""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device
            path.write_bytes(data)
            return
        path = Path(os.path.realpath(path))  # a link stays a link
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as err:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        raise UsageError(f"{path} cannot be written: {err.strerror}. Name another place, or make room.") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
