"""How Canvas, Moodle and Gradescope name what they let an instructor download: whose it is, and which comes later.

Names alone are read here, and Gradescope's list; what lies behind them is looked at in find.py and handed_in.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from grader.errors import UsageError

GRADESCOPE_LIST = "submission_metadata.yml"
_LARGEST_LIST = 256 << 20
_CANVAS = re.compile(r"(?P<name>[^_/]+)_(?P<late>LATE_)?(?P<user>[0-9]+)_(?P<number>[0-9]+)_(?P<file>.+)", re.DOTALL)
_MOODLE = re.compile(r"(?P<name>.+)_(?P<user>[0-9]+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL)
_COPY = re.compile(
    r"(?P<stem>.+?)(?:-(?P<dash>[0-9]{1,4})| ?\((?P<bracket>[0-9]{1,4})\))(?P<end>\.[A-Za-z0-9]+)", re.DOTALL
)


class Named(msgspec.Struct, frozen=True):
    """What a download's name says."""

    student: str
    """Whose it is: the name and the number that the platform knows the student by."""
    file: str
    """The file's own name, as the student called it; empty where the download is a folder."""
    number: int = 0
    """What the platform counts up: the larger is the later."""
    late: bool | None = None
    """Whether the platform marked it late; None where it does not mark."""


def canvas(name: str) -> Named | None:
    """Read ``doejane_LATE_12345_67890_losses.py``."""
    found = _CANVAS.fullmatch(name)
    if found is None:
        return None
    student = f"{found['name']}_{found['user']}"
    return Named(student, found["file"], int(found["number"][:18]), found["late"] is not None)


def moodle(name: str) -> Named | None:
    """Read ``Jane Doe_12345_assignsubmission_file_``, with the name of a file after it where there are no folders."""
    found = _MOODLE.fullmatch(name)
    if found is None or found["kind"] != "file":
        return None
    return Named(f"{found['name']}_{found['user']}", found["file"] or "")


def is_moodles_own(name: str) -> bool:
    """Whether a name is Moodle's, for something that is no file of a student: a text typed in, a feedback."""
    found = _MOODLE.fullmatch(name)
    return found is not None and found["kind"] != "file"


def original(name: str) -> tuple[str, int]:
    """Return the name under which ``losses-2.py`` or ``losses (2).py`` was first handed in, and which copy it is."""
    found = _COPY.fullmatch(name)
    if found is None:
        return name, 0
    return found["stem"] + found["end"], int(found["dash"] or found["bracket"])


class Entry(msgspec.Struct, frozen=True):
    """One submission in Gradescope's list."""

    students: tuple[str, ...]
    """All who handed it in together."""
    at: datetime | None


def gradescope(path: Path) -> dict[str, Entry]:
    """Read Gradescope's list of submissions: for each folder who handed it in, and when."""
    try:
        if path.stat().st_size > _LARGEST_LIST:
            raise UsageError(f"{path.name} is larger than {_LARGEST_LIST >> 20} MiB: download the submissions anew.")
        listed = _load(path.read_bytes())
    except OSError as err:
        raise UsageError(f"{path.name} cannot be read: {err.strerror}.") from None
    if not isinstance(listed, dict):
        raise UsageError(f"{path.name} is no list of submissions: download them anew from Gradescope.")
    return {str(folder): Entry(tuple(_submitters(about)), _moment(about)) for folder, about in listed.items()}


def _load(data: bytes) -> Any:
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        """Takes what Ruby wrote for plain data."""

    Loader.add_multi_constructor("", lambda loader, suffix, node: None)
    try:
        return yaml.load(data, Loader)  # a SafeLoader still: what it does not know becomes nothing
    except (yaml.YAMLError, ValueError, RecursionError) as err:
        place = getattr(err, "problem_mark", None)
        line = f":{place.line + 1}" if place else ""
        raise UsageError(f"{GRADESCOPE_LIST}{line} is not YAML: download the submissions anew.") from None


def _get(about: Any, key: str) -> Any:
    """Return what stands under a key, which Ruby writes with a colon in front."""
    return about.get(f":{key}", about.get(key)) if isinstance(about, dict) else None


def _submitters(about: Any) -> Iterator[str]:
    submitters = _get(about, "submitters")
    for one in submitters if isinstance(submitters, list) else []:
        name = _get(one, "name")
        number = _get(one, "sid") or _get(one, "email")
        words = "_".join(str(part) for part in (name, number) if part)
        if words:
            yield words


def _moment(about: Any) -> datetime | None:
    at = _get(about, "created_at")
    if isinstance(at, str):
        try:
            at = datetime.fromisoformat(at)
        except ValueError:
            return None
    if not isinstance(at, datetime):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
