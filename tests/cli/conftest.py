"""The command as a user runs it, in the tiny course."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from processes import COMMAND, ENVIRONMENT


@pytest.fixture
def grade(tiny_course):
    """Run `grade` in the tiny course, and return how it ended and what it said."""

    def run(*arguments: str, cwd: Path = tiny_course, env: dict[str, str] | None = None, **more):
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=cwd, env=ENVIRONMENT | (env or {}), text=True, capture_output=True, timeout=60, check=False, **more,
        )  # fmt: skip

    return run


@pytest.fixture
def start(tiny_course):
    """Start `grade` in the tiny course and leave it running; whatever happens, it ends with the test."""
    running: list[subprocess.Popen[str]] = []

    def run(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=tiny_course, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def hand_in(tiny_course):
    """Save an answer to exercise1 where a student has it."""
    module = tiny_course / "exercises" / "exercise1" / "squares.py"

    def save(answer: bytes | str) -> Path:
        module.write_bytes(answer if isinstance(answer, bytes) else answer.encode())
        return module

    return save
