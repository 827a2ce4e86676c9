"""``grade list`` and ``grade show``: the course, and one exercise of it. Nothing is graded here, nothing is run."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli import course_option, debug_option, open_course
from grader.cli.complete import complete_exercise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.text import Text

    from grader.checks.suite import Suite
    from grader.course import Course, Exercise
    from grader.release.standing import Standing

_COMMON = 3


@click.command(name="list")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    metavar="FORMAT",
    help="terminal (the default) or json.",
)
@course_option
@debug_option
def list_exercises(format_: str, course_dir: str | None) -> None:
    """List the exercises of the course, and how far you are.

    Whether a module is written is read from its text: `grade check` says whether it is right.
    """
    from grader.release.standing import standing

    course = _course(course_dir)
    standings = [standing(course, exercise) for exercise in course.exercises]
    if format_ == "json":
        pairs = zip(course.exercises, standings, strict=True)
        click.echo(json.dumps([_row(exercise, found) for exercise, found in pairs], indent=2, ensure_ascii=False))
        return
    from grader.cli.handout import page

    with page() as out:
        _print_table(out, course, standings)


@click.command()
@click.argument("exercise", metavar="EXERCISE", shell_complete=complete_exercise)
@click.option("--raw", is_flag=True, help="Print the handout alone, as it was written.")
@course_option
@debug_option
def show(exercise: str, raw: bool, course_dir: str | None) -> None:
    """Show an exercise: its handout, its functions and their points, what you may use, and what to do next."""
    from grader.cli.handout import handout, page

    course = _course(course_dir)
    found = course.exercise(exercise)
    folder = course.folder_of(found)
    text = _handout_text(folder / "README.md")
    if raw:
        click.echo(text, nl=False)
        return
    suite = _suite(course, found)
    with page() as out:
        if text:
            out.print(handout(text, _from_here(folder)))
            out.print()
        _print_graded(out, found, suite)
        _print_rules(out, course, found)


def _course(course_dir: str | None) -> Course:

    return open_course(course_dir)


def _row(exercise: Exercise, found: Standing) -> dict[str, Any]:
    return {
        "name": exercise.name,
        "title": exercise.title,
        "points": exercise.points,
        "due": exercise.due.isoformat() if exercise.due else None,
        "files": [*exercise.files],
        "allow": [*exercise.allow],
        "state": found.state,
        "to_write": found.to_write,
    }


def _print_table(out: Console, course: Course, standings: Sequence[Standing]) -> None:
    from rich.table import Table

    out.print(course.title, style="bold", markup=False)
    out.print()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    zones = {exercise.due.strftime("%z") for exercise in course.exercises if exercise.due}
    for head in ("exercise", "title"):
        table.add_column(head, overflow="fold")
    table.add_column("points", justify="right")
    if zones:
        table.add_column("due", no_wrap=True)
    table.add_column("file", overflow="fold")
    table.add_column("yours", no_wrap=True)
    for exercise, found in zip(course.exercises, standings, strict=True):
        due = [f"{exercise.due:%Y-%m-%d %H:%M}" if exercise.due else ""] if zones else []
        files = "\n".join(exercise.files)
        words, style = _words(found)
        table.add_row(
            exercise.name, _plain(exercise.title), f"{exercise.points:g}", *due, files, f"[{style}]{words}[/]"
        )
    out.print(table)
    out.print()
    if zones:
        out.print(f"Due at times of UTC{', UTC'.join(sorted(zones))}.", markup=False)
    pairs = zip(course.exercises, standings, strict=True)
    following = next((exercise for exercise, found in pairs if found.state != "written"), course.exercises[-1])
    out.print(f"What an exercise asks: grade show {following.name}", markup=False)
    out.print(f"Whether it is right:   grade check {following.name}", markup=False)


def _words(found: Standing) -> tuple[str, str]:
    match found.state:
        case "missing":
            return "no file", "red"
        case "stub":
            return "not begun", "dim"
        case "begun":
            return f"{found.to_write} to write", "yellow"
    return "written", "green"


def _handout_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _suite(course: Course, exercise: Exercise) -> Suite:
    from grader.checks.library import Library

    return Library(course, exercise).suite(hidden=False)


def _print_graded(out: Console, exercise: Exercise, suite: Suite) -> None:
    """Print each function with its points and what it alone is asked, and once what many are asked."""
    from rich.rule import Rule

    from grader.checks.worth import worth_of

    worth = worth_of(suite, exercise)
    out.print(Rule("What is graded", align="left", characters="─"))
    shared = Counter(check.title for check in suite.checks if check.weight)
    width = max(len(target.name) for target in suite.targets)
    for target in suite.targets:
        points = float(sum(worth[check.id] for check in target.checks))
        out.print(f"  [bold]{target.name:{width}}[/]  {_points(points):>6}")
        for check in target.checks:
            if check.weight and shared[check.title] < _COMMON:
                _item(out, check.title, 6)
    common = [title for title, count in shared.items() if count >= _COMMON]
    if common:
        out.print("\nMany of them are asked the same:")
        for title in common:
            count = shared[title]
            _item(out, f"{title} ({'all' if count == len(suite.targets) else count})", 2)
    out.print(
        f"\nTogether {_points(exercise.points)} points. Your grade is made with further checks of the same kind.\n"
    )


def _item(out: Console, title: str, indent: int) -> None:
    from rich.padding import Padding
    from rich.table import Table

    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_row("-", _plain(title))
    out.print(Padding(row, (0, 0, 0, indent)))


def _plain(text: str) -> Text:
    from rich.text import Text

    return Text(text)


def _points(points: float) -> str:
    return f"{round(points, 2):g}"


def _print_rules(out: Console, course: Course, exercise: Exercise) -> None:
    from rich.rule import Rule
    from rich.table import Table

    from grader.quantities import write_bytes, write_seconds
    from grader.release.standing import standing

    limits = exercise.limits
    words, style = _words(standing(course, exercise))
    places = [f"{_from_here(course.folder_of(exercise) / file)}" for file in exercise.files]
    rows = [
        ("Write into", f"{', '.join(places)} [{style}]({words})[/]"),
        ("You may import", f"the standard library{''.join(f', {name}' for name in exercise.allow)}"),
        (
            "Limits",
            f"{write_seconds(limits.call)} for a call, {write_seconds(limits.time)} for all, "
            f"{write_bytes(limits.memory)} of memory",
        ),
    ]
    if exercise.due:
        rows.append(("Due", f"{exercise.due:%A, %Y-%m-%d %H:%M} (UTC{exercise.due:%z})"))
    rows.append(("Next", f"[bold]grade check {exercise.name}[/]"))
    table = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        table.add_row(*row)
    out.print(Rule("How", align="left", characters="─"))
    out.print(table)


def _from_here(path: Path) -> str:
    """Return a path as one types it where one is."""
    shown = os.path.relpath(path)
    return shown if len(shown) < len(str(path)) else str(path)


list = list_exercises  # noqa: A001 - the command's own name, as cli/__init__.py looks it up
