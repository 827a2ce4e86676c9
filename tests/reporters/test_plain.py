"""Text of a submission is made safe before it is shown."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from grader.reporters.plain import ascii_only, clean, github_message, github_property, markdown, one_line


def test_no_character_that_controls_or_hides_survives() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    left = {unicodedata.category(character) for character in clean(everything) if character != "\n"}
    assert left.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;never ended\nnext", "\nnext"),
        ("\x90dcs\x9cafter", "after"),
        ("\x1b(0lines\x1bc", "lines"),
        ("\x1b", ""),
        ("50%\r100%\r\nend", "50%\n100%\nend"),
        ("a\tb", "a   b"),
        ("user\u202egnp.exe\u2069", "usergnp.exe"),
        ("\ud800", "\ufffd"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 3),
        ("漢字 ŷ − ✓", "漢字 ŷ − ✓"),
        (None, ""),
        (3, ""),
    ],
)
def test_what_cleaning_leaves(text: object, expected: str) -> None:
    assert clean(text) == expected


def test_cleaning_twice_changes_nothing_more() -> None:
    text = "\x1b\x1b[[31m \x9b\x1b]x\x1b[\x1b]\x07 \x1b\x00[2J"
    assert clean(clean(text)) == clean(text)
    assert "\x1b" not in clean(text)


def test_one_line_is_one_line() -> None:
    assert one_line(" a\n\tb\u2028c\x85d ") == "a b c d"


def test_ascii_keeps_what_can_be_said() -> None:
    assert ascii_only("N·C → −1 … ŷ 漢") == r"N*C -> -1 ... y^ \u6f22"


def test_workflow_commands_are_escaped_as_github_reads_them() -> None:
    assert github_message("100%\na,b::c") == "100%25%0Aa,b::c"
    assert github_property("a:b,c%\n") == "a%3Ab%2Cc%25%0A"


def test_markdown_means_nothing_but_itself() -> None:
    assert not set("|*_`[](){}<>#!\\@:/$~") & set(markdown("|*_`[](){}<>!\\@:/$~").replace("&#", ""))
    assert markdown("two words") == "two words"
