"""Making a report fit what its contract allows: at most 1 MiB as JSON, valid Unicode, nothing that JSON cannot say.

The examiner and the json reporter call it. What a report means is in report.py.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from grader.report import LARGEST_OUTPUT, LARGEST_REPORT, Outcome, Report, encode

_SURROGATES = re.compile("[\ud800-\udfff]")
_LIMITS = (64 << 10, 16 << 10, 4 << 10, 1 << 10, 256, 64)
_CUT_NOTE = "Parts of the explanations were left out: a report holds at most 1 MiB."
_DEEPEST = 16


def fit(report: Report) -> Report:
    """Return the report as it is, or with the longest of its texts cut until its JSON is small enough."""
    report = _clean(report)
    if len(report.output) > LARGEST_OUTPUT or len(report.output.encode()) > LARGEST_OUTPUT:
        report = msgspec.structs.replace(report, output=_cut(report.output, LARGEST_OUTPUT))
    fitted = report
    for limit in _LIMITS:
        if len(encode(fitted)) <= LARGEST_REPORT:
            break
        fitted = _shortened(report, limit)
    return fitted


def _clean(report: Report) -> Report:
    """Return the report with whatever JSON cannot say replaced; nearly always there is nothing of that kind."""
    try:
        msgspec.json.encode(report)
    except (UnicodeEncodeError, TypeError, ValueError, OverflowError, RecursionError):
        fields: dict[str, Any] = {name: sayable(value) for name, value in msgspec.structs.asdict(report).items()}
        fields["checks"] = [
            Outcome(**{name: sayable(value) for name, value in msgspec.structs.asdict(outcome).items()})
            for outcome in report.checks
        ]
        return Report(**fields)
    return report


def sayable(value: object, depth: int = 0) -> Any:
    """Return the value made of what JSON knows; anything else becomes null."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if depth < _DEEPEST and isinstance(value, dict):
        return {sayable(str(key)): sayable(item, depth + 1) for key, item in value.items()}
    if depth < _DEEPEST and isinstance(value, list | tuple):
        return [sayable(item, depth + 1) for item in value]
    return None


def _shortened(report: Report, limit: int) -> Report:
    """Return the report with every text, and every outcome's detail, cut to so many bytes."""
    notes = [_cut(note, limit) for note in report.notes if note != _CUT_NOTE][: limit // 16]
    return msgspec.structs.replace(
        report,
        student=None if report.student is None else _cut(report.student, limit),
        submission=_cut(report.submission, limit),
        output=_cut(report.output, 4 * limit),
        notes=[*notes, _CUT_NOTE],
        checks=[
            msgspec.structs.replace(
                outcome,
                title=_cut(outcome.title, limit),
                message=_cut(outcome.message, limit),
                hint=None if outcome.hint is None else _cut(outcome.hint, limit),
                detail=None if outcome.detail is None else _smallest(outcome.detail, limit),
            )
            for outcome in report.checks
        ],
    )


def _smallest(detail: dict[str, Any], limit: int) -> dict[str, Any] | None:
    """Return as many entries as fit the limit, the smallest first: a line number outlives a heat map."""
    sizes = {key: len(msgspec.json.encode({key: value})) for key, value in detail.items()}
    kept: set[str] = set()
    for key in sorted(sizes, key=sizes.__getitem__):
        limit -= sizes[key]
        if limit < 0:
            break
        kept.add(key)
    return {key: value for key, value in detail.items() if key in kept} or None


def _cut(text: str, limit: int) -> str:
    """Return the text, or its beginning and a word on how much is missing, in at most so many bytes of UTF-8."""
    data = text.encode()
    if len(data) <= limit:
        return text
    ending = f"… ({len(data):,} bytes, cut)"
    kept = data[: max(0, limit - len(ending.encode()))].decode("utf-8", "ignore")
    return kept + ending
