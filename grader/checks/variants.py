"""Right answers to other questions: what the reference says where an argument is 0, has another sign, is exchanged.

Whoever answers one of these uses an argument wrongly, and the variant's words say which and how. They are made once
for a class, and recorded for students, each as a few weighted sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from grader.answers import Answer, Exchange, Referee
from grader.checks.cases import FunctionCase, PairCase
from grader.checks.check import Check
from grader.checks.compare import as_float, is_number, leaves
from grader.checks.paper import Paper, Question
from grader.wire import Call, ask_frame

Print = Any
"""Per number or array of all answers: the sum of sizes, a weighted sum, the number of axes and of elements."""

_NEAR = 2e-6


class Variant(msgspec.Struct, frozen=True):
    """What a question would have had to be for an answer to be right."""

    check: str
    """The id of the check whose cases were changed."""
    words: str
    print: Print


def variants_of(check: Check, paper: Paper) -> list[Variant]:
    """Return the variants of a main check's questions, those that change nothing left out."""
    cases = check.cases()
    if not cases or not all(isinstance(case, (FunctionCase, PairCase)) for case in cases):
        return []
    questions = paper.set(cases)
    places = check.places or (0,)
    changed = [list(_changed(question)) for question in questions]
    common = [words for words, _ in changed[0] if all(words in dict(other) for other in changed[1:])]
    asked = [[dict(other)[words] for other in changed] for words in common]
    answers = _ask(paper.reference, asked, max(places) + 1)
    right = short_print([question.expected for question in questions], places)
    found = []
    for words, given in zip(common, answers, strict=True):
        made = short_print(given, places)
        if made is not None and not (right is not None and same_print(made, right)):
            found.append(Variant(check.id, words, made))
    return found


def _ask(reference: Referee, asked: list[list[list[Call]]], calls: int) -> list[list[list[Answer]]]:
    exchanges: list[Exchange] = []
    for question in (question for variant in asked for question in variant):
        number = len(exchanges)
        exchanges.append(Exchange(number, tuple(question[:calls]), ask_frame(number, question[:calls])))
    answers = reference.sit(exchanges)
    rows = iter(range(len(exchanges)))
    return [[answers[next(rows)] for _ in variant] for variant in asked]


def short_print(answers: Sequence[Sequence[Answer]], places: Sequence[int]) -> Print | None:
    """Return a print of the answers at these places, or None where they are not all finite numbers."""
    rows: list[list[float]] = []
    for given in answers:
        for at in places:
            if not given[at].given:
                return None
            for _, leaf in leaves(given[at].value):
                value = np.asarray(as_float(leaf)) if is_number(leaf) else leaf
                if not isinstance(value, np.ndarray) or value.dtype.kind not in "iuf" or not np.isfinite(value).all():
                    return None
                flat = value.ravel().astype(float)
                weights = np.cos(0.7 * np.arange(1, flat.size + 1))
                rows.append([float(np.abs(flat).sum()), float(flat @ weights), value.ndim, flat.size])
    return np.array(rows, np.float32) if rows else None


def same_print(one: Print, other: Print) -> bool:
    """Whether two prints are of the same answers."""
    if one.shape != other.shape or (one[:, 2:] != other[:, 2:]).any():
        return False
    scale = np.maximum(np.maximum(one[:, 0], other[:, 0]), 1e-9)
    return bool((np.abs(one[:, :2] - other[:, :2]) <= _NEAR * scale[:, None]).all())


def _changed(question: Question) -> Iterator[tuple[str, list[Call]]]:
    """Yield words and calls for each change of a question."""
    for words, new in _changes(question.args):
        yield words, [_with(call, question.args, new) for call in question.exchange.calls]


def _with(call: Call, old: dict[str, Any], new: dict[str, Any]) -> Call:
    """Return a call with other arguments in the places where the old ones stand."""

    def other(value: Any) -> Any:
        return next((new[name] for name in new if value is old[name]), value)

    kwargs = {key: other(value) for key, value in call.kwargs.items()}
    return msgspec.structs.replace(call, args=[other(value) for value in call.args], kwargs=kwargs, guard=[], echo=[])


