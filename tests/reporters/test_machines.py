"""The formats that programs read: JSON, JUnit, GitHub's workflow commands and summary, Gradescope's results."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from papers import HOSTILE, outcome, report

from grader.errors import UsageError
from grader.fit import fit
from grader.report import LARGEST_OUTPUT, LARGEST_REPORT, Report, encode
from grader.reporters import FORMATS, Context, reporter
from grader.reporters.github import LARGEST_SUMMARY

SUMMARY_TAGS = re.compile("h2|p|strong|blockquote|table|thead|tbody|tr|th|td|details|summary|pre")
CONTEXT = Context(course="Neural networks from scratch")


def shown(name: str, *reports: Report) -> str:
    return reporter(name).render(reports, CONTEXT)


def strict(text: str) -> Any:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(text, parse_constant=refuse)


def test_an_unknown_format_gets_a_suggestion() -> None:
    with pytest.raises(UsageError, match="There is no format 'jnuit'. Did you mean 'junit'".replace(".", r"\.")):
        reporter("jnuit")


def test_only_the_format_asked_for_is_imported() -> None:
    program = (
        "import sys; from grader.reporters import reporter; reporter('terminal'); "
        "print([m for m in ('rich', 'numpy', 'xml',"
        "'grader.reporters.html', 'grader.reporters.junit') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True) == "[]\n"


def test_every_format_is_valid_unicode_that_ends_in_a_newline(paper: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    for name in FORMATS:
        assert shown(name, paper, paper).encode().endswith(b"\n")


class TestJson:
    def test_one_report_is_an_object_and_several_are_an_array(self, papers: dict[str, Report]) -> None:
        right, half = papers["right"], papers["timeout"]
        assert msgspec.json.decode(shown("json", right), type=Report) == right
        assert msgspec.json.decode(shown("json", right, half), type=list[Report]) == [right, half]

    def test_it_is_the_contract_s_own_form(self, papers: dict[str, Report]) -> None:
        assert shown("json", papers["half_right"]) == encode(papers["half_right"]).decode()

    def test_it_is_strict_json_whatever_the_submission_says(self, paper: Report) -> None:
        text = shown("json", paper)
        read = strict(text)
        assert len(read["checks"]) == len(paper.checks)
        assert "##" not in text

    def test_a_report_that_fits_is_left_as_it_is(self, papers: dict[str, Report]) -> None:
        assert fit(papers["half_right"]) is papers["half_right"]

    def test_a_report_that_is_too_large_loses_its_longest_texts_and_says_so(self) -> None:
        detail = {"line": 7, "yours": "x" * 50_000, "heat": {"errors": [[0.123456789] * 40] * 40}}
        long = [outcome(f"f.{n}", "failed", message="é" * 30_000, hint="\x00" * 9000, detail=detail) for n in range(40)]
        short = outcome("g.value", "failed", message="Short.", hint="Do this.")
        fitted = fit(report([*long, short], output="o" * (1 << 20)))
        assert len(encode(fitted)) <= LARGEST_REPORT
        assert len(fitted.output.encode()) <= LARGEST_OUTPUT
        assert fitted.checks[-1] == short
        assert fitted.checks[0].message.endswith("… (60,000 bytes, cut)")
        assert fitted.checks[0].detail is not None
        assert fitted.checks[0].detail["line"] == 7
        assert fitted.notes == ["Parts of the explanations were left out: a report holds at most 1 MiB."]
        assert fit(fitted) is fitted

    def test_thousands_of_long_explanations_fit(self) -> None:
        checks = [
            outcome(f"f.{n}", "failed", message="m" * 5000, hint="h" * 5000, detail={"yours": HOSTILE})
            for n in range(1500)
        ]
        assert len(encode(fit(report(checks)))) <= LARGEST_REPORT


class TestJunit:
    def test_it_is_what_jenkins_and_gitlab_read(self, paper: Report) -> None:
        root = ElementTree.fromstring(shown("junit", paper, paper))
        assert root.tag == "testsuites"
        assert set(root.attrib) == {"name", "tests", "failures", "errors", "time"}
        for suite in root:
            assert suite.tag == "testsuite"
            assert set(suite.attrib) == {"name", "tests", "failures", "errors", "skipped", "time"}
            tags = [child.tag for child in suite]
            cases = suite.findall("testcase")
            assert tags == ["properties", *["testcase"] * len(cases), *["system-out"] * bool(paper.output)]
            counts = {tag: len(suite.findall(f"testcase/{tag}")) for tag in ("failure", "error", "skipped")}
            assert [suite.get(name) for name in ("tests", "failures", "errors", "skipped")] == [
                str(n) for n in (len(paper.checks), *counts.values())
            ]
            for case in cases:
                assert set(case.attrib) == {"classname", "name", "time"}
                assert re.fullmatch(r"\d+\.\d{3}", case.attrib["time"])
                assert len(case) <= 1
        assert root.get("tests") == str(2 * len(paper.checks))

    def test_a_failure_says_why(self, papers: dict[str, Report]) -> None:
        root = ElementTree.fromstring(shown("junit", papers["half_right"]))
        case = next(case for case in root.iter("testcase") if case.get("name") == "gradient")
        assert case.get("classname") == "exercise3.mse_backward"
        assert case[0].tag == "failure"
        assert case[0].get("message", "").startswith("The gradient for pred is wrong: 5 of 6")
        assert "divide by the number of elements" in (case[0].text or "")
        properties = {p.get("name"): p.get("value") for p in root.iter("property")}
        assert properties["score"] == "2.5"
        assert properties["max_score"] == "14.0"
        assert properties["seed"] == "5404319552844595"
        assert properties["digest"] == papers["half_right"].digest
        assert root.findtext("testsuite/system-out") == "epoch 1\nepoch 2\n"


class TestGithub:
    @pytest.fixture
    def summary(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        path = tmp_path / "summary.md"
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
        return path

    def test_the_first_failure_of_a_function_becomes_an_annotation_at_its_line(
        self, papers: dict[str, Report], summary: Path
    ) -> None:
        lines = shown("github", papers["half_right"]).splitlines()
        assert lines[0].startswith(
            "::error file=exercises/exercise3/losses.py,line=14,title=mse_backward%3A 0.5 of 4 points::"
            "The gradient is that of your own mse_forward.%0AThe gradient for pred is wrong"
        )
        assert lines[-1] == "exercise3: 2.5 of 14 points (--seed 5404319552844595)"

    def test_a_submission_gives_no_command_of_its_own(self, paper: Report, summary: Path) -> None:
        for line in shown("github", paper, paper).splitlines():
            assert re.match(r"::error ((file|line|title)=[^,:]*,?)+::[^\n]|exercise3: ", line), line
            assert "\x1b" not in line

    def test_there_are_no_more_annotations_than_github_shows(self, papers: dict[str, Report], summary: Path) -> None:
        lines = shown("github", papers["many"]).splitlines()
        errors = [line for line in lines if line.startswith("::error")]
        assert len(errors) == 10
        assert errors[-1].startswith("::error title=21 more functions wrong::function_9, function_10")

    def test_the_summary_is_markdown_that_only_we_have_written(self, paper: Report, summary: Path) -> None:
        markdown_it = pytest.importorskip("markdown_it")
        shown("github", paper)
        page = markdown_it.MarkdownIt("commonmark").enable("table").render(summary.read_text(encoding="utf-8"))
        tags: set[str] = set()

        class Reader(HTMLParser):
            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                tags.add(tag)
                assert {name for name, _ in attrs} <= {"style"}, (tag, attrs)

        Reader().feed(page)
        assert not [tag for tag in tags if not SUMMARY_TAGS.fullmatch(tag)]

    def test_the_summary_is_appended_and_kept_under_its_limit(self, papers: dict[str, Report], summary: Path) -> None:
        summary.write_text("before\n")
        shown("github", papers["half_right"])
        text = summary.read_text(encoding="utf-8")
        assert text.startswith("before\n## ❌ exercise3 · Losses: 2.5 of 14 points\n")
        assert "| ❌ | mse&#95;backward | 0.5 / 4 | 1 passed, 1 failed, 3 skipped |" in text
        long = [outcome(f"f{n}.value", "failed", message=f"{n} " + "<" * 20_000) for n in range(60)]
        shown("github", report(long))
        assert summary.stat().st_size <= LARGEST_SUMMARY
        assert summary.read_text(encoding="utf-8").endswith("*The rest was left out: GitHub shows at most 1 MiB.*\n")
        summary.write_bytes(b"x" * LARGEST_SUMMARY)
        shown("github", report(long))
        assert summary.stat().st_size == LARGEST_SUMMARY

    def test_a_summary_that_cannot_be_written_is_a_warning(
        self, papers: dict[str, Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
        assert "::warning title=gradecheck::The step summary could not be written" in shown("github", papers["right"])


class TestGradescope:
    def test_it_is_what_the_autograder_reads(self, paper: Report) -> None:
        results = strict(shown("gradescope", paper))
        assert results["score"] == pytest.approx(paper.score)
        assert isinstance(results["execution_time"], int)
        assert results["stdout_visibility"] == "hidden"
        assert results["visibility"] == "visible"
        for test in results["tests"]:
            assert test["status"] in ("passed", "failed")
            assert test["output_format"] == "text"
            assert test["visibility"] == "visible"
            assert test["output"]
        assert sum(test["score"] for test in results["tests"]) == pytest.approx(paper.score)
        assert sum(test["max_score"] for test in results["tests"]) == pytest.approx(paper.max_score)

    def test_several_exercises_are_added_up_and_told_apart(self, papers: dict[str, Report]) -> None:
        results = strict(shown("gradescope", papers["right"], papers["half_right"]))
        assert results["score"] == 32.5
        assert results["tests"][0]["name"] == "exercise3: mse_forward"
        assert [facts["score"] for facts in results["extra_data"]["reports"]] == [30.0, 2.5]
