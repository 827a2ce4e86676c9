"""The wire's parser before arbitrary bytes: a WireError or an answer, and nothing else, in little memory and time."""

from __future__ import annotations

import struct
import tracemalloc

import msgspec
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from grader import wire
from grader.wire import bounds

_ENCODER = msgspec.msgpack.Encoder()
_NUMBERS = st.one_of(st.integers(-(2**63), 2**64 - 1), st.floats(), st.booleans(), st.none(), st.text(max_size=20))
_VALUES = st.recursive(
    _NUMBERS | st.builds(np.zeros, st.lists(st.integers(0, 4), max_size=3).map(tuple)),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=5),
    max_leaves=20,
)
_REPLIES = st.builds(wire.Reply, st.integers(0, 99), st.integers(0, 3), _VALUES.map(wire.pack))
_ANSWERS = st.one_of(
    st.just(wire.Ready()),
    _REPLIES,
    st.builds(wire.Loaded, st.dictionaries(st.text(max_size=9), st.builds(wire.Signature, st.text()), max_size=3)),
    st.builds(wire.Reply, st.just(0), st.just(0), raised=st.builds(wire.Raised, st.text(), st.text())),
)
_BODIES = _ANSWERS.map(lambda answer: wire.frame(answer)[4:])


@st.composite
def _damaged(draw) -> bytes:
    """A valid message with some of its bytes changed, cut out, or doubled."""
    body = bytearray(draw(_BODIES))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(body) - 1)))
        piece = draw(st.binary(max_size=6))
        body[at : at + draw(st.integers(0, 4))] = piece
    return bytes(body)


def _read(body: bytes) -> object:
    try:
        return wire.read_answer(body)
    except wire.WireError:
        return None


@settings(max_examples=300, deadline=1000)
@given(st.binary(max_size=400))
@example(b"")
@example(b"\xdd\xff\xff\xff\xff")
@example(b"\x91" * 100_000)
@example(b"\xc9\xff\xff\xff\xff\x01")
def test_arbitrary_bytes_are_an_answer_or_a_wire_error(body):
    _read(body)


@settings(max_examples=500, deadline=1000)
@given(_damaged())
def test_damaged_answers_are_an_answer_or_a_wire_error(body):
    answer = _read(body)
    if isinstance(answer, wire.Reply):
        wire.pack(answer.value)  # what was read may travel on: it is made of nothing but plain values


@settings(max_examples=200, deadline=1000)
@given(_BODIES)
def test_what_a_bench_sends_is_read(body):
    assert bounds.objection(body) is None
    assert _read(body) is not None


@settings(max_examples=200, deadline=1000)
@given(st.binary(max_size=300))
def test_bounds_and_parser_agree_on_where_a_message_ends(body):
    try:
        msgspec.msgpack.decode(body, ext_hook=lambda code, data: None)
    except (msgspec.DecodeError, ValueError, TypeError):
        return
    assert bounds.objection(body) in (None, "it holds something that no answer holds", "values nested too deeply")


@pytest.mark.parametrize(
    "unit", [b"\x90", b"\x80", b"\xcb" + bytes(8), bytes([0xC7, 0, 3]), b"\xa1x", b"\xc0", b"\x91" * 20 + b"\xc0"]
)
def test_a_large_frame_of_small_things_takes_no_more_memory_than_it_has_bytes(unit):
    many = (8 << 20) // len(unit)
    body = bytes([0x97, 4, 0, 0]) + b"\xdd" + struct.pack(">I", many) + unit * many + b"\xc0\x90\x90"
    tracemalloc.start()
    try:
        assert _read(body) is None
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("depth", [30, 900, 100_000])
def test_a_deep_frame_is_refused(depth):
    assert _read(bytes([0x94, 4, 0, 0]) + b"\x91" * depth + b"\xc0") is None


@settings(max_examples=150, deadline=1000)
@given(st.lists(_BODIES, max_size=6), st.lists(st.integers(1, 40), min_size=1, max_size=20))
def test_any_chunks_give_the_same_messages(bodies, sizes):
    stream = b"".join(struct.pack("<I", len(body)) + body for body in bodies)
    splitter = wire.Splitter()
    found: list[bytes] = []
    at = turn = 0
    while at < len(stream):
        size = sizes[turn % len(sizes)]
        found += splitter.feed(stream[at : at + size])
        at, turn = at + size, turn + 1
    assert found == bodies


@settings(max_examples=150, deadline=1000)
@given(st.lists(st.binary(max_size=50), max_size=20))
def test_a_stream_of_arbitrary_bytes_is_cut_or_refused(chunks):
    splitter = wire.Splitter()
    try:
        for chunk in chunks:
            for body in splitter.feed(chunk):
                _read(body)
    except wire.WireError:
        pass


@given(st.integers(wire.LARGEST_FRAME + 1, 2**32 - 1))
def test_too_large_a_message_is_refused_before_it_comes(length):
    with pytest.raises(wire.WireError, match="larger than may be sent"):
        list(wire.Splitter().feed(struct.pack("<I", length)))
