"""From course.yaml to structs: every mistake is found in one go and told with its line, its key and what was expected.

The structs say what may stand where (see course.py and course_values.py); nothing here knows the name of a key.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from grader.course_yaml import LARGEST, Node, YamlError, compose
from grader.errors import CourseError, suggestion

_MOST_SHOWN = 30
_BAD: Any = object()

S = TypeVar("S", bound=Struct)


def read_course_file(path: Path, shape: type[S]) -> S:
    """Return what the file says, as this struct; otherwise one CourseError that lists all its mistakes."""
    name = _shown_path(path)
    try:
        tree = compose(_read(path))
    except OSError as error:
        raise CourseError(f"{name} cannot be read: {(error.strerror or str(error)).lower()}.") from None
    except YamlError as error:
        place = name if error.line is None else f"{name}:{error.line}:"
        raise CourseError(f"{place} {error.message}") from None
    if tree is None or tree.empty:
        raise CourseError(f"{name} is empty: it needs {_listed(_needed(shape))}.")
    reader = _Reader()
    value = reader.read(tree, shape, "")
    if reader.mistakes:
        raise CourseError(_told(name, reader.mistakes))
    result: S = value
    return result


def _read(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "it is not a file")
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _shown_path(path: Path) -> str:
    """Return the path as a person would type it from here."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):
        return str(path)
    return str(path) if relative.startswith("..") else relative


def _told(name: str, mistakes: list[tuple[int, str]]) -> str:
    lines = [f"{name}:{line}: {message}" for line, message in sorted(mistakes, key=lambda mistake: mistake[0])]
    if len(lines) > _MOST_SHOWN:
        lines[_MOST_SHOWN:] = [f"{name}: and {len(lines) - _MOST_SHOWN} more mistakes."]
    return "\n".join(lines)


class _Reader:
    """Walks the tree along the types and notes what does not fit; what is bad is `_BAD`, and reading goes on."""

    def __init__(self) -> None:
        self.mistakes: list[tuple[int, str]] = []

    def read(self, node: Node, hint: Any, where: str) -> Any:
        hint, meta = _plain(hint)
        if isinstance(hint, type) and issubclass(hint, Struct):
            return self._struct(node, hint, where)
        if get_origin(hint) is tuple:
            return self._list(node, get_args(hint)[0], meta, where)
        if get_origin(hint) is dict:
            key_hint, value_hint = get_args(hint)
            return self._dict(node, key_hint, value_hint, where)
        return self._scalar(node, hint, meta, where)

    def _mistake(self, node: Node, where: str, message: str) -> Any:
        sentence = message if message.endswith("?") else f"{message}."
        self.mistakes.append((node.line, f"{where}: {sentence}" if where else sentence))
        return _BAD

    def _struct(self, node: Node, shape: type[Struct], where: str) -> Any:
        fields = _fields(shape)
        if node.kind != "mapping":
            return self._mistake(node, where, f"expected {_listed(_needed(shape))}, not {_said(node)}")
        values: dict[str, Any] = {}
        for key, value in self._pairs(node, where):
            if key.text in fields:
                values[key.text] = self.read(value, fields[key.text], _joined(where, key.text))
            else:
                values[""] = self._unknown(key, list(fields), where)
        for field in msgspec.structs.fields(shape):
            if field.required and field.name not in values:
                values[field.name] = self._mistake(
                    node, where, f"{field.name!r} is missing: expected {_expected(fields[field.name])}"
                )
        if any(value is _BAD for value in values.values()):
            return _BAD
        try:
            return shape(**values)
        except ValueError as error:  # from the struct's own __post_init__
            return self._mistake(node, where, str(error))

    def _unknown(self, key: Node, known: list[str], where: str) -> Any:
        if key.text == "<<":
            advice = " Merge keys are not read: write the keys out, or give the whole value an alias"
        else:
            advice = suggestion(key.text, known) or f" Known here: {', '.join(known)}"
        return self._mistake(key, _joined(where, key.text), f"unknown key.{advice}")

    def _pairs(self, node: Node, where: str) -> list[tuple[Node, Node]]:
        """Return a mapping's keys and values, each key once; what is empty is told at its key."""
        pairs: dict[str, tuple[Node, Node]] = {}
        for key, value in node.pairs:
            if key.kind != "scalar":
                self._mistake(key, where, f"expected a word as a key, not {_said(key)}")
            elif key.text in pairs:
                first = pairs[key.text][0].line
                self._mistake(key, _joined(where, key.text), f"stands twice, first in line {first}")
            else:
                pairs[key.text] = key, Node("scalar", key.line) if value.empty else value
        return list(pairs.values())

    def _list(self, node: Node, item: Any, meta: Meta, where: str) -> Any:
        if node.kind != "list":
            return self._mistake(node, where, f"expected {_words(meta)}, not {_said(node)}")
        if len(node.items) < (meta.min_length or 0) or len(node.items) > (meta.max_length or len(node.items)):
            return self._mistake(node, where, f"expected {_words(meta)}, not {len(node.items) or 'none'} of them")
        values = [self.read(child, item, f"{where}[{index}]") for index, child in enumerate(node.items)]
        key = (meta.extra or {}).get("unique")
        if key is not None and self._repeated(node, key, where):
            return _BAD
        return _BAD if any(value is _BAD for value in values) else tuple(values)

    def _repeated(self, node: Node, key: str, where: str) -> bool:
        """Note the items that repeat an earlier one, or its key, also where only the case differs (as folders may)."""
        first: dict[str, int] = {}
        before = len(self.mistakes)
        for index, child in enumerate(node.items):
            named = child if not key else next((value for name, value in child.pairs if name.text == key), None)
            if named is None or named.kind != "scalar" or named.empty:
                continue
            earlier = first.setdefault(named.text.casefold(), index)
            if earlier != index:
                place = _joined(f"{where}[{index}]", key)
                self._mistake(named, place, f"{_said(named)} is taken, by {_joined(f'{where}[{earlier}]', key)}")
        return len(self.mistakes) > before

    def _dict(self, node: Node, key_hint: Any, value_hint: Any, where: str) -> Any:
        if node.kind != "mapping":
            words = f"a mapping, from {_expected(key_hint)} to {_expected(value_hint)}"
            return self._mistake(node, where, f"expected {words}, not {_said(node)}")
        values: dict[Any, Any] = {}
        bad = False
        for key, value in self._pairs(node, where):
            name = self.read(key, key_hint, where)
            read = self.read(value, value_hint, _joined(where, key.text))
            bad = bad or name is _BAD or read is _BAD
            if not bad:
                values[name] = read
        return _BAD if bad else values

    def _scalar(self, node: Node, hint: Any, meta: Meta, where: str) -> Any:
        if node.kind != "scalar" or node.empty:
            return self._mistake(node, where, f"expected {_words(meta)}, not {_said(node)}")
        try:
            read = (meta.extra or {}).get("read") or _READERS[hint]
            value = read(_text(node, hint))
            return msgspec.convert(value, Annotated[hint, meta])
        except (ValueError, OverflowError) as error:
            told = str(error)
            message = told if told.startswith("expected ") else f"expected {_words(meta)}, not {_said(node)}"
            return self._mistake(node, where, message)


