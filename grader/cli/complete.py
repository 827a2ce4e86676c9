"""What the Tab key offers: exercises, functions, checks. It never complains: what cannot be found is not offered."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from grader.course import Course, Exercise


def complete_exercise(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the exercises of the course that are not named yet."""
    named = ctx.params.get("exercises") or ()
    with suppress(Exception):
        return [
            CompletionItem(exercise.name, help=exercise.title)
            for exercise in _course(ctx).exercises
            if exercise.name.startswith(incomplete) and exercise.name not in named
        ]
    return []


def complete_name(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the functions of the exercises; behind a function's name and a dot, its checks."""
    offered: dict[str, str] = {}
    for exercise in _exercises(ctx):
        with suppress(Exception):
            from grader.checks.library import Library

            for check in Library(_course(ctx), exercise).suite(hidden=False).checks:
                name, words = (check.id, check.title) if "." in incomplete else (check.target, exercise.title)
                offered.setdefault(name, words)
    return [CompletionItem(name, help=words) for name, words in offered.items() if name.startswith(incomplete)]


def complete_folder(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer folders."""
    return [CompletionItem(incomplete, type="dir")]


def complete_file(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer files and folders."""
    return [CompletionItem(incomplete, type="file")]


def _course(ctx: click.Context) -> Course:
    from grader.course import find_course, load_course

    named = ctx.params.get("course_dir")
    return load_course(Path(named) if named else find_course())


def _exercises(ctx: click.Context) -> list[Exercise]:
    """Return the exercises on the line so far, or all; click does not read them while an option lacks its value."""
    with suppress(Exception):
        course = _course(ctx)
        named = os.environ.get("COMP_WORDS", "").split()
        return [exercise for exercise in course.exercises if exercise.name in named] or list(course.exercises)
    return []
