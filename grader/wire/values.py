"""The values: arrays, numbers, strings, lists, dicts and handles as bytes, and back. Nothing is executed by reading."""

from __future__ import annotations

import struct
from collections.abc import Callable
from math import prod
from typing import Any

import msgspec
import numpy as np

from grader.wire.messages import (
    DEEPEST_VALUE,
    LARGEST_FRAME,
    LARGEST_TEXT,
    Foreign,
    Handle,
    Ref,
    Scalar,
    Tensor,
    WireError,
)

_ARRAY, _HANDLE, _FOREIGN, _REF, _TUPLE = 1, 2, 3, 4, 5
_DTYPES = frozenset(
    ("|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"),
)
_NUMBER = struct.Struct("<I")
_ARRAY_HEAD = struct.Struct("<B3sB")
_SHAPES = [struct.Struct(f"<{ndim}Q") for ndim in range(DEEPEST_VALUE + 1)]
_BY_CODE = {name.encode()[-3:]: np.dtype(name) for name in _DTYPES}
_CODES = {dtype: code for code, dtype in _BY_CODE.items()}


def pack(value: Any, hold: Callable[[object], Handle] | None = None, depth: int = 0) -> Any:
    """Return ``value`` as what may travel; ``hold`` makes a Handle of whatever may not.

    With ``hold`` (on the bench) tuples become lists; without (at the examiner) tuples stay tuples.
    """
    kind = type(value)
    if value is None or kind is bool or kind is Handle or kind is Ref or kind is Foreign:
        return value if kind is bool or value is None else _pack_reference(value)
    if kind is np.ndarray or kind is Tensor:
        return _pack_array(value, 2 if kind is Tensor else 0)
    if kind is float:
        return value
    if kind is int:
        return value if -(1 << 63) <= value < 1 << 64 else _pack_reference(Foreign("an integer of more than 64 bits"))
    if isinstance(value, np.generic) and not isinstance(value, (np.void, np.str_, np.bytes_)):
        return _pack_array(np.asarray(value), 1)
    if kind is str:
        return value[:LARGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
    if depth > DEEPEST_VALUE:
        return _pack_reference(Foreign("values nested too deeply"))
    if isinstance(value, (list, tuple)):
        plain = list.__iter__(value) if isinstance(value, list) else tuple.__iter__(value)
        items = [pack(item, hold, depth + 1) for item in plain]
        if hold is None and isinstance(value, tuple):
            return msgspec.msgpack.Ext(_TUPLE, _encoder.encode(items))
        return items
    if kind is dict and all(type(key) is str for key in value):
        return {pack(key): pack(item, hold, depth + 1) for key, item in value.items()}
    return _pack_stranger(value, hold)


def _pack_stranger(value: Any, hold: Callable[[object], Handle] | None) -> Any:
    if is_tensor(value):
        array = numbers_of(value)
        return _pack_reference(Foreign("a tensor without plain numbers")) if array is None else _pack_array(array, 2)
    if hold is None:
        raise TypeError(f"a {type(value).__name__} cannot travel to a bench")
    if isinstance(value, (np.ndarray, float, int, str, bytes, dict)):
        return _pack_reference(Foreign(_words_for(value)))
    return _pack_reference(hold(value))


def _words_for(value: Any) -> str:
    kind = type(value)
    if kind is dict:
        return "a dict with keys that are not strings"
    if kind is bytes:
        return "bytes"
    return f"a {kind.__module__}.{kind.__qualname__}"[:200]


def is_tensor(value: Any) -> bool:
    """Whether this is one of PyTorch's tensors, which nobody imports to find out."""
    kind = type(value)
    return kind.__module__ in {"torch", "torch.nn.parameter"} and kind.__name__ in {"Tensor", "Parameter", "Buffer"}


def numbers_of(tensor: Any) -> Any:
    """Return a tensor's numbers as an array, or None where it has none that NumPy knows."""
    try:
        return tensor.detach().cpu().numpy()
    except (TypeError, RuntimeError, ValueError):
        return None


def _pack_array(array: Any, flavour: int) -> Any:
    code = _CODES.get(array.dtype)
    one = "a number" if flavour == 1 else "an array"
    if code is None and array.dtype.byteorder == ">":
        array = array.astype(array.dtype.newbyteorder("<"))
        code = _CODES.get(array.dtype)
    if code is None or array.ndim > DEEPEST_VALUE:
        what = "an array of objects" if array.dtype == object else f"{one} of dtype {array.dtype}"
        return _pack_reference(Foreign(what[:200]))
    if array.nbytes > LARGEST_FRAME // 2:
        return _pack_reference(Foreign(f"an array of {array.nbytes >> 20} MiB, which is too large"))
    head = _ARRAY_HEAD.pack(flavour, code, array.ndim) + _SHAPES[array.ndim].pack(*array.shape)
    return msgspec.msgpack.Ext(_ARRAY, head + array.tobytes())


def _pack_reference(value: Handle | Ref | Foreign) -> Any:
    if isinstance(value, Ref):
        item = -1 if value.item is None else value.item
        return msgspec.msgpack.Ext(_REF, struct.pack("<Ii", value.call, item))
    if isinstance(value, Handle):
        return msgspec.msgpack.Ext(_HANDLE, struct.pack("<I", value.number) + value.kind.encode("utf-8", "replace"))
    return msgspec.msgpack.Ext(_FOREIGN, value.kind.encode("utf-8", "replace"))


def _unpack_array(data: memoryview) -> Any:
    flavour, code, ndim = _ARRAY_HEAD.unpack_from(data)
    dtype = _BY_CODE.get(code)
    start = _ARRAY_HEAD.size + 8 * ndim
    if dtype is None or flavour > 2 or ndim > DEEPEST_VALUE or len(data) < start:
        raise WireError("an array of an unknown kind")
    shape = _SHAPES[ndim].unpack_from(data, _ARRAY_HEAD.size)
    if prod(shape) * dtype.itemsize != len(data) - start or max(shape, default=0) > LARGEST_FRAME:
        raise WireError("an array whose size is not its shape's")
    array = np.frombuffer(data, dtype, offset=start).reshape(shape)
    if code == b"|b1":  # a byte beyond 0 and 1 would be a boolean that is neither
        array = np.frombuffer(data, np.uint8, offset=start).reshape(shape) != 0
    if flavour == 1:
        return Scalar(array.item(), dtype.name) if ndim == 0 else array
    return array.view(Tensor) if flavour == 2 else array


def read_value(code: int, data: memoryview) -> Any:
    if code == _ARRAY:
        return _unpack_array(data)
    text = bytes(data)
    if code == _HANDLE and len(text) >= 4:
        return Handle(_NUMBER.unpack_from(text)[0], text[4:204].decode("utf-8", "replace"))
    if code == _FOREIGN:
        return Foreign(text[:200].decode("utf-8", "replace"))
    raise WireError(f"an extension of unknown code {code}")


def read_trusted_value(code: int, data: memoryview) -> Any:
    if code == _ARRAY:
        return _unpack_array(data)
    if code == _REF:
        call, item = struct.unpack("<Ii", data)
        return Ref(call, None if item < 0 else item)
    if code == _TUPLE:
        return tuple(_trusting_values.decode(data))
    return read_value(code, data)


_encoder = msgspec.msgpack.Encoder()
_trusting_values = msgspec.msgpack.Decoder(ext_hook=read_trusted_value)
_plain_values = msgspec.msgpack.Decoder(ext_hook=read_value)


def pack_values(values: Any) -> bytes:
    """Return any plain value as bytes: what recorded answers are kept as."""
    return _encoder.encode(pack(values, _no_handles))


def unpack_values(data: bytes | memoryview) -> Any:
    """Parse what pack_values made."""
    try:
        return _plain_values.decode(data)
    except (msgspec.DecodeError, RecursionError, ValueError, TypeError, struct.error) as err:
        raise WireError(f"not recorded values: {str(err)[:200]}") from None


def _no_handles(value: object) -> Handle:
    return Handle(0, type(value).__name__)
