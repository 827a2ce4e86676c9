"""The objects of a notebook's own kernel: a student's help while writing. Never recorded as a grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader import wire
from grader.answers import Answer, Exchange, answer_of
from grader.bench.desk import Desk, signature
from grader.bench.equipment import builders_for
from grader.wire import Call, Signature


class KernelStudent:
    """A namespace in this very process, answering as a bench would."""

    def __init__(self, namespace: Mapping[str, Any], names: Sequence[str], allow: Sequence[str] = ()) -> None:
        self._desk = Desk(namespace, {}, builders_for(allow))
        self.defines: dict[str, Signature] = {name: signature(namespace[name]) for name in names if name in namespace}
        self.problem: Answer | None = None
        self.notes: list[str] = []
        self.output = ""
        self.output_cut = False

    def ask(self, calls: Sequence[Call], seconds: float | None = None) -> list[Answer]:
        """Ask one exchange; through the wire's bytes, so that the answers are judged as a bench's are."""
        return self.sit([Exchange(0, tuple(calls), wire.ask_frame(0, list(calls)))])[0]

    def sit(self, exchanges: Sequence[Exchange]) -> dict[int, list[Answer]]:
        """Ask many exchanges."""
        return {exchange.number: self._answer(exchange) for exchange in exchanges}

    def _answer(self, exchange: Exchange) -> list[Answer]:
        request = wire.read_request(exchange.payload[4:])
        assert isinstance(request, wire.Ask)
        self._desk.begin()
        answers = []
        for index, call in enumerate(request.calls):
            try:
                reply = wire.read_answer(wire.frame(self._desk.reply(request.number, index, call))[4:])
            except wire.WireError as err:
                words = f"what it returned is too much to be looked at ({err})"
                reply = wire.Reply(request.number, index, raised=wire.Raised("Unanswerable", words))
            assert isinstance(reply, wire.Reply)
            answers.append(answer_of(reply))
        return answers

    def close(self) -> None:
        """The kernel goes on without us."""
