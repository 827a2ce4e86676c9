"""A class: a folder in which students of the tiny course have handed something in."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from grader.course import Course, Exercise, load_course

IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


@pytest.fixture
def course(recorded_course) -> Course:
    """The tiny course; it belongs to all tests."""
    return load_course(recorded_course)


@pytest.fixture
def exercise(course) -> Exercise:
    """Its one exercise."""
    return course.exercises[0]


@pytest.fixture
def school(tmp_path) -> Path:
    """The folder of a class, empty."""
    folder = tmp_path / "class"
    folder.mkdir()
    return folder


@pytest.fixture
def hand_in(school, right_answer):
    """Put a file into the class: the right answer, if nothing else is said."""

    def save(path: str, data: bytes | str | None = None) -> Path:
        place = school / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(right_answer if data is None else data.encode() if isinstance(data, str) else data)
        return place

    return save


@pytest.fixture
def commit():
    """Commit all that lies in a folder, at a moment; the folder becomes a repository."""

    def run(folder: Path, moment: str) -> None:
        environment = os.environ | IDENTITY | {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment}
        if not (folder / ".git").exists():
            subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True, env=environment)
        for words in (["add", "-A"], ["commit", "-q", "-m", "my answer"]):
            subprocess.run(["git", "-C", folder, *words], check=True, env=environment)

    return run
