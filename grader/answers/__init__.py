"""Who answers questions: a student's bench, the reference, recorded answers, or the objects of a notebook's kernel.

All are the same kind of thing: something that is asked calls and gives answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Protocol

import msgspec

from grader.wire import Call, Raised, Reply, Signature

Fate = Literal["answered", "raised", "timeout", "died", "overtime", "unasked"]


class Answer(msgspec.Struct, frozen=True):
    """What came back for one call."""

    fate: Fate
    value: Any = None
    raised: Raised | None = None
    echo: Any = None
    """The arguments after the call that were asked for."""
    changed: list[int] = []
    """The guarded arguments, by their places, that the call has changed."""
    warnings: list[str] = []
    seconds: float = 0.0
    words: str = ""
    """Why there is no answer, in a sentence."""

    @property
    def given(self) -> bool:
        """Whether the call returned."""
        return self.fate == "answered"


class Exchange(msgspec.Struct, frozen=True):
    """Calls that are asked in one go, with the bytes that ask them."""

    number: int
    calls: tuple[Call, ...]
    payload: bytes
    seconds: float | None = None
    """How long one call may take, where the exercise's own limit does not fit."""
    chance: bool = False
    """The right answers are random numbers: only their shapes are worth remembering."""


class Answerer(Protocol):
    """Answers calls."""

    def ask(self, calls: Sequence[Call], seconds: float | None = None) -> list[Answer]:
        """Return an answer to each call of one exchange."""


class Referee(Answerer, Protocol):
    """Who knows the right answers."""

    def sit(self, exchanges: Sequence[Exchange]) -> dict[int, list[Answer]]:
        """Return the answers to many exchanges, by their numbers."""

    def conversation(self, name: str) -> Answerer:
        """Return an answerer for one check, whose questions may build on each other."""

    def close(self) -> None:
        """Nothing more will be asked."""


class Candidate(Answerer, Protocol):
    """Whose work is judged."""

    @property
    def defines(self) -> dict[str, Signature]:
        """The asked names that are there."""

    @property
    def problem(self) -> Answer | None:
        """Why nothing can be asked at all."""

    def sit(self, exchanges: Sequence[Exchange]) -> dict[int, list[Answer]]:
        """Return the answers to many exchanges, by their numbers."""

    @property
    def output(self) -> str:
        """What it printed."""

    @property
    def output_cut(self) -> bool:
        """Whether it printed more than is kept."""

    @property
    def notes(self) -> list[str]:
        """What a person should know about how it was read."""

    def close(self) -> None:
        """Nothing more will be asked."""


def answer_of(reply: Reply) -> Answer:
    """Return a reply as an answer."""
    fate: Fate = "raised" if reply.raised else "answered"
    return Answer(fate, reply.value, reply.raised, reply.echo, reply.changed, reply.warnings, reply.seconds)
