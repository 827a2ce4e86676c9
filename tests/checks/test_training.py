"""A training goes on until enough is learnt or the epochs are used up, and says how far it came."""

from __future__ import annotations

import numpy as np
import pytest
from small_exam import Room

from grader.checks import Suite, Task, Terms
from grader.checks.check import Verdict
from grader.checks.training import accuracy
from grader.errors import CourseError

LEARNER = """
class Learner:
    def __init__(self):
        self.epoch = 0
    def learn(self, x):
        self.epoch += 1
        return {curve}[self.epoch - 1]
    def epochs(self):
        return self.epoch
"""
NO_TASK = Task(None, None, None, None)


def learner(curve) -> str:
    return LEARNER.format(curve=list(curve))


def judge(student: str, terms: Terms, *, epochs=None, **options) -> tuple[Verdict, Room]:
    """Train the student's Learner, whose learn returns what the measure is."""

    def learning(student, task, rng):
        """Learns."""
        made = student.new("Learner")
        while True:
            yield made.call("learn", np.zeros(3))

    suite = Suite()
    suite.declare("Learner", is_class=True)
    options = {"data": lambda rng, terms: NO_TASK, "measure": lambda student, second, got, task, rng: got} | options
    suite.training("Learner", **options)(epochs or learning)
    room = Room(suite, learner([0.0]), student)
    room.sitting.terms = terms
    return room.judge()["Learner.learning"], room


def asked(room: Room) -> int:
    return len(room.sitting.spoken["Learner.learning"]) - 1


AT_LEAST = Terms("cpu", at_least=0.8, epochs=6)


def test_it_stops_as_soon_as_the_threshold_is_passed_by_the_margin():
    verdict, room = judge(learner([0.3, 0.6, 0.805, 0.82, 0.99, 0.99]), AT_LEAST)
    assert verdict.status == "passed"
    assert asked(room) == 4
    assert verdict.detail["curve"] == [
        {"epoch": 1, "value": 0.3},
        {"epoch": 2, "value": 0.6},
        {"epoch": 3, "value": 0.805},
        {"epoch": 4, "value": 0.82},
    ]
    assert verdict.detail["threshold"] == 0.8


def test_the_best_epoch_counts_when_all_are_used_up():
    verdict, room = judge(learner([0.3, 0.6, 0.805, 0.79, 0.78, 0.6]), AT_LEAST)
    assert (verdict.status, asked(room)) == ("passed", 6)


def test_whoever_falls_short_is_told_by_how_much_and_where_learning_stopped():
    verdict, _ = judge(learner([0.3, 0.6, 0.774, 0.775, 0.772, 0.77]), AT_LEAST)
    assert verdict.status == "failed"
    assert "0.775 at its best, after epoch 4 of 6; at least 0.800 is needed (0.025 are missing)" in verdict.message
    assert "0.300, 0.600, 0.774, 0.775, 0.772, 0.770" in verdict.message
    assert "Learning stopped after epoch 3" in verdict.message


def test_whoever_is_still_learning_is_told_so():
    verdict, _ = judge(learner([0.1, 0.2, 0.3, 0.4, 0.5, 0.6]), AT_LEAST)
    assert "still learning" in verdict.message


def test_whoever_never_learns_is_told_so():
    verdict, _ = judge(learner([0.1] * 6), AT_LEAST)
    assert "Nothing was learnt after the first epoch" in verdict.message


def test_a_loss_has_to_fall_below_its_threshold():
    terms = Terms("cpu", at_most=110.0, epochs=4)
    verdict, room = judge(learner([180.0, 120.0, 109.0, 50.0]), terms, margin=0.5, unit="negative ELBO")
    assert (verdict.status, asked(room)) == ("passed", 3)
    verdict, _ = judge(learner([180.0, 130.0, 125.0, 124.9]), terms, margin=0.5, unit="negative ELBO")
    assert "The negative ELBO on unseen data is 124.90 at its best" in verdict.message
    assert "at most 110.00 is needed (14.90 are missing)" in verdict.message


@pytest.mark.parametrize("curve", [[float("nan")] * 6, [float("inf")] * 6])
def test_what_is_no_number_is_never_enough(curve):
    verdict, _ = judge(learner(curve).replace("nan", "np.nan").replace("inf", "np.inf"), AT_LEAST)
    assert verdict.status == "failed"


def test_an_error_in_the_third_epoch_keeps_the_curve_so_far():
    verdict, _ = judge(learner([0.1, 0.2]), AT_LEAST)
    assert verdict.status == "error"
    assert "IndexError" in verdict.message
    assert [point["value"] for point in verdict.detail["curve"]] == [0.1, 0.2]


def test_without_a_threshold_the_course_is_at_fault():
    with pytest.raises(CourseError, match=r"cuda: \{at_least"):
        judge(learner([0.1]), Terms("cuda"))


def test_the_data_are_drawn_from_the_seed_and_follow_the_course():
    seen = []

    def data(rng, terms):
        seen.append((rng.integers(1000), terms.data, terms.device))
        return NO_TASK

    terms = Terms("cpu", at_least=0.5, epochs=1, data="mnist")
    judge(learner([0.6]), terms, data=data)
    judge(learner([0.6]), terms, data=data)
    assert seen[0] == seen[1]
    assert seen[0][1:] == ("mnist", "cpu")


def test_a_second_bench_has_seen_nothing_of_the_first():
    def epochs_of_the_other(student, second, got, task, rng):
        return float(second().new("Learner").call("epochs"))

    verdict, _ = judge(learner([0.1] * 6), Terms("cpu", at_most=0.0, epochs=6), measure=epochs_of_the_other, margin=0)
    assert verdict.status == "passed"


class Said:
    """Somebody whose model answers so."""

    def __init__(self, logits):
        self.logits = logits

    def call(self, name, model, x):
        return self.logits


def hits(logits) -> float:
    y = np.array([0, 1, 2, 2])
    task = Task(np.zeros((4, 1)), y, np.zeros((4, 1), np.float32), y)
    return accuracy(Said(logits), lambda: Said(logits), None, task, None)


def test_the_hits_are_counted_by_the_examiner():
    right = np.eye(3, dtype=np.float32)[[0, 1, 2, 2]]
    assert hits(right) == 1.0
    assert hits(right[[0, 1, 0, 1]]) == 0.5


@pytest.mark.parametrize(
    ("logits", "words"),
    [
        (1.0, "logits of shape (4, 3) are due"),
        (np.zeros((4, 2), np.float32), "logits of shape (4, 3) are due"),
        (np.zeros((4, 3), np.int64), "logits of shape (4, 3) are due"),
        (np.full((4, 3), np.nan, np.float32), "diverged"),
    ],
)
def test_what_are_no_logits_is_said(logits, words):
    with pytest.raises(Exception, match=words.replace("(", r"\(").replace(")", r"\)")):
        hits(logits)
