"""Extreme inputs: right, finite, and without the warnings of an overflow."""

from __future__ import annotations

import pytest
from small_exam import verdicts

from grader.checks import Suite, normal

STABLE = """
def sigmoid_forward(x):
    s = np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))
    return s, s
def sigmoid_backward(dout, s): return dout * s * (1 - s)
"""


def suite() -> Suite:
    made = Suite()
    extremes = [{"x": normal("N", "D", scale=1e4)}]
    made.pair("sigmoid", args={"x": normal("N", "D")}, gradients=["x"], extremes=extremes)
    return made


def test_a_stable_function_passes():
    assert {verdict.status for verdict in verdicts(suite(), STABLE, STABLE).values()} == {"passed"}


def test_an_overflow_is_found_though_the_value_is_right():
    naive = STABLE + "def sigmoid_forward(x):\n    s = 1 / (1 + np.exp(-x))\n    return s, s"
    verdict = verdicts(suite(), STABLE, naive)["sigmoid_forward.stable"]
    assert verdict.status == "failed"
    assert verdict.message == (
        "The value is right, but on extreme inputs sigmoid_forward(x) warns: overflow encountered in exp."
    )
    assert "numbers that are not large" in verdict.hint


def test_silencing_the_warning_does_not_help_where_the_value_is_wrong():
    quiet = "def sigmoid_forward(x):\n    with np.errstate(all='ignore'):\n        s = np.exp(x) / (1 + np.exp(x))\n"
    verdict = verdicts(suite(), STABLE, f"{STABLE}{quiet}    return s, s")["sigmoid_forward.stable"]
    assert verdict.message.startswith("Not a finite number: it is nan at index ")


@pytest.mark.filterwarnings("ignore:hm")
def test_other_warnings_are_no_matter():
    chatty = "import warnings\ndef sigmoid_backward(dout, s):\n    warnings.warn('hm')\n    return dout * s * (1 - s)"
    found = verdicts(suite(), STABLE, STABLE + chatty)
    assert found["sigmoid_backward.stable"].status == "passed"


def test_a_tiny_value_may_be_zero():
    flushed = (
        "def sigmoid_forward(x):\n    s = np.where(x < -30, 0, 1 / (1 + np.exp(-np.maximum(x, -30))))\n    return s, s"
    )
    assert verdicts(suite(), STABLE, STABLE + flushed)["sigmoid_forward.stable"].status == "passed"


def test_an_exception_on_extreme_inputs_is_told():
    strict = "def sigmoid_forward(x):\n    assert np.abs(x).max() < 100\n    s = 1 / (1 + np.exp(-x))\n    return s, s"
    verdict = verdicts(suite(), STABLE, STABLE + strict)["sigmoid_forward.stable"]
    assert verdict.status == "error"
    assert "sigmoid_forward(x) raised AssertionError" in verdict.message
