"""Times and sizes as people write them: ``60s``, ``500ms``, ``2GiB``; read into numbers and written back."""

from __future__ import annotations

import re

_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_BYTES = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,6})?"
SECONDS_PATTERN = rf"^{_NUMBER} ?(ms|s|m|h)$"
BYTES_PATTERN = rf"^{_NUMBER} ?(B|KiB|MiB|GiB|TiB)$"


def read_seconds(text: str) -> float:
    """Return the seconds that ``60s``, ``500ms`` or ``2m`` stand for; a number alone is refused."""
    number, unit = _split(text, SECONDS_PATTERN)
    return number * _SECONDS[unit]


def read_bytes(text: str) -> int:
    """Return the bytes that ``2GiB`` or ``256KiB`` stand for; a number alone is refused."""
    number, unit = _split(text, BYTES_PATTERN)
    return int(number * _BYTES[unit])


def write_seconds(seconds: float) -> str:
    """Return a time as a person writes it: ``0.5`` is ``500ms``, ``120.0`` is ``2m``, ``90.0`` is ``90s``."""
    for unit in ("h", "m", "s"):
        if seconds >= 2 * _SECONDS[unit] and seconds % _SECONDS[unit] == 0:
            return f"{seconds / _SECONDS[unit]:g}{unit}"
    return f"{seconds:g}s" if seconds >= 1 or seconds == 0 else f"{seconds * 1000:g}ms"


def write_bytes(size: int) -> str:
    """Return a size as a person writes it: ``262144`` is ``256KiB``."""
    for unit in ("TiB", "GiB", "MiB", "KiB"):
        if size >= _BYTES[unit] and size % _BYTES[unit] == 0:
            return f"{size // _BYTES[unit]}{unit}"
    return f"{size}B"


def _split(text: str, pattern: str) -> tuple[float, str]:
    match = re.fullmatch(pattern, text)
    if match is None:
        raise ValueError(text)
    unit = match.group(1)
    return float(text[: -len(unit)]), unit
