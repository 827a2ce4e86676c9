"""The scores of a class as CSV, for spreadsheets: one row a student, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from grader.cohort.results import Row

_COLUMNS = (
    "student", "grade", "score", "max_score", "late_days", "late_percent", "handed_in", "problem", "digest", "report",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def scores_csv(rows: Sequence[Row]) -> bytes:
    """Return the CSV of a class: the same bytes for the same results."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        at = row.handed_in.isoformat() if row.handed_in else None
        writer.writerow(
            [
                *(_cell(value) for value in (row.student, row.grade, row.score, row.max_score, row.late_days)),
                *(_cell(value) for value in (row.late_percent, at, row.problem, row.digest, row.report)),
            ]
        )
    return text.getvalue().encode("utf-8")


def _cell(value: str | float | None) -> str:
    """Return what stands in a cell; text that would be a formula begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value.replace("\0", "")
    return repr(round(value, 6)) if isinstance(value, float) else str(value)
