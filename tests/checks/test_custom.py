"""Checks in an author's own words: plain values, objects on the bench, clear failures, stable questions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from small_exam import Room, verdicts

from grader.checks import Suite, array_expected, close, expect, expect_close
from grader.errors import SuiteError

REFERENCE = """
def split(x, n): return [x[:n], x[n:]]
def total(x): return x.sum()
def clip(x):
    x[x > 1] = 1
    return x
class Counter:
    def __init__(self, start=0): self.value = start
    def add(self, step, twice=False):
        self.value += step * (1 + twice)
        return self.value
"""


def judge(check, student: str = REFERENCE, target: str = "split", **options):
    suite = Suite()
    suite.declare(target, is_class=target == "Counter")
    suite.check(target, main=True)(check)
    return verdicts(suite, REFERENCE, student, **options)[f"{target}.{check.__name__}"]


def both_parts(student, reference, rng):
    """Both parts come back."""
    x = rng.normal(size=7)
    parts = student.call("split", x, 3)
    expect(len(parts) == 2, f"There are two parts; you returned {len(parts)}.")
    expect(close(parts, reference.call("split", x, 3)), "The parts are not those of x.", "Look at where x is cut.")


def test_what_holds_passes_and_what_does_not_fails_with_the_authors_words():
    assert judge(both_parts).status == "passed"
    verdict = judge(both_parts, "def split(x, n): return [x]")
    assert (verdict.status, verdict.message) == ("failed", "There are two parts; you returned 1.")
    assert verdict.hint is None, "nothing is known about it"


def test_a_hint_of_the_author_is_kept():
    assert judge(both_parts, "def split(x, n): return [x[: n + 1], x[n:]]").hint == "Look at where x is cut."


def test_an_exception_in_the_students_code_explains_itself():
    verdict = judge(both_parts, "def split(x, n): return x / 'a'")
    assert verdict.status == "error"
    assert verdict.message.startswith("split(…) raised ")


def test_what_an_author_did_not_foresee_in_an_answer_is_the_answers_fault():
    verdict = judge(both_parts, "def split(x, n): return 3.0")
    assert verdict.status == "failed"
    assert "cannot be used as its text says" in verdict.message


def test_numpy_scalars_come_as_plain_numbers():
    def is_a_float(student, reference, rng):
        """It is a float."""
        expect(type(student.call("total", np.ones(3))) is float, "no float")

    assert judge(is_a_float, target="total").status == "passed"


def test_the_arguments_after_a_call_can_be_looked_at():
    def in_place(student, reference, rng):
        """Works in place."""
        result, (x,) = student.after("clip", np.array([0.0, 3.0]))
        expect(close(result, x) and x[1] == 1, "x was not clipped.")

    assert judge(in_place, target="clip").status == "passed"
    assert judge(in_place, "def clip(x): return np.minimum(x, 1)", target="clip").message == "x was not clipped."


def test_an_object_stays_on_the_bench_and_answers_there():
    def counts(student, reference, rng):
        """Counts."""
        counter = student.new("Counter", 5)
        expect(counter.call("add", 2) == 7 and counter.call("add", 1, twice=True) == 9, "It does not count.")
        expect(counter.get("value") == 9, "value is not what was counted.")

    assert judge(counts, target="Counter").status == "passed"
    forgetful = REFERENCE.replace("self.value += step * (1 + twice)", "return self.value + step * (1 + twice)")
    assert judge(counts, forgetful, target="Counter").message == "It does not count."
    without = REFERENCE.replace("self.value", "self.count")
    assert "AttributeError" in judge(counts, without, target="Counter").message


def test_a_class_that_is_no_class_is_told():
    suite = Suite()
    suite.declare("Counter", is_class=True)
    found = verdicts(suite, REFERENCE, "def Counter(start): return 3")
    assert found["Counter.presence"].message == "Counter is a function; a class is expected."


def test_several_calls_are_asked_at_once():
    def twice(student, reference, rng):
        """Twice the same."""
        from grader.wire import Call

        one, two = student.exchange([Call("total", [np.ones(3)])] * 2)
        expect(one.given and close(one.value, two.value), "not the same")

    assert judge(twice, target="total").status == "passed"


def test_an_array_of_the_wrong_shape_is_told_in_words():
    def has_shape(student, reference, rng):
        """Has a shape."""
        array_expected(student.call("clip", np.zeros((2, 3))), (3, 2), "The result")

    assert judge(has_shape, target="clip").message == (
        "The result is an array of shape (2, 3); an array of shape (3, 2) is expected."
    )


def test_randomness_is_the_checks_own_and_repeats():
    drawn = []

    def draws(student, reference, rng):
        """Draws."""
        drawn.append(rng.integers(2**60))

    judge(draws, seed=3)
    judge(draws, seed=3)
    judge(draws, seed=4)
    assert drawn[0] == drawn[1] != drawn[2]


def test_a_question_to_the_reference_that_hangs_on_the_students_answer_is_the_authors_mistake():
    def leaks(student, reference, rng):
        """Leaks."""
        reference.call("total", student.call("clip", np.ones(3)))

    suite = Suite()
    suite.declare("clip")
    suite.check("clip", main=True)(leaks)
    room = Room(suite, REFERENCE, REFERENCE)
    room.judge()
    other = Room(suite, REFERENCE, "def clip(x): return 0 * x")
    other.sitting.paper.reference = room.reference
    with pytest.raises(SuiteError, match="depends on the student's answers"):
        other.judge()


def test_a_reference_that_cannot_answer_is_the_authors_mistake():
    def asks(student, reference, rng):
        """Asks."""
        reference.call("total", "a string")

    with pytest.raises(SuiteError, match=r"In total.asks, the reference cannot answer total\(…\)\. AttributeError"):
        judge(asks, target="total")


def test_what_builds_on_something_wrong_earns_half():
    def adds_up(student, reference, rng):
        """Adds up."""
        expect(close(student.call("total", np.ones(3)), 3.0), "It is not 3.")

    suite = Suite()
    suite.declare("split")
    suite.check("split", main=True)(both_parts)
    suite.declare("total")
    suite.check("total", main=True, half_without=["split.both_parts"])(adds_up)
    assert verdicts(suite, REFERENCE, REFERENCE)["total.adds_up"].share == 1
    student = REFERENCE.replace("[x[:n], x[n:]]", "[x]")
    verdict = verdicts(suite, REFERENCE, student)["total.adds_up"]
    assert (verdict.status, verdict.share) == ("failed", Fraction(1, 2))
    assert verdict.message == "total is right, but builds on what is wrong (split.both_parts): half of the points."


@pytest.mark.parametrize(
    ("got", "want", "words"),
    [
        (2.0, 3.0, "The loss is 2; expected is 3. Look again."),
        (np.array([1.0, 5.0]), np.array([1.0, 2.0]), "The loss at index [1] is 5; expected is 2. Look again."),
        (np.ones(2), np.ones(3), "The loss: its shape is (2,), and (3,) is expected. Look again."),
        (None, 1.0, "The loss: it is None, and one number is expected. Look again."),
    ],
)
def test_what_is_furthest_off_is_named(got, want, words):
    def is_close(student, reference, rng):
        """Is close."""
        expect_close(got, want, "The loss", "Look again.")

    assert judge(is_close).message == words


def test_what_is_close_is_no_failure():
    def is_close(student, reference, rng):
        """Is close."""
        expect_close([np.ones(2), 1.0], [np.ones(2), 1.0], "The loss")

    assert judge(is_close).status == "passed"
