"""What travels arrives as it was; what may not travel arrives as words. (Damaged and forged bytes: tests/fuzz.)"""

from __future__ import annotations

import numpy as np
import pytest

from grader import wire
from grader.wire import Call, Foreign, Handle, Ref, Reply, Scalar, WireError


def from_bench(value, held=None):
    """Send a value as a bench does, and return what the examiner reads."""
    held = [] if held is None else held

    def hold(thing):
        held.append(thing)
        return Handle(len(held) - 1, type(thing).__name__)

    answer = wire.read_answer(wire.frame(Reply(1, 2, wire.pack(value, hold)))[4:])
    assert (answer.number, answer.call) == (1, 2)
    return answer.value


def to_bench(*args, **kwargs) -> Call:
    """Send a call as the examiner does, and return what the bench reads."""
    return wire.read_request(wire.ask_frame(7, [Call("f", list(args), kwargs)])[4:]).calls[0]


PLAIN = [None, True, False, 0, -5, 2**63, -(2**63), 1.5, -0.0, float("inf"), "text", "größe \x00", [], [1, [2.5, None]],
         {"a": 1, "b": {"c": [2]}}]  # fmt: skip


@pytest.mark.parametrize("value", PLAIN, ids=repr)
def test_plain_values_arrive_as_they_were(value):
    arrived = from_bench(value)
    assert arrived == value
    assert type(arrived) is type(value)


@pytest.mark.parametrize("dtype", ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16"])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (1, 2, 3, 4), (0, 5)])
def test_arrays_arrive_with_dtype_shape_and_bytes(dtype, shape):
    sent = np.arange(int(np.prod(shape))).reshape(shape).astype(dtype)
    arrived = from_bench(sent)
    assert (arrived.dtype, arrived.shape, arrived.tobytes()) == (sent.dtype, sent.shape, sent.tobytes())


BASE = np.arange(12.0).reshape(3, 4)


@pytest.mark.parametrize(
    "array",
    [BASE.T, BASE[::-1], BASE[:, ::2], np.asfortranarray(BASE), np.broadcast_to(BASE, (2, 3, 4)), BASE.astype(">f8")],
    ids=["transposed", "reversed", "strided", "Fortran", "broadcast", "big-endian"],
)
def test_arrays_of_any_layout_arrive_with_their_values(array):
    assert np.array_equal(from_bench(array), array)


def test_nan_and_minus_zero_keep_their_bits():
    sent = np.array([np.nan, -0.0, np.inf])
    assert from_bench(sent).tobytes() == sent.tobytes()


def test_numpy_scalars_know_their_dtype():
    assert from_bench(np.float32(1.5)) == Scalar(1.5, "float32")
    assert from_bench(np.bool_(True)) == Scalar(True, "bool")
    assert from_bench(np.int8(-3)) == Scalar(-3, "int8")


def test_tuples_come_from_a_bench_as_lists_and_stay_tuples_on_the_way_there():
    assert from_bench((1, (2, 3))) == [1, [2, 3]]
    assert to_bench((1, (2, [3]))).args == [(1, (2, [3]))]


def test_a_named_tuple_arrives_as_its_values():
    from collections import namedtuple

    pair = namedtuple("pair", "dx dw")
    assert from_bench(pair(1.0, 2.0)) == [1.0, 2.0]


class Sly(float):
    def __eq__(self, other):
        return True

    __hash__ = None


class Liar(np.ndarray):
    shape = property(lambda self: (99,))


STRANGERS = {
    "a subclass of float": (Sly(1.0), "a test_wire_values.Sly"),
    "a subclass of an array": (np.zeros(3).view(Liar), "a test_wire_values.Liar"),
    "a masked array": (np.ma.masked_array([1.0]), "a numpy.ma.MaskedArray"),
    "an array of objects": (np.array([None]), "an array of objects"),
    "an array of strings": (np.array(["a"]), "an array of dtype <U1"),
    "dates": (np.array(["2026-01-01"], "datetime64[D]"), "an array of dtype datetime64[D]"),
    "a long double": (np.longdouble(1), "a number of dtype float128"),
    "an enormous integer": (2**64, "an integer of more than 64 bits"),
    "bytes": (b"abc", "bytes"),
    "a dict with other keys": ({1: 2}, "a dict with keys that are not strings"),
    "an array that is too large": (np.broadcast_to(1.0, (3000, 3000)), "an array of 68 MiB, which is too large"),
}


@pytest.mark.parametrize("case", STRANGERS)
def test_what_may_not_travel_arrives_as_words(case):
    value, words = STRANGERS[case]
    held = []
    arrived = from_bench([value], held)
    assert arrived == [Foreign(words)]
    assert held == []


def test_objects_stay_and_travel_as_handles():
    held = []
    generator, thing = (x for x in ()), object()
    assert from_bench([generator, thing, thing], held) == [
        Handle(0, "generator"),
        Handle(1, "object"),
        Handle(2, "object"),
    ]
    assert held == [generator, thing, thing]


def test_an_examiner_cannot_send_what_a_bench_could_not_use():
    with pytest.raises(TypeError, match="a object cannot travel to a bench"):
        to_bench(object())


def test_references_and_handles_travel_to_a_bench():
    call = to_bench(Ref(3), Ref(4, 1), Handle(5, "Model"), named=Ref(0, 0))
    assert call.args == [Ref(3), Ref(4, 1), Handle(5, "Model")]
    assert call.kwargs == {"named": Ref(0, 0)}


def test_a_bench_cannot_send_a_reference():
    with pytest.raises(WireError, match="extension of unknown code"):
        wire.read_answer(wire.frame(Reply(0, 0, wire.pack(Ref(0), lambda thing: Handle(0, ""))))[4:])


def test_values_nested_too_deeply_are_cut_off():
    value: list = []
    for _ in range(40):
        value = [value]
    arrived, depth = from_bench(value), 0
    while isinstance(arrived, list):
        arrived, depth = arrived[0], depth + 1
    assert arrived == Foreign("values nested too deeply")
    assert depth == wire.DEEPEST_VALUE + 1


def test_long_text_is_cut_and_lone_surrogates_are_replaced():
    assert len(from_bench("x" * 10**6)) == wire.LARGEST_TEXT
    assert from_bench("a\ud800b") == "a?b"


def test_more_values_than_anybody_would_look_at_are_refused():
    with pytest.raises(WireError, match="100,000 values"):
        from_bench([[0.0] * 1000] * 101)
    assert len(from_bench([[0.0] * 900] * 100)) == 100


def test_a_message_beyond_the_limit_is_refused():
    with pytest.raises(WireError, match="a message of 91 MiB is too large"):
        from_bench([np.zeros(4_000_000)] * 3)


def test_bytes_for_booleans_are_true_or_false():
    packed = bytearray(wire.frame(Reply(0, 0, wire.pack(np.array([False, True, True])))))
    packed[packed.rindex(b"\x01\x01")] = 77
    value = wire.read_answer(bytes(packed[4:])).value
    assert value.tolist() == [False, True, True]
    assert value.view(np.uint8).max() == 1


def test_recorded_values_come_back():
    value = {"a": [np.arange(3.0), None, "x"], "b": np.float64(2.0)}
    back = wire.unpack_values(wire.pack_values(value))
    assert np.array_equal(back["a"][0], np.arange(3.0))
    assert back["b"] == Scalar(2.0, "float64")
    with pytest.raises(WireError, match="not recorded values"):
        wire.unpack_values(b"\xc1")
