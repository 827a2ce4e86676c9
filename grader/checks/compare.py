"""Compares an answer with the right one, by the examiner's own arithmetic, and says in words what differs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
import numpy as np

from grader.wire import Foreign, Handle, Scalar

TOLERANCE = 1e-7
_MOST_LEAVES = 512


class Difference(msgspec.Struct, frozen=True):
    """How an answer differs from the right one."""

    kind: str
    """``type``, ``length``, ``shape``, ``nan``, ``value`` or ``keys``."""
    words: str
    path: str = ""
    """Which part of the answer: ``dw``, ``[0]``; empty for all of it."""
    got: Any = None
    want: Any = None


def difference(got: Any, want: Any, names: tuple[str, ...] = (), *, floor: float | None = None) -> Difference | None:
    """Return how ``got`` differs from ``want``, or None when it is right.

    ``names`` are the names of the parts of a tuple. ``floor`` is the magnitude under which the tolerance is absolute.
    """
    return _compare(got, want, "", names, floor)


def _compare(got: Any, want: Any, path: str, names: tuple[str, ...], floor: float | None) -> Difference | None:
    if isinstance(want, (list, tuple)):
        return _compare_sequence(got, want, path, names, floor)
    if isinstance(want, dict):
        return _compare_dict(got, want, path, floor)
    if is_number(want):
        return _compare_number(got, want, path, floor)
    if isinstance(want, np.ndarray):
        return _compare_array(got, want, path, floor)
    if type(got) is type(want) and got == want:
        return None
    return Difference("type", f"it is {words_for(got)}, and {words_for(want)} is expected", path, got, want)


def _compare_sequence(got: Any, want: Any, path: str, names: tuple[str, ...], floor: float | None) -> Difference | None:
    if not isinstance(got, (list, tuple)):
        parts = f" ({', '.join(names)})" if len(names) == len(want) else ""
        return Difference(
            "type", f"it is {words_for(got)}, and {len(want)} values{parts} are expected", path, got, want
        )
    if len(got) != len(want):
        return Difference("length", f"it has {len(got)} values, and {len(want)} are expected", path, got, want)
    for index, (mine, right) in enumerate(zip(got, want, strict=True)):
        part = names[index] if len(names) == len(want) else f"{path}[{index}]"
        found = _compare(mine, right, part, (), floor)
        if found:
            return found
    return None


def _compare_dict(got: Any, want: dict[str, Any], path: str, floor: float | None) -> Difference | None:
    if not isinstance(got, dict):
        return Difference("type", f"it is {words_for(got)}, and a dict is expected", path, got, want)
    for key, right in want.items():
        if key not in got:
            return Difference("keys", f"it has no {key!r}", path, got, want)
        found = _compare(got[key], right, f"{path}[{key!r}]", (), floor)
        if found:
            return found
    return None


def is_number(value: Any) -> bool:
    """Whether this is one number: a float, an int, a NumPy scalar, a 0-d array."""
    if isinstance(value, Scalar):
        return not isinstance(value.value, (bool, complex))
    if isinstance(value, np.ndarray):
        return value.ndim == 0 and value.dtype.kind in "iuf"
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def as_float(value: Any) -> float:
    """Return a number as a float."""
    return float(value.value if isinstance(value, Scalar) else value)


def _compare_number(got: Any, want: Any, path: str, floor: float | None) -> Difference | None:
    if not is_number(got):
        return Difference("type", f"it is {words_for(got)}, and one number is expected", path, got, want)
    mine, right = as_float(got), as_float(want)
    if close_numbers(mine, right, floor):
        return None
    kind = "value" if math.isfinite(mine) else "nan"
    return Difference(kind, f"it is {mine:.6g}", path, got, want)


def close_numbers(got: float, want: float, floor: float | None = None) -> bool:
    """Whether two numbers are the same to 1e-7."""
    if want != want or abs(want) == float("inf"):
        return got == want or (got != got and want != want)
    return abs(got - want) <= TOLERANCE * max(abs(want), 1e-5 if floor is None else floor)


def _compare_array(got: Any, want: Any, path: str, floor: float | None) -> Difference | None:
    if not isinstance(got, np.ndarray):
        if is_number(got) and want.ndim > 0:
            return Difference(
                "shape", f"it is one number, and an array of shape {want.shape} is expected", path, got, want
            )
        return Difference(
            "type", f"it is {words_for(got)}, and an array of shape {want.shape} is expected", path, got, want
        )
    if got.dtype.kind == "c" and want.dtype.kind != "c":
        return Difference("type", "it is an array of complex numbers, and real ones are expected", path, got, want)
    if got.dtype.kind == "b" and want.dtype.kind != "b":
        return Difference("type", "it is an array of booleans, and numbers are expected", path, got, want)
    if got.shape != want.shape:
        return Difference("shape", f"its shape is {got.shape}, and {want.shape} is expected", path, got, want)
    wrong = wrong_places(got, want, floor)
    if not wrong.any():
        return None
    bad = ~np.isfinite(got) & np.isfinite(want)
    if bad.any():
        place = tuple(int(i) for i in np.argwhere(bad)[0])
        value = float(got[place])
        return Difference(
            "nan",
            f"it is {value} at index {list(place)} (and at {int(bad.sum())} of {bad.size} in all)",
            path,
            got,
            want,
        )
    place = worst_place(got, want)
    return Difference(
        "value",
        f"{int(wrong.sum())} of {wrong.size} values are wrong; the worst is at index {list(place)}",
        path,
        got,
        want,
    )


def wrong_places(got: Any, want: Any, floor: float | None = None) -> Any:
    """Return where two arrays of one shape differ by more than the tolerance."""
    if (got == want).all():
        return np.zeros(want.shape, bool)
    with np.errstate(all="ignore"):
        mine, right = np.asarray(got), np.asarray(want)
        if right.dtype.kind in "biu" and mine.dtype.kind in "biu":
            return mine != right
        if right.size == 0:
            return np.zeros(right.shape, bool)
        size = np.abs(right)
        finite = size[np.isfinite(size)]
        least = floor if floor is not None else max(1e-5, min(1.0, float(finite.max()) if finite.size else 1.0))
        near = np.isfinite(size) & (np.abs(mine - right) <= TOLERANCE * np.maximum(size, least))
        same = (mine == right) | (np.isnan(mine) & np.isnan(right))
        return ~(near | same)


def worst_place(got: Any, want: Any) -> tuple[int, ...]:
    """Return the index where two arrays differ most."""
    with np.errstate(all="ignore"):
        error = np.nan_to_num(np.abs(signed(got) - signed(want)), nan=np.inf)
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(error)), error.shape))


def signed(array: Any) -> Any:
    """Return an array whose numbers can be subtracted: neither booleans nor what knows no sign."""
    return array if array.dtype.kind in "fc" else array.astype(np.float64)


def words_for(value: Any) -> str:
    """Return what a value is, in words."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, Scalar):
        return f"one {value.dtype} number"
    if isinstance(value, bool):
        return f"the boolean {value}"
    if isinstance(value, (int, float)):
        return f"the number {value:.6g}"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, (list, tuple)):
        return f"{len(value)} values in a list or tuple" if len(value) != 1 else "a list or tuple of one value"
    if isinstance(value, dict):
        return "a dict"
    if isinstance(value, Handle):
        return f"an object of type {value.kind}"
    if isinstance(value, Foreign):
        return value.kind
    return f"a {type(value).__name__}"


def leaves(value: Any, name: str = "", names: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """Return the arrays and numbers of a value, each with the name of its place; ``names`` are those of its parts.

    Only the first few hundred: no right answer has as many, and a wrong one shall not cost the examiner's time.
    """
    return list(islice(_leaves(value, name, names), _MOST_LEAVES))


def _leaves(value: Any, name: str, names: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    if isinstance(value, (list, tuple)):
        parts = names if len(names) == len(value) else (f"{name}[{index}]" for index in range(len(value)))
        for item, part in zip(value, parts, strict=True):
            yield from _leaves(item, part)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{name}[{key!r}]")
    else:
        yield name, value
