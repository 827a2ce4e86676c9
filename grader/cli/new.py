"""``grade new``."""

from __future__ import annotations

import os

import click

from grader.cli import course_option, debug_option, open_course


@click.command()
@click.argument("exercise")
@click.option("--module", metavar="NAME", help="The module students write. Default: the exercise's own name.")
@click.option("--title", metavar="TEXT", help="What the exercise is called in lists and reports.")
@course_option
@debug_option
def new(exercise: str, module: str | None, title: str | None, course_dir: str | None) -> None:
    """Start a new exercise: a handout, a suite, a solution and its mistakes, small and whole.

    \b
      grade new exercise13 --module softplus --title "The softplus"
      grade release --answers exercise13
      grade check exercise13 --submission solutions/exercise13
    """
    from grader.skeleton import new_exercise

    course = open_course(course_dir)
    name = module or exercise.replace("-", "_")
    written = new_exercise(course, exercise, module=name, title=title or exercise)
    for path in written:
        click.echo(f"  {os.path.relpath(path)}")
    click.echo(f"\nIt works as it stands. Next: grade release --answers {exercise}, then change it step by step.")
