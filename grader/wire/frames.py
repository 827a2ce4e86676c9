"""The frames: messages as lengths and bytes, bounded before they are parsed."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import msgspec

from grader.wire.bounds import objection
from grader.wire.messages import (
    LARGEST_FRAME,
    LARGEST_LOADED,
    MOST_VALUES,
    Ask,
    Call,
    Load,
    Loaded,
    Ready,
    Reply,
    WireError,
)
from grader.wire.values import pack, read_trusted_value, read_value

_LENGTH = struct.Struct("<I")
_encoder = msgspec.msgpack.Encoder()
_Answer = Ready | Loaded | Reply
_answers: msgspec.msgpack.Decoder[_Answer] = msgspec.msgpack.Decoder(_Answer, ext_hook=read_value)
_requests: msgspec.msgpack.Decoder[Load | Ask] = msgspec.msgpack.Decoder(Load | Ask, ext_hook=read_trusted_value)


def frame(message: Load | Ask | Ready | Loaded | Reply) -> bytes:
    """Return the bytes of a message; values in it have been packed."""
    body = _encoder.encode(message)
    if len(body) > LARGEST_FRAME:
        raise WireError(f"a message of {len(body) >> 20} MiB is too large")
    return _LENGTH.pack(len(body)) + body


def pack_call(call: Call) -> Call:
    """Return the call with its arguments as what may travel."""
    return msgspec.structs.replace(
        call,
        args=[pack(argument) for argument in call.args],
        kwargs={name: pack(argument) for name, argument in call.kwargs.items()},
        on=None if call.on is None else pack(call.on),
    )


def ask_frame(number: int, calls: list[Call]) -> bytes:
    """Return the bytes of one exchange."""
    return frame(Ask(number, [pack_call(call) for call in calls]))


def weigh(reply: Reply) -> None:
    """Raise WireError for more values than the examiner would look at."""
    parts: list[Any] = [reply.value, reply.echo, reply.changed, reply.warnings]
    if reply.raised is not None:
        parts.append(reply.raised.frames)
    waiting = [part for part in parts if isinstance(part, (list, dict)) and part]  # of most replies nothing is left
    count = 0
    while waiting:
        value = waiting.pop()
        count += len(value)
        if count > MOST_VALUES:
            raise WireError(f"lists of more than {MOST_VALUES:,} values")
        if isinstance(value, dict) and not all(type(key) is str for key in value):
            raise WireError("a dict whose keys are not all strings")
        items = value.values() if isinstance(value, dict) else value
        waiting += [item for item in items if isinstance(item, (list, dict))]


def read_answer(body: bytes | bytearray | memoryview) -> Ready | Loaded | Reply:
    """Parse what a bench sent; raise WireError for anything that is not an answer."""
    if words := objection(body):
        raise WireError(words)
    try:
        answer = _answers.decode(body)
        if isinstance(answer, Reply):
            weigh(answer)
        elif len(body) > LARGEST_LOADED:
            raise WireError(f"{len(body) >> 10} KiB about what it defines")
        return answer
    except WireError:
        raise
    except (
        msgspec.DecodeError,
        RecursionError,
        ValueError,
        TypeError,
        OverflowError,
        MemoryError,
        struct.error,
    ) as err:
        raise WireError(f"not an answer: {str(err)[:200]}") from None


def read_request(body: bytes | bytearray | memoryview) -> Load | Ask:
    """Parse what the examiner sent."""
    return _requests.decode(body)


class Splitter:
    """Cuts a stream of bytes into message bodies."""

    def __init__(self, largest: int = LARGEST_FRAME) -> None:
        self._buffer = bytearray()
        self._largest = largest

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the bodies that are complete with ``data``; raise WireError for one that is too large."""
        self._buffer += data
        start = 0
        try:
            while len(self._buffer) - start >= _LENGTH.size:
                (length,) = _LENGTH.unpack_from(self._buffer, start)
                if length > self._largest:
                    raise WireError(f"a reply of {length >> 20} MiB is larger than may be sent")
                end = start + _LENGTH.size + length
                if len(self._buffer) < end:
                    break
                body = bytes(self._buffer[start + _LENGTH.size : end])
                start = end
                yield body
        finally:
            del self._buffer[:start]
