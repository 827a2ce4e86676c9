"""The reference: each question is put to it once, whoever asks, and its own faults are its author's."""

from __future__ import annotations

import numpy as np
import pytest

from grader.answers import Answer, Exchange
from grader.answers.kernel import KernelStudent
from grader.answers.reference import LiveReference
from grader.errors import SuiteError
from grader.wire import Call, Raised, ask_frame


class Counted(KernelStudent):
    """Answers, and counts the exchanges."""

    def __init__(self) -> None:
        super().__init__({"double": lambda x: 2 * x}, ["double"])
        self.asked = 0
        self.closed = False

    def sit(self, exchanges):
        self.asked += len(exchanges)
        return super().sit(exchanges)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def started():
    return []


@pytest.fixture
def reference(started):
    def start():
        started.append(Counted())
        return started[-1]

    return LiveReference(start)


def exchange(number: int, value: float) -> Exchange:
    return Exchange(number, (Call("double", [value]),), ask_frame(number, [Call("double", [value])]))


def test_it_starts_when_it_is_first_asked(reference, started):
    assert started == []
    assert reference.ask([Call("double", [2.0])])[0].value == 4.0
    assert len(started) == 1


def test_a_question_is_answered_once_whatever_its_number(reference, started):
    first = reference.sit([exchange(0, 1.0), exchange(1, 2.0)])
    second = reference.sit([exchange(7, 2.0), exchange(8, 3.0)])
    assert [first[0][0].value, first[1][0].value, second[7][0].value, second[8][0].value] == [2, 4, 4, 6]
    assert started[0].asked == 3


def test_questions_that_differ_in_the_last_bit_are_different(reference, started):
    reference.ask([Call("double", [np.array([1.0])])])
    reference.ask([Call("double", [np.nextafter(np.array([1.0]), 2)])])
    assert started[0].asked == 2


def test_what_it_answered_stays_known_when_its_bench_has_ended(reference, started):
    reference.ask([Call("double", [1.0])])
    reference.close()
    assert started[0].closed
    assert reference.ask([Call("double", [1.0])])[0].value == 2.0
    assert len(started) == 1
    assert reference.ask([Call("double", [5.0])])[0].value == 10.0
    assert len(started) == 2
    reference.close()


def test_a_conversation_is_held_once_for_a_class(reference, started):
    for _ in range(3):
        talk = reference.conversation("split.once")
        assert [talk.ask([Call("double", [x])])[0].value for x in (1.0, 1.0, 2.0)] == [2, 2, 4]
    assert started[0].asked == 3


def test_a_conversation_that_goes_another_way_is_the_authors_mistake(reference):
    reference.conversation("split.once").ask([Call("double", [1.0])])
    with pytest.raises(SuiteError, match="depends on the student's answers"):
        reference.conversation("split.once").ask([Call("double", [2.0])])


def test_two_checks_hold_two_conversations(reference):
    one, two = reference.conversation("a"), reference.conversation("b")
    assert one.ask([Call("double", [1.0])])[0].value == 2
    assert two.ask([Call("double", [5.0])])[0].value == 10


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Answer("raised", raised=Raised("SyntaxError", "invalid syntax")), "SyntaxError: invalid syntax"),
        (Answer("timeout", words="It took more than 10 seconds."), "It took more than 10 seconds."),
    ],
)
def test_a_reference_that_cannot_be_loaded_says_why(problem, words):
    broken = Counted()
    broken.problem = problem
    with pytest.raises(SuiteError) as caught:
        LiveReference(lambda: broken).ask([Call("double", [1.0])])
    assert str(caught.value) == f"The reference solution cannot be loaded. {words}"


def test_a_reference_whose_bench_was_killed_answers_from_a_new_one():
    class Killed:
        problem = None

        def __init__(self, fate):
            self.fate = fate

        def sit(self, exchanges):
            return {exchange.number: [Answer(self.fate, value=7.0)] for exchange in exchanges}

        def close(self):
            self.fate = "closed"

    benches = [Killed("died"), Killed("answered")]
    reference = LiveReference(lambda: benches.pop(0))
    assert reference.ask([Call("f", [1.0])])[0].given
    assert not benches
