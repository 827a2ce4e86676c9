"""A tiny course: one exercise with a pair and a function, whole and real, for every test that needs a course."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

_TINY = Path(__file__).parent / "tiny_course"


def pytest_configure() -> None:
    """Commands are started as a shell's user starts them, also where CI runs in the background and ignores signals."""
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


@pytest.fixture(scope="session")
def recorded_course(tmp_path_factory) -> Path:
    """The tiny course with its answers recorded; it belongs to all tests: read it, and change nothing in it."""
    from grader.course import load_course
    from grader.examiner import Examiner

    root = tmp_path_factory.mktemp("recorded") / "course"
    shutil.copytree(_TINY, root)
    course = load_course(root)
    with Examiner(course, course.exercises[0]) as examiner:
        answers = examiner.record()
    (root / "exercises" / "exercise1" / "answers.npz").write_bytes(answers)
    return root


@pytest.fixture
def tiny_course(recorded_course, tmp_path) -> Path:
    """A copy of the tiny course of one's own: an instructor's, with `solutions/`, and still the stub to hand in."""
    return Path(shutil.copytree(recorded_course, tmp_path / "course"))


@pytest.fixture
def students_course(tiny_course) -> Path:
    """The tiny course as a student has it: without `solutions/`."""
    shutil.rmtree(tiny_course / "solutions")
    return tiny_course


@pytest.fixture
def right_answer() -> bytes:
    """A right answer to exercise1 of the tiny course."""
    return (_TINY / "solutions" / "exercise1" / "squares.py").read_bytes()
