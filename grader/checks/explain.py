"""Turns what went wrong into words, and into figures for reporters that draw.

``detail`` may hold: asked, arguments, yours, expected, your_shape, expected_shape, part, wrong_at, heat, traceback,
curve, threshold, confusion, line, file. The message holds the same in text, for the terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from grader.answers import Answer
from grader.checks.check import Check, Verdict
from grader.checks.compare import (
    Difference,
    difference,
    is_number,
    leaves,
    signed,
    words_for,
    worst_place,
    wrong_places,
)
from grader.checks.paper import Question
from grader.wire import Call, Raised, Scalar

if TYPE_CHECKING:
    from grader.checks.sitting import Sitting

_LARGEST_HEAT = 40
_LARGEST_SHOWN = 40


def unanswered(answer: Answer, call_text: str) -> Verdict:
    """Return what a call without an answer is worth, and why there is none."""
    if answer.raised is not None:
        return _raised(answer.raised, call_text)
    if answer.fate == "unasked":
        return Verdict("skipped", answer.words)
    words = f"{call_text}: {answer.words[:1].lower()}{answer.words[1:]}" if call_text else answer.words
    return Verdict("timeout" if answer.fate in ("timeout", "overtime") else "error", words)


def _raised(raised: Raised, call_text: str) -> Verdict:
    if raised.type == "Unanswerable":
        return Verdict("failed", f"{call_text}: {raised.message}.")
    detail: dict[str, Any] = {"asked": call_text}
    if raised.frames:
        detail |= {"file": raised.frames[-1].file, "line": raised.frames[-1].line}
    if raised.unwritten:
        return Verdict("error", f"{call_text.split('(')[0]} is not written yet.", detail=detail)
    detail["traceback"] = traceback_text(raised)
    where = f" (line {raised.frames[-1].line} of {raised.frames[-1].file})" if raised.frames else ""
    words = f"{call_text} raised {raised.type}: {raised.message or '(no message)'}{where}"
    return Verdict("error", words, detail=detail)


def traceback_text(raised: Raised) -> str:
    """Return the student's own frames as text, the last call last; a syntax error with its caret."""
    lines = []
    for frame in raised.frames:
        inside = f", in {frame.function}" if frame.function else ""
        lines.append(f"{frame.file}, line {frame.line}{inside}")
        if frame.source:
            source = frame.source.rstrip("\n")
            lines.append(f"    {source.strip() if raised.column is None else source}")
            if raised.column:
                column = max(1, min(raised.column, len(source) + 1))  # a submission may say what it likes
                before = source[: column - 1]  # a tab stays a tab, and the caret in place
                lines.append("    " + "".join("\t" if sign == "\t" else " " for sign in before) + "^")
    return "\n".join([*lines, f"{raised.type}: {raised.message}"])


def call_words(call: Call, names: list[str]) -> str:
    """Return a call as a student would write it, with the names of the arguments."""
    words = [names[i] if i < len(names) else "…" for i in range(len(call.args))]
    return f"{call.name}({', '.join([*words, *(f'{key}={key}' for key in call.kwargs)])})"


def shapes_words(args: dict[str, Any]) -> str:
    """Return the shapes and numbers of arguments, in words."""
    parts = []
    for name, value in args.items():
        if isinstance(value, np.ndarray):
            parts.append(f"{name} of shape {value.shape}")
        elif isinstance(value, (int, float, str, bool)):
            parts.append(f"{name} = {value!r}" if not isinstance(value, float) else f"{name} = {value:.4g}")
        elif isinstance(value, dict):
            parts.append(f"{name} = {{{', '.join(f'{k!r}: {_short(v)}' for k, v in value.items())}}}")
        elif isinstance(value, (list, tuple)):
            parts.append(f"{name} ({_nested_shapes(value)})")
    return ", ".join(parts)


def _nested_shapes(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_nested_shapes(item) for item in value) + "]"
    return str(np.shape(value)) if isinstance(value, np.ndarray) else _short(value)


