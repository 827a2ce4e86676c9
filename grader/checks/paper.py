"""The paper: the questions of one suite for one seed, with the reference's answers. Set once for a whole class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from grader.answers import Answer, Exchange, Referee
from grader.checks.cases import Case
from grader.checks.draw import Draw
from grader.errors import SuiteError
from grader.wire import Call, ask_frame

PUBLIC_SEED = 20_260_901
"""The seed of the public checks, whose answers are recorded for students."""


class Question(msgspec.Struct, frozen=True):
    """A case that has been drawn, and its right answers."""

    case: Any
    args: dict[str, Any]
    sizes: dict[str, int]
    exchange: Exchange
    expected: list[Answer]


class Paper:
    """Questions by the keys of their cases."""

    def __init__(self, seed: int, reference: Referee) -> None:
        self.seed = seed
        self.reference = reference
        self._questions: dict[str, Question] = {}

    @property
    def is_public(self) -> bool:
        """Whether these are the questions whose answers students have."""
        return self.seed == PUBLIC_SEED

    def question(self, case: Case) -> Question:
        """Return the question of a case; one that was not set before is set now."""
        if case.key not in self._questions:
            self.set([case])
        return self._questions[case.key]

    def set(self, cases: Iterable[Case]) -> list[Question]:
        """Draw the cases, and let the reference answer all of them in two goes."""
        wanted = {case.key: case for case in cases}
        new = [case for key, case in wanted.items() if key not in self._questions]
        draws = [case.draw(self.seed) for case in new]
        firsts = self._ask([(case, case.first(draw)) for case, draw in zip(new, draws, strict=True)], 0)
        asked = [(case, case.calls(draw, first)) for case, draw, first in zip(new, draws, firsts, strict=True)]
        start = len(self._questions)
        answers = self._ask(asked, start)
        for offset, (case, draw, (_, calls), expected) in enumerate(zip(new, draws, asked, answers, strict=True)):
            self._questions[case.key] = _question(start + offset, case, draw, calls, expected)
        return [self._questions[key] for key in wanted]

    def _ask(self, asked: Sequence[tuple[Case, list[Call]]], start: int) -> list[list[Answer]]:
        exchanges = [
            Exchange(start + offset, tuple(calls), ask_frame(start + offset, calls), case.seconds, case.chance)
            for offset, (case, calls) in enumerate(asked)
        ]
        answers = self.reference.sit([exchange for exchange in exchanges if exchange.calls])
        result = []
        for (case, calls), exchange in zip(asked, exchanges, strict=True):
            given: list[Answer] = answers[exchange.number] if calls else []
            for call, answer in zip(calls, given, strict=True):
                if not answer.given:
                    words = f"{answer.raised.type}: {answer.raised.message}" if answer.raised else answer.words
                    raise SuiteError(f"The reference cannot answer {call.name} in the case {case.key}. {words}")
            result.append(given)
        return result


def _question(number: int, case: Case, draw: Draw, calls: list[Call], expected: list[Answer]) -> Question:
    exchange = Exchange(number, tuple(calls), ask_frame(number, calls), case.seconds)
    return Question(case, draw.args, draw.sizes, exchange, expected)
