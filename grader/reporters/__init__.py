"""How a report is shown: one module per format, each with one function ``render``; only the one asked for is imported.

What a report is, is in grader/report.py; where the text goes (a terminal, a file) is the command line's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

import msgspec

from grader.errors import UsageError, suggestion
from grader.report import Report

FORMATS = ("terminal", "json", "junit", "github", "gradescope", "html")


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a reporter knows besides the reports."""

    course: str = ""
    """The course's title."""
    colour: bool = False
    """Whether the reader's terminal shows colours."""
    unicode: bool = True
    """Whether the reader's terminal can show more than ASCII."""
    width: int = 80
    """How many columns the reader's terminal has."""
    quiet: bool = False
    """Whether the score is all that is wanted."""
    verbose: bool = False
    """Whether nothing is to be shortened, checks that passed included."""


class Reporter(Protocol):
    """A format: the modules of this package are its instances."""

    def render(self, reports: Sequence[Report], context: Context) -> str:
        """Return the reports as one document, ending in a newline."""


def reporter(name: str) -> Reporter:
    """Return the reporter of that name."""
    if name not in FORMATS:
        raise UsageError(
            f"There is no format {name!r}.{suggestion(name, FORMATS)} Choose one of: {', '.join(FORMATS)}."
        )
    return cast(Reporter, import_module(f"grader.reporters.{name}"))
