"""Failures in words: the call as a student would write it, shapes, values side by side, tracebacks, figures."""

from __future__ import annotations

import numpy as np
import pytest

from grader.answers import Answer
from grader.checks.explain import call_words, figures, shapes_words, show, show_parts, traceback_text, unanswered
from grader.wire import Call, Foreign, Frame, Handle, Raised, Scalar


def test_a_call_is_written_with_the_names_of_its_arguments():
    assert call_words(Call("mse_forward", [1, 2]), ["pred", "target"]) == "mse_forward(pred, target)"
    assert call_words(Call("relu", [1], {"alpha": 2}), ["x"]) == "relu(x, alpha=alpha)"
    assert call_words(Call("f", [1, 2]), ["x"]) == "f(x, …)"


def test_arguments_are_described_by_shapes_and_numbers():
    args = {
        "x": np.zeros((2, 3)),
        "alpha": 0.123456,
        "n": 4,
        "mode": "train",
        "param": {"stride": 2, "eps": 1e-5, "mean": np.zeros(3)},
        "layers": [(np.zeros((2, 3)), np.zeros(3))],
    }
    assert shapes_words(args) == (
        "x of shape (2, 3), alpha = 0.1235, n = 4, mode = 'train', "
        "param = {'stride': 2, 'eps': 1e-05, 'mean': array of shape (3,)}, layers ([[(2, 3), (3,)]])"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.123456789, "0.123457"),
        (Scalar(2.5, "float32"), "2.5"),
        (np.array([1.0, -2.0]), "[ 1., -2.]"),
        (np.zeros((20, 30)), "(an array of shape (20, 30))"),
        (None, "None"),
        ([1.0, np.array([2.0])], "1, [2.]"),
        ({"a": 1.0}, "{'a': 1}"),
        ("text", "a string"),
        (Handle(1, "generator"), "an object of type generator"),
        (Foreign("a numpy.matrix"), "a numpy.matrix"),
    ],
    ids=str,
)
def test_values_are_shown_short(value, text):
    assert show(value) == text


def test_the_parts_of_an_answer_stand_under_each_other_with_their_names():
    shown = show_parts([np.eye(2), np.array([3.0])], ("dx", "dw"))
    assert shown == "dx = [[1., 0.],\n      [0., 1.]]\ndw = [3.]"


def test_an_exception_is_told_with_its_line():
    raised = Raised("ValueError", "no", [Frame("losses.py", 4, "mse", "raise ValueError('no')")])
    verdict = unanswered(Answer("raised", raised=raised), "mse(pred)")
    assert (verdict.status, verdict.message) == ("error", "mse(pred) raised ValueError: no (line 4 of losses.py)")
    assert (verdict.detail["file"], verdict.detail["line"]) == ("losses.py", 4)
    assert verdict.detail["traceback"] == (
        "losses.py, line 4, in mse\n    raise ValueError('no')\nValueError: no"
    )  # fmt: skip


def test_an_exception_without_words_says_so():
    verdict = unanswered(Answer("raised", raised=Raised("AssertionError", "")), "f()")
    assert verdict.message == "f() raised AssertionError: (no message)"


@pytest.mark.parametrize(
    ("answer", "status", "message"),
    [
        (Answer("timeout", words="It took more than 3 seconds."), "timeout", "f(x): it took more than 3 seconds."),
        (Answer("died", words="It crashed."), "error", "f(x): it crashed."),
        (Answer("overtime", words="The submission used up its 9 seconds."), "timeout",
         "f(x): the submission used up its 9 seconds."),
        (Answer("unasked", words="The call before it hung."), "skipped", "The call before it hung."),
        (Answer("raised", raised=Raised("Unanswerable", "it returned None")), "failed", "f(x): it returned None."),
        (Answer("raised", raised=Raised("NotImplementedError", "x", unwritten=True)), "error", "f is not written yet."),
    ],
)  # fmt: skip
def test_every_way_of_giving_no_answer_has_its_words(answer, status, message):
    verdict = unanswered(answer, "f(x)")
    assert (verdict.status, verdict.message) == (status, message)


def test_a_syntax_error_has_its_caret():
    raised = Raised("SyntaxError", "invalid syntax", [Frame("a.py", 2, "", "y = = 2\n")], column=5)
    assert traceback_text(raised) == "a.py, line 2\n    y = = 2\n        ^\nSyntaxError: invalid syntax"


def test_where_an_answer_is_wrong_is_given_in_figures():
    want = np.arange(6.0).reshape(2, 3)
    got = want.copy()
    got[1, 2] = 9.0
    got[0, 1] = np.nan
    found = figures([want, got], [want, want], ("dx", "dw"))
    assert found["part"] == "dw"
    assert found["wrong_at"] == [[[0, 1], None, 1.0], [[1, 2], 9.0, 5.0]]
    assert found["heat"] == {"shape": [2, 3], "errors": [[0.0, None, 0.0], [0.0, 0.0, 4.0]]}


def test_a_large_or_deep_error_is_cut_to_a_map_that_can_be_drawn():
    want = np.zeros((3, 50, 60))
    assert figures(want + 1, want)["heat"]["shape"] == [40, 40]
    assert figures(np.ones(7), np.zeros(7))["heat"]["shape"] == [1, 7]


def test_what_cannot_be_drawn_has_no_figures():
    assert figures(np.zeros((2, 3)), np.zeros((3, 2))) == {}
    assert figures(1.0, 2.0) == {}
    assert figures(np.ones(2), np.ones(2)) == {}
