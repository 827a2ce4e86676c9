"""A submission on benches: asked in bulk, and put on a new bench whenever the last one died."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf
from typing import Any

import msgspec

from grader.answers import Answer, Exchange, answer_of
from grader.bench.client import MOST_HEARD, Bench, Clock, Gone
from grader.bench.process import Launcher
from grader.course import Limits
from grader.quantities import write_bytes
from grader.report import LARGEST_OUTPUT
from grader.wire import Call, Load, Loaded, Raised, Reply, Signature, ask_frame

_BULK = 48
_UNASKED = Answer("unasked", words="The call before it did not return.")


class Absent:
    """A submission that cannot be put on a bench at all."""

    defines: dict[str, Signature] = {}
    notes: list[str] = []
    output = ""
    output_cut = False

    def __init__(self, words: str) -> None:
        self.problem: Answer | None = Answer("died", words=words)

    def ask(self, calls: Sequence[Call], seconds: float | None = None) -> list[Answer]:
        """Answer that there is no answer."""
        assert self.problem is not None
        return [self.problem] * len(calls)

    def sit(self, exchanges: Sequence[Exchange]) -> dict[int, list[Answer]]:
        """Answer that there are no answers."""
        return {exchange.number: self.ask(exchange.calls) for exchange in exchanges}

    def close(self) -> None:
        """There is nothing to end."""


class BenchStudent:
    """Someone's work, answering from a bench."""

    def __init__(self, launcher: Launcher, load: Load, limits: Limits, clock: Clock) -> None:
        self._launcher = launcher
        self._load = load
        self._limits = limits
        self._clock = clock
        self._bench: Bench | None = None
        self._barred: dict[str, Answer] = {}
        self._printed = b""
        self._cut = False
        self._room = MOST_HEARD
        self.cpu_s = 0.0
        self.notes: list[str] = []
        self.defines: dict[str, Signature] = {}
        self.problem: Answer | None = None
        self._open()

    def _open(self) -> bool:
        """Put the submission on a new bench; return whether it can be asked."""
        if self._bench is None and self.problem is None:
            patient = isinf(self._clock.limit)
            process = self._launcher.start(patient=True) if patient else self._launcher.start()
            bench = Bench(process, self._clock, self._limits.output, self._room)
            self._bench = bench
            loaded = bench.load(self._load, self._limits.call)
            if isinstance(loaded, Gone):
                self._retire()
                fate = loaded.fate
                self.problem = Answer(fate, words=loaded.words)
            else:
                self._read(loaded)
        return self.problem is None

    def _read(self, loaded: Loaded) -> None:
        self.defines = loaded.defines
        self.notes = list(loaded.notes)
        if loaded.raised is not None:
            self.problem = Answer("raised", raised=self._named(loaded.raised))

    def ask(self, calls: Sequence[Call], seconds: float | None = None) -> list[Answer]:
        """Ask one exchange."""
        return self.sit([Exchange(0, tuple(calls), ask_frame(0, list(calls)), seconds)])[0]

    def sit(self, exchanges: Sequence[Exchange]) -> dict[int, list[Answer]]:
        """Ask exchanges in bulk; a function that kills or hangs the bench is not asked again."""
        answers: dict[int, list[Answer]] = {}
        waiting = list(exchanges)
        while waiting:
            waiting = [exchange for exchange in waiting if not self._settle(exchange, answers)]
            if not waiting:
                break
            bulk = [self._askable(e) for e in waiting[:_BULK] if e.seconds == waiting[0].seconds]
            if not self._open():
                continue
            done = self._ask_bulk(bulk, answers)
            waiting = [exchange for exchange in waiting if exchange.number not in done]
        return {exchange.number: self._completed(exchange, answers[exchange.number]) for exchange in exchanges}

    def _settle(self, exchange: Exchange, answers: dict[int, list[Answer]]) -> bool:
        """Answer without asking what cannot be asked; return whether that was so."""
        if not self._askable(exchange).calls:
            answers[exchange.number] = []
            return True
        reason = self.problem
        if reason is None and self._clock.left() <= 0:
            reason = Answer("overtime", words=f"The submission used up its {self._clock.limit:g} seconds.")
        if reason is None and self._room < 0:
            reason = Answer("died", words=f"Its answers came to more than {MOST_HEARD >> 20} MiB in all.")
        if reason is None:
            return False
        answers[exchange.number] = [reason] * len(exchange.calls)
        return True

    def _askable(self, exchange: Exchange) -> Exchange:
        """Return the calls before the first of a barred function: the forward, where its backward hung."""
        if not self._barred:
            return exchange
        barred = (at for at, call in enumerate(exchange.calls) if call.on is None and call.name in self._barred)
        at = next(barred, len(exchange.calls))
        if at == len(exchange.calls):
            return exchange
        calls = exchange.calls[:at]
        return msgspec.structs.replace(exchange, calls=calls, payload=ask_frame(exchange.number, list(calls)))

    def _completed(self, exchange: Exchange, got: list[Answer]) -> list[Answer]:
        """Add why there is no answer to the call of a function that is not asked again, and to those after it."""
        rest = exchange.calls[len(got) :]
        return [*got, self._barred[rest[0].name], *[_UNASKED] * (len(rest) - 1)] if rest else got

    def _ask_bulk(self, bulk: Sequence[Exchange], answers: dict[int, list[Answer]]) -> set[int]:
        assert self._bench is not None
        due = [(exchange.number, index) for exchange in bulk for index in range(len(exchange.calls))]
        payload = b"".join(exchange.payload for exchange in bulk)
        replies, gone = self._bench.ask(payload, due, bulk[0].seconds or self._limits.call)
        start = 0
        done = set()
        for exchange in bulk:
            got = replies[start : start + len(exchange.calls)]
            start += len(got)
            if len(got) < len(exchange.calls) and gone is not None:
                answers[exchange.number] = self._interrupted(exchange, got, gone)
                done.add(exchange.number)
                break
            answers[exchange.number] = self._read_all(exchange, got)
            done.add(exchange.number)
        if gone is not None:
            self._retire()
        return done

    def _interrupted(self, exchange: Exchange, got: Sequence[Reply], gone: Gone) -> list[Answer]:
        culprit = exchange.calls[len(got)]
        fatal = Answer(gone.fate, words=gone.words)
        if culprit.on is None:
            self._barred[culprit.name] = fatal
        rest = len(exchange.calls) - len(got) - 1
        return self._read_all(exchange, got) + [fatal] + [_UNASKED] * rest

    def _read_all(self, exchange: Exchange, replies: Sequence[Reply]) -> list[Answer]:
        answers = [_answer(call, reply) for call, reply in zip(exchange.calls, replies, strict=False)]
        return [
            msgspec.structs.replace(answer, raised=self._named(answer.raised)) if answer.raised else answer
            for answer in answers
        ]

    def _named(self, raised: Raised) -> Raised:
        """Say of a MemoryError what its limit was; NumPy tells only what it wanted."""
        if raised.type != "MemoryError":
            return raised
        words = f"it used more than {write_bytes(self._limits.memory)} of memory. {raised.message}"
        return msgspec.structs.replace(raised, message=words.rstrip())

    def _retire(self) -> None:
        """Close the bench, keeping what it printed."""
        if self._bench is None:
            return
        self._bench.close()
        self._room -= self._bench.heard
        room = LARGEST_OUTPUT - len(self._printed)
        self._printed += self._bench.output[:room]
        self._cut = self._cut or self._bench.output_cut or len(self._bench.output) > room
        if self._bench.ending:
            self.cpu_s += self._bench.ending.cpu_s
        self._bench = None

    @property
    def output(self) -> str:
        """What it printed on all its benches."""
        return self._printed.decode("utf-8", "replace")

    @property
    def output_cut(self) -> bool:
        """Whether it printed more than is shown."""
        return self._cut

    def close(self) -> None:
        """End its bench."""
        self._retire()

    def __enter__(self) -> BenchStudent:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def _answer(call: Call, reply: Reply) -> Answer:
    """Return a reply as an answer to this call: a bench may forge what comes back beside the value, too."""
    answer = answer_of(reply)
    if answer.given and (not isinstance(answer.echo, list) or len(answer.echo) != len(call.echo)):
        return msgspec.structs.replace(answer, echo=[None] * len(call.echo))
    return answer
