"""The report as one page that needs nothing else: no network, no script, no file beside it.

What a failure looks like in pictures is in drawing.py, the colours are in style.py.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import zip_longest
from xml.etree.ElementTree import Element

from grader.report import Outcome, Report
from grader.reporters import Context, drawing, layout, markup
from grader.reporters.figures import Figures, figures
from grader.reporters.markup import Child, element
from grader.reporters.plain import clean, one_line
from grader.reporters.sections import Section, count, next_to_mend, number, of, score, seconds, sections, total
from grader.reporters.style import STYLE

_SIGNS = {"right": "✓ right", "wrong": "✗ wrong", "waits": "– skipped"}


def render(reports: Sequence[Report], context: Context) -> str:
    """Return the reports as one page."""
    course = one_line(context.course)
    names = ", ".join(one_line(report.exercise) for report in reports)
    result = of(total(r.score for r in reports), total(r.max_score for r in reports))
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy()),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", f"{names}: {result}" + (f" · {course}" if course else "")),
        _style(),
    )
    articles = [_report(report, place) for place, report in enumerate(reports)]
    overview = _overview(reports, result) if len(reports) > 1 else None
    main = element("main", element("p", course, class_="course") if course else None, overview, *articles)
    return markup.html(element("html", head, element("body", main), lang="en"))


def _policy() -> str:
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _style() -> Element:
    style = element("style")
    style.text = STYLE
    return style


def _overview(reports: Sequence[Report], result: str) -> Element:
    rows = [
        element(
            "tr",
            _sign("right" if report.passed else "wrong"),
            element("th", element("a", _name(report), href=f"#r{place}"), scope="row"),
            element("td", score(report), class_="number"),
        )
        for place, report in enumerate(reports)
    ]
    return element(
        "nav", element("p", result, class_="score"), element("table", element("tbody", *rows), class_="functions")
    )


def _report(report: Report, place: int) -> Element:
    found = sections(report)
    anchors = {section.target: f"r{place}-f{number}" for number, section in enumerate(found)}
    notes = [element("p", f"Note: {one_line(note)}", class_="next") for note in report.notes]
    return element(
        "article",
        element("h1", _name(report)),
        element("p", score(report), class_="score"),
        element("progress", value=_share(report), max=1, aria_label=score(report)),
        _advice(report, found, anchors),
        *notes,
        _functions(found, anchors) if found else None,
        *(_function(section, anchors) for section in found),
        *_output(report),
        element("h2", "About this run", class_="function"),
        _about(report),
        id=f"r{place}",
    )


def _name(report: Report) -> str:
    return one_line(report.exercise) + (f" · {one_line(report.title)}" if report.title else "")


def _share(report: Report) -> str:
    share = report.score / report.max_score if report.max_score else 0.0
    return f"{min(1.0, max(0.0, share)):.4f}" if share == share else "0"


def _advice(report: Report, found: list[Section], anchors: dict[str, str]) -> Element | None:
    if report.passed:
        return element("p", "✓ All of it is right. Well done!", class_="right-sign")
    first = next_to_mend(found)
    if first is None:
        return None
    link = element("a", element("code", first.target), href=f"#{anchors[first.target]}")
    return element("p", "Mend ", link, " next.", class_="next")


def _about(report: Report) -> Element:
    facts = {
        "Student": report.student or "",
        "Judged": report.submission,
        "To repeat": f"--seed {report.seed}" + (" (public checks)" if report.public else ""),
        "Isolation": ", ".join(report.isolation) or "none",
        "Device": report.device,
        "Time": seconds(report.duration_s),
        "Digest": report.digest,
    }
    return element(
        "dl",
        *(
            part
            for name, text in facts.items()
            if text
            for part in (element("dt", name), element("dd", one_line(text)))
        ),
        class_="about",
    )


def _functions(found: list[Section], anchors: dict[str, str]) -> Element:
    titles = [element("th", name, scope="col", class_=kind) for name, kind in
              (("Result", None), ("Function", None), ("Points", "number"), ("Checks", None))]  # fmt: skip
    rows = [
        element(
            "tr",
            _sign(_kind(section)),
            element(
                "th", element("a", element("code", section.target), href=f"#{anchors[section.target]}"), scope="row"
            ),
            element("td", f"{number(section.points)} / {number(section.max_points)}", class_="number"),
            element("td", _counts(section)),
        )
        for section in found
    ]
    return element("table", element("thead", element("tr", *titles)), element("tbody", *rows), class_="functions")


def _kind(section: Section) -> str:
    return "right" if section.right else "wrong" if section.wrong else "waits"


def _sign(kind: str, tag: str = "td") -> Element:
    return element(tag, _SIGNS[kind], class_=f"{kind}-sign")


def _counts(section: Section) -> str:
    counts = {"passed": section.passed, "failed": section.wrong, "skipped": section.skipped}
    return ", ".join(f"{len(outcomes)} {name}" for name, outcomes in counts.items() if outcomes)


def _function(section: Section, anchors: dict[str, str]) -> Element:
    header = element(
        "header",
        element("h2", element("code", section.target)),
        _sign(_kind(section), "span"),
        element("span", of(section.points, section.max_points), class_="faint"),
    )
    made = element("section", header, id=anchors[section.target], class_="function")
    brief = section.brief is not None and len(section.brief) <= 100
    if section.echo and not brief:
        link = element("a", element("code", section.echo), href=f"#{anchors[section.echo]}")
        markup.add(made, element("p", "Wrong in the same way as ", link, "."))
    else:
        markup.add(made, *map(_failure, section.wrong))
        waits = "" if section.wrong else section.waits_for
        markup.add(made, element("p", waits) if waits else None)
    return markup.add(
        made,
        *map(_learnt, section.passed),
        _titles(section.skipped, "skipped until another is right"),
        _titles(section.passed, "passed"),
    )


def _learnt(outcome: Outcome) -> Element | None:
    """Return how a training that came far enough went."""
    found = figures(outcome)
    curve = drawing.curve(found.curve, found.threshold)
    if curve is None:
        return None
    return element("div", element("h3", one_line(outcome.title) or one_line(outcome.id)), curve, class_="check")


def _titles(outcomes: Sequence[Outcome], what: str) -> Element | None:
    if not outcomes:
        return None
    items = [element("li", one_line(outcome.title) or one_line(outcome.id)) for outcome in outcomes]
    return element("details", element("summary", f"{count(len(outcomes), 'check')} {what}"), element("ul", *items))


def _failure(outcome: Outcome) -> Element:
    found = figures(outcome)
    drawn: list[Child] = [
        drawing.shapes(found),
        drawing.arguments(found),
        drawing.arrays(found),
        drawing.heat_map(found.heat, found.part),
        drawing.curve(found.curve, found.threshold),
        drawing.confusion(found.confusion),
        drawing.wrong_places(found) if found.heat is None else None,
    ]
    return element(
        "div",
        element("h3", one_line(outcome.title) or one_line(outcome.id)),
        *_message(outcome.message, drawn=any(part is not None for part in drawn)),
        _pre(found.traceback.strip("\n"), "Traceback") if found.traceback.strip() else None,
        element("p", one_line(outcome.hint), class_="hint") if outcome.hint else None,
        *drawn,
        _asked(found) if found.asked and found.asked not in outcome.message else None,
        class_="check",
    )


def _message(message: str, drawn: bool) -> Iterator[Element]:
    """Yield the message; what it draws in characters, and the words before that, are folded away if drawn better."""
    text = clean(message)
    shown = list(layout.blocks(text))
    folded = drawn and any(block.drawn for block in shown)
    for block, following in zip_longest(shown, shown[1:]):
        if block.drawn and not folded:
            yield _pre("\n".join(block.lines), "Part of the message")
        elif not block.drawn:
            leads = folded and following is not None and not block.lines[-1].endswith(".")
            lines = block.lines[:-1] if leads else block.lines
            if lines:
                yield element("p", lines[0], *(part for line in lines[1:] for part in (element("br"), line)))
    if folded:
        yield element(
            "details", element("summary", "The message as text"), _pre(text, "The message as text"), class_="twice"
        )


def _asked(found: Figures) -> Element:
    return element("p", "Asked: ", element("code", found.asked))


def _output(report: Report) -> Iterator[Element]:
    if report.output.strip():
        printed = _pre(report.output.strip("\n"), "What your code printed")
        yield element("section", element("h2", "What your code printed"), printed, class_="function")


def _pre(text: str, label: str) -> Element:
    return element("pre", text, tabindex="0", role="region", aria_label=label)
