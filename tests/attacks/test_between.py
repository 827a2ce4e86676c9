"""What one submission could do to the next, what a notebook could do, and what is known not to be locked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.report import encode
from grader.submission import read_submission

_HONEST = """
import os, sys, tempfile
def square_forward(x):
    return x**2, x
def square_backward(dout, cache):
    return 2 * cache * dout
"""
_IN_PLACE = (
    _HONEST
    + """
def scale(x, factor):
    x *= factor
    return x
"""
)
_LIE = """
frame = sys._getframe()
while frame is not None:
    for name in [name for name in frame.f_globals if "same" in name or "unchanged" in name]:
        frame.f_globals[name] = lambda *args: True
    frame = frame.f_back
"""


@pytest.fixture
def grade(hall, tmp_path):
    """Grade the text of a submission."""

    def run(text: str):
        path = tmp_path / "own" / "submission.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return hall.examine(path)[0]

    return run


def test_nothing_is_left_for_the_next_submission(grade):
    leave = """
import numpy, json
for name in ("sitecustomize.py", "numpy.py", "left"):
    open(name, "w").write("left = True")
numpy.left = json.left = os.environ["LEFT"] = "left"
print(sorted(os.listdir(".")))
"""
    look = """
import numpy, json
print(os.listdir("."), hasattr(numpy, "left"), hasattr(json, "left"), "LEFT" in os.environ, "left" in sys.modules)
"""
    assert "'left', 'numpy.py', 'sitecustomize.py'" in grade(_HONEST + leave).output
    assert grade(_HONEST + look).output == "[] False False False False\n"


def test_two_benches_of_one_submission_share_no_files(grade):
    text = _HONEST + "print(os.listdir('.'))\nopen('left', 'w').close()\ndef scale(x, factor):\n    os._exit(1)\n"
    assert set(grade(text).output.splitlines()) == {"[]"}


def test_a_notebook_is_locked_in_too(hall, tmp_path):
    lines = [_HONEST, f"print(open({str(hall.canaries.file)!r}).read())", "def scale(x, factor): return x * factor"]
    cells = [
        {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None} for text in lines
    ]
    path = Path(tmp_path, "answer.ipynb")
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}), encoding="utf-8")
    report = hall.examiner.examine(read_submission(path, hall.exercise, hall.root))
    assert report.score == 10
    assert hall.canaries.secrets["file"] not in encode(report).decode()
    assert any("PermissionError" in note for note in report.notes)
    assert hall.canaries.touched() == []


def test_a_lie_about_changed_inputs_keeps_the_tenth_and_no_more(grade):
    told, lied = grade(_IN_PLACE), grade(_IN_PLACE + _LIE)
    assert told.max_score - told.score == pytest.approx(0.4)
    assert lied.score - told.score <= 0.4 + 1e-9


def test_what_a_name_says_of_a_file_can_be_seen_and_nothing_of_what_is_in_it(grade, hall):
    text = (
        _HONEST
        + f"""
print(os.stat({str(hall.canaries.file)!r}).st_size)
try:
    open({str(hall.canaries.file)!r})
except PermissionError:
    print("refused")
"""
    )
    assert grade(text).output == f"{hall.canaries.file.stat().st_size}\nrefused\n"
