"""Ways in which an answer can be wrong, and someone who answers in them: what no bench has to be started for."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np

from grader.answers import Answer, Exchange
from grader.wire import Call, Foreign, Handle, Raised, Scalar, Signature, ask_frame


def _each(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Change every number and array of a value, and leave its form."""

    def changed(value: Any) -> Any:
        if isinstance(value, list):
            return [changed(item) for item in value]
        if isinstance(value, dict):
            return {key: changed(item) for key, item in value.items()}
        if isinstance(value, Scalar):
            return changed(np.asarray(value.value))
        if isinstance(value, (np.ndarray, float, int)):
            return change(np.asarray(value))
        return None

    return changed


def _half_and_half(array: Any) -> Any:
    """Numbers so large that their sum is infinite on both sides, and nan in the end."""
    flat = np.full(array.size, 1e308)
    flat[array.size // 2 :] = -1e308
    return flat.reshape(array.shape)


WRONG: dict[str, Callable[[Any], Any]] = {
    "none": lambda value: None,
    "true": lambda value: True,
    "words": lambda value: "passed",
    "an endless word": lambda value: "x" * (1 << 16),
    "empty list": lambda value: [],
    "a list of itself": lambda value: [value, value, value],
    "a dict of itself": lambda value: {"\x1b[2J": value, "": value},
    "nested": lambda value: [[[[[[[[[[value]]]]]]]]]],
    "many": lambda value: [0.0] * 90_000,
    "a handle": lambda value: Handle(2**32 - 1, "ndarray"),
    "a stranger": lambda value: Foreign("an array of \x1b[2J"),
    "a complex number": lambda value: Scalar(1j, "complex128"),
    "nan": lambda value: float("nan"),
    "the largest integer": lambda value: 2**64 - 1,
    "no elements": lambda value: np.zeros((0, 3)),
    "sixteen axes": lambda value: np.zeros((0,) * 16),
    "one axis": lambda value: np.arange(3.0),
    "a large array": lambda value: np.ones((700, 700)),
    "nan inside": _each(lambda array: np.full(array.shape, np.nan)),
    "infinities inside": _each(lambda array: np.full(array.shape, -np.inf)),
    "both infinities": _each(_half_and_half),
    "the largest numbers": _each(lambda array: np.full(array.shape, np.finfo(float).max)),
    "the smallest numbers": _each(lambda array: np.full(array.shape, 5e-324)),
    "complex inside": _each(lambda array: array.astype(complex)),
    "booleans inside": _each(lambda array: np.ones(array.shape, bool)),
    "small integers": _each(lambda array: np.full(array.shape, 200, np.uint8)),
    "negative integers": _each(lambda array: np.full(array.shape, -(2**63), np.int64)),
    "half precision": _each(lambda array: np.full(array.shape, 6e4, np.float16)),
    "an axis more": _each(lambda array: array[None]),
    "an axis at the end": _each(lambda array: array[..., None]),
    "one row more": _each(lambda array: np.concatenate([array.reshape(1, -1)] * 2)),
    "flat": _each(lambda array: array.reshape(-1)[:-1]),
    "zeros": _each(lambda array: np.zeros((*array.shape, 1))),
    "broadcastable": _each(lambda array: np.ones((1,) * max(1, array.ndim - 1))),
    "negated and more": _each(lambda array: -1.0 * array - 17.0),
}


Choice = Callable[[], Callable[[Any], Any]]


class Forger:
    """Someone who asks the reference, and changes what it says before passing it on."""

    problem = None
    notes: list[str] = []
    output = ""
    output_cut = False

    def __init__(self, honest: Any, names: Sequence[str], choose: Choice, rng: random.Random | None = None) -> None:
        self._honest = honest
        self._choose = choose
        self._rng = rng
        self.defines = {name: Signature(honest.defines[name].kind, more=True) for name in names}

    def ask(self, calls: Sequence[Call], seconds: float | None = None) -> list[Answer]:
        return self.sit([Exchange(0, tuple(calls), ask_frame(0, list(calls)), seconds)])[0]

    def sit(self, exchanges: Sequence[Exchange]) -> dict[int, list[Answer]]:
        answers = self._honest.sit(exchanges)
        return {number: [self._forged(answer) for answer in given] for number, given in answers.items()}

    def _forged(self, answer: Answer) -> Answer:
        if not answer.given:
            return answer
        if self._rng is not None and self._rng.random() < 0.1:
            return self._rng.choice(_NO_ANSWERS)
        change = self._choose()
        more = {}
        if self._rng is not None and self._rng.random() < 0.2:
            more = {
                "echo": [change(item) for item in answer.echo],
                "changed": [0, -1, 10**9],
                "warnings": ["overflow \x1b[2J" * 9] * 9,
                "seconds": float("nan"),
            }
        return msgspec.structs.replace(answer, value=change(answer.value), **more)

    def close(self) -> None:
        self._honest.close()


_NO_ANSWERS = [
    Answer("died", words="It crashed."),
    Answer("timeout", words="It took more than 1 seconds."),
    Answer("raised", raised=Raised("", "")),
    Answer("raised", raised=Raised("Unanswerable", "\x1b[2J")),
    Answer("raised", raised=Raised("X" * 1000, "\ud7ff" * 9, column=2**63, unwritten=False)),
]
