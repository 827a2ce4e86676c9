"""Marking: every student has a row in the end, whatever became of the submission; and the class in figures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from grader.cohort import marking as marking_module
from grader.cohort.find import find
from grader.cohort.late import Deadline
from grader.cohort.marking import Marking, Terms
from grader.cohort.results import Checked, Result, Results, Row
from grader.cohort.summary import Tally
from grader.cohort.work import Batch, Problem
from grader.errors import UsageError

REPORT = {"score": 7.0, "max_score": 10.0, "duration_s": 0.1, "checks": []}


class Listener:
    """Keeps what is told."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.done: list[tuple[int, int, int]] = []

    def say(self, line: str) -> None:
        self.lines.append(line)

    def progress(self, done: int, of: int, graded: int) -> None:
        self.done.append((done, of, graded))


class Desks:
    """An engine whose desks fail where the test says so."""

    jobs = 1

    def __init__(self, failing: str = "") -> None:
        self.executor = ThreadPoolExecutor(1)
        self.failing = failing
        self.students: list[str] = []

    def grade(self, batch: bytes) -> bytes:
        students = [paper.student for paper in msgspec.msgpack.decode(batch, type=Batch).papers]
        self.students += students
        return msgspec.json.encode([Problem("it failed.") if one == self.failing else REPORT for one in students])


@pytest.fixture
def mark(course, exercise, school, tmp_path):
    """Mark the class; return the marking and what was said."""

    def run(desks: Desks, **terms) -> tuple[Marking, Listener]:
        results = Results(tmp_path / "results", exercise.name)
        marking = Marking(course, exercise, find(school, exercise), results, Terms(**terms))
        listener = Listener()
        marking.run(desks, Deadline(course, exercise), listener)
        return marking, listener

    return run


def test_one_without_a_report_is_one_line_and_is_tried_again_the_next_time(hand_in, mark):
    for student in ("anna", "ben\x1b[31m", "cleo"):
        hand_in(f"{student}/squares.py", f"x = '{student}'\n")
    marking, listener = mark(Desks("ben\x1b[31m"))
    assert [(row.student, row.score, row.problem) for row in marking.rows] == [
        ("anna", 7.0, None), ("ben\x1b[31m", None, "it failed."), ("cleo", 7.0, None)
    ]  # fmt: skip
    assert listener.lines == ["ben\\x1b[31m: no report: it failed."]
    assert listener.done[-1] == (3, 3, 2)
    again = Desks()
    assert mark(again)[1].lines == []
    assert again.students == ["ben\x1b[31m"]
    third = Desks()
    assert mark(third, regrade=True)[0].graded == 3
    assert len(third.students) == 3


def test_a_submission_that_went_away_or_cannot_be_judged_is_one_line_and_the_others_are_graded(
    hand_in, mark, monkeypatch
):
    hand_in("anna.py", "x = 1\n")
    hand_in("ben.zip", "no zip")
    hand_in("cleo.py", "x = 2\n")
    read = marking_module.read

    def too_late(found, *rest, **how):
        if found.student == "anna":
            Path(found.path).unlink()
        return read(found, *rest, **how)

    monkeypatch.setattr(marking_module, "read", too_late)
    marked, listener = mark(Desks())
    assert listener.lines == [
        "anna: no report: it went away before it could be read.",
        "ben: ben.zip is not a zip that can be read: make the zip anew from your folder.",
    ]
    assert [(row.student, row.report is None) for row in marked.rows] == [
        ("anna", True), ("ben", False), ("cleo", False)
    ]  # fmt: skip


def test_two_who_handed_in_the_same_bytes_have_a_report_each(hand_in, mark):
    hand_in("anna.py", "x = 1\n")
    hand_in("ben.py", "x = 1\n")
    marked, _ = mark(Desks())
    assert len({row.report for row in marked.rows}) == 2
    assert len({row.digest for row in marked.rows}) == 1


def test_seeds_per_student_need_the_solutions(students_course, hand_in, school, tmp_path):
    from grader.course import load_course

    hand_in("anna.py", "x = 1\n")
    (students_course / "course.yaml").write_text((students_course / "course.yaml").read_text() + "seeds: per-student\n")
    course = load_course(students_course)
    found = find(school, course.exercises[0])
    with pytest.raises(UsageError, match="need the solutions"):
        Marking(course, course.exercises[0], found, Results(tmp_path / "r", "exercise1"), Terms())


def row(student: str, score: float | None, **more) -> Row:
    more.setdefault("grade", score)
    return Row(student=student, report=None if score is None else student, score=score, max_score=10.0, **more)


def result(score: float, *hints: str, seconds: float = 0.1) -> Result:
    checks = [Checked(f"square_{number}.value", "failed", "Is right.", hint) for number, hint in enumerate(hints)]
    passed = Checked("scale.value", "passed", "Is right.", "no hint of a check that passed counts")
    return Result(score, 10.0, seconds, [*checks, passed])


def test_the_class_in_figures():
    tally = Tally()
    rows = []
    for number, score in enumerate([0.0, 5.0, 9.99, 10.0, 10.0]):
        one = row(f"s{number}", score, late_days=number % 2, told_by="file" if number == 1 else "commit")
        rows.append(one)
        tally.add(one, result(score, *["cube"] * (number < 3), *["sum", "sum"] * (number == 0), seconds=number))
    rows.append(row("gone", None, problem="it failed."))
    broken = row("broken", 0.0, problem="There is no squares.py.")
    rows.append(broken)
    tally.add(broken, result(0.0, "cube"))
    figures = tally.summary(rows)
    assert (figures.students, figures.reports, figures.unusable) == (7, 6, 1)
    assert (figures.mean, figures.median, figures.max_score) == (pytest.approx(34.99 / 6), 7.495, 10.0)
    assert figures.distribution == [2, 0, 0, 0, 0, 1, 0, 0, 0, 3]
    assert (figures.late, figures.late_by_file) == (2, 1)
    assert [(one.students, one.where, one.words) for one in figures.diagnoses] == [
        (3, "square_0", "cube"), (1, "square_1", "sum"), (1, "square_2", "sum")
    ]  # fmt: skip
    assert figures.slowest == [("s4", 4), ("s3", 3), ("s2", 2)]


def test_figures_of_a_class_without_reports_or_hints():
    assert Tally().summary([]).distribution == [0] * 10
    tally = Tally()
    one = row("anna", 3.0)
    tally.add(one, Result(3.0, 10.0, 0.1, [Checked("a.value", "error", "Is right."), Checked("a.dtype", "skipped")]))
    figures = tally.summary([one])
    assert [(share.where, share.words) for share in figures.diagnoses] == [("a.value", "Is right.")]
