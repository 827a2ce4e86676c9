"""The file of extensions: who may hand in later, until when or for how long. YAML or CSV; errors name the line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from grader.cohort.find import label
from grader.course_values import read_due
from grader.course_yaml import YamlError, compose
from grader.errors import UsageError, suggestion
from grader.quantities import read_seconds
from grader.submission.place import shown

_LARGEST = 8 << 20
_EXPECTED = "expected a moment such as 2026-12-06T23:59:00+01:00, or a time such as 2d or 48h"


class Extensions:
    """For some students another due time, or more time."""

    def __init__(self, granted: dict[str, tuple[int, datetime | timedelta]] | None = None, name: str = "") -> None:
        self._granted = granted or {}
        self._name = name

    def due(self, student: str, due: datetime | None) -> datetime | None:
        """Return when something is due for this student."""
        granted = self._granted.get(self._key(student))
        if granted is None:
            return due
        more = granted[1]
        if isinstance(more, timedelta):
            return None if due is None else due + more
        return more

    def _key(self, student: str) -> str:
        """Return the name under which a student is listed: whole, or the name or the number of a platform's alone."""
        name, _, number = student.rpartition("_")
        return next((key for key in (student, number, name) if key in self._granted), student)

    def unknown(self, students: Iterable[str]) -> Iterator[str]:
        """Give a sentence for each name that no student has."""
        known = list(students)
        used = {self._key(student) for student in known}
        for name, (line, _) in self._granted.items():
            if name not in used:
                yield f"{self._name}:{line}: {shown(name)} handed in nothing.{suggestion(name, known)}"


def read_extensions(path: Path) -> Extensions:
    """Return what the file grants; all its mistakes are told in one error."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as err:
        raise UsageError(f"{path} cannot be read: {(err.strerror or str(err)).lower()}.") from None
    if len(data) > _LARGEST:
        raise UsageError(f"{path} is larger than {_LARGEST >> 20} MiB, which no class needs.")
    rows = _csv_rows(path, data) if path.suffix.lower() in (".csv", ".tsv", ".txt") else _yaml_rows(path, data)
    granted: dict[str, tuple[int, datetime | timedelta]] = {}
    mistakes = []
    for line, student, text in rows:
        name = label(student.strip())
        if name in granted:
            mistakes.append(f"{path.name}:{line}: {shown(name)} stands twice, first in line {granted[name][0]}.")
            continue
        try:
            granted[name] = line, _until(text.strip())
        except ValueError as err:
            told = str(err) if str(err).startswith("expected") else f"{_EXPECTED}, not {text[:60]!r}"
            mistakes.append(f"{path.name}:{line}: {shown(name)}: {told}.")
    if mistakes:
        raise UsageError("\n".join(mistakes[:30]))
    return Extensions(granted, path.name)


def _until(text: str) -> datetime | timedelta:
    if days := re.fullmatch(r"([0-9]{1,4}) ?d", text):
        return timedelta(days=int(days[1]))
    if re.fullmatch(r"[0-9.]+ ?[a-z]+", text):
        return timedelta(seconds=read_seconds(text))
    return read_due(text)


def _yaml_rows(path: Path, data: bytes) -> Iterator[tuple[int, str, str]]:
    try:
        tree = compose(data)
    except YamlError as err:
        place = path.name if err.line is None else f"{path.name}:{err.line}:"
        raise UsageError(f"{place} {err.message}") from None
    if tree is None or tree.empty:
        return
    if tree.kind != "mapping":
        raise UsageError(f"{path.name}:{tree.line}: expected a line such as `jane: 2d` for each student.")
    for student, until in tree.pairs:
        yield student.line, student.text, until.text if until.kind == "scalar" else "a list"


def _csv_rows(path: Path, data: bytes) -> Iterator[tuple[int, str, str]]:
    """Read the columns `student` and `until`, as spreadsheets in any country write them."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        line = data.count(b"\n", 0, err.start) + 1
        raise UsageError(f"{path.name}:{line}: not in UTF-8: save it as UTF-8.") from None
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        columns = [column.strip().lower() for column in next(reader, [])]
        if not {"student", "until"} <= set(columns):
            raise UsageError(f"{path.name}:1: expected the columns student and until, not {', '.join(columns)[:80]!r}.")
        for row in reader:
            if any(cell.strip() for cell in row):
                cells = dict(zip(columns, row, strict=False))
                yield reader.line_num, cells.get("student", ""), cells.get("until", "")
    except csv.Error as err:
        raise UsageError(f"{path.name}:{reader.line_num}: {err}.") from None
