"""What counts of one student's folder, and when it was handed in."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from datetime import UTC, datetime

import pytest

from grader.cohort.find import find
from grader.cohort.handed_in import read

DUE = datetime(2026, 12, 4, 22, 59, tzinfo=UTC)
ANSWER = "x = 1\n"


@pytest.fixture
def work(school, exercise, course):
    """Read what the only student, or a certain one, handed in."""

    def look(student: str = "anna", **how):
        one = next(one for one in find(school, exercise).found if one.student == student)
        return read(one, exercise, course.root, **how)

    return look


def zipped(text: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("squares.py", text)
    return data.getvalue()


@pytest.mark.parametrize(
    "path",
    [
        "anna/squares.py", "anna/exercises/exercise1/squares.py", "anna/exercise1/squares.py",
        "anna/homework/squares.py", "anna/squares-2.py", "anna/squares (1).py", "anna/my_squares.py", "anna.py",
    ],
)  # fmt: skip
def test_the_module_is_found_in_all_the_places_where_people_put_it(hand_in, work, path):
    hand_in(path, ANSWER)
    assert work().submission.files == {"squares.py": ANSWER.encode()}


@pytest.mark.parametrize("path", ["anna/homework.zip", "anna.zip", "anna/exercise1/any name.ZIP"])
def test_a_zip_may_lie_in_the_folder(hand_in, work, path):
    hand_in(path, zipped(ANSWER))
    assert work().submission.files == {"squares.py": ANSWER.encode()}


def test_a_notebook_may_have_any_name(hand_in, work):
    cell = {"cell_type": "code", "source": ANSWER, "metadata": {}, "outputs": []}
    hand_in("anna/Untitled3.ipynb", json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}))
    assert work().submission.cells == (ANSWER,)


def test_of_several_zips_the_latest_counts_and_that_is_said(hand_in, work):
    for number, name in enumerate(("b.zip", "c.zip", "a.zip")):
        os.utime(hand_in(f"anna/{name}", zipped(f"x = {number}\n")), (number, number))
    assert work().submission.files == {"squares.py": b"x = 2\n"}
    assert work().remark == "the latest of 3 files counts, a.zip, and not b.zip, c.zip."


def test_files_of_a_flat_download_are_read_under_their_own_names(hand_in, work):
    hand_in("anna_1_2_squares-1.py", ANSWER)
    hand_in("ben_2_3_squares.py", "other = 1")
    found = work("anna_1")
    assert found.submission.files == {"squares.py": ANSWER.encode()}
    assert found.submission.source == "squares.py in their files"


@pytest.mark.parametrize("make", ["nothing", "essay", "link"])
def test_a_folder_without_the_exercise_is_a_submission_with_a_problem(school, work, make):
    (school / "anna").symlink_to("/etc") if make == "link" else (school / "anna").mkdir()
    if make == "essay":
        (school / "anna" / "essay.txt").write_text("x")
    said = "is a link" if make == "link" else "There is no squares.py in anna"
    assert said in work().submission.problem
    assert work().submission.files == {}


def test_the_date_of_the_file_is_when_it_was_handed_in_if_nobody_knows_better(hand_in, work):
    os.utime(hand_in("anna/squares.py"), (1_700_000_000, 1_700_000_000))
    os.utime(hand_in("anna/notes.txt", "x"), (1_800_000_000, 1_800_000_000))
    assert (work().at, work().told_by) == (datetime.fromtimestamp(1_700_000_000, UTC), "file")


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        ("2026-12-01 10:00:00.500000 UTC\n", datetime(2026, 12, 1, 10, 0, 0, 500000, UTC)),
        ("2026-12-01 10:00:00 Europe/Berlin", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("2026-12-01 10:00:00 +0100", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("yesterday", None),
        ("2026-12-01 10:00:00 ../../etc", None),
    ],
)
def test_nbgrader_stamps_what_it_collects_and_nobody_else_may(hand_in, work, school, stamp, at):
    hand_in("submitted/anna/exercise1/squares.py")
    hand_in("submitted/anna/exercise1/timestamp.txt", stamp)
    assert (work().told_by, work().at) == ("platform", at) if at else work().told_by == "file"
    shutil.move(school / "submitted" / "anna", school / "anna")
    shutil.rmtree(school / "submitted")
    assert work().told_by == "file"


def test_of_a_repository_the_files_as_they_lie_there_count_and_the_commit_says_when(hand_in, work, school, commit):
    hand_in("anna/squares.py", ANSWER)
    commit(school / "anna", "2026-12-01T12:00:00+01:00")
    assert work(due=DUE).submission.files == {"squares.py": ANSWER.encode()}
    assert (work(due=DUE).at, work(due=DUE).told_by) == (datetime(2026, 12, 1, 11, tzinfo=UTC), "commit")
    assert work().told_by == "file"


def test_a_branch_or_the_last_commit_in_time_can_be_asked_for(hand_in, work, school, commit):
    hand_in("anna/squares.py", "in_time = 1\n")
    commit(school / "anna", "2026-12-04T23:59:00+01:00")
    hand_in("anna/squares.py", "late = 1\n")
    commit(school / "anna", "2026-12-04T23:59:01+01:00")
    hand_in("ben/squares.py", ANSWER)
    assert work(revision="due", due=DUE).submission.files == {"squares.py": b"in_time = 1\n"}
    assert work(revision="due", due=DUE).at == DUE
    assert work(revision="main", due=DUE).submission.files == {"squares.py": b"late = 1\n"}
    assert "has no branch or tag called nowhere" in work(revision="nowhere").submission.problem
    assert work("ben", revision="main").submission.files == {"squares.py": ANSWER.encode()}  # a folder is as it is
    shutil.move(school / "anna" / ".git", school / "cleo.git")
    assert work("cleo").submission.files == {"squares.py": b"late = 1\n"}
