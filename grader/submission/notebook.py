"""A notebook as a Python module: its code cells in order, without what only IPython understands.

The JSON is read as data, with two shapes of it known (nbformat 3 and 4); nothing is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from grader.quantities import write_bytes
from grader.submission.place import UnusableError, shown

LARGEST = 8 << 20
"""The largest notebook that is read; pictures in it count, code beyond `limits.source` does not."""

_MOST_CELLS = 2000
_KEEP_BODY = {"time", "capture", "prun"}
_HELP = re.compile(r"\?{1,2}\s*[^\s?].*|%{0,2}[A-Za-z_*][\w.*]*\?{1,2}")
_ASSIGNED = re.compile(r"[\w., \t]+=\s*(?:!|%[A-Za-z])")
_TOKEN = re.compile(r"(?s:\\.)|'''|\"\"\"|['\"#()\[\]{}]")


class Module(msgspec.Struct, frozen=True):
    """What a notebook becomes."""

    cells: tuple[str, ...]
    """The code cells, each a piece of its own; the first is ``In [1]`` after "Restart and run all"."""
    left_out: list[str]
    """What only IPython understands, as ``%matplotlib inline (In [1])``."""

    @property
    def source(self) -> bytes:
        """All cells as one text, each under its number."""
        parts = (f"# In [{number}]\n{cell.rstrip()}\n" for number, cell in enumerate(self.cells, 1))
        return "\n".join(parts).encode()


class _Cell(msgspec.Struct):
    cell_type: str
    source: str | list[str] = ""
    input: str | list[str] = ""

    def text(self) -> str:
        written = self.source or self.input
        text = written if isinstance(written, str) else "".join(written)
        return text.replace("\r\n", "\n").replace("\r", "\n")


class _Worksheet(msgspec.Struct):
    cells: list[_Cell] = []


class _Notebook(msgspec.Struct):
    nbformat: int
    cells: list[_Cell] = []
    worksheets: list[_Worksheet] = []
    metadata: dict[str, Any] = {}

    def language(self) -> str:
        for key in ("kernelspec", "language_info"):
            part = self.metadata.get(key)
            if isinstance(part, dict):
                language = part.get("language") or part.get("name")
                if isinstance(language, str):
                    return language
        return "python"


def read_notebook(data: bytes, name: str, largest: int) -> Module:
    """Return the module that a notebook's bytes hold, of at most so many; UnusableError says why they hold none."""
    notebook = _parsed(data, name)
    if "python" not in notebook.language().lower():
        raise UnusableError(f"{name} is a notebook for {shown(notebook.language())}: hand in one for Python.")
    cells = notebook.cells or [cell for sheet in notebook.worksheets for cell in sheet.cells]
    texts = [text for cell in cells if cell.cell_type == "code" and (text := cell.text()).strip()]
    if not texts:
        raise UnusableError(f"{name} holds no code: write your answer into its code cells, and save it.")
    if len(texts) > _MOST_CELLS:
        raise UnusableError(f"{name} holds more than {_MOST_CELLS} code cells: hand in those of the exercise.")
    if sum(len(text) for text in texts) > largest:
        raise UnusableError(
            f"{name} holds more than {write_bytes(largest)} of code: hand in the exercise's cells alone."
        )
    left_out: list[str] = []
    pieces = []
    for number, text in enumerate(texts, 1):
        _check_text(text, f"In [{number}] of {name}")
        piece, without = _python_of(text)
        pieces.append(piece)
        left_out += [f"{shown(line)} (In [{number}])" for line in without]
    return Module(tuple(pieces), left_out)


def _parsed(data: bytes, name: str) -> _Notebook:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableError(f"{name} is not a notebook that can be read: save it again in Jupyter.") from None
    try:
        return msgspec.json.decode(text, type=_Notebook)
    except msgspec.ValidationError:
        raise UnusableError(f"{name} is not a notebook as Jupyter saves it: save it again in Jupyter.") from None
    except (msgspec.DecodeError, RecursionError):
        pass
    try:  # outputs may hold NaN, which Jupyter writes although JSON does not have it
        return msgspec.convert(json.loads(text), _Notebook)
    except msgspec.ValidationError:
        raise UnusableError(f"{name} is not a notebook as Jupyter saves it: save it again in Jupyter.") from None
    except (ValueError, RecursionError) as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnusableError(
            f"{name} is not a notebook: it is not valid JSON{line}. Save it again in Jupyter."
        ) from None


def _check_text(text: str, what: str) -> None:
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise UnusableError(f"{what} holds characters that no text can hold: delete them, and save it again.")


def _python_of(cell: str) -> tuple[str, list[str]]:
    """Return a cell's Python and the lines that are none; every line keeps its number."""
    lines = cell.split("\n")
    first = next(index for index, line in enumerate(lines) if line.strip())
    if magic := re.match(r"%%\s*(\w*)", lines[first]):
        title = lines[first].strip()
        if magic[1] not in _KEEP_BODY:
            return f"# left out: {title}", [f"the cell {title}"]
        lines[first] = f"# left out: {title}"
        return _without_magics(lines, [title])
    return _without_magics(lines, [])


def _without_magics(lines: list[str], left_out: list[str]) -> tuple[str, list[str]]:
    kept = []
    for line, starts in _statements(lines):
        if starts and _is_magic(line):
            bare = line.lstrip()
            left_out.append(bare.strip())
            kept.append(f"{line[: len(line) - len(bare)]}pass  # left out: {bare.strip()}")
        else:
            kept.append(line)
    return "\n".join(kept), left_out


def _is_magic(line: str) -> bool:
    bare = line.strip()
    return bare.startswith(("%", "!")) or bool(_HELP.fullmatch(bare)) or bool(_ASSIGNED.match(bare))


def _statements(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Give each line and whether a statement can start in it: not within brackets, a long string or a continuation."""
    depth, quote, continued = 0, "", False
    for line in lines:
        starts = depth == 0 and not quote and not continued
        yield line, starts
        if starts and _is_magic(line):
            continue
        rest = line.endswith("\\")
        for token in _TOKEN.finditer(line):
            sign = token[0]
            if quote:
                quote = "" if sign in (quote, quote * 3) else quote
            elif sign == "#":
                rest = False
                break
            elif sign[0] in "'\"":
                quote = sign
            elif sign in "([{":
                depth += 1
            elif sign in ")]}":
                depth = max(0, depth - 1)
        if len(quote) == 1 and not rest:
            quote = ""
        continued = rest and not quote
