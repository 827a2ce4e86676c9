"""What a bench's process is to whoever talks to it, and what starts one. Light: nothing is imported for it."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from grader.bench.limits import Limits


BROKEN = 70
"""The exit code of a bench whose own end of the wire broke: closed, or its answering code wrecked by the submission."""


class Ending(NamedTuple):
    """How a process ended."""

    code: int
    """As subprocess has it: the exit code, or minus the signal."""
    cpu_s: float = 0.0
    peak_bytes: int = 0


class Process(Protocol):
    """One bench's process, as whoever started it knows it."""

    wire: socket.socket
    output: int
    limits: Limits

    def kill(self) -> None:
        """End it and all it started, now."""

    def wait(self, seconds: float) -> Ending | None:
        """Return how it ended, or None if it has not within that time."""


class Launcher(Protocol):
    """Starts benches."""

    @property
    def in_force(self) -> list[str]:
        """The locks that really hold a bench."""

    def start(self, patient: bool = False) -> Process:
        """Start a bench that holds nothing yet; a patient one has processor time for a class."""

    def close(self) -> None:
        """Leave nothing behind."""
