"""Recorded answers: what a student's copy has instead of solutions/, for the questions of the public seed.

The file is an .npz of plain byte arrays (no pickles): an index, the answers, and a digest of what they were made from.
Each answer stands under a digest of its question; numbers enter that rounded, so that the last bit of another machine's
exp does not change it. What a question says already (arguments that came back unchanged) is not said again.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from grader import wire
from grader.answers import Answer, Exchange, Referee
from grader.errors import CourseError
from grader.wire import Call

_DIGITS = 9
_ANSWER_BITS = 40
"""Twelve digits: answers are judged by seven."""
_PRINT_BITS = 30
"""Nine digits: mistakes are told apart by six."""


class RecordedReference:
    """Answers from ``answers.npz``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._answers, self.mistakes = read_answers(path)

    def ask(self, calls: Sequence[Call], seconds: float | None = None) -> list[Answer]:
        """Answer one exchange, if its question was recorded."""
        return self._find(question_digest(calls), calls)

    def sit(self, exchanges: Sequence[Exchange]) -> dict[int, list[Answer]]:
        """Answer many exchanges."""
        return {exchange.number: self.ask(exchange.calls) for exchange in exchanges}

    def conversation(self, name: str) -> _RecordedConversation:
        """Return an answerer for one check, whose questions may build on each other."""
        return _RecordedConversation(name, lambda salt, calls, _: self._find(question_digest(calls, salt), calls))

    def _find(self, key: str, calls: Sequence[Call]) -> list[Answer]:
        if key not in self._answers:
            raise CourseError(
                f"{self._path} has no answer to a question about {calls[0].name}: checks.py or NumPy are not those "
                "it was recorded with. Get a fresh copy of the course, or, with solutions/, run "
                "`grade release --answers`."
            )
        items = wire.unpack_values(self._answers[key])
        return [_restore(item, call) for item, call in zip(items, calls, strict=True)]

    def close(self) -> None:
        """There is nothing to end."""


class Recorder:
    """A reference that also remembers what it was asked, for ``answers.npz``."""

    def __init__(self, reference: Referee) -> None:
        self._reference = reference
        self._answers: dict[str, bytes] = {}
        self.mistakes: list[dict[str, Any]] = []

    def ask(self, calls: Sequence[Call], seconds: float | None = None) -> list[Answer]:
        """Answer one exchange, and remember it."""
        return self._remember(question_digest(calls), calls, self._reference.ask(calls, seconds))

    def sit(self, exchanges: Sequence[Exchange]) -> dict[int, list[Answer]]:
        """Answer many exchanges, and remember them."""
        answers = self._reference.sit(exchanges)
        for exchange in exchanges:
            key = question_digest(exchange.calls)
            self._remember(key, exchange.calls, answers[exchange.number], chance=exchange.chance)
        return answers

    def conversation(self, name: str) -> _RecordedConversation:
        """Return an answerer for one check, whose questions may build on each other."""
        live = self._reference.conversation(name)
        return _RecordedConversation(
            name,
            lambda salt, calls, seconds: self._remember(question_digest(calls, salt), calls, live.ask(calls, seconds)),
        )

    def _remember(
        self, key: str, calls: Sequence[Call], answers: list[Answer], *, chance: bool = False
    ) -> list[Answer]:
        pairs = zip(answers, calls, strict=True)
        self._answers[key] = wire.pack_values([_plain(answer, call, chance) for answer, call in pairs])
        return answers

    def close(self) -> None:
        """The reference belongs to whoever made it."""

    def encode(self, sources: bytes = b"") -> bytes:
        """Return the bytes of the .npz, the same for the same answers; ``sources`` says what they were made from."""
        index: dict[str, tuple[int, int]] = {}
        payload = bytearray()
        for key in sorted(self._answers):
            index[key] = (len(payload), len(self._answers[key]))
            payload += self._answers[key]
        mistakes = wire.pack_values(_shortened(self.mistakes, _PRINT_BITS))
        index["mistakes"] = (len(payload), len(mistakes))
        payload += mistakes
        out = io.BytesIO()
        head = np.frombuffer(msgspec.json.encode(index), np.uint8)
        made_from = np.frombuffer(sources, np.uint8)
        np.savez_compressed(out, index=head, answers=np.frombuffer(bytes(payload), np.uint8), sources=made_from)
        return out.getvalue()


class _RecordedConversation:
    """The questions of one check in their order; each is known by its place too."""

    def __init__(self, name: str, answer: Callable[[str, Sequence[Call], float | None], list[Answer]]) -> None:
        self._name = name
        self._answer = answer
        self._turn = 0

    def ask(self, calls: Sequence[Call], seconds: float | None = None) -> list[Answer]:
        """Answer the next question."""
        self._turn += 1
        return self._answer(f"{self._name}#{self._turn}", calls, seconds)


