"""What the Tab key offers, asked for as bash asks."""

from __future__ import annotations

import pytest


@pytest.fixture
def tab(grade, tiny_course):
    """Return what is offered for the last word of a line."""

    def press(line: str, **more) -> list[str]:
        env = {"_GRADE_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
        done = grade(env=env, **more)
        assert done.stderr == ""
        return [word.partition(",")[2] for word in done.stdout.split()]

    return press


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("grade ch", ["check"]),
        ("grade check ex", ["exercise1"]),
        ("grade check exercise1 ", []),
        ("grade check exercise1 --only sq", ["square_forward", "square_backward"]),
        ("grade check --only scale.v", ["scale.value"]),
        ("grade check --format j", ["json", "junit"]),
        ("grade check --isol", ["--isolation"]),
        ("grade doctor --sch", ["--schema"]),
    ],
)
def test_what_may_stand_there_is_offered(tab, line, offered):
    assert tab(line) == offered


def test_the_named_course_counts(tab, tiny_course, tmp_path):
    assert tab(f"grade check --course {tiny_course} exercise1 --only sc", cwd=tmp_path) == ["scale"]


def test_nothing_is_offered_and_nothing_said_where_there_is_no_course(tab, tmp_path):
    assert tab("grade check ex", cwd=tmp_path) == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_ask(grade, shell):
    assert "_GRADE_COMPLETE" in grade(env={"_GRADE_COMPLETE": f"{shell}_source"}).stdout