def _text(node: Node, hint: Any) -> str:
    """Return a scalar's text; a number in quotes is text, and no number."""
    if node.quoted and hint in (int, float) and re.fullmatch(r"[-+0-9.eE_]+", node.text):
        raise ValueError(f"expected a number, not the text {node.text[:60]!r}: take the quotes away")
    return node.text


def _number(text: str) -> float:
    if not re.fullmatch(r"[-+]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})([eE][-+]?[0-9]{1,3})?", text):
        raise ValueError(text)
    return float(text)


def _whole(text: str) -> int:
    if not re.fullmatch(r"[-+]?[0-9]{1,18}", text):
        raise ValueError(text)
    return int(text)


_READERS: dict[Any, Callable[[str], Any]] = {str: str, float: _number, int: _whole}


@cache
def _fields(shape: type[Struct]) -> dict[str, Any]:
    """Return a struct's keys and what may stand there."""
    hints = get_type_hints(shape, include_extras=True)
    return {field.name: hints[field.name] for field in msgspec.structs.fields(shape)}


def _needed(shape: type[Struct]) -> list[str]:
    """Return the keys that have to be there; all that may be, where none has to."""
    return [field.name for field in msgspec.structs.fields(shape) if field.required] or list(_fields(shape))


def _plain(hint: Any) -> tuple[Any, Meta]:
    """Return a type without its `| None` (a key that is left out, never one that is empty), and its Meta."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(arm for arm in get_args(hint) if arm is not type(None))
    if get_origin(hint) is Annotated:
        return hint.__origin__, next(extra for extra in hint.__metadata__ if isinstance(extra, Meta))
    return hint, Meta()


def _words(meta: Meta) -> str:
    return str((meta.extra or {}).get("expected", "something else"))


def _expected(hint: Any) -> str:
    hint, meta = _plain(hint)
    if isinstance(hint, type) and issubclass(hint, Struct):
        return _listed(_needed(hint))
    return _words(meta)


def _listed(keys: list[str]) -> str:
    return f"the key {keys[0]}" if len(keys) == 1 else f"the keys {', '.join(keys[:-1])} and {keys[-1]}"


def _joined(where: str, key: str) -> str:
    shown = key if re.fullmatch(r"[A-Za-z0-9_<-]{1,60}", key) else ascii(key[:60])
    return f"{where}.{shown}" if where and key else where or shown


def _said(node: Node) -> str:
    """Return in words what stands there."""
    if node.kind != "scalar":
        return "a list" if node.kind == "list" else "a mapping"
    return "nothing" if node.empty else ascii(node.text[:60]) if not node.text.isprintable() else repr(node.text[:60])
