"""The JSON Schema that editors check course.yaml with says what the reader says."""

from __future__ import annotations

import json
from pathlib import Path

from grader.course import find_course, load_course
from grader.course_schema import course_schema

COURSE = Path(__file__).parents[1]


def test_the_schema_beside_course_yaml_is_the_one_of_today():
    assert json.loads((COURSE / "course.schema.json").read_text()) == course_schema(), (
        "write it anew with: grade doctor --schema > course.schema.json"
    )


def test_course_yaml_refers_to_it():
    assert (COURSE / "course.yaml").read_text().startswith("# yaml-language-server: $schema=course.schema.json\n")


def test_our_own_course_is_right():
    course = load_course(find_course(COURSE))
    assert {
        "exercise2": "activations",
        "exercise3": "losses",
        "exercise4": "dense",
    }.items() <= {exercise.name: exercise.module for exercise in course.exercises}.items()


def test_every_key_is_explained_and_none_can_be_invented():
    for name, definition in course_schema()["$defs"].items():
        assert definition["additionalProperties"] is False
        for key, schema in definition["properties"].items():
            assert schema["description"].endswith("."), f"{name}.{key}"


def test_quantities_are_words_with_their_defaults():
    limits = course_schema()["$defs"]["Limits"]["properties"]
    assert {key: schema["default"] for key, schema in limits.items()} == {
        "time": "60s",
        "call": "10s",
        "memory": "2GiB",
        "output": "1MiB",
        "disk": "64MiB",
        "source": "256KiB",
    }
    assert all(schema["type"] == "string" and "minimum" not in schema for schema in limits.values())


def test_a_key_may_be_absent_but_not_null():
    exercise = course_schema()["$defs"]["Exercise"]
    assert exercise["required"] == ["name", "files"]
    assert exercise["properties"]["due"]["type"] == "string"
    assert "null" not in json.dumps(course_schema())
