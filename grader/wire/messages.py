"""The messages: what the examiner asks, and what a bench answers."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

LARGEST_FRAME = 64 << 20
LARGEST_LOADED = 1 << 20
LARGEST_TEXT = 8 << 10
DEEPEST_VALUE = 16
MOST_VALUES = 100_000


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
