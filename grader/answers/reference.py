"""The reference: solutions/ on a bench of its own, each question answered once for a whole class."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from grader.answers import Answer, Exchange
from grader.answers.student import BenchStudent
from grader.errors import SuiteError
from grader.wire import Call, ask_frame


class LiveReference:
    """Answers from the reference module, and remembers what it has answered."""

    def __init__(self, start: Callable[[], BenchStudent]) -> None:
        self._start = start
        self._student: BenchStudent | None = None
        self._memory: dict[bytes, list[Answer]] = {}
        self._conversations: dict[str, list[tuple[bytes, list[Answer]]]] = {}

    def ask(self, calls: Sequence[Call], seconds: float | None = None) -> list[Answer]:
        """Answer one exchange."""
        return self.sit([Exchange(0, tuple(calls), ask_frame(0, list(calls)), seconds)])[0]

    def sit(self, exchanges: Sequence[Exchange]) -> dict[int, list[Answer]]:
        """Answer many exchanges, those that are not remembered in one go."""
        keys = {exchange.number: _key(ask_frame(0, list(exchange.calls))) for exchange in exchanges}
        new = [exchange for exchange in exchanges if keys[exchange.number] not in self._memory]
        self._learn(new, keys)
        lost = [e for e in new if any(answer.fate == "died" for answer in self._memory[keys[e.number]])]
        if lost:  # a machine that is out of memory kills whom it likes: once more, on a new bench
            self.close()
            self._learn(lost, keys)
        return {number: self._memory[key] for number, key in keys.items()}

    def _learn(self, exchanges: Sequence[Exchange], keys: dict[int, bytes]) -> None:
        if exchanges:
            for number, answers in self._bench().sit(exchanges).items():
                self._memory[keys[number]] = answers

    def conversation(self, name: str) -> _Conversation:
        """Return an answerer for one check, whose questions may build on each other."""
        return _Conversation(self._bench, self._conversations.setdefault(name, []))

    def _bench(self) -> BenchStudent:
        if self._student is None:
            self._student = self._start()
            problem = self._student.problem
            if problem is not None:
                words = f"{problem.raised.type}: {problem.raised.message}" if problem.raised else problem.words
                raise SuiteError(f"The reference solution cannot be loaded. {words}")
        return self._student

    def close(self) -> None:
        """End its bench; what it answered stays known."""
        if self._student is not None:
            self._student.close()
            self._student = None


class _Conversation:
    """The questions of one check in their order: what was asked before is answered from memory."""

    def __init__(self, bench: Callable[[], BenchStudent], memory: list[tuple[bytes, list[Answer]]]) -> None:
        self._bench = bench
        self._memory = memory
        self._turn = 0

    def ask(self, calls: Sequence[Call], seconds: float | None = None) -> list[Answer]:
        """Answer the next question."""
        key = _key(ask_frame(0, list(calls)))
        if self._turn == len(self._memory):
            self._memory.append((key, self._bench().ask(calls, seconds)))
        known, answers = self._memory[self._turn]
        if known != key:
            raise SuiteError("A check asked the reference something that depends on the student's answers.")
        self._turn += 1
        return answers


def _key(payload: bytes) -> bytes:
    return hashlib.blake2b(payload, digest_size=16).digest()
