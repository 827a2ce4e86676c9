"""`grade list` and `grade show`: the course, and one exercise of it, read at 80 columns."""

from __future__ import annotations

import json

import pytest

HANDOUT = """\
# Exercise 1 · Squares

The slope of $x_i^2$ is $2x_i$, and *never* $x * y * z$; `a $5 note` costs $5.

$$
L = \\frac{1}{N} \\sum_i \\text{pred}_i
$$

| name | formula |
| --- | --- |
| mean | $\\lvert x\\rvert$ |

![A parabola](figures/square.svg)
"""


def test_the_list_tells_how_far_each_exercise_is(grade, tiny_course, hand_in, right_answer):
    def state() -> tuple[str, str]:
        row = json.loads(grade("list", "--format", "json").stdout)[0]
        line = next(line for line in grade("list").stdout.splitlines() if line.startswith("exercise1"))
        return row["state"], line.split("squares.py")[1].strip()

    module = tiny_course / "exercises" / "exercise1" / "squares.py"
    stub = module.read_text()
    assert state() == ("stub", "not begun")
    hand_in(stub.replace('raise NotImplementedError("scale is not written yet")', "return x * factor"))
    assert state() == ("begun", "2 to write")
    hand_in(right_answer)
    assert state() == ("written", "written")
    module.unlink()
    assert state() == ("missing", "no file")


def test_what_the_list_says_of_an_exercise_is_there_for_machines_too(grade, tiny_course):
    course = tiny_course / "course.yaml"
    course.write_text(course.read_text() + "    due: 2026-12-04T23:59:00+01:00\n")
    assert json.loads(grade("list", "--format", "json").stdout) == [
        {
            "name": "exercise1", "title": "Squares", "points": 10.0, "due": "2026-12-04T23:59:00+01:00",
            "files": ["squares.py"], "allow": ["numpy"], "state": "stub", "to_write": 3,
        }
    ]  # fmt: skip
    shown = grade("list").stdout
    assert "2026-12-04 23:59" in shown
    assert "UTC+0100" in shown
    assert "grade show exercise1" in shown


@pytest.mark.parametrize("arguments", [("list",), ("show", "exercise1")])
def test_off_a_terminal_there_are_no_colours_and_no_long_lines(grade, tiny_course, arguments):
    course = tiny_course / "course.yaml"
    course.write_text(course.read_text().replace("title: Squares", "title: " + "A very long title " * 9))
    done = grade(*arguments, env={"FORCE_COLOR": "1"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines == [line.rstrip() for line in lines]


def test_show_renders_the_handout_and_keeps_its_formulas_readable(grade, tiny_course):
    (tiny_course / "exercises" / "exercise1" / "README.md").write_text(HANDOUT)
    words = grade("show", "exercise1").stdout
    assert "The slope of x_i^2 is 2x_i, and never x * y * z; a $5 note costs $5." in words
    assert "L = \\frac{1}{N} Σ_i pred_i" in words
    assert "mean  ∣ x∣" in words
    assert "Figure: A parabola (exercises/exercise1/figures/square.svg)" in words
    assert "$$" not in words


def test_show_says_what_is_graded_with_what_and_what_to_do_next(grade):
    words = grade("show", "exercise1").stdout
    assert [line.split() for line in words.splitlines() if line.startswith(("  square", "  scale"))] == [
        ["square_forward", "3"], ["square_backward", "3"], ["scale", "4"],
    ]  # fmt: skip
    assert "Leaves the arrays it is given as they were. (all)" in words
    assert "exercises/exercise1/squares.py (not begun)" in words
    assert "the standard library, numpy" in words
    assert "2s for a call, 20s for all, 512MiB of memory" in words
    assert words.rstrip().endswith("grade check exercise1")


def test_hidden_checks_are_not_shown(grade):
    assert "Scales large numbers too" not in grade("show", "exercise1").stdout


def test_raw_gives_the_handout_as_it_was_written(grade, tiny_course):
    (tiny_course / "exercises" / "exercise1" / "README.md").write_text(HANDOUT)
    assert grade("show", "exercise1", "--raw").stdout == HANDOUT


def test_an_exercise_without_a_handout_is_shown_all_the_same(grade, tiny_course):
    (tiny_course / "exercises" / "exercise1" / "README.md").unlink()
    done = grade("show", "exercise1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "grade check exercise1" in done.stdout


def test_a_terminal_that_only_knows_ascii_is_shown_ascii(grade):
    for arguments in (["list"], ["show", "exercise1"]):
        done = grade(*arguments, env={"PYTHONIOENCODING": "ascii"})
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.isascii()


def test_a_misspelt_exercise_is_met_with_a_suggestion(grade):
    done = grade("show", "exercise2")
    assert done.returncode == 2
    assert "Did you mean 'exercise1'?" in done.stderr