def _damages() -> tuple[type[Exception], ...]:
    """Return what reading a damaged file may raise; looked up only then, for importing zipfile takes its time."""
    import zipfile
    import zlib

    of_zips = (zipfile.BadZipFile, zlib.error, NotImplementedError)
    return (OSError, ValueError, KeyError, EOFError, msgspec.MsgspecError, wire.WireError, *of_zips)


def sources_of(path: Path) -> bytes | None:
    """Return the digest of what a file's answers were made from; None where it cannot be read."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return bytes(file["sources"].tobytes())
    except _damages():
        return None


def read_answers(path: Path) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """Return the recorded answers by the digests of their questions, packed, and the known mistakes."""
    advice = "Get a fresh copy of the course, or, with solutions/, run `grade release --answers`."
    try:
        with np.load(path, allow_pickle=False) as file:
            index = msgspec.json.decode(file["index"].tobytes(), type=dict[str, tuple[int, int]])
            payload = file["answers"].tobytes()
        answers = {key: payload[start : start + length] for key, (start, length) in index.items()}
        return answers, wire.unpack_values(answers.pop("mistakes"))
    except FileNotFoundError:
        raise CourseError(f"{path} is missing, and there is no solutions/ to ask instead. {advice}") from None
    except _damages() as err:
        raise CourseError(f"{path} cannot be read ({err}). {advice}") from None


def _plain(answer: Answer, call: Call, chance: bool) -> dict[str, Any]:
    """Return what is worth remembering of an answer: of one with chance in it, only the shapes."""
    raised = None if answer.raised is None else [answer.raised.type, answer.raised.message]
    value = _blank(answer.value) if chance else _shortened(answer.value, _ANSWER_BITS)
    plain = {"fate": answer.fate, "value": value, "raised": raised, "echo": None, "warnings": answer.warnings}
    if wire.pack_values(answer.echo) != _sent(call):
        plain["echo"] = answer.echo
    return plain


def _restore(item: dict[str, Any], call: Call) -> Answer:
    raised = None if item["raised"] is None else wire.Raised(*item["raised"])
    echo = wire.unpack_values(_sent(call)) if item["echo"] is None and call.echo else item["echo"]
    return Answer(item["fate"], item["value"], raised, echo, warnings=item["warnings"])


def _sent(call: Call) -> bytes:
    return wire.pack_values([call.args[place] for place in call.echo])


def _blank(value: Any) -> Any:
    if isinstance(value, list):
        return [_blank(item) for item in value]
    return np.zeros_like(value) if isinstance(value, np.ndarray) else value


def _shortened(value: Any, bits: int) -> Any:
    """Return a value with its numbers rounded to so many binary digits: zeros that follow take no room."""
    if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype == np.float64):
        mantissa, exponent = np.frexp(value)
        rounded = np.ldexp(np.round(np.ldexp(mantissa, bits)), exponent - bits)
        return rounded if isinstance(value, np.ndarray) else float(rounded)
    if isinstance(value, dict):
        return {key: _shortened(item, bits) for key, item in value.items()}
    return [_shortened(item, bits) for item in value] if isinstance(value, list) else value


def question_digest(calls: Sequence[Call], salt: str = "") -> str:
    """Return what a question is known by, whatever the last bits of its numbers."""
    state = hashlib.blake2b(salt.encode(), digest_size=12)
    for call in calls:
        state.update(repr((call.name, call.attribute, call.take, call.keep, call.hold, len(call.args))).encode())
        for value in [call.on, *call.args, *(item for pair in sorted(call.kwargs.items()) for item in pair)]:
            _feed(state, value)
    return state.hexdigest()


def _feed(state: Any, value: Any) -> None:
    if isinstance(value, np.ndarray):
        state.update(f"{value.dtype.str}{value.shape}".encode())
        state.update(_rounded(value).tobytes() if value.dtype.kind == "f" else value.tobytes())
    elif isinstance(value, float):
        state.update(b"f" + struct.pack("<d", float(_rounded(np.float64(value)))))
    elif isinstance(value, (list, tuple)):
        state.update(f"[{len(value)}".encode())
        for item in value:
            _feed(state, item)
    elif isinstance(value, dict):
        for key in sorted(value):
            state.update(repr(key).encode())
            _feed(state, value[key])
    else:
        state.update(repr(value).encode())


def _rounded(array: Any) -> Any:
    """Round to significant digits, the same way everywhere."""
    mantissa, exponent = np.frexp(np.asarray(array, np.float64))
    scale = 2.0 ** round(_DIGITS / 0.30103)
    return np.ldexp(np.round(mantissa * scale), exponent)
