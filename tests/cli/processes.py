"""How tests start the command, and what they look at from outside: its processes, and what comes to pass in time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR", "COLUMNS")}
COMMAND = [sys.executable, "-m", "grader"]


def until(condition: Callable[[], object], seconds: float = 30.0) -> object:
    """Return the first true answer; fail if there is none in time."""
    end = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < end, "this did not come to pass"
        time.sleep(0.01)
    return answer


def descendants(pid: int) -> set[int]:
    """Return the processes that a process started, and those that these started."""
    parents: dict[int, int] = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            parents[int(entry)] = int(fields[1])
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {pid}} - found:
        found |= more
    return found


def alive(pids: set[int]) -> set[int]:
    """Return those of the processes that are still there."""
    return {pid for pid in pids if os.path.exists(f"/proc/{pid}/stat") and _state(pid) not in ("Z", "X", "")}


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""
