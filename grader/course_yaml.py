"""YAML as a tree that knows its lines; what the values mean is none of its business (see course_file.py).

Scalars stay text: `no` is the word no and `1:30` is 1:30, whatever YAML 1.1 takes them for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import msgspec

if TYPE_CHECKING:
    import yaml

LARGEST = 256 << 10
_DEEPEST = 12
_MOST_NODES = 50_000
_NOT_YAML = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


class YamlError(Exception):
    """The text is not YAML, or not of the kind that is read here: the line, and what is wrong."""

    def __init__(self, line: int | None, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class Node(msgspec.Struct):
    """A value in the file: a scalar's text, a list's items, or a mapping's pairs."""

    kind: Literal["scalar", "list", "mapping"]
    line: int
    text: str = ""
    quoted: bool = False
    items: list[Node] = []
    pairs: list[tuple[Node, Node]] = []

    @property
    def empty(self) -> bool:
        """Whether nothing was written: ``key:``, ``key: ~`` or ``key: null``."""
        return self.kind == "scalar" and not self.quoted and self.text in ("", "~", "null")


def compose(data: bytes) -> Node | None:
    """Return the tree of a YAML file (None if it says nothing), in bounded time whatever it holds."""
    text = _decode(data)
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Composer(yaml.parse(text, Loader=loader)).document()
    except yaml.YAMLError as error:
        raise _explained(error, text) from None


def _decode(data: bytes) -> str:
    if len(data) > LARGEST:
        raise YamlError(None, f"is larger than {LARGEST >> 10} KiB, which no course needs")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise YamlError(line, f"is not UTF-8 (byte 0x{data[error.start]:02x}): save it as UTF-8") from None


def _explained(error: yaml.YAMLError, text: str) -> YamlError:
    """Return what the parser says with the line it means and a caret under the place."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    if mark is None and (wrong := re.search(_NOT_YAML, text)):
        line = text.count("\n", 0, wrong.start()) + 1
        return YamlError(line, f"holds a character that YAML does not take (U+{ord(wrong[0]):04X}): delete it")
    if mark is None:
        return YamlError(None, f"is not valid YAML: {problem}")
    lines = text.splitlines()
    shown = lines[mark.line] if mark.line < len(lines) else ""
    advice = ": indent with spaces, not with tabs" if "\t" in shown[: mark.column + 1] else ""
    start = max(0, mark.column - 60)
    excerpt = shown[start : start + 100].replace("\t", " ")
    caret = " " * (mark.column - start) + "^"
    return YamlError(mark.line + 1, f"is not valid YAML: {problem}{advice}\n    {excerpt}\n    {caret}")


class _Composer:
    """Builds the tree from the parser's events, so that depth and size are checked before they cost anything."""

    def __init__(self, events: Iterator[Any]) -> None:
        self._events = events
        self._anchors: dict[str, Node] = {}
        self._nodes = 0

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self._events:
            match type(event).__name__:
                case "DocumentStartEvent" if root is not None:
                    raise YamlError(event.start_mark.line + 1, "holds a second document: there must be only one")
                case "ScalarEvent" | "SequenceStartEvent" | "MappingStartEvent" | "AliasEvent":
                    root = self._node(event, 0)
        return root

    def _node(self, event: Any, depth: int) -> Node:
        line = event.start_mark.line + 1
        self._nodes += 1
        if depth > _DEEPEST or self._nodes > _MOST_NODES:
            raise YamlError(line, "is nested deeper, or holds more, than any course needs")
        match type(event).__name__:
            case "AliasEvent":
                return self._alias(event.anchor, line)
            case "ScalarEvent":
                node = Node("scalar", line, event.value, quoted=event.style not in (None, "") or event.tag == "!")
            case "SequenceStartEvent":
                node = Node("list", line)
            case _:
                node = Node("mapping", line)
        if event.tag not in (None, "!"):
            raise YamlError(line, f"holds a tag, {event.tag[:60]!r}: course.yaml is plain data, take it out")
        if node.kind == "list":
            node.items = list(self._children("SequenceEndEvent", depth))
        elif node.kind == "mapping":
            children = list(self._children("MappingEndEvent", depth))
            node.pairs = list(zip(children[::2], children[1::2], strict=True))
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _children(self, end: str, depth: int) -> Iterator[Node]:
        for event in self._events:
            if type(event).__name__ == end:
                return
            yield self._node(event, depth + 1)

    def _alias(self, name: str, line: int) -> Node:
        """Return the node an alias stands for; its size counts again, so that aliases of aliases cannot explode."""
        if name not in self._anchors:
            raise YamlError(line, f"refers to *{name[:60]}, but no &{name[:60]} stands before it")
        node = self._anchors[name]
        self._nodes += self._size(node)
        if self._nodes > _MOST_NODES:
            raise YamlError(line, "holds more, through its aliases, than any course needs")
        return node

    def _size(self, node: Node) -> int:
        """Return how many nodes walking through this one visits, or a number beyond the limit."""
        size, waiting = 0, [node]
        while waiting and size <= _MOST_NODES:
            current = waiting.pop()
            size += 1
            waiting.extend(current.items)
            waiting.extend(part for pair in current.pairs for part in pair)
        return size