def _short(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"array of shape {value.shape}"
    return f"{value:.4g}" if isinstance(value, float) else repr(value)


def show(value: Any, indent: str = "") -> str:
    """Return a value as short text; arrays that are too large only by their shape."""
    if isinstance(value, Scalar):
        value = value.value
    if is_number(value):
        return f"{float(value):.6g}"
    if isinstance(value, np.ndarray):
        if value.size > _LARGEST_SHOWN:
            return f"(an array of shape {value.shape})"
        text = np.array2string(value, precision=4, suppress_small=True, max_line_width=62, separator=", ")
        return text.replace("\n", "\n" + indent)
    if isinstance(value, (list, tuple, dict)) and len(value) > _LARGEST_SHOWN:
        return f"({len(value)} values in a {'dict' if isinstance(value, dict) else 'list or tuple'})"
    if isinstance(value, (list, tuple)):
        return ", ".join(show(item, indent) for item in value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {show(item, indent)}" for key, item in value.items()) + "}"
    return words_for(value)


def wrong(
    sitting: Sitting,
    check: Check,
    question: Question,
    at: int,
    answer: Answer,
    found: Difference,
    hint: str | None = None,
    *,
    hidden: bool = False,
) -> Verdict:
    """Return the verdict on a wrong answer: what was asked, how it differs, and one example that may be shown."""
    call = question.exchange.calls[at]
    asked = f"{call_words(call, argument_names(question, at))} with {shapes_words(visible_args(question, at))}"
    part = f" in {found.path}" if found.path else ""
    due = f", and {show(found.want)} is expected" if sitting.paper.is_public and is_number(found.want) else ""
    lines = [f"{_headline(found)}{part}: {found.words}{due}.", f"Asked: {asked}"]
    detail: dict[str, Any] = {"asked": asked} | _shapes(found)
    shown = None if hidden else _example(sitting, check, question, at)
    if shown is not None:
        lines += shown[0]
        detail |= shown[1]
    return Verdict("failed", "\n".join(lines), hint=hint, detail=detail)


def _headline(found: Difference) -> str:
    return {
        "shape": "Wrong shape",
        "type": "Wrong kind of result",
        "length": "Wrong number of results",
        "nan": "Not a finite number",
        "keys": "A key is missing",
    }.get(found.kind, "Wrong value")


def _shapes(found: Difference) -> dict[str, Any]:
    if isinstance(found.got, np.ndarray) and isinstance(found.want, np.ndarray):
        return {"your_shape": list(found.got.shape), "expected_shape": list(found.want.shape)}
    return {}


def argument_names(question: Question, at: int) -> list[str]:
    """Return the names of a call's arguments."""
    names = [name for name in question.case.args if name != "dout"]
    if at and question.case.functions()[at].endswith("_backward"):
        return ["dout", "cache"]
    return [*names, "config"] if "steps" in question.args else names


def visible_args(question: Question, at: int) -> dict[str, Any]:
    """Return the arguments worth naming for a call; a backward's are its forward's and dout."""
    if "steps" in question.args:
        turn = dict(question.args["steps"][at])
        config = question.case.config
        return turn | {"config": config if config is not None else "None", "step": at // 2 + 1}
    return {name: value for name, value in question.args.items() if at or name != "dout"}


def _example(sitting: Sitting, check: Check, question: Question, at: int) -> tuple[list[str], dict[str, Any]] | None:
    example = sitting.example(question.case)
    if example is None:
        return None
    answer = sitting.ask(example.exchange.calls)[at]
    want = example.expected[at].value
    names = getattr(check, "names", ())
    args = visible_args(example, at)
    lines = [
        "For example, with",
        *(f"    {name} = {show(value, ' ' * (len(name) + 7))}" for name, value in args.items()),
    ]
    yours = show_parts(answer.value, names) if answer.given else unanswered(answer, "").message or "no answer"
    expected = show_parts(want, names)
    floor = getattr(check, "floor", None)
    detail: dict[str, Any] = {
        "arguments": {name: show(value) for name, value in args.items()},
        "yours": yours,
        "expected": expected,
    }
    if answer.given and difference(answer.value, want, names, floor=floor) is None:
        lines.append(f"    {call_words(example.exchange.calls[at], argument_names(example, at))} is right:")
        lines.append("    what is different in the case above?")
        return lines, detail
    lines += _side_by_side(yours, expected)
    if answer.given:
        detail |= figures(answer.value, want, names)
    return lines, detail


def _side_by_side(yours: str, expected: str) -> list[str]:
    lines = []
    for label, text in (("yours", yours), ("expected", expected)):
        first, *rest = text.split("\n")
        lines.append(f"    {label + ':':<10} {first}")
        lines += [" " * 15 + line for line in rest]
    return lines


def show_parts(value: Any, names: tuple[str, ...]) -> str:
    """Return an answer of several parts, each with its name."""
    if isinstance(value, (list, tuple)) and len(names) == len(value) and len(names) > 1:
        return "\n".join(
            f"{name} = {show(item, ' ' * (len(name) + 3))}" for name, item in zip(names, value, strict=True)
        )
    return show(value)


def figures(got: Any, want: Any, names: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return where an answer is wrong: places for the eye, and a heat map of the errors."""
    for (name, yours), (_, due) in zip(leaves(got, names=names), leaves(want, names=names), strict=False):
        if isinstance(yours, np.ndarray) and isinstance(due, np.ndarray) and yours.shape == due.shape and due.ndim:
            places = wrong_places(yours, due)
            if places.any():
                part = {"part": name} if name else {}
                return part | {"wrong_at": _places(yours, due, places), "heat": _heat(yours, due)}
    return {}


def _places(yours: Any, due: Any, places: Any) -> list[list[Any]]:
    worst = worst_place(yours, due)
    chosen = [worst, *(tuple(int(i) for i in place) for place in np.argwhere(places)[:5])]
    unique = list(dict.fromkeys(chosen))[:5]
    return [[list(place), _json_number(yours[place]), _json_number(due[place])] for place in unique]


def _heat(yours: Any, due: Any) -> dict[str, Any]:
    with np.errstate(all="ignore"):
        error = np.abs(signed(yours) - signed(due)).astype(np.float64)
    flat = error.reshape(1, -1) if error.ndim == 1 else error.reshape(-1, error.shape[-1])
    flat = flat[:_LARGEST_HEAT, :_LARGEST_HEAT]
    return {"shape": list(flat.shape), "errors": [[_json_number(value) for value in row] for row in flat]}


def _json_number(value: Any) -> float | None:
    number = float(np.real(value))
    return number if np.isfinite(number) else None
