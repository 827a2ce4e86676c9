"""Ctrl-C and a polite signal, at any moment: one line, the exit code of the signal, and no process left behind."""

from __future__ import annotations

import signal

import pytest
from processes import alive, descendants, until

HANGS = b"def square_forward(x):\n    while True:\n        pass\n"
HANGS_AT_IMPORT = b"while True:\n    pass\n"
SLEEPS = b"import time\ndef square_forward(x):\n    time.sleep(1000)\n"


def _end(process, number):
    family = descendants(process.pid)
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    until(lambda: not alive(family))
    return process.returncode, out, err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("isolation", ["auto", "none"])
@pytest.mark.parametrize("answer", [HANGS, HANGS_AT_IMPORT, SLEEPS])
def test_while_the_students_code_hangs(start, hand_in, number, code, isolation, answer):
    hand_in(answer)
    process = start("check", "--isolation", isolation)
    busy = 3 if isolation == "auto" else 2  # the server's two and a bench; the reference's bench and the student's
    until(lambda: len(descendants(process.pid)) >= busy or process.poll() is not None)
    assert _end(process, number) == (code, "", "Stopped.\n")


@pytest.mark.parametrize("isolation", ["auto", "none"])
def test_while_the_first_process_is_starting(start, isolation):
    process = start("check", "--isolation", isolation)
    until(lambda: descendants(process.pid))
    assert _end(process, signal.SIGINT) == (130, "", "Stopped.\n")


def test_when_the_examiner_is_killed_its_benches_go_too(start, hand_in):
    hand_in(HANGS)
    for isolation in ("auto", "none"):
        process = start("check", "--isolation", isolation)
        family = until(lambda: len(found := descendants(process.pid)) >= 2 and found)
        process.kill()
        until(lambda: not alive(family))
