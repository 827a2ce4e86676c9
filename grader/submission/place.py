"""What a folder, a zip and a git repository have in common: names that lead to files, and reasons against a file."""

from __future__ import annotations

from typing import Literal, Protocol

Kind = Literal["file", "folder", "link", "other"]

MOST_NAMES = 1000
"""How many names of a folder are looked at, for a suggestion or an enclosing folder."""


class UnusableError(Exception):
    """What was handed in is there but cannot be used: one clear sentence for the student."""


class Place(Protocol):
    """Somewhere files may lie; paths are relative, with slashes, and links are never followed."""

    name: str
    """What it is called in sentences: ``homework.zip``."""

    def kind(self, path: str) -> Kind | None:
        """Return what lies at this path, None if there is nothing."""
        ...

    def names(self, folder: str) -> list[str]:
        """Return what lies in this folder (`""` is the top), at most `MOST_NAMES` of it."""
        ...

    def read(self, path: str, largest: int) -> bytes:
        """Return the bytes of the ordinary file at this path; one that is larger raises TooLargeError."""
        ...


class TooLargeError(UnusableError):
    """A file is larger than it may be; who knows what it is finds the sentence."""


def shown(name: str) -> str:
    """Return a name that someone else chose so that it can stand in a sentence: printable and short."""
    text = name if name.isprintable() else ascii(name)[1:-1]
    return text if len(text) <= 80 else f"{text[:77]}..."
