"""The reference: solutions/ on a bench of its own, each question answered once for a whole class."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from grader.answers import Answer
from grader.answers.student import BenchStudent
from grader.errors import SuiteError
from grader.wire import Call, ask_frame


class LiveReference:
    """Answers from the reference module, remembered by the bytes of the question."""

    def __init__(self, start: Callable[[], BenchStudent]) -> None:
        self._start = start
        self._student: BenchStudent | None = None
        self._memory: dict[bytes, list[Answer]] = {}

    def ask(self, calls: Sequence[Call], seconds: float | None = None) -> list[Answer]:
        """Answer one exchange."""
        payload = ask_frame(0, list(calls))
        key = hashlib.blake2b(payload, digest_size=16).digest()
        if key not in self._memory:
            self._memory[key] = self._bench().ask(calls, seconds)
        return self._memory[key]

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
