"""The report as JUnit XML, as Jenkins, GitLab and most CI systems read it: a suite an exercise, a case a check."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, indent

from grader.report import Outcome, Report
from grader.reporters import Context
from grader.reporters.figures import figures
from grader.reporters.markup import add, element, xml
from grader.reporters.plain import clean, one_line
from grader.reporters.sections import of

_TAGS = {"failed": "failure", "error": "error", "timeout": "error", "skipped": "skipped"}


def render(reports: Sequence[Report], context: Context) -> str:
    """Return the reports as one ``testsuites`` document."""
    suites = [_suite(report) for report in reports]
    sums = {name: sum(int(suite.get(name, "0")) for suite in suites) for name in ("tests", "failures", "errors")}
    time = _seconds(sum(report.duration_s for report in reports))
    root = element("testsuites", *suites, name=one_line(context.course) or "gradecheck", **sums, time=time)
    indent(root)
    return xml(root)


def _suite(report: Report) -> Element:
    tags = [_TAGS.get(outcome.status) for outcome in report.checks]
    suite = element(
        "testsuite",
        name=one_line(report.exercise),
        tests=len(tags),
        failures=tags.count("failure"),
        errors=tags.count("error"),
        skipped=tags.count("skipped"),
        time=_seconds(report.duration_s),
    )
    facts = {
        "score": report.score,
        "max_score": report.max_score,
        "seed": report.seed,
        "digest": report.digest,
        "student": report.student,
        "submission": report.submission,
        "device": report.device,
        "isolation": ", ".join(report.isolation),
    }
    known = [
        element("property", name=name, value=one_line(str(value))) for name, value in facts.items() if value is not None
    ]
    add(suite, element("properties", *known), *(_case(report, outcome) for outcome in report.checks))
    printed = clean(report.output)
    if printed:
        add(suite, element("system-out", printed))
    return suite


def _case(report: Report, outcome: Outcome) -> Element:
    """Return the case of one check: class ``exercise3.mse_backward``, name ``gradient``."""
    case = element(
        "testcase",
        classname=f"{one_line(report.exercise)}.{one_line(outcome.target)}",
        name=one_line(outcome.id.removeprefix(f"{outcome.target}.")),
        time=_seconds(outcome.duration_s),
    )
    tag = _TAGS.get(outcome.status)
    if tag == "skipped":
        add(case, element("skipped", message=one_line(outcome.message) or "It waits for another check."))
    elif tag is not None:
        points = of(outcome.points, outcome.max_points)
        parts = [outcome.title, outcome.message, outcome.hint or "", figures(outcome).traceback, points]
        first_line = clean(outcome.message).strip().split("\n")[0] or outcome.title
        text = "\n\n".join(clean(part).strip("\n") for part in parts if part)
        add(case, element(tag, text, message=one_line(first_line), type=outcome.status))
    return case


def _seconds(duration: float) -> str:
    return f"{duration:.3f}" if 0 <= duration < float("inf") else "0.000"
