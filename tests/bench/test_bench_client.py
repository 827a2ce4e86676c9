"""The examiner's end of the wire: time, output, and how a bench ended, in words. (Forged answers: tests/fuzz.)"""

from __future__ import annotations

import os
import signal
import socket

import pytest

from grader import wire
from grader.bench.client import Bench, Clock, Gone
from grader.bench.limits import Limits
from grader.bench.process import BROKEN, Ending
from grader.errors import BenchError
from grader.wire import Call, Load, Loaded, Ready, Reply, ask_frame

READY = wire.frame(Ready())
LOADED = wire.frame(Loaded({}))


class Scripted:
    """A process that says what it was told to say, and ends as it was told to end."""

    limits = Limits(cpu_s=2)

    def __init__(self, *sayings: bytes, output: bytes = b"", ending: Ending | None = None, hang: bool = False) -> None:
        self.wire, self._theirs = socket.socketpair()
        self.output, writing = os.pipe()
        self._ending = ending
        self.killed = False
        for saying in sayings:
            self._theirs.sendall(saying)
        os.write(writing, output)
        os.close(writing)
        if not hang:
            self._theirs.close()

    def kill(self) -> None:
        self.killed = True
        self._theirs.close()

    def wait(self, seconds: float) -> Ending | None:
        return self._ending or (Ending(-signal.SIGKILL) if self.killed else None)


def bench_of(*sayings: bytes, seconds: float = 20, **more) -> Bench:
    return Bench(Scripted(READY, *sayings, **more), Clock(seconds), 1000)


def reply(number: int, call: int, value: object = None) -> bytes:
    return wire.frame(Reply(number, call, value))


def ask(bench: Bench, *due: tuple[int, int], seconds: float = 5):
    return bench.ask(b"".join(ask_frame(number, [Call("f")]) for number, _ in due), list(due), seconds)


def test_answers_come_in_the_order_of_the_questions():
    bench = bench_of(reply(0, 0, 1), reply(1, 0, 2), hang=True)
    replies, gone = ask(bench, (0, 0), (1, 0))
    assert ([answer.value for answer in replies], gone) == ([1, 2], None)
    bench.close()


def test_answers_to_other_questions_end_the_bench():
    bench = bench_of(reply(5, 0, 1), hang=True)
    replies, gone = ask(bench, (0, 0))
    assert replies == []
    assert gone == Gone("died", "It sent bytes that are no answer (an answer to a question that was not asked).")


ENDINGS = {
    0: "It ended its own process (exit code 0).",
    3: "It ended its own process (exit code 3).",
    BROKEN: "It broke the channel to the examiner: did it close descriptors it had not opened?",
    -signal.SIGSEGV: "It crashed (SIGSEGV, a segmentation fault).",
    -signal.SIGABRT: "It crashed (SIGABRT).",
    -signal.SIGXCPU: "It used more than 2 s of processor time.",
    -signal.SIGKILL: "It was killed by the system (SIGKILL): it used more memory or time than it may.",
    -signal.SIGSYS: "It was ended by the system (SIGSYS): it asked the kernel for something that is not allowed.",
    -signal.SIGXFSZ: "It wrote a file larger than it may (SIGXFSZ).",
    -signal.SIGTERM: "It was ended by SIGTERM.",
    -signal.SIGRTMIN - 5: f"It was ended by signal {signal.SIGRTMIN + 5}.",
}


@pytest.mark.parametrize("code", ENDINGS)
def test_how_it_ended_is_said_in_words(code):
    bench = bench_of(ending=Ending(code))
    _, gone = ask(bench, (0, 0))
    assert gone == Gone("died", ENDINGS[code])
    assert bench.ending == Ending(code)


def test_being_killed_after_all_its_processor_time_is_named_as_that():
    _, gone = ask(bench_of(ending=Ending(-signal.SIGKILL, cpu_s=2.5)), (0, 0))
    assert gone.words == "It used more than 2 s of processor time."


def test_a_channel_that_was_closed_by_a_living_process_is_named():
    bench = bench_of()
    bench._process._ending = None
    _, gone = ask(bench, (0, 0))
    assert gone == Gone("died", "It closed the channel to the examiner.")
    assert bench._process.killed


def test_a_call_that_takes_too_long_ends_the_bench():
    bench = bench_of(reply(0, 0, 1), hang=True)
    replies, gone = ask(bench, (0, 0), (0, 1), seconds=0.1)
    assert [answer.value for answer in replies] == [1]
    assert gone == Gone("timeout", "It took more than 0.1 seconds.")
    assert bench._process.killed


def test_a_submission_that_used_its_time_up_is_overtime():
    bench = bench_of(hang=True, seconds=0.1)
    assert ask(bench, (0, 0))[1] == Gone("overtime", "The submission used up its 0.1 seconds.")


def test_a_bench_that_has_ended_stays_so():
    bench = bench_of(ending=Ending(3))
    first, again = ask(bench, (0, 0)), ask(bench, (1, 0))
    assert first == again


def test_output_is_kept_up_to_its_limit():
    bench = bench_of(LOADED, output=b"x" * 5000, hang=True)
    assert isinstance(bench.load(Load("a", {}, None, [], "", []), 5), Loaded)
    bench.close()
    assert (len(bench.output), bench.output_cut) == (1000, True)


def test_last_words_are_kept():
    bench = bench_of(ending=Ending(-signal.SIGSEGV), output=b"last words")
    ask(bench, (0, 0))
    assert (bench.output, bench.output_cut) == (b"last words", False)


def test_output_that_is_closed_is_no_end():
    bench = bench_of(reply(0, 0, 1), output=b"bye", hang=True)
    assert ask(bench, (0, 0))[0][0].value == 1
    assert ask(bench, (1, 0), seconds=0.1)[1].fate == "timeout"
    bench.close()
    assert bench.output == b"bye"


def test_a_bench_that_never_got_ready_is_a_fault_of_ours():
    bench = Bench(Scripted(ending=Ending(70), output=b"OSError: no landlock\n"), Clock(5), 1000)
    with pytest.raises(BenchError, match=r"could not be locked and started: OSError: no landlock Run `grade doctor`"):
        bench.load(Load("a", {}, None, [], "", []), 5)


def test_a_second_ready_is_no_answer():
    _, gone = ask(bench_of(READY, hang=True), (0, 0))
    assert gone.words == "It sent bytes that are no answer (an answer to a question that was not asked)."


def test_a_clock_runs_down_to_zero_and_no_further():
    assert Clock(0).left() == 0
    assert 9 < Clock(10).left() <= 10
