"""Training judged by the examiner: its own labels, its own count, a second bench that has seen nothing."""

from __future__ import annotations

import numpy as np
import pytest
from small_exam import Room, verdicts

from grader.checks import Suite, Task

NEAREST = """
def fit(x, y, seed=0):
    return [x[y == label].mean(axis=0) for label in range(int(y.max()) + 1)]
def scores(x, centres):
    return -((x[:, None] - np.stack(centres)) ** 2).sum(axis=2), None
"""


def clouds(rng) -> Task:
    y = rng.integers(0, 3, 300)
    x = rng.normal(size=(300, 2)) * 0.3 + np.array([[0, 0], [3, 0], [0, 3]])[y]
    return Task(x[:200], y[:200], x[200:], y[200:])


def suite(at_least: float = 0.95) -> Suite:
    made = Suite()
    made.accuracy(
        "fit", "clouds", "Tells three clouds apart.", data=clouds, train={}, predict="scores", at_least=at_least
    )
    return made


@pytest.mark.parametrize("seed", range(5))
def test_what_has_learnt_passes(seed):
    assert verdicts(suite(), NEAREST, NEAREST, seed=seed)["fit.clouds"].status == "passed"


def test_what_has_not_learnt_is_told_how_far_it_is():
    verdict = verdicts(suite(), NEAREST, NEAREST + "def fit(x, y, seed): return [np.zeros(2)] * 3")["fit.clouds"]
    assert verdict.status == "failed"
    assert "of 100 unseen points are right; 0.950 is needed" in verdict.message
    assert verdict.message.endswith("Asked: fit(x, y, seed)")
    assert verdict.detail["threshold"] == 0.95
    assert 0 < verdict.detail["accuracy"] < 0.6
    assert np.sum(verdict.detail["confusion"]) == 100


def test_the_predictions_are_asked_of_another_bench():
    memory = NEAREST + "SEEN = []\ndef fit(x, y, seed):\n    SEEN.append(1)\n    return [np.zeros(2)] * 3\n"
    spy = (
        memory
        + "def scores(x, centres):\n    assert not SEEN, 'the same bench'\n    return np.zeros((len(x), 3)), None"
    )
    assert "raised" not in verdicts(suite(), NEAREST, spy)["fit.clouds"].message


WRONG = {
    "labels for scores": ("def scores(x, c): return np.zeros(len(x)), None", "scores of shape (100, 3) are due."),
    "one column too many": ("def scores(x, c): return np.zeros((len(x), 4)), None", "scores of shape (100, 3) are"),
    "complex scores": ("def scores(x, c): return np.zeros((len(x), 3)) + 0j, None", "scores of shape (100, 3) are"),
    "nan": ("def scores(x, c): return np.full((len(x), 3), np.nan), None", "are not finite: the training diverged."),
    "an object for parameters": (
        "def fit(x, y, seed): return object()",
        "fit returns an object of type object; parameters are arrays, in lists or tuples.",
    ),
    "an error while training": ("def fit(x, y, seed): return x @ y", "fit raised ValueError: matmul"),
    "an error while predicting": (
        "def scores(x, c): return x @ x",
        "scores with the trained parameters raised ValueErr",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_judged_is_told_why(case):
    code, words = WRONG[case]
    verdict = verdicts(suite(), NEAREST, NEAREST + code)["fit.clouds"]
    assert verdict.status in ("failed", "error")
    assert words in verdict.message


def test_the_labels_of_the_test_never_reach_the_student():
    asked = []
    room = Room(suite(), NEAREST, NEAREST)
    inner = room.sitting.student.ask
    room.sitting.student.ask = lambda calls, seconds=None: asked.extend(calls) or inner(calls, seconds)
    room.judge()
    (call,) = asked
    assert call.name == "fit"
    assert [len(argument) for argument in call.args] == [200, 200]
