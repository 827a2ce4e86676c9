"""The examiner's end of the wire: talks to one bench, keeps its time, collects its output, and says how it ended."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Literal

import msgspec

from grader import wire
from grader.bench.limits import Limits, words_for
from grader.bench.process import BROKEN, Ending, Process
from grader.errors import BenchError
from grader.report import LARGEST_OUTPUT

_LAST_WORDS_S = 0.25
_CHUNK = 1 << 18
MOST_HEARD = 128 << 20
"""The bytes of all answers of a submission together: the examiner keeps them."""


class Gone(msgspec.Struct, frozen=True):
    """Why a bench answers no more."""

    fate: Literal["timeout", "died", "overtime"]
    """One call took too long, the process died, or the whole submission's time is used up."""
    words: str


class Clock:
    """The time a submission has left, over all its benches."""

    def __init__(self, seconds: float) -> None:
        self.limit = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left, 0 when there are none."""
        return max(0.0, self._end - time.monotonic())


class Bench:
    """A conversation with one process."""

    def __init__(self, process: Process, clock: Clock, output_limit: int, room: int = MOST_HEARD) -> None:
        self._process = process
        self._clock = clock
        self._splitter = wire.Splitter()
        self._output = bytearray()
        self._output_limit = output_limit
        self._said = 0
        self._room = room
        self.heard = 0
        self._ready = False
        self._gone: Gone | None = None
        self.ending: Ending | None = None
        process.wire.setblocking(False)
        os.set_blocking(process.output, False)
        self._poll = select.poll()
        self._poll.register(process.wire, select.POLLIN)
        self._poll.register(process.output, select.POLLIN)

    @property
    def output(self) -> bytes:
        """What the submission printed, as far as it is kept."""
        return bytes(self._output)

    @property
    def output_cut(self) -> bool:
        """Whether it printed more than is kept."""
        return self._said > len(self._output)

    def load(self, request: wire.Load, seconds: float) -> wire.Loaded | Gone:
        """Hand over the submission; return what it defines, or how it ended meanwhile."""
        answers = self._exchange(wire.frame(request), [None], seconds)
        if self._gone:
            return self._gone
        loaded = answers[0]
        assert isinstance(loaded, wire.Loaded)
        return loaded

    def ask(
        self, payload: bytes, due: Sequence[tuple[int, int]], seconds: float
    ) -> tuple[list[wire.Reply], Gone | None]:
        """Send exchanges; return the answers to the ``(exchange, call)`` that are due, and why there are no more."""
        replies = self._exchange(payload, due, seconds)
        return [reply for reply in replies if isinstance(reply, wire.Reply)], self._gone

    def _exchange(
        self, payload: bytes, due: Sequence[tuple[int, int] | None], seconds: float
    ) -> list[wire.Loaded | wire.Reply]:
        answers: list[wire.Loaded | wire.Reply] = []
        unsent = memoryview(payload)
        descriptor = self._process.wire.fileno()
        deadline = time.monotonic() + seconds
        while len(answers) < len(due) and not self._gone:
            self._poll.modify(descriptor, select.POLLIN | (select.POLLOUT if unsent else 0))
            patience = min(deadline - time.monotonic(), self._clock.left())
            if patience <= 0:
                self._give_up(seconds)
                break
            for ready, events in self._poll.poll(patience * 1000 + 1):
                if self._gone:
                    break
                if ready != descriptor:
                    self._listen()
                elif events & (select.POLLIN | select.POLLHUP | select.POLLERR):
                    if self._hear(answers, due):
                        deadline = time.monotonic() + seconds
                elif unsent:
                    unsent = self._speak(unsent)
        return answers

    def _speak(self, unsent: memoryview) -> memoryview:
        try:
            return unsent[self._process.wire.send(unsent[:_CHUNK]) :]
        except (BrokenPipeError, ConnectionResetError):
            return unsent[:0]  # what it said before it hung up is still to be heard, and then the end

    def _hear(self, answers: list[wire.Loaded | wire.Reply], due: Sequence[tuple[int, int] | None]) -> bool:
        """Read what the bench sent; return whether an answer was among it."""
        before = len(answers)
        try:
            data = self._process.wire.recv(_CHUNK)
        except ConnectionResetError:
            data = b""
        except BlockingIOError:
            return False
        if not data:
            self._find_out()
            return False
        self.heard += len(data)
        if self.heard > self._room:
            self._end(Gone("died", f"Its answers came to more than {MOST_HEARD >> 20} MiB in all."))
            return False
        try:
            for body in self._splitter.feed(data):
                answer = wire.read_answer(body)
                if isinstance(answer, wire.Ready) and not self._ready:
                    self._ready = True
                    continue
                place = (answer.number, answer.call) if isinstance(answer, wire.Reply) else None
                if isinstance(answer, wire.Ready) or len(answers) >= len(due) or place != due[len(answers)]:
                    raise wire.WireError("an answer to a question that was not asked")
                answers.append(answer)
        except wire.WireError as err:
            self._end(Gone("died", f"It sent bytes that are no answer ({err})."))
        return len(answers) > before

    def _listen(self) -> None:
        try:
            data = os.read(self._process.output, _CHUNK)
        except BlockingIOError:
            return
        if not data:
            with suppress(KeyError):  # the end may be read twice
                self._poll.unregister(self._process.output)
            return
        self._said += len(data)
        room = min(LARGEST_OUTPUT, self._output_limit) - len(self._output)
        if room > 0:
            self._output += data[:room]

    def _give_up(self, seconds: float) -> None:
        if self._clock.left() <= 0:
            self._end(Gone("overtime", f"The submission used up its {self._clock.limit:g} seconds."))
        else:
            self._end(Gone("timeout", f"It took more than {seconds:g} seconds."))

    def _find_out(self) -> None:
        """The wire is closed: say why."""
        self.ending = self._process.wait(_LAST_WORDS_S)
        if not self._ready:
            self._drain()
            raise BenchError(
                "A bench could not be locked and started: "
                + self._output.decode("utf-8", "replace").strip()
                + " Run `grade doctor` to see what this machine can enforce."
            )
        if self.ending is None:
            self._end(Gone("died", "It closed the channel to the examiner."))
        else:
            self._end(Gone("died", _obituary(self.ending, self._process.limits)))

    def _end(self, gone: Gone) -> None:
        self._gone = gone
        self.close()

    def _drain(self) -> None:
        before = -1
        while before != self._said:
            before = self._said
            self._listen()

    def close(self) -> None:
        """Kill the process and collect its last words."""
        if self._process.wire.fileno() < 0:
            return
        self._process.kill()
        self.ending = self.ending or self._process.wait(10.0)
        self._drain()
        self._process.wire.close()
        os.close(self._process.output)


def _obituary(ending: Ending, limits: Limits) -> str:
    code = ending.code
    if code == BROKEN:
        return "It broke the channel to the examiner: did it close descriptors it had not opened?"
    if code < 0 and (over := words_for(limits, -code, ending.cpu_s)):
        return f"It {over}."
    if code >= 0:
        return f"It ended its own process (exit code {code})."
    name = signal.Signals(-code).name if -code in {s.value for s in signal.Signals} else f"signal {-code}"
    reasons = {
        "SIGSEGV": "It crashed (SIGSEGV, a segmentation fault).",
        "SIGABRT": "It crashed (SIGABRT).",
        "SIGKILL": "It was killed by the system (SIGKILL): it used more memory or time than it may.",
        "SIGSYS": "It was ended by the system (SIGSYS): it asked the kernel for something that is not allowed.",
        "SIGXFSZ": "It wrote a file larger than it may (SIGXFSZ).",
    }
    return reasons.get(name, f"It was ended by {name}.")
