"""Whose work is what in a folder: plain classes, and what Canvas, Moodle, Gradescope and nbgrader let one download."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.cohort.find import find, looks_right
from grader.errors import UsageError


@pytest.fixture
def found(school, exercise):
    """Find the class, and return for each student what lies where, and the remarks."""

    def look(folder: Path = school) -> tuple[dict[str, str], list[str]]:
        class_folder = find(folder, exercise)
        return (
            {one.student: str(one.files or Path(one.path).relative_to(school)) for one in class_folder.found},
            class_folder.remarks,
        )

    return look


def test_folders_zips_notebooks_modules_and_repositories_are_submissions(hand_in, found):
    hand_in("anna/squares.py")
    hand_in("ben.zip", b"PK")
    hand_in("cleo.ipynb", "{}")
    hand_in("dan.py")
    hand_in("eve.git/HEAD")
    assert found() == (
        {"anna": "anna", "ben": "ben.zip", "cleo": "cleo.ipynb", "dan": "dan.py", "eve": "eve.git"},
        [],
    )


def test_clutter_is_passed_over_and_what_is_no_submission_is_told(hand_in, found):
    hand_in("anna/squares.py")
    for name in (".DS_Store", "__MACOSX/x", "Thumbs.db", ".git/HEAD", "results/results.json"):
        hand_in(name, "x")
    hand_in("grades.xlsx", "x")
    assert found() == (
        {"anna": "anna"},
        ["grades.xlsx: left out, for it is no folder, zip, notebook or Python file."],
    )


def test_names_may_be_odd(hand_in, found):
    for name in ("Jörg Müller", "new\nline", "=cmd()", "ピカチュウ", os.fsdecode(b"latin-\xfc"), "-rf"):
        hand_in(f"{name}/squares.py")
    students, remarks = found()
    assert set(students) == {"Jörg Müller", "new\nline", "=cmd()", "ピカチュウ", "latin-\\xfc", "-rf"}
    assert remarks == []


def test_two_spellings_of_one_name_are_one_student_and_the_latest_counts(hand_in, found):
    old = hand_in("Mu\u0308ller.zip", b"PK")
    os.utime(old, (1, 1))
    hand_in("M\u00fcller/squares.py")
    students, remarks = found()
    assert students == {"Müller": "Müller"}
    assert len(remarks) == 1
    assert "Müller: handed in 2 times: the latest counts, Müller, and not " in remarks[0]


def test_canvas_says_whose_a_file_is_whether_it_is_late_and_which_is_the_latest(hand_in, found, school, exercise):
    hand_in("doejane_101_5001_squares.py")
    hand_in("roejohn_LATE_102_5002_squares-1.py")
    hand_in("roejohn_102_4000_squares.py", "old = 1")
    hand_in("zoe_103_5003_homework-1.zip", b"PK")
    hand_in("zoe_103_4003_homework.zip", b"PK")
    hand_in("max_104_5004_plot.py", "x = 1")
    students, remarks = found()
    assert students == {
        "doejane_101": "{'squares.py': 'doejane_101_5001_squares.py'}",
        "roejohn_102": "{'squares.py': 'roejohn_LATE_102_5002_squares-1.py'}",
        "zoe_103": "zoe_103_5003_homework-1.zip",
        "max_104": "max_104_5004_plot.py",
    }
    assert remarks == [
        "zoe_103: handed in 2 times: the latest counts, zoe_103_5003_homework-1.zip, and not zoe_103_4003_homework.zip."
    ]
    late = {one.student: one.late for one in find(school, exercise).found}
    assert late == {"doejane_101": False, "roejohn_102": True, "zoe_103": False, "max_104": False}


def test_moodle_has_folders_or_none(hand_in, found):
    hand_in("Jane Doe_12345_assignsubmission_file_/squares.py")
    hand_in("Jane Doe_12345_assignsubmission_onlinetext_/onlinetext.html", "<p>done</p>")
    hand_in("Jürgen von_Au_12346_assignsubmission_file_squares.py")
    assert found() == (
        {
            "Jane Doe_12345": "Jane Doe_12345_assignsubmission_file_",
            "Jürgen von_Au_12346": "{'squares.py': 'Jürgen von_Au_12346_assignsubmission_file_squares.py'}",
        },
        [],
    )


GRADESCOPE = """---
submission_11:
  :submitters:
  - :name: Jane Doe
    :sid: 'A1'
    :email: jane@example.org
  - :name: ../../John
    :sid:
    :email: john@example.org
  :created_at: 2026-12-01 10:00:00.123456 Z
  :score: !ruby/object:BigDecimal 18:0.5e1
