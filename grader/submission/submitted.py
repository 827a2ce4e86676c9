"""What a submission is once it has been read, and the digest that tells it from every other."""

from __future__ import annotations

import hashlib

import msgspec


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What a student handed in for one exercise."""

    exercise: str
    """The exercise's name."""
    files: dict[str, bytes]
    """The files that the exercise names, as they were handed in; a notebook's code stands as the module."""
    cells: tuple[str, ...] | None = None
    """A notebook's code cells, to be run one after the other: an error in one does not lose the others' functions."""
    digest: str
    """``sha256:…`` over the names and bytes of the files."""
    source: str
    """In words, what is judged: ``losses.py in exercises/exercise3 of homework.zip``."""
    notes: list[str] = []
    """What else a person should know: magics that were left out, a second file that was not judged."""
    problem: str | None = None
    """Why it cannot be used, in one sentence for the student; None if it can."""


def digest_of(files: dict[str, bytes], cells: tuple[str, ...] | None = None, problem: str | None = None) -> str:
    """Return the digest of a submission: over names and bytes, and over what else changes how they are judged."""
    digest = hashlib.sha256()
    parts = [part for name, data in sorted(files.items()) for part in (name.encode(), data)]
    if cells is not None:
        parts += [b"", b"cells", *(cell.encode() for cell in cells)]
    if problem is not None:
        parts += [b"", b"problem", problem.encode()]
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return f"sha256:{digest.hexdigest()}"
