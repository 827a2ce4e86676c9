"""What course.yaml says of a training reaches the check: the threshold of the device, the data, and their folder."""

from __future__ import annotations

import pytest

from grader.checks import Terms
from grader.checks.terms import terms_of
from grader.course import load_course
from grader.errors import CourseError

COURSE = """\
title: Learning
datasets: sets
exercises:
  - name: exercise9
    files: [cnn.py]
    allow: [numpy, torch]
    data: fashion-mnist
    accuracy: {cpu: {at_least: 0.9, epochs: 20}, cuda: {at_least: 0.97, epochs: 10}}
  - name: exercise11
    files: [vae.py]
    accuracy: {cpu: {at_most: 110, epochs: 5}}
"""


@pytest.fixture
def course(tmp_path):
    (tmp_path / "course.yaml").write_text(COURSE, encoding="utf-8")
    return load_course(tmp_path)


def test_each_device_has_its_own_threshold(course):
    exercise = course.exercise("exercise9")
    folder = course.root / "sets"
    assert terms_of(course, exercise, "cpu") == Terms("cpu", 0.9, None, 20, "fashion-mnist", folder)
    assert terms_of(course, exercise, "cuda") == Terms("cuda", 0.97, None, 10, "fashion-mnist", folder)


def test_a_loss_has_an_upper_bound_and_a_device_may_have_none(course):
    exercise = course.exercise("exercise11")
    assert terms_of(course, exercise, "cpu").at_most == 110
    nothing = terms_of(course, exercise, "cuda")
    assert (nothing.at_least, nothing.at_most, nothing.epochs, nothing.data) == (None, None, 0, None)


def test_a_folder_anywhere_on_the_machine_may_be_named(tmp_path):
    (tmp_path / "course.yaml").write_text(COURSE.replace("datasets: sets", "datasets: /srv/sets"), encoding="utf-8")
    course = load_course(tmp_path)
    assert str(terms_of(course, course.exercises[0], "cpu").folder) == "/srv/sets"


@pytest.mark.parametrize("line", ["data: 7 sets", "data: [mnist]", "data: Fashion MNIST"])
def test_a_name_that_no_data_set_has_is_refused_with_its_line(tmp_path, line):
    text = COURSE.replace("data: fashion-mnist", line)
    (tmp_path / "course.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=r"course.yaml:7: .*data"):
        load_course(tmp_path)
