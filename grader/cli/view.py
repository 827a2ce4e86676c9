"""Where reports go, and in which form: the terminal, a pipe, or a file that is written whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from grader.cli.files import write_whole
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course import Course
    from grader.report import Report

_WIDEST = 100


class View:
    """What the reader of the reports asked for."""

    def __init__(self, course: Course, format_: str, output: str | None, quiet: bool, verbose: bool) -> None:
        self.course = course
        self.format = format_
        self.output = Path(output) if output else None
        self.quiet = quiet
        self.verbose = verbose
        if self.output is not None:
            check_writable(self.output)

    @property
    def on_terminal(self) -> bool:
        """Whether somebody watches the reports appear."""
        return self.output is None and sys.stdout is not None and sys.stdout.isatty()

    def show(self, reports: Sequence[Report]) -> None:
        """Print the reports, or write them to their file."""
        if self.output is not None:
            write_whole(self.output, self.text(reports, self.format).encode("utf-8"))
        else:
            self.print(self.text(reports, self.format))

    def text(self, reports: Sequence[Report], format_: str, *, quiet: bool | None = None) -> str:
        """Return the reports in a format."""
        from grader.reporters import Context, reporter

        encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
        context = Context(
            course=self.course.title,
            colour=self.on_terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb",
            unicode=encoding.startswith("utf") or self.output is not None or format_ != "terminal",
            width=min(get_terminal_size().columns, _WIDEST) if self.on_terminal else 80,
            quiet=self.quiet if quiet is None else quiet,
            verbose=self.verbose,
        )
        return reporter(format_).render(reports, context)

    def print(self, text: str) -> None:
        """Print text; a reader who has seen enough, such as `head`, is no error: the verdict stands."""
        if sys.stdout is None:
            return
        encoding = sys.stdout.encoding if self.format == "terminal" else "utf-8"
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode(encoding, "replace"))
            sys.stdout.buffer.flush()
        except OSError as err:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains once more at its end
            if err.errno != errno.EPIPE:
                words = f"The report cannot be printed: {err.strerror}. Name a file with --output, or make room."
                raise UsageError(words) from None


def check_writable(path: Path) -> None:
    """Say now, not after the grading, that a file cannot be written."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name a file to write to.")
    if not path.parent.is_dir():
        raise UsageError(f"{path} cannot be written: there is no folder {path.parent}. Make it, or name another place.")
