"""`grade doctor`: what this machine can enforce, and what to do where it cannot."""

from __future__ import annotations

import json

import pytest

from grader.course_schema import course_schema
from grader.machine import within


def test_every_lock_is_proved_and_strict_can_be_enforced(grade):
    done = grade("doctor", "-v")
    assert done.returncode == 0, done.stdout
    assert "strict      can be enforced" in done.stdout
    assert "none of 14 attempts got through" in done.stdout
    assert "held: read a file of the user" in done.stdout
    assert "BROKEN" not in done.stdout
    assert "A tiny course, 1 exercise" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_what_the_course_needs_and_is_not_there_is_said(grade, tiny_course):
    course = tiny_course / "course.yaml"
    course.write_text(course.read_text().replace("[numpy]", "[numpy, no_such_package]"))
    (tiny_course / "exercises" / "exercise1" / "checks.py").unlink()
    done = grade("doctor")
    assert done.returncode == 1
    assert "exercise1 cannot do without it." in done.stdout
    assert "pip install no_such_package" in done.stdout
    assert "checks.py is missing." in " ".join(done.stdout.split())


def test_a_broken_course_is_one_of_the_findings(grade, tiny_course):
    (tiny_course / "course.yaml").write_text("title: 3\n")
    done = grade("doctor")
    assert done.returncode == 1
    assert "✗ course" in done.stdout


def test_the_schema_is_printed_alone(grade):
    assert json.loads(grade("doctor", "--schema").stdout) == course_schema()


@pytest.mark.parametrize(
    ("found", "bounds", "inside"),
    [
        ("2.6.0", ">=2.6,<2.14", True),
        ("2.13.1+cpu", ">=2.6,<2.14", True),
        ("2.14.0", ">=2.6,<2.14", False),
        ("2.5.1", ">=2.6,<2.14", False),
        ("3.0.0rc1", ">=1.26,<3", False),
        ("3.11.7", ">=3.11", True),
    ],
)
def test_versions_are_compared_by_their_numbers(found, bounds, inside):
    assert within(found, bounds) is inside
