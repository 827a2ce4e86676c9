"""``grade release``: the students' copy of the course, and what is kept in exercises/ for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import course_option, debug_option, open_course
from grader.cli.complete import complete_exercise, complete_folder
from grader.cli.files import write_whole
from grader.cli.progress import Progress
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course import Course, Exercise


@click.command(epilog="Exit code: 0 all is written, 2 it could not be done as asked, 3 a solution or suite is broken.")
@click.argument("targets", nargs=-1, metavar="DIR | --answers [EXERCISE]...", shell_complete=complete_folder)
@click.option(
    "--answers",
    is_flag=True,
    help="Instead of a copy, renew what this course keeps in exercises/ and makes from solutions/: the stubs, and the "
    "answers recorded for students. All of them, if none is named.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="EXERCISE",
    shell_complete=complete_exercise,
    help="Release this exercise alone; may be repeated. course.yaml names no others then.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Renew a copy that is there already: files of the release are replaced, all others stay, and so does a module "
    "that somebody has written into. With --answers: make stubs even of modules that hold an answer.",
)
@click.option(
    "--package",
    default="gradecheck",
    show_default=True,
    metavar="REQUIREMENT",
    help="What students give to pip to install Gradecheck, as their README.md says: a name, a version, a URL.",
)
@course_option
@debug_option
def release(
    targets: tuple[str, ...], answers: bool, only: tuple[str, ...], force: bool, package: str, course_dir: str | None
) -> None:
    """Write the students' copy of the course into the new folder DIR.

    It has handouts, stubs made afresh from the solutions, the public checks, and recorded answers in place of the
    solutions; no hidden checks, and none of the mistakes.

    \b
      grade release ../students
      grade release ../students --force --only exercise1 --only exercise2
      grade release --answers exercise3
    """
    from grader.release.record import has_solutions

    course = open_course(course_dir)
    if not has_solutions(course):
        raise UsageError(
            f"There is no solutions/ in {course.root}: a copy for students is made from an instructor's copy of the "
            "course, which has them."
        )
    if answers:
        if only:
            raise UsageError(
                "--only belongs to a copy: name exercises after --answers, as in grade release --answers exercise3."
            )
        _renew(course, [course.exercise(name) for name in dict.fromkeys(targets)] or course.exercises, force)
        return
    if len(targets) != 1:
        raise UsageError("Name one folder to write the students' copy to, such as grade release ../students.")
    chosen = {course.exercise(name).name for name in only} or {exercise.name for exercise in course.exercises}
    exercises = [exercise for exercise in course.exercises if exercise.name in chosen]
    _copy(course, exercises, Path(targets[0]), force, package)


def _copy(course: Course, exercises: Sequence[Exercise], target: Path, force: bool, package: str) -> None:
    from grader.release.copy import contents
    from grader.release.record import recorded
    from grader.release.write import check_target, write

    check_target(target, course.root, force=force)

    def answers(exercise: Exercise) -> bytes:
        with Progress(exercise.name, "mistakes recorded") as line:
            return recorded(course, exercise, line.show)

    made = contents(course, exercises, package, answers)
    done = write(made, target)
    click.echo(f"The students' copy of {course.title} is in {target}.")
    width = max(len(exercise.name) for exercise in exercises)
    for exercise in exercises:
        click.echo(f"  {exercise.name:{width}}  {_weight(made.files, f'exercises/{exercise.name}/')}")
    if done.same:
        click.echo(f"{_counted(done.new)} written, {len(done.same)} were there already as they are.")
    _list("Left as they are, for somebody has written into them:", done.answers)
    _list(
        "Left out, because an exercise is its README.md, figures/, checks.py, and what is made from solutions/:",
        made.left_out,
    )
    click.echo(f"Try it as a student will:\n  cd {target}\n  grade check {exercises[0].name}")


def _weight(files: dict[str, bytes], folder: str) -> str:
    """Return what an exercise's folder holds, in words."""
    names = [path.removeprefix(folder) for path in files if path.startswith(folder)]
    figures = sum(name.startswith("figures/") for name in names)
    shown = sorted(name for name in names if "/" not in name or not name.startswith("figures/"))
    size = sum(len(data) for path, data in files.items() if path.startswith(folder))
    return f"{', '.join(shown)}{f', {figures} figures' if figures else ''} ({size / 1000:.0f} kB)"


def _counted(paths: Sequence[str]) -> str:
    return "1 file was" if len(paths) == 1 else f"{len(paths)} files were"


def _list(title: str, paths: Sequence[str]) -> None:
    if paths:
        click.echo(title)
        for path in paths:
            click.echo(f"  {path}")


def _renew(course: Course, exercises: Sequence[Exercise], force: bool) -> None:
    """Renew stubs and recorded answers in exercises/; nothing is touched before all stubs are made."""
    from grader.release.record import ANSWERS, handed_out, record, stubs

    made = {exercise.name: stubs(course, exercise) for exercise in exercises}
    places = {
        course.folder_of(exercise) / file: text for exercise in exercises for file, text in made[exercise.name].items()
    }
    answered = [path for path, text in places.items() if path.is_file() and not handed_out(path.read_bytes(), text)]
    if answered and not force:
        raise UsageError(
            f"{answered[0]} is no stub: somebody has written into it. Move it away, or give it up with --force."
        )
    for exercise in exercises:
        folder = course.folder_of(exercise)
        with Progress(exercise.name, "mistakes recorded") as line:
            data = record(course, exercise, line.show)
        changes = [_put(folder / file, text.encode()) for file, text in made[exercise.name].items()]
        changes.append(_put(folder / ANSWERS, data))
        click.echo(f"{exercise.name}: {', '.join(changes)} ({len(data) / 1000:.0f} kB)")


def _put(path: Path, data: bytes) -> str:
    """Write a file unless it is so already; return what was done."""
    if path.is_file() and path.read_bytes() == data:
        return f"{path.name} is up to date"
    write_whole(path, data)
    return f"{path.name} is written anew"
