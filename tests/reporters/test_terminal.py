"""What a student sees in the terminal."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest
from papers import outcome, report

from grader.report import Report
from grader.reporters import Context, layout, reporter

PLAIN = Context(course="Neural networks from scratch")
COLOUR = Context(course="Neural networks from scratch", colour=True)
CONTEXTS = [
    PLAIN,
    COLOUR,
    Context(unicode=False),
    Context(verbose=True),
    Context(verbose=True, colour=True, unicode=False),
    Context(width=50),
    Context(quiet=True),
]


def shown(*reports: Report, context: Context = PLAIN) -> str:
    return reporter("terminal").render(reports, context)


def without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]+m", "", text)


@pytest.mark.parametrize("name", ["right", "half_right", "hostile", "syntax_error", "timeout", "all_skipped", "many"])
@pytest.mark.parametrize("context", [PLAIN, COLOUR], ids=["plain", "colour"])
def test_the_page_looks_as_when_somebody_last_looked(
    name: str, context: Context, papers: dict[str, Report], snapshots: Path
) -> None:
    kept = snapshots / f"terminal-{name}{'-colour' if context.colour else ''}.txt"
    page = shown(papers[name], context=context)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        kept.write_text(page, encoding="utf-8")
    assert page == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_line_is_wider_than_the_terminal(paper: Report, context: Context) -> None:
    page = without_colours(shown(paper, paper, context=context))
    assert max(map(layout.columns, page.splitlines())) <= context.width


@pytest.mark.parametrize("context", CONTEXTS)
def test_nothing_of_a_student_controls_the_terminal_or_the_log_of_a_ci_system(paper: Report, context: Context) -> None:
    page = shown(paper, paper, context=context)
    assert page.endswith("\n")
    if not context.colour:
        assert "\x1b" not in page
    page = without_colours(page)
    categories = {unicodedata.category(character) for character in page.replace("\n", "")}
    assert categories.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    assert not re.search(r"^\s*::|##(vso|teamcity)?\[", page, re.MULTILINE)
    if not context.unicode:
        assert page.isascii()


def test_a_wide_message_reaches_no_line_end_that_starts_a_command() -> None:
    broken = outcome(
        "f.value", "failed", message="x" * 72 + "::stop-commands::token\n:" + ":error::x y\n " + "##[group]z"
    )
    for width in range(40, 100):
        page = shown(report([broken]), context=Context(width=width))
        assert not re.search(r"^\s*::|##\[", page, re.MULTILINE)


def test_a_drawing_is_never_wrapped_again_and_prose_is() -> None:
    rows = [f"[[{'1.25  ' * 20}]", f" [{'2.5   ' * 20}]]"]
    message = "A sentence about it " * 8 + "\n" + "\n".join(rows)
    lines = shown(report([outcome("f.value", "failed", message=message, hint="h")])).splitlines()
    assert [line for line in lines if "1.25" in line] == ["        " + rows[0][:71] + "…"]
    assert [line for line in lines if "2.5 " in line] == ["        " + rows[1][:71] + "…"]
    assert len([line for line in lines if "sentence" in line]) == 3


def test_quiet_shows_the_score_alone(papers: dict[str, Report]) -> None:
    assert shown(papers["half_right"], context=Context(quiet=True)) == "exercise3: 2.5 of 14 points\n"


def test_verbose_shows_every_check_and_all_that_was_printed(papers: dict[str, Report]) -> None:
    many = papers["many"]
    page = shown(many, context=Context(verbose=True))
    assert page.count("is as it must be.") == 300
    printed = report([outcome("f.value")], output="".join(f"line {n}\n" for n in range(50)))
    assert "line 0\n" in shown(printed, context=Context(verbose=True))
    assert "│ line 49\n" in shown(printed)
    assert "line 37\n" not in shown(printed)
    assert "(the last 12 of 50 lines)" in shown(printed)


def test_the_first_wrong_function_is_the_next_to_mend(papers: dict[str, Report]) -> None:
    assert "Mend mse_backward next: grade check exercise3 --only mse_backward\n" in shown(papers["half_right"])
    assert "Mend" not in shown(papers["right"])


def test_points_are_never_rounded_up_to_what_was_not_earned() -> None:
    nearly = report([outcome("f.value", "failed", 0.999999, message="No.")])
    assert "0.99 of 1 point\n" in shown(nearly, context=Context(quiet=True))
    thirds = report(
        [outcome(f"f.{n}", points=p, max_points=p) for n, p in enumerate((0.1, 0.2, 0.7))], score=1.0, max_score=1.0
    )
    assert "1 / 1" in shown(thirds)


def test_several_reports_end_in_their_sum(papers: dict[str, Report]) -> None:
    assert shown(papers["right"], papers["half_right"]).endswith("32.5 of 44 points in 2 exercises\n")