def _changes(args: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    names = [name for name in args if "seed" not in name]
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            if _alike(args[one], args[other]):
                words = f"This is right with {one} and {other} exchanged: they stand in each other's place."
                yield words, {one: args[other], other: args[one]}
    for name in names:
        for words, value in _others(name, args[name]):
            yield words, {name: value}


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return bool(one.shape == other.shape and one.dtype == other.dtype)
    return isinstance(one, float) and isinstance(other, float)


def _others(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool):
        return
    if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        yield from ((words.format(a=name), change(value)) for words, change in _REAL)
        if isinstance(value, np.ndarray):
            yield from ((words.format(a=name), change(value)) for words, change in _ARRAYS)
    elif isinstance(value, int):
        for new, what in ((value + 1, "one more than"), (value - 1, "one less than"), (1, "1 in place of")):
            yield f"This is right for {what} {name}: look at how {name} is used.", new
    elif isinstance(value, np.ndarray):
        yield f"This is right for {name} in reverse order.", value[::-1].copy()
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, (int, float, np.ndarray)):
                yield from ((words, {**value, key: new}) for words, new in _others(f"{name}[{key!r}]", item))
    elif isinstance(value, (list, tuple)) and value and all(isinstance(item, (list, tuple)) for item in value):
        yield from _in_pairs(name, value)


def _in_pairs(name: str, value: Sequence[Sequence[Any]]) -> Iterator[tuple[str, Any]]:
    """Yield changes of one place in every pair: of all the w in params, of all the b."""
    for place in range(min(len(pair) for pair in value)):
        which = f"the {('first', 'second', 'third', 'last')[min(place, 3)]} array of each pair in {name}"
        for words, change in _REAL:
            changed = [tuple(change(item) if at == place else item for at, item in enumerate(pair)) for pair in value]
            yield words.format(a=which), changed


def _softmax(value: Any) -> Any:
    exps = np.exp(value - value.max(-1, keepdims=True)) if value.ndim else np.ones(())
    return exps / exps.sum(-1, keepdims=True)


def _quiet(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the change for numbers and arrays alike, without warnings."""

    def made(value: Any) -> Any:
        with np.errstate(all="ignore"):
            new = change(np.asarray(value))
        return new if isinstance(value, np.ndarray) else float(new)

    return made


_REAL: tuple[tuple[str, Callable[[Any], Any]], ...] = tuple(
    (words, _quiet(change))
    for words, change in (
        ("This is right for {a} = 0: {a} is left out.", np.zeros_like),
        ("This is right for {a} = 1: {a} is not used.", np.ones_like),
        ("This is right for {a} with the other sign: a sign is wrong where {a} is used.", np.negative),
        (
            "This is right for half of {a}: a factor 2 is missing, or a half too much, where {a} is used.",
            lambda v: v / 2,
        ),
        ("This is right for twice {a}: a factor 2 is too much, or a half missing, where {a} is used.", lambda v: v * 2),
        ("This is right for {a} squared: {a} is multiplied by itself, or a root is missing.", np.square),
        ("This is right for the root of {a}: take {a} as it is.", np.sqrt),
        (
            "This is right for 1 / {a}: you multiply by {a} where you should divide, or the other way round.",
            lambda v: 1 / v,
        ),
        ("This is right for the size of {a}, without its signs.", np.abs),
        ("This is right for {a} + 1: something is 1 too large where {a} is used.", lambda v: v + 1),
        ("This is right for {a} - 1: something is 1 too small where {a} is used.", lambda v: v - 1),
        ("This is right for 1 - {a}: {a} and 1 - {a} are exchanged.", lambda v: 1 - v),
        ("This is right for the exponential of {a}: an exp is too much where {a} is used.", np.exp),
        ("This is right for the logarithm of {a}: a log is too much where {a} is used.", np.log),
    )
)
_ARRAYS: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("This is right for the signs of {a} alone: its size is not used.", np.sign),
    ("This is right for {a} in reverse order along axis 0.", lambda v: v[::-1].copy()),
    ("This is right for the softmax of {a}: a softmax is too much.", _softmax),
    ("This is right for {a} without its negative values: a ReLU is too much.", lambda v: np.maximum(v, 0.0)),
)
