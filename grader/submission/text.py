"""What counts as a Python file: text in an encoding that Python would read it in, and whether it is still a stub."""

from __future__ import annotations

import codecs
import io
import re
import tokenize

from grader.submission.place import UnusableError

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Quadratic in the length of the text, or full of warnings, and nobody's way to write Python.
_NOT_FOR_PYTHON = {"punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined"}
_UNWRITTEN = re.compile(r"raise NotImplementedError\(\s*[\"'][^\"'\n]{1,200} is not written yet[\"']\s*\)")


def check_python(name: str, data: bytes) -> None:
    """Raise UnusableError, with one sentence, where bytes are no text by Python's own rules (PEP 263)."""
    if data.startswith(_UTF16):
        raise UnusableError(f"{name} is in UTF-16: save it as UTF-8.")
    if b"\0" in data:
        raise UnusableError(f"{name} is not text but binary data: hand in the Python file itself.")
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise UnusableError(f"{name} is empty: write your answer into it, and save it before you hand it in.")
    encoding = _encoding(name, data)
    try:
        data.decode(encoding)  # not codecs.decode, which would also unpack a zlib bomb
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{data[error.start]:02x} in line {line}"
        called = "UTF-8" if encoding.startswith("utf-8") else f"{encoding!r}, as its first lines claim"
        raise UnusableError(f"{name} is not in {called} ({byte}): save it as UTF-8.") from None
    except (LookupError, UnicodeError, ValueError):
        raise UnusableError(f"{name} cannot be read as {encoding!r}: save it as UTF-8.") from None


def _encoding(name: str, data: bytes) -> str:
    """Return the encoding of a Python file, as its byte order mark or its first two lines say."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        if "unknown encoding" in str(error):
            raise UnusableError(f"{name} names an encoding that Python does not know: save it as UTF-8.") from None
        raise UnusableError(f"{name} is not in UTF-8: save it as UTF-8.") from None
    except ValueError:  # a cookie that no codec's name can be, such as one with a null character
        raise UnusableError(f"{name} names an encoding that Python does not know: save it as UTF-8.") from None
    if codecs.lookup(encoding).name in _NOT_FOR_PYTHON:
        raise UnusableError(f"{name} is in {encoding!r}, which is not for Python files: save it as UTF-8.")
    return encoding


def is_stub(module: bytes, stub: bytes | None) -> bool:
    """Whether a module is the stub that was handed out, whatever the ends of its lines."""
    return stub is not None and module.splitlines() == stub.splitlines()


def is_partly_stub(module: bytes) -> bool:
    """Whether something in a module still stands as it was handed out."""
    return bool(_UNWRITTEN.search(module.decode("utf-8", "replace")))


def unwritten(module: bytes) -> tuple[list[str], list[str]]:
    """Return the functions and classes of a module that stand as they were handed out, and all of them."""
    found = _definitions(module)
    return [name for name, text in found.items() if _UNWRITTEN.search(text)], list(found)


def goes_further(notebook: bytes, module: bytes, *, from_stub: bool) -> bool:
    """Whether a notebook writes what a module leaves unwritten; where that is not known as the stub, and loses nothing.

    This is how a stub is known in a student's own copy of the course, where no second copy of it is left. Text is
    compared, not syntax: parsing what a stranger wrote is for the bench.
    """
    here, there = _definitions(module), _definitions(notebook)
    unwritten = {name for name, text in here.items() if _UNWRITTEN.search(text)}
    if from_stub:
        return any(there.get(name, text) != text for name, text in here.items())
    gained = any(name in there and not _UNWRITTEN.search(there[name]) for name in unwritten)
    return gained and all(there.get(name) == text for name, text in here.items() if name not in unwritten)


def _definitions(source: bytes) -> dict[str, str]:
    """Return the text of each function and class at the left edge of a module, the last one of a name."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in source.decode("utf-8", "replace").splitlines():
        if match := re.match(r"(?:async )?(?:def|class) ([^\W\d]\w{0,99})", line):
            current = found[match[1]] = []
        elif line[:1] not in ("", " ", "\t", ")", "#"):
            current = None
        if current is not None and line.strip() and not line.startswith("#"):
            current.append(line.rstrip())
    return {name: "\n".join(lines) for name, lines in found.items()}
