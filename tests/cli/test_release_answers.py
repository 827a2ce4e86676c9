"""`grade release --answers`: the stub and the recorded answers that the course keeps in exercises/."""

from __future__ import annotations

import io
import zipfile

import pytest

from grader.course import load_course
from grader.release.drift import drifted_answers, drifted_stubs


@pytest.fixture
def exercise(tiny_course):
    """The folder of exercise1."""
    return tiny_course / "exercises" / "exercise1"


def test_two_runs_give_the_same_bytes_whatever_the_date(grade, exercise):
    assert grade("release", "--answers").returncode == 0
    first = (exercise / "answers.npz").read_bytes()
    (exercise / "answers.npz").unlink()
    assert "answers.npz is written anew" in grade("release", "--answers", "exercise1").stdout
    assert (exercise / "answers.npz").read_bytes() == first
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "squares.py is up to date, answers.npz is up to date" in grade("release", "--answers").stdout


def test_what_changes_in_the_solution_shows_as_drift_until_it_is_recorded(grade, tiny_course, exercise):
    course = load_course(tiny_course)
    assert drifted_stubs(course, course.exercises[0]) == []
    assert drifted_answers(course, course.exercises[0], profiles=True) == []
    source = tiny_course / "solutions" / "exercise1" / "squares.py"
    source.write_text(
        source.read_text().replace("x * factor\n", "x * factor + 1e-6\n").replace("Every number times", "n")
    )
    assert drifted_stubs(course, course.exercises[0]) == ["squares.py"]
    assert "answers are not the recorded ones" in drifted_answers(course, course.exercises[0], profiles=False)[0]
    mistakes = tiny_course / "solutions" / "exercise1" / "mistakes.py"
    mistakes.write_text(mistakes.read_text().replace("x * factor", "x * factor + 1e-6").replace("third", "fourth"))
    assert "lists other mistakes" in drifted_answers(course, course.exercises[0], profiles=False)[-1]
    assert grade("release", "--answers").returncode == 0
    assert drifted_stubs(course, course.exercises[0]) == []
    assert drifted_answers(course, course.exercises[0], profiles=True) == []


def test_last_bits_of_another_machine_are_no_drift_but_other_mistakes_are(tiny_course):
    course = load_course(tiny_course)
    source = tiny_course / "solutions" / "exercise1" / "squares.py"
    text = source.read_text()
    source.write_text(text.replace("return x * factor", "return x * factor * (1 + 1e-12)"))
    mistakes = tiny_course / "solutions" / "exercise1" / "mistakes.py"
    mistakes.write_text(mistakes.read_text().replace("x * factor", "x * factor * (1 + 1e-12)"))
    assert drifted_answers(course, course.exercises[0], profiles=True) == []
    mistakes.write_text(mistakes.read_text().replace("x + factor", "x - factor"))
    found = drifted_answers(course, course.exercises[0], profiles=True)
    assert found == ["mistakes answer otherwise than was recorded (1): You add the factor; multiply by it."]


def test_a_module_with_an_answer_is_not_overwritten_unless_it_is_given_up(grade, exercise, hand_in, right_answer):
    module = hand_in(right_answer)
    done = grade("release", "--answers")
    assert done.returncode == 2
    assert "somebody has written into it" in done.stderr
    assert module.read_bytes() == right_answer
    assert grade("release", "--answers", "--force").returncode == 0
    assert b"is not written yet" in module.read_bytes()


def test_a_copy_takes_recorded_answers_as_they_are_only_if_they_are_of_these_sources(
    grade, tiny_course, exercise, tmp_path
):
    (exercise / "answers.npz").write_bytes(b"broken")
    assert grade("release", str(tmp_path / "one")).returncode == 0
    fresh = (tmp_path / "one" / "exercises" / "exercise1" / "answers.npz").read_bytes()
    assert fresh != b"broken"
    assert (exercise / "answers.npz").read_bytes() == b"broken"
    (exercise / "answers.npz").write_bytes(fresh)
    checks = exercise / "checks.py"
    checks.write_text(checks.read_text().replace('"N", "D"', '"N", "M"'))
    assert grade("release", str(tmp_path / "two")).returncode == 0
    assert (tmp_path / "two" / "exercises" / "exercise1" / "answers.npz").read_bytes() != fresh


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Name one folder"),
        (["one", "two"], "Name one folder"),
        (["--answers", "exercise3"], "There is no exercise 'exercise3'"),
        (["--answers", "--only", "exercise1"], "--only belongs to a copy"),
        (["../x", "--only", "exercise3"], "There is no exercise 'exercise3'"),
    ],
)
def test_wrong_usage_says_what_is_meant(grade, arguments, words):
    done = grade("release", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