submission_12:
  :submitters:
  - :name: Jane Doe
    :sid: 'A1'
  :created_at: 2026-12-03T10:00:00+01:00
submission_13:
  :submitters: []
submission_14:
  :submitters:
  - :name: Gone
"""


def test_gradescope_lists_who_handed_in_together_and_when(hand_in, found, school, exercise):
    hand_in("submission_metadata.yml", GRADESCOPE)
    for number in (11, 12, 13):
        hand_in(f"submission_{number}/squares.py")
    students, remarks = found()
    assert students == {
        "../../John_john@example.org": "submission_11",
        "Jane Doe_A1": "submission_12",
        "submission_13": "submission_13",
    }
    assert remarks == [
        "submission_13: submission_metadata.yml does not say whose it is.",
        "submission_14: listed in submission_metadata.yml, but there is no such folder.",
        "Jane Doe_A1: handed in 2 times: the latest counts, submission_12, and not submission_11.",
    ]
    assert {one.at for one in find(school, exercise).found} == {
        datetime(2026, 12, 1, 10, 0, 0, 123456, UTC),
        datetime(2026, 12, 3, 9, tzinfo=UTC),
        None,
    }


@pytest.mark.parametrize("text", ["[1, 2]", "a: [", "\x00", ""])
def test_a_list_that_is_none_is_one_clear_error(hand_in, school, exercise, text):
    hand_in("submission_metadata.yml", text)
    hand_in("submission_1/squares.py")
    with pytest.raises(UsageError, match=r"^submission_metadata.yml.* download .*anew") as caught:
        find(school, exercise)
    assert "\n" not in str(caught.value)


def test_a_list_from_elsewhere_is_data_and_nothing_else(hand_in, school, exercise):
    hand_in("submission_metadata.yml", "submission_1: &a [*a]\nb: !!python/object/apply:os.system [exit]")
    hand_in("submission_1/squares.py")
    assert [one.student for one in find(school, exercise).found] == ["submission_1"]


def test_nbgraders_course_and_its_submitted_folder_are_the_same_class(hand_in, found, school):
    hand_in("submitted/anna/exercise1/squares.py")
    hand_in("submitted/ben/exercise2/other.py")
    hand_in("source/exercise1/squares.py")
    expected = {"anna": "submitted/anna", "ben": "submitted/ben"}
    assert found()[0] == found(school / "submitted")[0] == expected


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda school: None, "holds no submission: it needs a folder, a zip or a notebook for each student"),
        (lambda school: (school / "squares.py").write_text(""), "is itself a submission, and not a class"),
        (lambda school: (school / "exercises" / "exercise1").mkdir(parents=True), "is itself a submission"),
        (lambda school: school.rmdir(), "There is no folder"),
        (lambda school: (school.rmdir(), school.write_text("x")), "is no folder"),
        (lambda school: [(school / "reports").mkdir(), (school / "results.json").write_text("")], "holds results"),
    ],
)
def test_a_folder_that_is_no_class_is_told_what_it_is(school, exercise, make, said):
    make(school)
    with pytest.raises(UsageError, match=said):
        find(school, exercise)


def test_what_has_nothing_of_the_exercise_does_not_look_right(hand_in, school, exercise):
    hand_in("essay/text.docx", "x")
    hand_in("nested/homework/squares.py")
    hand_in("zipped/homework.zip", "x")
    looks = {one.student: looks_right(one, exercise) for one in find(school, exercise).found}
    assert looks == {"essay": False, "nested": True, "zipped": True}
