"""Names answers of the wrong kind: nothing, a list for an array, a generator, too many results, a smaller dtype.

What is wrong with numbers of the right kind is in hypotheses.py, formulas.py and places.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.checks.compare import difference, is_number, leaves
from grader.checks.evidence import Evidence, label_of
from grader.wire import Foreign, Handle

_OBJECTS = {
    "generator": "A function with yield is a generator: collect the values and return them.",
    "coroutine": "A function with async is a coroutine: define it with def alone.",
    "function": "You return a function: call it, with parentheses and its arguments, and return what comes out.",
    "method": "You return a method: call it, with parentheses and its arguments, and return what comes out.",
    "builtin_function_or_method": "You return a function: did you forget the parentheses of a call?",
    "type": "You return a class, not a value: did you forget the parentheses of a call?",
    "map": "What map, filter or zip give is no array yet: make one of what is in it.",
}
_OBJECTS |= dict.fromkeys(("filter", "zip"), _OBJECTS["map"])


def misfit(got: Any, want: Any, names: tuple[str, ...] = (), label: str = "the result") -> str | None:
    """Return what to do about an answer that is not even of the kind that is due, or None."""
    if got is None and want is not None:
        return f"{label} is None: is a return missing?"
    if isinstance(got, Handle):
        return _OBJECTS.get(got.kind)
    if isinstance(want, (list, tuple)):
        return _several(got, want, names)
    if isinstance(got, (list, tuple)):
        return _listed(got, want, label)
    if isinstance(got, dict) and not isinstance(want, dict):
        return f"{label} is a dict: return the value alone."
    return _unlike(got, label) if isinstance(want, np.ndarray) or is_number(want) else None


def _several(got: Any, want: Sequence[Any], names: tuple[str, ...]) -> str | None:
    parts = ", ".join(names) if len(names) == len(want) else f"{len(want)} values"
    if isinstance(got, np.ndarray) or is_number(got):
        return f"You return one value; return all of them, separated by commas: {parts}."
    if not isinstance(got, (list, tuple)):
        return None
    if len(got) == len(want):
        return _inside(got, want, names)
    common = min(len(got), len(want))
    if not common or difference(list(got[:common]), list(want[:common])) is not None:
        return None
    if len(got) > len(want):
        return f"The first {common} are right: leave out what comes after them." if common > 1 else None
    missing = ", ".join(names[common:]) if len(names) == len(want) else "the rest"
    return f"What you return is right as far as it goes: {missing} is missing."


def _inside(got: Sequence[Any], want: Sequence[Any], names: tuple[str, ...]) -> str | None:
    """Return what is wrong with a list among the results: it is empty, or too long or short."""
    for index, (mine, right) in enumerate(zip(got, want, strict=True)):
        if not isinstance(mine, (list, tuple)) or not isinstance(right, (list, tuple)) or len(mine) == len(right):
            continue
        name = names[index] if len(names) == len(want) else f"result {index + 1}"
        if not mine:
            return f"{name} is empty: nothing was put into it."
        much = f"{name} has {len(mine)} values, and {len(right)} are expected"
        if difference(list(mine[: len(right)]), list(right[: len(mine)])) is None:
            end = "it goes on too long" if len(mine) > len(right) else "it ends too early"
            return f"{much}; they are right as far as they go, but {end}."
        return f"{much}: look at when it grows, and when the loop ends."
    return None


def _listed(got: Sequence[Any], want: Any, label: str) -> str | None:
    if got and difference(got[0], want) is None:
        return f"The first of the {len(got)} values you return is what is expected: return it alone."
    if isinstance(want, np.ndarray) and want.ndim and got and all(is_number(leaf) for _, leaf in leaves(got)):
        return f"{label} is a list of numbers: make it an array."
    return None


def _unlike(got: Any, label: str) -> str | None:
    if isinstance(got, Foreign) and got.kind == "an array of objects":
        return f"{label} holds objects, not numbers: are rows of different lengths in it, or None, or arrays?"
    if isinstance(got, Foreign) and got.kind in ("a numpy.ma.MaskedArray", "a numpy.matrix"):
        return f"{label} is of a special kind of array: return a plain one, as np.asarray makes it."
    if not isinstance(got, np.ndarray):
        return None
    if got.dtype.kind == "c":
        return f"{label} is complex: is it a root of a negative number, or is a dtype set that is not needed?"
    if got.dtype.kind == "b":
        return f"{label} is True or False everywhere: turn what you compared into numbers."
    return None


def narrowed(evidence: Sequence[Evidence]) -> str | None:
    """Name a dtype that is too small for the right answer."""
    kinds = set()
    for item in evidence:
        got, want = item.got, item.want
        if not isinstance(got, np.ndarray) or got.dtype.kind != "f" or got.dtype.itemsize >= 8:
            return None
        if not isinstance(want, np.ndarray) or got.shape != want.shape:
            return None
        scale = max(1e-9, float(np.max(np.abs(want), initial=0.0)))
        if not np.max(np.abs(got - want), initial=0.0) <= 8 * np.finfo(got.dtype).eps * scale:
            return None
        kinds.add(got.dtype.name)
    return f"{label_of(evidence[0])} is right to the precision of {' and '.join(sorted(kinds))}: compute in float64."
