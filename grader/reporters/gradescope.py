"""The report as the results.json that Gradescope's autograder reads: a test a function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from grader.report import Report
from grader.reporters import Context
from grader.reporters.figures import figures
from grader.reporters.plain import clean, one_line
from grader.reporters.sections import Section, count, next_to_mend, score, sections, total

_LARGEST_TEXT = 64 << 10


def render(reports: Sequence[Report], context: Context) -> str:
    """Return the reports as one results.json; the scores of several exercises are added up."""
    several = len(reports) > 1
    results = {
        "score": total(report.score for report in reports),
        "execution_time": max(0, round(total(report.duration_s for report in reports))),
        "output": "\n\n".join(_overview(report) for report in reports),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(report, section, several) for report in reports for section in sections(report)],
        "extra_data": {"reports": [_facts(report) for report in reports]},
    }
    return msgspec.json.format(msgspec.json.encode(results), indent=1).decode() + "\n"


def _overview(report: Report) -> str:
    lines = [f"{one_line(report.exercise)}: {score(report)}", *map(one_line, report.notes)]
    first = None if report.passed else next_to_mend(sections(report))
    if first is not None:
        lines.append(f"Mend {one_line(first.target)} next.")
    printed = clean(report.output).strip("\n")
    if printed:
        lines += ["", "Your code printed:", printed[:_LARGEST_TEXT]]
    return "\n".join(lines)


def _test(report: Report, section: Section, several: bool) -> dict[str, Any]:
    name = one_line(section.target)
    return {
        "name": f"{one_line(report.exercise)}: {name}" if several else name,
        "score": section.points,
        "max_score": section.max_points,
        "status": "passed" if section.right else "failed",
        "output": _explanation(section),
        "output_format": "text",
        "visibility": "visible",
    }


def _explanation(section: Section) -> str:
    if section.right:
        return f"{count(len(section.passed), 'check')} passed."
    parts = []
    for outcome in section.wrong:
        hint = f"→ {one_line(outcome.hint)}" if outcome.hint else ""
        texts = [f"✗ {one_line(outcome.title)}", outcome.message, figures(outcome).traceback, hint]
        parts.append("\n".join(clean(text).strip("\n") for text in texts if text))
    if section.skipped:
        parts.append(f"{count(len(section.skipped), 'check')} skipped: another has to be right first.")
    text = "\n\n".join(parts)
    return text if len(text) <= _LARGEST_TEXT else text[:_LARGEST_TEXT] + "\n… (cut)"


def _facts(report: Report) -> dict[str, Any]:
    return {
        "exercise": one_line(report.exercise),
        "score": report.score,
        "max_score": report.max_score,
        "seed": report.seed,
        "digest": one_line(report.digest),
        "device": one_line(report.device),
        "isolation": [one_line(lock) for lock in report.isolation],
        "passed": report.passed,
    }
