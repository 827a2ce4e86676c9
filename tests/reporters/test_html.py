"""The HTML page: safe to open, whole in itself, and as it looked when somebody last looked."""

from __future__ import annotations

import os
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from papers import HOSTILE, outcome, report

from grader.report import Report
from grader.reporters import Context, reporter
from grader.reporters.figures import Figures

CONTEXT = Context(course="Neural networks from scratch")
TAGS = re.compile(
    "html|head|meta|title|style|body|main|nav|article|section|header|h[123]|p|a|br|ul|li|dl|div|dt|dd|span|code|pre|progress|"
    "table|caption|thead|tbody|tr|th|td|details|summary|figure|figcaption|mark|svg|g|rect|text|line|polyline|circle"
)
ATTRIBUTES = re.compile(
    "charset|http-equiv|content|name|lang|class|id|href|scope|tabindex|role|aria-label|value|max|width|height|viewbox|"
    "[xy][12]?|rx?|c[xy]|points"
)


class Reader(HTMLParser):
    """Collects what the page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.depth = 0
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.depth += tag not in ("meta", "br")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(*reports: Report) -> str:
    return reporter("html").render(reports, CONTEXT)


@pytest.mark.parametrize("name", ["right", "half_right", "syntax_error", "hostile"])
def test_the_page_looks_as_when_somebody_last_looked(name: str, papers: dict[str, Report], snapshots: Path) -> None:
    kept = snapshots / f"{name}.html"
    page = shown(papers[name])
    if os.environ.get("UPDATE_SNAPSHOTS"):
        kept.write_text(page, encoding="utf-8")
    assert page == kept.read_text(encoding="utf-8")


def test_text_never_becomes_markup(paper: Report) -> None:
    read = Reader(shown(paper, paper))
    assert not [tag for tag in read.tags if not TAGS.fullmatch(tag)]
    assert not [name for name, _ in read.attributes if not ATTRIBUTES.fullmatch(name)]
    assert read.depth == 0


def test_hostile_text_is_shown_as_it_is(papers: dict[str, Report]) -> None:
    read = Reader(shown(papers["hostile"]))
    assert "<script>alert(1)</script><img src=x onerror=alert(1)> </pre></style></title>" in read.text
    assert "\x1b" not in read.text
    assert HOSTILE not in read.text


def test_every_link_leads_to_a_place_of_the_page(paper: Report) -> None:
    read = Reader(shown(paper, paper))
    ids = [value for name, value in read.attributes if name == "id"]
    links = [value for name, value in read.attributes if name == "href"]
    assert len(set(ids)) == len(ids)
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_the_policy_allows_the_page_its_own_style_and_nothing_else(paper: Report) -> None:
    page = shown(paper)
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = Reader(page).attributes[3][1]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|https?://", style)


def test_yours_stands_beside_what_was_expected_with_the_differences_marked(papers: dict[str, Report]) -> None:
    page = shown(papers["half_right"])
    assert "<td><mark>9.0</mark></td>" in page
    assert "<td>1.5</td>" in page
    assert "<mark>0.0</mark>" not in page
    assert "<code>(4, 1)</code>" in page
    assert "<figcaption>Yours: db</figcaption>" in page
    assert "<td><mark>1.</mark></td><td><mark>2.</mark></td>" in page
    assert "<title>row 1, column 2: off by 7.5</title>" in page
    assert "5 of 6 elements are wrong; the largest error is 7.5." in page


def test_an_array_that_is_no_matrix_stays_text() -> None:
    for text in ("[[1. 2.]\n [3.]]", "[[[1.]]]x", "[1. ... 2.]", "3.0", "None", "[]", "[" * 5000, "[nan inf]" * 2):
        page = shown(report([outcome("f.value", "failed", message="m", detail={"yours": text})]))
        assert "<pre" in page, text
        assert 'class="array"' not in page, text


@pytest.mark.parametrize("key", Figures.__struct_fields__)
@pytest.mark.parametrize(
    "value", [None, 3, "", "x", [], [[]], [[1]], {}, {"errors": [[]], "shape": []}, [None], float("nan"), [{}]]
)
def test_a_detail_of_the_wrong_kind_is_left_out(key: str, value: object) -> None:
    page = shown(report([outcome("f.value", "failed", message="The message.", detail={key: value})]))
    assert "The message." in page
    assert Reader(page).depth == 0


def test_an_example_that_is_right_asks_what_is_different(papers: dict[str, Report]) -> None:
    broken = outcome("f.value", "failed", message="Wrong value.", detail={"yours": "[1. 2.]", "expected": "[1. 2.]"})
    assert "On this small example your answer is right" in shown(report([broken]))
    assert "On this small example" not in shown(papers["half_right"])


def test_a_training_is_drawn_also_when_it_came_far_enough() -> None:
    curve = [{"epoch": 1, "value": 0.61}, {"epoch": 2, "value": 0.84}]
    page = shown(report([outcome("f.accuracy", detail={"curve": curve, "threshold": 0.8})]))
    assert "asked for 0.8" in page
    assert "polyline" in Reader(page).tags
