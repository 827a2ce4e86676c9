"""What somebody sees who grades a class: how far it is, a line for each problem, and the class in figures."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli import say

if TYPE_CHECKING:
    from grader.cohort.summary import Summary

_EVERY_S = 0.2
_BAR = 40


class ClassView:
    """Problems and progress on standard error, the figures on standard output."""

    def __init__(self, exercise: str) -> None:
        self._exercise = exercise
        self._start = time.monotonic()
        self._shown = False
        self._last = 0.0
        self._problems = 0

    def say(self, line: str) -> None:
        """Tell a problem, above the progress."""
        self._clear()
        self._problems += 1
        say(line)

    def progress(self, done: int, of: int, graded: int) -> None:
        """Show on a terminal how far it is, how fast, and for how long still."""
        now = time.monotonic()
        if sys.stderr is None or not sys.stderr.isatty() or now - self._last < _EVERY_S:
            return
        self._last = now
        rate = graded / max(now - self._start, 1e-3)
        words = [f"{self._exercise}: {done} of {of}"]
        if graded:
            words += [f"{rate:.1f} a second", f"{_left((of - done) / rate)} left"]
        if self._problems:
            words.append(f"{self._problems} problem{'s' * (self._problems != 1)}")
        sys.stderr.write(f"\r\x1b[K{' · '.join(words)[:79]}")
        sys.stderr.flush()
        self._shown = True

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False

    def __enter__(self) -> ClassView:
        self._start = time.monotonic()
        return self

    def __exit__(self, *_: Any) -> None:
        self._clear()

    def summary(self, figures: Summary, graded: int, results: Path) -> None:
        """Print the class in figures, and where the results are."""
        click.echo("\n".join(_lines(figures, graded, time.monotonic() - self._start)))
        click.echo(f"\nResults: {results}")


def _left(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def _lines(figures: Summary, graded: int, seconds: float) -> list[str]:
    known = figures.reports - graded
    how = f"{graded} graded in {seconds:.1f} s" + (f", {known} known from before" if known else "")
    lines = [f"{figures.students} student{'s' * (figures.students != 1)}: {how}."]
    if not figures.reports:
        return lines
    lines.append(f"Mean {figures.mean:.2f}, median {figures.median:.2f} of {figures.max_score:g} points.")
    if figures.unusable:
        lines.append(f"{figures.unusable} handed in what cannot be judged.")
    if figures.late:
        by_file = f", {figures.late_by_file} of them by the dates of files alone" if figures.late_by_file else ""
        lines.append(f"{figures.late} handed in late{by_file}.")
    lines += ["", *_chart(figures)]
    if figures.diagnoses:
        lines += ["", "Most frequent:"]
        lines += [f"  {one.students} of {figures.reports}: {one.where}: {one.words}" for one in figures.diagnoses]
    if figures.slowest:
        slowest = ", ".join(f"{_shown(student)} ({seconds:.1f} s)" for student, seconds in figures.slowest)
        lines += ["", f"Slowest: {slowest}."]
    return lines


def _chart(figures: Summary) -> list[str]:
    """Return the distribution, a line for each tenth of the points; the last one holds its upper end."""
    most = max(figures.distribution)
    tenth = figures.max_score / 10
    lines = []
    for number, count in enumerate(figures.distribution):
        bar = "#" * -(-_BAR * count // most) if count else ""
        lines.append(f"  {number * tenth:6.4g} to {(number + 1) * tenth:<6.4g} {count:5}  {bar}".rstrip())
    return lines


def _shown(student: str) -> str:
    from grader.submission.place import shown

    return shown(student)
