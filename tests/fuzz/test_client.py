"""The examiner's end before a bench that says anything at all: it never raises, waits or believes too long."""

from __future__ import annotations

import os
import socket
import struct
import threading

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_wire import _ANSWERS, _damaged

from grader import wire
from grader.answers import Exchange
from grader.answers.student import BenchStudent
from grader.bench.client import Bench, Clock
from grader.bench.limits import Limits as BenchLimits
from grader.bench.process import Ending
from grader.course import Limits

_QUIET = settings(max_examples=60, deadline=4000, suppress_health_check=[HealthCheck.too_slow])
_LOAD = wire.Load("squares", {"squares.py": b""}, None, ["f"], "", [])
_LIMITS = Limits(time=2.0, call=0.05)
_FRAMES = st.one_of(
    _ANSWERS.map(wire.frame),
    _damaged().map(lambda body: struct.pack("<I", len(body)) + body),
    st.binary(max_size=60),
    st.just(wire.frame(wire.Loaded({"f": wire.Signature("function")}))),
    st.just(wire.frame(wire.Reply(0, 0, 1.0))),
)


class FalseBench:
    """A process that says what it was told to, whatever it hears, then hangs up or falls silent."""

    limits = BenchLimits()

    def __init__(self, words: bytes, silent: bool) -> None:
        self.wire, self._theirs = socket.socketpair()
        self.output, self._writing = os.pipe()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._speak, args=(words, silent), daemon=True)
        self._thread.start()

    def _speak(self, words: bytes, silent: bool) -> None:
        try:
            self._theirs.sendall(words)
            os.write(self._writing, words[:1000])
        except OSError:
            pass
        if silent:
            self._ended.wait(5)
        self._theirs.close()
        os.close(self._writing)

    def kill(self) -> None:
        self._ended.set()

    def wait(self, seconds: float) -> Ending | None:
        self._thread.join(seconds)
        return None if self._thread.is_alive() else Ending(-9)


class FalseLauncher:
    """Starts nothing but false benches."""

    in_force: list[str] = []

    def __init__(self, words: bytes, silent: bool) -> None:
        self._words, self._silent = words, silent
        self.started: list[FalseBench] = []

    def start(self) -> FalseBench:
        bench = FalseBench(wire.frame(wire.Ready()) + self._words, self._silent)
        self.started.append(bench)
        return bench

    def close(self) -> None:
        pass


def _exchanges(how_many: int) -> list[Exchange]:
    call = wire.Call("f", [np.zeros(2)], echo=[0], guard=[0])
    return [Exchange(number, (call, call), wire.ask_frame(number, [call, call])) for number in range(how_many)]


@_QUIET
@given(st.lists(_FRAMES, max_size=6), st.booleans())
def test_a_bench_that_says_anything_is_an_outcome(frames, silent):
    clock = Clock(2.0)
    bench = Bench(FalseBench(wire.frame(wire.Ready()) + b"".join(frames), silent), clock, 1 << 10)
    loaded = bench.load(_LOAD, 0.05)
    assert isinstance(loaded, wire.Loaded) or loaded.words
    if isinstance(loaded, wire.Loaded):
        replies, gone = bench.ask(_exchanges(1)[0].payload, [(0, 0), (0, 1)], 0.05)
        assert len(replies) == 2 or gone is not None
        assert [(reply.number, reply.call) for reply in replies] == [(0, 0), (0, 1)][: len(replies)]
    bench.close()
    assert len(bench.output) <= 1 << 10
    assert clock.left() > 0


@_QUIET
@given(st.lists(_FRAMES, max_size=6), st.booleans())
def test_a_submission_that_says_anything_gets_an_answer_for_every_question(frames, silent):
    launcher = FalseLauncher(b"".join(frames), silent)
    exchanges = _exchanges(3)
    with BenchStudent(launcher, _LOAD, _LIMITS, Clock(2.0)) as student:
        answers = student.sit(exchanges)
    assert sorted(answers) == [0, 1, 2]
    for exchange in exchanges:
        assert len(answers[exchange.number]) == len(exchange.calls)
        for answer in answers[exchange.number]:
            assert not answer.given or len(answer.echo) == 1
    assert len(launcher.started) <= 8


def test_answers_are_heard_up_to_a_limit(monkeypatch):
    monkeypatch.setattr("grader.answers.student.MOST_HEARD", 1 << 16)
    loaded = wire.frame(wire.Loaded({"f": wire.Signature("function")}))
    large = wire.frame(wire.Reply(0, 0, wire.pack(np.zeros(1 << 14)), echo=[None]))
    with BenchStudent(FalseLauncher(loaded + large, False), _LOAD, _LIMITS, Clock(2.0)) as student:
        answers = student.sit(_exchanges(2))
    assert not any(answer.given for answer in answers[0] + answers[1])
    assert all("came to more than" in answers[number][0].words for number in (0, 1))


def test_what_a_bench_answered_before_it_hung_up_counts():
    """The rest of a long question cannot be sent any more; the answers that are there already are read all the same."""
    process = FalseBench(wire.frame(wire.Ready()) + wire.frame(wire.Reply(0, 0, 1.0)), False)
    bench = Bench(process, Clock(2.0), 1 << 10)
    process._thread.join()
    assert not bench._speak(memoryview(b"a question begun before anyone knew"))
    call = wire.Call("f", [np.zeros(1 << 19)])
    replies, gone = bench.ask(wire.ask_frame(0, [call, call]), [(0, 0), (0, 1)], 1.0)
    assert [reply.value for reply in replies] == [1.0]
    assert gone is not None
    assert gone.fate == "died"
