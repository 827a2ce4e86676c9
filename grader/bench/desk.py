"""Answers calls in the process where the submission's objects live: on a bench, or in a notebook's own kernel.

What it says of itself can be forged by the submission; the examiner believes only values it has checked.
"""

from __future__ import annotations

import os
import traceback
import types
import warnings
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

import numpy as np

from grader.wire import (
    Call,
    Frame,
    Handle,
    Raised,
    Ref,
    Reply,
    Scalar,
    Signature,
    Tensor,
    is_tensor,
    numbers_of,
    pack,
)

_LONGEST_MESSAGE = 2000
_MOST_FRAMES = 8
_TAKES_MORE = 0x04
"""The flag of a code object with ``*args``."""

Builders = Mapping[str, Callable[..., Any]]
"""What a call with an @ is answered by: trusted functions (workshop.py), by their names with the @."""


class Desk:
    """A namespace that answers calls, with the results it was asked to keep."""

    def __init__(
        self, namespace: Mapping[str, Any], sources: Mapping[str, list[str]], builders: Builders | None = None
    ) -> None:
        self._namespace = namespace
        self._sources = sources
        self._builders = builders or {}
        self._held: dict[int, Any] = {}
        self._kept: dict[int, Any] = {}

    def begin(self) -> None:
        """Forget what the last exchange kept."""
        self._kept.clear()

    def reply(self, number: int, index: int, call: Call) -> Reply:
        """Answer one call; whatever the submission raises becomes part of the answer."""
        seen: list[str] = []
        args: list[Any] = []
        kwargs: dict[str, Any] = {}
        start = perf_counter()
        try:
            args = [self._resolve(argument) for argument in call.args]
            kwargs = {name: self._resolve(argument) for name, argument in call.kwargs.items()}
            if call.watch:
                result = self._watched(call, args, kwargs, seen)
            else:
                result = self._perform(call, args, kwargs)
            if call.keep:
                self._kept[index] = result
            value = self._hold(result) if call.hold else _taken(result, call.take)
            packed = pack(value, self._hold)
            echo = [pack(args[place], self._hold) for place in call.echo]
        except UnanswerableError as err:
            return Reply(number, index, raised=Raised("Unanswerable", str(err)))
        except BaseException as err:  # noqa: BLE001 - SystemExit and KeyboardInterrupt are answers too
            return Reply(number, index, raised=describe(err, self._sources), warnings=seen)
        changed = [place for place in call.guard if not _same(call.args[place], args[place])]
        return Reply(number, index, packed, None, echo, changed, seen, perf_counter() - start)

    def _perform(self, call: Call, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if call.on is None:
            try:
                function = (self._builders if call.name[:1] == "@" else self._namespace)[call.name]
            except KeyError:
                raise UnanswerableError(f"{call.name} is not defined") from None
            return function(*args, **kwargs)
        owner = self._resolve(call.on)
        member = getattr(owner, call.name)
        return member if call.attribute else member(*args, **kwargs)

    def _watched(self, call: Call, args: list[Any], kwargs: dict[str, Any], seen: list[str]) -> Any:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                return self._perform(call, args, kwargs)
            finally:
                seen.extend(str(warning.message)[:200] for warning in caught[:20])

    def _resolve(self, value: Any) -> Any:
        """Return an argument as the submission gets it: its own copy, writable, references followed."""
        kind = type(value)
        if kind is np.ndarray:
            return value.copy()
        if kind is Ref:
            return self._refer(value)
        if kind is Scalar:
            return np.dtype(value.dtype).type(value.value)
        if kind is Tensor:
            return self._builders["@tensor"](np.array(value))
        if kind is Handle:
            return self._recall(value)
        if kind is list or kind is tuple:
            return kind(self._resolve(item) for item in value)
        if kind is dict:
            return {key: self._resolve(item) for key, item in value.items()}
        return value

    def _refer(self, ref: Ref) -> Any:
        if ref.call not in self._kept:
            raise UnanswerableError("it needs the result of a call that failed")
        result = self._kept[ref.call]
        if ref.item is None:
            return result
        if not isinstance(result, (tuple, list)) or len(result) <= ref.item:
            raise UnanswerableError(
                f"the call before it returned {_words_for(result)}, where {ref.item + 1} or more values are due"
            )
        return result[ref.item]

    def _recall(self, handle: Handle) -> Any:
        if handle.number not in self._held:
            raise UnanswerableError(f"it needs the {handle.kind} of a process that has ended")
        return self._held[handle.number]

    def _hold(self, value: Any) -> Handle:
        number = len(self._held)
        if isinstance(value, Handle):  # a forged one travels as what it is
            return value
        self._held[number] = value
        return Handle(number, type(value).__name__[:100])


def _same(before: Any, after: Any) -> bool:
    """Whether an argument is what it was, to the last bit."""
    if isinstance(before, np.ndarray):
        if is_tensor(after):
            after = numbers_of(after)
        same_shape = isinstance(after, np.ndarray) and before.shape == after.shape and before.dtype == after.dtype
        return same_shape and before.tobytes() == after.tobytes()
    if isinstance(before, (list, tuple)):
        same_length = isinstance(after, (list, tuple)) and len(before) == len(after)
        return same_length and all(map(_same, before, after))
    if isinstance(before, dict):
        same_keys = isinstance(after, dict) and before.keys() == after.keys()
        return same_keys and all(_same(before[key], after[key]) for key in before)
    return True


class UnanswerableError(Exception):
    """The call could not be made at all."""


def _taken(result: Any, take: list[int] | None) -> Any:
    if take is None:
        return result
    if not isinstance(result, (tuple, list)):
        raise UnanswerableError(f"it returned {_words_for(result)}, where a tuple is due")
    if take and len(result) <= max(take):
        raise UnanswerableError(f"it returned {len(result)} values, where {max(take) + 1} or more are due")
    return result[take[0]] if len(take) == 1 else [result[item] for item in take]


def _words_for(value: Any) -> str:
    if value is None:
        return "None"
    if isinstance(value, (tuple, list)):
        return f"{len(value)} value" + ("s" if len(value) != 1 else "")
    if type(value) is np.ndarray:
        return f"an array of shape {value.shape}"
    return f"a {type(value).__name__}"[:100]


def describe(err: BaseException, sources: Mapping[str, list[str]]) -> Raised:
    """Return an exception as words, whatever its own methods do."""
    kind = type(err)
    name = kind.__name__ if isinstance(kind.__name__, str) else "Exception"
    try:
        message = str(err)[:_LONGEST_MESSAGE] if isinstance(err, BaseException) else ""
    except BaseException:  # noqa: BLE001 - its __str__ is the submission's
        message = "(its message could not be read)"
    message = message.encode("utf-8", "replace").decode("utf-8")
    if isinstance(err, SyntaxError):
        place = [Frame(_text(err.filename), err.lineno, "", _text(err.text))] if isinstance(err.lineno, int) else []
        return Raised(name, _text(err.msg), place, err.offset if isinstance(err.offset, int) else None)
    frames: list[Frame] = []
    for frame, line in traceback.walk_tb(err.__traceback__):
        file = frame.f_code.co_filename
        if file in sources:
            lines = sources[file]
            text = lines[line - 1].strip()[:200] if 0 < line <= len(lines) else ""
            frames.append(Frame(os.path.basename(file), line, frame.f_code.co_name[:100], text))
    return Raised(name[:100], message, frames[-_MOST_FRAMES:], None, kind is NotImplementedError)


def _text(value: Any) -> str:
    return value[:400].encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def signature(value: Any) -> Signature:
    """Return what a name is and how it may be called; a class is called by its constructor."""
    if type(value) is types.FunctionType and not value.__dict__:
        return _plain_signature(value.__code__, value.__defaults__, value.__kwdefaults__)
    import inspect

    kind = "class" if isinstance(value, type) else "function" if callable(value) else type(value).__name__[:100]
    if not callable(value):
        return Signature(kind)
    try:
        file, line = _place_of(value)
        parameters = list(inspect.signature(value).parameters.values())
    except BaseException:  # noqa: BLE001 - what it says of itself is the submission's
        return Signature(kind, more=True)
    places = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    positional = [p for p in parameters if p.kind in places]
    return Signature(
        kind,
        [p.name for p in positional if p.default is inspect.Parameter.empty],
        [p.name for p in positional if p.default is not inspect.Parameter.empty],
        any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters),
        [p.name for p in parameters if p.kind is p.KEYWORD_ONLY and p.default is inspect.Parameter.empty],
        line,
        file,
    )


def _plain_signature(code: types.CodeType, defaults: Any, keyword_defaults: Any) -> Signature:
    """Return what inspect would say of a plain function, at a tenth of the time."""
    count = code.co_argcount
    given = count - len(defaults or ())
    keyword_only = code.co_varnames[count : count + code.co_kwonlyargcount]
    return Signature(
        "function",
        list(code.co_varnames[:given]),
        list(code.co_varnames[given:count]),
        bool(code.co_flags & _TAKES_MORE),
        [name for name in keyword_only if name not in (keyword_defaults or {})],
        code.co_firstlineno,
        _text(code.co_filename),
    )


def _place_of(value: Any) -> tuple[str, int | None]:
    """Return the file and the line of a definition: under its decorators, where they say what they wrap."""
    import inspect

    inner = inspect.unwrap(value)
    if isinstance(inner, type):
        inner = next((member for member in vars(inner).values() if inspect.isfunction(member)), None)
    code = getattr(inner, "__code__", None)
    if not isinstance(code, types.CodeType):
        return "", None
    return _text(code.co_filename), code.co_firstlineno
