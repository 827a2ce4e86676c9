"""`--only`: course.yaml without the exercises that are not released yet."""

from __future__ import annotations

import pytest

from grader.course import load_course
from grader.errors import UsageError
from grader.release.selection import course_text

TWO = """\
# a course
title: Two   # exercises
exercises:
  - name: exercise1
    files: [squares.py]
    points: 10

  # the second one
  - {name: exercise2, files: [cubes.py]}
  - name: exercise3
    files:
    - roots.py
    limits:
      time: 20s
# the end
"""


@pytest.mark.parametrize(
    ("names", "gone"),
    [
        ({"exercise1"}, slice(7, 14)),
        ({"exercise1", "exercise2"}, slice(9, 14)),
        ({"exercise2", "exercise3"}, slice(3, 7)),
        ({"exercise1", "exercise3"}, slice(7, 9)),
    ],
)
def test_only_cuts_the_lines_of_other_exercises_out_of_course_yaml(tmp_path, names, gone):
    lines = TWO.splitlines(keepends=True)
    del lines[gone]
    text = course_text(TWO.encode(), names).decode()
    assert text == "".join(lines)
    (tmp_path / "course.yaml").write_text(text)
    assert {exercise.name for exercise in load_course(tmp_path).exercises} == names


@pytest.mark.parametrize(
    "text",
    [
        "title: Flow\nexercises: [{name: exercise1, files: [a.py]}, {name: exercise2, files: [b.py]}]\n",
        "title: Flow\nexercises:\n  [{name: exercise1, files: [a.py]},\n  {name: exercise2, files: [b.py]}]\n",
        "title: Anchors\nexercises:\n- name: exercise2\n  files: &x [b.py]\n- name: exercise1\n  files: *x\n",
    ],
)
def test_what_cannot_be_cut_by_lines_is_not_cut_by_guessing(text):
    with pytest.raises(UsageError, match="--only cannot cut"):
        course_text(text.encode(), {"exercise1"})
