"""Says on a terminal how far a long check has come; silent anywhere else, and for what is over at once."""

from __future__ import annotations

import sys
import time
from typing import Any

_PATIENCE_S = 0.5


class Progress:
    """One line on standard error, written over and over, and gone in the end."""

    def __init__(self, what: str, unit: str = "checks") -> None:
        self._what = what
        self._unit = unit
        self._shown = ""
        self._start = time.monotonic()

    def show(self, done: int, of: int, target: str) -> None:
        """Say what is being looked at."""
        if sys.stderr is None or not sys.stderr.isatty() or time.monotonic() - self._start < _PATIENCE_S:
            return
        line = f"{self._what}: {done} of {of} {self._unit} · {target}"[:78]
        if line != self._shown:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
            self._shown = line

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: Any) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
