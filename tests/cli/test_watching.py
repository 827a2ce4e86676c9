"""`grade check --watch`: a new report at each save, however the editor saves, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest
from processes import COMMAND, ENVIRONMENT, alive, descendants, until

from grader.cli.watch import look, settle


@pytest.fixture
def watching(tiny_course, tmp_path, hand_in, right_answer):
    """Begin to watch, and return what reads the next report; its first is of a right answer."""
    hand_in(right_answer)
    log = tmp_path / "log"
    running = []

    def begin(*arguments):
        with log.open("wb") as file:
            running.append(
                subprocess.Popen(
                    [*COMMAND, "check", "exercise1", "--watch", "-q", *arguments],
                    cwd=tiny_course, env=ENVIRONMENT, stdout=file, stderr=file,
                )
            )  # fmt: skip
        read = 0

        def following():
            nonlocal read
            text = until(
                lambda: log.read_text()[read:] if log.read_text().endswith("\n") and log.stat().st_size > read else ""
            )
            read += len(text)
            return text.strip()

        return following

    yield begin
    for process in running:
        family = descendants(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert log.read_text().endswith("Stopped.\n")
        until(lambda family=family: not alive(family))


def test_each_way_of_saving_is_noticed(watching, hand_in, right_answer, tiny_course):
    following = watching()
    assert following() == "exercise1: 10 of 10 points"
    module = hand_in(right_answer.replace(b" * dout", b""))
    assert following() == "exercise1: 7 of 10 points"
    (tiny_course / "new").write_bytes(right_answer)
    os.replace(tiny_course / "new", module)
    assert following() == "exercise1: 10 of 10 points"
    module.write_bytes(b"")
    module.write_bytes(right_answer.replace(b"x * factor", b"x + factor"))
    assert following() == "exercise1: 6 of 10 points"
    module.write_text("def square_forward(:\n")
    assert following() == "exercise1: 0 of 10 points"
    module.unlink()
    assert following() == "exercise1: 0 of 10 points"
    hand_in(right_answer)
    assert following() == "exercise1: 10 of 10 points"


def test_a_changed_course_is_read_again_and_a_broken_one_is_waited_for(watching, tiny_course):
    following = watching()
    assert following() == "exercise1: 10 of 10 points"
    course = tiny_course / "course.yaml"
    whole = course.read_text()
    course.write_text(whole.replace("points: 10", "points: 20"))
    assert following() == "exercise1: 20 of 20 points"
    course.write_text(whole.replace("points: 10", "pionts: 10"))
    assert "Did you mean 'points'?" in following()
    course.write_text(whole)
    assert following() == "exercise1: 10 of 10 points"
    checks = tiny_course / "exercises" / "exercise1" / "checks.py"
    suite = checks.read_text()
    checks.write_text(suite.replace("suite = Suite()", "suite = Sweet()"))
    assert "cannot be run: NameError" in following()
    checks.write_text(suite.split("@suite.check")[0])
    assert following() == "exercise1: 10 of 10 points"


def test_a_page_can_be_kept_fresh(watching, hand_in, right_answer, tiny_course):
    following = watching("--format", "html", "--output", "report.html")
    assert following() == "exercise1: 10 of 10 points · report.html"
    hand_in(right_answer.replace(b" * dout", b""))
    assert following() == "exercise1: 7 of 10 points · report.html"
    assert "7 of 10" in (tiny_course / "report.html").read_text()


def test_a_misspelt_name_ends_it_at_once(grade):
    done = grade("check", "exercise1", "--watch", "--only", "squere_forward")
    assert done.returncode == 2
    assert "Did you mean 'square_forward'?" in done.stderr


def test_a_file_that_an_editor_has_emptied_is_waited_for(tmp_path):
    module = tmp_path / "squares.py"
    module.write_text("whole")
    before = look([module])
    assert settle([module], before) == before
    module.write_text("")
    assert settle([module], before) == look([module])  # in the end an empty file is an answer too
