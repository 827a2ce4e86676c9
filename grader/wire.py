"""What travels between the examiner and a bench: calls one way, answers the other, bounded and strictly parsed.

Both ends import this and nothing else of each other. Nothing here executes what it reads.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from math import prod
from typing import Any

import msgspec
import numpy as np

from grader.bounds import objection

LARGEST_FRAME = 64 << 20
LARGEST_LOADED = 1 << 20
LARGEST_TEXT = 8 << 10
DEEPEST_VALUE = 16
MOST_VALUES = 100_000

_ARRAY, _HANDLE, _FOREIGN, _REF, _TUPLE = 1, 2, 3, 4, 5
_DTYPES = frozenset(
    ("|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"),
)
_LENGTH = struct.Struct("<I")
_ARRAY_HEAD = struct.Struct("<B3sB")
_SHAPES = [struct.Struct(f"<{ndim}Q") for ndim in range(DEEPEST_VALUE + 1)]
_BY_CODE = {name.encode()[-3:]: np.dtype(name) for name in _DTYPES}
_CODES = {dtype: code for code, dtype in _BY_CODE.items()}


class WireError(Exception):
    """The bytes are not what this protocol allows: the other end is broken or hostile."""


class Handle(msgspec.Struct, frozen=True):
    """An object that stays on the bench: a cache, an instance, a model."""

    number: int
    kind: str


class Foreign(msgspec.Struct, frozen=True):
    """A value that may not travel, known by the words for it alone: ``an array of objects``."""

    kind: str


class Ref(msgspec.Struct, frozen=True):
    """The result of an earlier call of the same exchange, or one item of it."""

    call: int
    item: int | None = None


class Scalar(msgspec.Struct, frozen=True):
    """A NumPy scalar: a number that still knows its dtype."""

    value: Any
    dtype: str


class Tensor(np.ndarray):
    """An array that is a PyTorch tensor on the bench."""


class Call(msgspec.Struct, frozen=True, array_like=True):
    """One question: call ``name`` with these arguments."""

    name: str
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    on: Any = None
    """A Handle or Ref: the object whose method ``name`` is called; None for a function of the submission."""
    attribute: bool = False
    """Read the attribute ``name`` of ``on`` instead of calling it."""
    keep: bool = False
    """Later calls of this exchange refer to the result."""
    hold: bool = False
    """The result stays on the bench after the exchange, and its Handle comes back."""
    take: list[int] | None = None
    """The items of the result that come back (one bare, several as a list); all of it where None."""
    echo: list[int] = []
    """The arguments, by their places, that come back as they are after the call."""
    guard: list[int] = []
    """The arguments, by their places, that the call should leave as they are."""
    watch: bool = False
    """The warnings raised during the call come back."""


class Load(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """The first message: the submission, and the names that will be asked about."""

    module: str
    files: dict[str, bytes]
    cells: list[str] | None
    names: list[str]
    refusal: str
    """What a student is told who imports what may not be imported; ``{name}`` is the package."""
    allow: list[str]


class Ask(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """One exchange: calls that are answered one by one, in order."""

    number: int
    calls: list[Call]


class Frame(msgspec.Struct, frozen=True, array_like=True):
    """One line of the student's own traceback."""

    file: str
    line: int
    function: str
    source: str


class Raised(msgspec.Struct, frozen=True, array_like=True):
    """An exception of the submission, as words."""

    type: str
    message: str
    frames: list[Frame] = []
    column: int | None = None
    unwritten: bool = False
    """A NotImplementedError: the stub was never filled in."""


class Signature(msgspec.Struct, frozen=True, array_like=True):
    """What a name of the submission is, and which arguments it takes."""

    kind: str
    required: list[str] = []
    optional: list[str] = []
    more: bool = False
    """It takes any number of further arguments."""
    keyword_only: list[str] = []
    line: int | None = None
    file: str = ""
    """Where it is defined: ``losses.py``, ``cell 3``; empty where that cannot be found."""


class Loaded(msgspec.Struct, frozen=True, array_like=True, tag=3):
    """The answer to Load."""

    defines: dict[str, Signature]
    raised: Raised | None = None
    notes: list[str] = []


class Reply(msgspec.Struct, frozen=True, array_like=True, tag=4):
    """The answer to one call."""

    number: int
    call: int
    value: Any = None
    raised: Raised | None = None
    echo: Any = None
    changed: list[int] = []
    """The guarded arguments that are no longer what they were."""
    warnings: list[str] = []
    seconds: float = 0.0


class Ready(msgspec.Struct, frozen=True, array_like=True, tag=5):
    """The first word of a bench that is locked and has read nothing yet."""


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


def _hook(code: int, data: memoryview) -> Any:
    if code == _ARRAY:
        return _unpack_array(data)
    text = bytes(data)
    if code == _HANDLE and len(text) >= 4:
        return Handle(_LENGTH.unpack_from(text)[0], text[4:204].decode("utf-8", "replace"))
    if code == _FOREIGN:
        return Foreign(text[:200].decode("utf-8", "replace"))
    raise WireError(f"an extension of unknown code {code}")


def _trusting_hook(code: int, data: memoryview) -> Any:
    if code == _ARRAY:
        return _unpack_array(data)
    if code == _REF:
        call, item = struct.unpack("<Ii", data)
        return Ref(call, None if item < 0 else item)
    if code == _TUPLE:
        return tuple(_trusting_values.decode(data))
    return _hook(code, data)


_encoder = msgspec.msgpack.Encoder()
_Answer = Ready | Loaded | Reply
_answers: msgspec.msgpack.Decoder[_Answer] = msgspec.msgpack.Decoder(_Answer, ext_hook=_hook)
_requests: msgspec.msgpack.Decoder[Load | Ask] = msgspec.msgpack.Decoder(Load | Ask, ext_hook=_trusting_hook)
_trusting_values = msgspec.msgpack.Decoder(ext_hook=_trusting_hook)


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
    waiting: list[Any] = [reply.value, reply.echo, reply.changed, reply.warnings]
    if reply.raised is not None:
        waiting.append(reply.raised.frames)
    count = 0
    while waiting:
        value = waiting.pop()
        if isinstance(value, (list, dict)):
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


_plain_values = msgspec.msgpack.Decoder(ext_hook=_hook)


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
