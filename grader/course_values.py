"""The values that may stand in course.yaml: for each a type, its bounds, and the words an error uses for it."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from typing import Annotated, TypeVar

from msgspec import Meta

from grader.quantities import BYTES_PATTERN, SECONDS_PATTERN, read_bytes, read_seconds

_WEEK = 7 * 24 * 3600.0
_RESERVED = {"checks", "conftest", "sitecustomize", "usercustomize", "__init__", "__main__", "setup"}


def read_due(text: str) -> datetime:
    """Return the moment that a text such as ``2026-12-04T23:59:00+01:00`` names."""
    due = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", text))
    if due.tzinfo is None:
        raise ValueError(f"expected a time zone after it, such as {text}+01:00, not {text!r} alone")
    return due


def read_file_name(text: str) -> str:
    """Return the name of a Python file inside a submission; what leads out of it or cannot be imported is refused."""
    if text.startswith("/") or "\\" in text or ":" in text or ".." in text.split("/"):
        raise ValueError(f"expected a file inside the exercise's folder, not {text[:60]!r}")
    if not re.fullmatch(r"([A-Za-z_][A-Za-z0-9_]{0,63}/){0,4}[A-Za-z_][A-Za-z0-9_]{0,63}\.py", text):
        raise ValueError(text)
    stem = text.rpartition("/")[2].removesuffix(".py")
    if stem in _RESERVED or stem in sys.stdlib_module_names:
        raise ValueError(f"expected a name of its own, not {text!r}, which Python or the grader already uses")
    return text


T = TypeVar("T")

Title = Annotated[str, Meta(max_length=200, extra={"expected": "a title of at most 200 characters"})]
ExerciseName = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$",
        extra={"expected": "a name such as exercise3 (letters, digits, - and _; a letter first)"},
    ),
]
FileName = Annotated[
    str,
    Meta(
        extra={"expected": "the name of a Python file such as losses.py", "read": read_file_name},
        extra_json_schema={"pattern": r"^([A-Za-z_][A-Za-z0-9_]*/)*[A-Za-z_][A-Za-z0-9_]*\.py$"},
    ),
]
PackageName = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,63}$",
        extra={"expected": "the name that Python imports, such as numpy"},
    ),
]
FunctionName = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,63}$",
        extra={"expected": "the name of a function or class of the exercise, such as mse_forward"},
    ),
]
Points = Annotated[float, Meta(ge=0, le=1_000_000, extra={"expected": "a number of points, 0 or more"})]
Percent = Annotated[float, Meta(ge=0, le=100, extra={"expected": "percent, a number from 0 to 100"})]
Number = Annotated[float, Meta(ge=-1e12, le=1e12, extra={"expected": "a number such as 0.95"})]
Whole = Annotated[int, Meta(ge=1, le=1_000_000, extra={"expected": "a whole number, 1 or more"})]
Seconds = Annotated[
    float,
    Meta(
        gt=0,
        le=_WEEK,
        extra={"expected": "a time such as 60s, 500ms or 2m", "read": read_seconds},
        extra_json_schema={"pattern": SECONDS_PATTERN},
    ),
]
Grace = Annotated[
    float,
    Meta(
        ge=0,
        le=_WEEK,
        extra={"expected": "a time such as 15m or 2h", "read": read_seconds},
        extra_json_schema={"pattern": SECONDS_PATTERN},
    ),
]
Bytes = Annotated[
    int,
    Meta(
        ge=1,
        le=1 << 50,
        extra={"expected": "a size such as 2GiB, 64MiB or 256KiB", "read": read_bytes},
        extra_json_schema={"pattern": BYTES_PATTERN},
    ),
]
Due = Annotated[
    datetime,
    Meta(tz=True, extra={"expected": "a moment such as 2026-12-04T23:59:00+01:00", "read": read_due}),
]
Seeds = Annotated[
    str,
    Meta(
        pattern=r"^(shared|per-student)$",
        extra={"expected": "shared or per-student"},
        extra_json_schema={"enum": ["shared", "per-student"]},
    ),
]
DataName = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9-]{0,63}$",
        extra={"expected": "the name of a data set such as mnist, fashion-mnist or cifar-10"},
    ),
]
Folder = Annotated[str, Meta(min_length=1, max_length=1000, extra={"expected": "a folder such as /srv/datasets"})]
FileNames = Annotated[
    tuple[FileName, ...],
    Meta(min_length=1, max_length=50, extra={"expected": "a list of files such as [losses.py]", "unique": ""}),
]
Packages = Annotated[
    tuple[PackageName, ...],
    Meta(max_length=50, extra={"expected": "a list of packages such as [numpy]", "unique": ""}),
]
Exercises = Annotated[
    tuple[T, ...],
    Meta(min_length=1, max_length=500, extra={"expected": "a list of exercises", "unique": "name"}),
]
