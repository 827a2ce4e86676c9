"""``grade doctor``: prints what grader/machine.py found out about this machine, and what to do about it."""

from __future__ import annotations

import json
import platform
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader import __version__
from grader.cli import course_option, debug_option
from grader.errors import CourseError, GraderError

if TYPE_CHECKING:
    from grader.course import Course
    from grader.machine import Finding

_SIGNS = {"good": ("✓", "green"), "absent": ("–", "yellow"), "bad": ("✗", "red")}
_PLAIN_SIGNS = {"good": "+", "absent": "-", "bad": "x"}
_WIDTH = 80
_EXIT_CODES = """\b
Exit code:
  0  strict isolation can be enforced, and all that the course needs is there
  1  something is missing; what to do about it stands beneath it
"""


@click.command(epilog=_EXIT_CODES)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of course.yaml instead, for editors.")
@click.option("-v", "--verbose", is_flag=True, help="List every attempt to break a lock.")
@course_option
@debug_option
def doctor(schema: bool, verbose: bool, course_dir: str | None) -> None:
    """Say what this machine can enforce, and what is missing.

    Every lock is proved by trying to break it: a locked process tries to read a forbidden file, to open a socket, to
    start a program, to take too much memory, and much more. That takes a few seconds.
    """
    if schema:
        from grader.course_schema import course_schema

        click.echo(json.dumps(course_schema(), indent=2, ensure_ascii=False))
        return
    from grader import machine

    course = _course(course_dir)
    known = course if not isinstance(course, GraderError) else None
    click.echo(f"Gradecheck {__version__} on {platform.system()} {platform.release()}, {platform.machine()}")
    fine = _section("Isolation, proved by trying to break every lock", machine.isolation(), verbose)
    fine = _section("Programs", machine.programs(known), verbose) and fine
    fine = _section("Places", machine.places(course), verbose) and fine
    click.echo("\nAll is well." if fine else "\nSomething is missing: see the lines marked above.")
    sys.exit(0 if fine else 1)


def _course(course_dir: str | None) -> Course | GraderError | None:
    from grader.course import find_course, load_course

    try:
        path = Path(course_dir) if course_dir else find_course()
    except CourseError:
        return None
    try:
        return load_course(path)
    except GraderError as err:
        return err


def _section(title: str, findings: Iterable[Finding], verbose: bool) -> bool:
    """Print findings under a title; return whether none is bad."""
    click.echo(f"\n{click.style(title, bold=True)}")
    fine = True
    for finding in findings:
        fine = fine and finding.state != "bad"
        sign, colour = _SIGNS[finding.state]
        if not _speaks_unicode():
            sign = _PLAIN_SIGNS[finding.state]
        first, *more = _wrapped(finding.words)
        click.echo(f"  {click.style(sign, fg=colour)} {finding.name:<12}{first}")
        for line in [*more, *_wrapped(finding.advice)]:
            click.echo(f"{'':16}{line}")
        if verbose:
            for detail in finding.details:
                click.echo(f"{'':16}{detail[: _WIDTH - 16]}")
    return fine


def _wrapped(text: str) -> list[str]:
    lines = text.splitlines()
    return [part for line in lines for part in textwrap.wrap(line, _WIDTH - 16, break_on_hyphens=False) or [""]]


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().startswith("utf")
