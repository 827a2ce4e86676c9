"""Many submissions through any executor of `concurrent.futures`: in batches, a few at a time, as they come.

A batch that is lost with the process that had it is done again, one submission at a time; one that is lost again and
again gets no report. What is done with a batch is in work.py; processes on this machine are in local.py.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Protocol

import msgspec

from grader.cohort.work import Batch, Paper, Problem, Setup, Stop
from grader.errors import GraderError, UsageError

_LARGEST_BATCH = 16
_MOST_BYTES = 1 << 20
_BATCH_S = 0.5
_ATTEMPTS = 3


class Engine(Protocol):
    """Where batches are graded."""

    @property
    def jobs(self) -> int:
        """How many batches can be graded at a time."""

    @property
    def executor(self) -> Executor:
        """What calls `grade`, wherever that may be."""

    @property
    def grade(self) -> Callable[[bytes], bytes]:
        """What the executor calls: `work.grade`, or what passes batches on to it."""


class Task(msgspec.Struct):
    """A paper on its way, and what its sender knows it by."""

    paper: Paper
    name: str
    attempts: int = 0


class _Timed(msgspec.Struct):
    duration_s: float


def graded(
    tasks: Iterator[Task], waiting: Callable[[], int], setup: Setup, engine: Engine
) -> Iterator[list[tuple[Task, bytes | Problem]]]:
    """Give the reports as they come, some at a time; ``waiting`` says about how many tasks there still are."""
    hands = _Hands(tasks, waiting, setup, engine)
    while hands.full():
        done, _ = wait(hands.out, return_when=FIRST_COMPLETED)
        for future in done:
            yield hands.take(future)


class _Hands:
    """The batches that are out."""

    def __init__(self, tasks: Iterator[Task], waiting: Callable[[], int], setup: Setup, engine: Engine) -> None:
        self._tasks = tasks
        self._waiting = waiting
        self._setup = setup
        self._engine = engine
        self._again: deque[Task] = deque()
        self._seconds = _BATCH_S
        self.out: dict[Future[bytes], list[Task]] = {}

    def full(self) -> bool:
        """Hand out batches until each desk has one in hand and one in store; return whether any are out."""
        while len(self.out) < 2 * self._engine.jobs and (batch := self._next()):
            order = msgspec.msgpack.encode(Batch(self._setup, [task.paper for task in batch]))
            self.out[self._engine.executor.submit(self._engine.grade, order)] = batch
        return bool(self.out)

    def _next(self) -> list[Task]:
        if self._again:
            return [self._again.popleft()]
        fair = self._waiting() // (2 * self._engine.jobs)
        size = max(1, min(_LARGEST_BATCH, fair, int(_BATCH_S / self._seconds)))
        batch: list[Task] = []
        weight = 0
        while len(batch) < size and weight < _MOST_BYTES and (task := next(self._tasks, None)):
            batch.append(task)
            weight += sum(map(len, task.paper.submission.files.values()))
        return batch

    def take(self, future: Future[bytes]) -> list[tuple[Task, bytes | Problem]]:
        """Return what came of a batch; nothing where it was lost, and is done again."""
        batch = self.out.pop(future)
        try:
            replies = _read(future.result())
        except GraderError:
            raise
        except Exception as err:  # noqa: BLE001 - an executor may fail in any way: a worker died, a connection broke
            return self._lost(batch, err)
        if isinstance(replies[0], bytes):
            seconds = msgspec.json.decode(replies[0], type=_Timed).duration_s
            self._seconds = 0.7 * self._seconds + 0.3 * seconds
        return list(zip(batch, replies, strict=True))

    def _lost(self, batch: list[Task], err: Exception) -> list[tuple[Task, bytes | Problem]]:
        given_up: list[tuple[Task, bytes | Problem]] = []
        for task in batch:
            task.attempts += 1
            if task.attempts < _ATTEMPTS:
                self._again.append(task)
            else:
                words = f"it was lost {task.attempts} times while it was graded ({err or type(err).__name__})."
                given_up.append((task, Problem(words)))
        return given_up


def _read(reply: bytes) -> list[bytes | Problem]:
    parts = msgspec.json.decode(reply, type=list[msgspec.Raw] | Stop)
    if isinstance(parts, Stop):
        raise (UsageError if parts.exit_code == UsageError.exit_code else GraderError)(parts.words)
    return [_report_or_problem(bytes(part)) for part in parts]


def _report_or_problem(data: bytes) -> bytes | Problem:
    return msgspec.json.decode(data, type=Problem) if data.startswith(b'{"type":"problem"') else data + b"\n"
