"""One exercise, its course, and a way to hand something in."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from specimens import LOSSES, STUB

from grader.course import Exercise
from grader.submission import Submission, read_submission


@pytest.fixture
def course_root(tmp_path) -> Path:
    """A course with the stub of exercise3."""
    root = tmp_path / "course"
    folder = root / "exercises" / "exercise3"
    folder.mkdir(parents=True)
    (folder / "losses.py").write_bytes(STUB)
    return root


@pytest.fixture
def homework(tmp_path) -> Path:
    """An empty folder to hand something in with."""
    folder = tmp_path / "homework"
    folder.mkdir()
    return folder


@pytest.fixture
def hand_in(course_root):
    """Hand in what lies at a path; what was read obeys the rules that hold for every submission."""

    def read(path: Path, exercise: Exercise = LOSSES) -> Submission:
        submission = read_submission(path, exercise, course_root)
        assert set(submission.files) <= set(exercise.files)
        assert all(len(data) <= 2 * exercise.limits.source + 4096 for data in submission.files.values())
        assert submission.digest.startswith("sha256:")
        assert submission.source
        for sentence in (submission.problem or "Fine.", *submission.notes):
            assert sentence.isprintable()
            assert len(sentence) < 500
            assert sentence.endswith(".")
        return submission

    return read


@pytest.fixture
def powerless(hand_in) -> Iterator[Path]:
    """A folder of one's own, and no right to read what others keep to themselves, also where root runs the tests."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    if os.geteuid() != 0:
        yield folder
    else:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
        try:
            yield folder
        finally:
            os.seteuid(0)
    for place, _, _ in os.walk(folder):
        Path(place).chmod(0o755)
    shutil.rmtree(folder)
