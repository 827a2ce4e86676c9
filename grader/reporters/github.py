"""The report for GitHub Actions: an annotation a wrong function, and the step's summary where GitHub says it belongs.

$GITHUB_STEP_SUMMARY is the one file that is written without being asked for.
"""

from __future__ import annotations

import html
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.report import Outcome, Report
from grader.reporters import Context
from grader.reporters.figures import figures
from grader.reporters.plain import clean, github_message, github_property, inert, markdown, one_line
from grader.reporters.sections import Section, count, next_to_mend, number, of, score, sections

LARGEST_SUMMARY = 1 << 20
_ANNOTATIONS = 10
"""GitHub shows so many errors of a step, and drops the others in silence."""
_LONGEST_MESSAGE = 4000
_LARGEST_SECTION = 16 << 10
_CUT = "\n*The rest was left out: GitHub shows at most 1 MiB.*\n"


def render(reports: Sequence[Report], context: Context) -> str:
    """Return the workflow commands, and append the step summary to its file."""
    lines = [] if context.quiet else list(_annotations(reports))
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        try:
            _append(Path(path), summary(reports, context))
        except OSError as error:
            reason = github_message(error.strerror or type(error).__name__)
            lines.append(f"::warning title=gradecheck::The step summary could not be written: {reason}")
    lines += [inert(f"{one_line(report.exercise)}: {score(report)} (--seed {report.seed})") for report in reports]
    return "".join(f"{line}\n" for line in lines)


def _annotations(reports: Sequence[Report]) -> Iterator[str]:
    wrong = [
        (report, section) for report in reports for section in sections(report) if section.wrong and not section.echo
    ]
    shown = wrong if len(wrong) <= _ANNOTATIONS else wrong[: _ANNOTATIONS - 1]
    for report, section in shown:
        yield _annotation(report, section)
    left = [one_line(section.target) for _, section in wrong[len(shown) :]]
    if left:
        names = github_message(", ".join(left)[:_LONGEST_MESSAGE])
        yield f"::error title={count(len(left), 'more function')} wrong::{names}"


def _annotation(report: Report, section: Section) -> str:
    """Return the error of a function: its first failed check, at the line of its definition."""
    outcome = section.wrong[0]
    found = figures(outcome)
    properties = {}
    if found.file:
        name = one_line(found.file)
        properties["file"] = name if "/" in name else f"exercises/{one_line(report.exercise)}/{name}"
        if found.line is not None and found.line > 0:
            properties["line"] = str(found.line)
    properties["title"] = f"{one_line(section.target)}: {of(section.points, section.max_points)}"
    text = "\n".join(part for part in (outcome.title, clean(outcome.message), outcome.hint or "") if part)
    if len(section.wrong) > 1:
        text += f"\n{count(len(section.wrong) - 1, 'more check')} of this function failed."
    marks = ",".join(f"{name}={github_property(value)}" for name, value in properties.items())
    return f"::error {marks}::{github_message(text[:_LONGEST_MESSAGE])}"


def summary(reports: Sequence[Report], context: Context) -> str:
    """Return the step summary in Markdown."""
    return "\n".join(part for report in reports for part in _report(report))


def _report(report: Report) -> Iterator[str]:
    found = sections(report)
    sign = "✅" if report.passed else "❌"
    name = " · ".join(markdown(part) for part in (report.exercise, report.title) if part)
    yield f"## {sign} {name}: {score(report)}\n"
    about = [markdown(part) for part in (report.student, report.submission) if part]
    locks = markdown(", ".join(report.isolation)) or "none"
    yield " · ".join([*about, f"seed {report.seed}", f"isolation: {locks}", markdown(report.device)]) + "\n"
    first = None if report.passed else next_to_mend(found)
    if first is not None:
        yield f"**Mend {markdown(first.target)} next.**\n"
    for note in report.notes:
        yield f"> {markdown(note)}\n"
    yield "| | function | points | checks |\n| --- | --- | ---: | --- |"
    for section in found:
        mark = "✅" if section.right else "❌" if section.wrong else "➖"
        points = f"{number(section.points)} / {number(section.max_points)}"
        yield f"| {mark} | {markdown(section.target)} | {points} | {_counts(section)} |"
    yield ""
    for section in found:
        if section.wrong and not section.echo:
            yield from _details(f"{markdown(section.target)}: why", "\n\n".join(map(_explanation, section.wrong)))
    if report.output.strip():
        yield from _details("What the submission printed", report.output)


def _counts(section: Section) -> str:
    counts = {"passed": section.passed, "failed": section.wrong, "skipped": section.skipped}
    echo = f", as {markdown(section.echo)}" if section.echo else ""
    return ", ".join(f"{len(outcomes)} {name}" for name, outcomes in counts.items() if outcomes) + echo


def _explanation(outcome: Outcome) -> str:
    hint = f"→ {one_line(outcome.hint)}" if outcome.hint else ""
    texts = [f"✗ {one_line(outcome.title)}", outcome.message, figures(outcome).traceback, hint]
    return "\n".join(clean(text).strip("\n") for text in texts if text)


def _details(title: str, text: str) -> Iterator[str]:
    """Yield text that opens on a click; in ``pre`` nothing is Markdown, and an escaped text cannot leave it."""
    text = clean(text).strip("\n")
    if len(text) > _LARGEST_SECTION:
        text = text[:_LARGEST_SECTION] + "\n… (cut)"
    yield f"<details><summary>{title}</summary>\n\n<pre>\n{html.escape(text)}\n</pre>\n\n</details>\n"


def _append(path: Path, text: str) -> None:
    """Append what still fits into the file; earlier commands of the step may have written to it."""
    room = LARGEST_SUMMARY - (path.stat().st_size if path.exists() else 0)
    data = (text + "\n").encode()
    if len(data) > room:
        whole, kept = text.split("\n</details>\n"), b""
        for part in whole:
            piece = (part + "\n</details>\n").encode()
            if len(kept) + len(piece) + len(_CUT.encode()) > room:
                break
            kept += piece
        data = kept + _CUT.encode() if room > len(_CUT.encode()) else b""
    with path.open("ab") as file:
        file.write(data)
