"""``grade check``: which exercises, which submission, how, and where the report goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli import course_option, debug_option, device_option, open_course
from grader.cli.complete import complete_exercise, complete_file, complete_name
from grader.errors import MachineError, UsageError

if TYPE_CHECKING:
    from grader.course import Course, Exercise
    from grader.report import Report

FORMATS = ("terminal", "json", "junit", "github", "gradescope", "html")
_EXIT_CODES = """\b
Exit code:
  0  every check passed
  1  something did not
  2  it could not be done as asked: a wrong name, a bad course.yaml, a machine
     that cannot do it
  3  Gradecheck itself failed
  130  stopped by Ctrl-C
"""


def _seed(ctx: click.Context, param: click.Parameter, value: int | None) -> int | None:
    if value is not None and not 0 <= value < 2**53:
        raise click.BadParameter("a seed is a whole number below 2^53, as a report prints it.", ctx, param)
    return value


@click.command(epilog=_EXIT_CODES)
@click.argument("exercises", nargs=-1, metavar="[EXERCISE]...", shell_complete=complete_exercise)
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_name,
    help="Grade this function alone, or the check with this id; may be repeated.",
)
@click.option("--watch", is_flag=True, help="Check again whenever you save, until Ctrl-C.")
@click.option(
    "--submission",
    type=click.Path(),
    metavar="PATH",
    shell_complete=complete_file,
    help="What to grade: a folder, a zip, a git repository, a notebook or a .py file. "
    "Default: this course's own exercises/EXERCISE.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="terminal",
    metavar="FORMAT",
    help="terminal (the default), json, junit, github, gradescope or html.",
)
@click.option(
    "--output",
    type=click.Path(),
    metavar="FILE",
    shell_complete=complete_file,
    help="Write the report to this file instead of printing it.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print the score alone.")
@click.option("-v", "--verbose", is_flag=True, help="Explain every check in full.")
@click.option(
    "--seed",
    type=int,
    metavar="N",
    callback=_seed,
    help="Ask the same questions as a run that printed this seed.",
)
@click.option("--public", is_flag=True, help="Ask only what students can ask, although the solutions are here.")
@click.option(
    "--isolation",
    type=click.Choice(["auto", "strict", "none"]),
    default=None,
    metavar="HOW",
    help="How the code is locked in. auto: with the strongest locks there are; strict: refuse where they are not "
    "enough; none: a plain process. Default: auto; strict where CI is set in the environment.",
)
@device_option
@course_option
@debug_option
def check(
    exercises: tuple[str, ...],
    only: tuple[str, ...],
    watch: bool,
    submission: str | None,
    format_: str,
    output: str | None,
    quiet: bool,
    verbose: bool,
    seed: int | None,
    public: bool,
    isolation: str | None,
    device: str,
    course_dir: str | None,
) -> None:
    """Grade your answers: what is right, what is wrong, and why.

    Without EXERCISE, all exercises of the course are graded.

    \b
      grade check exercise3                       all of exercise3
      grade check exercise3 --only mse_backward   one function
      grade check exercise3 --watch               again, each time you save
      grade check exercise3 --submission homework.zip
      grade check exercise3 --format html --output report.html
    """
    from grader.cli.view import View

    course = open_course(course_dir)
    chosen = [course.exercise(name) for name in dict.fromkeys(exercises)] or list(course.exercises)
    if device == "cuda" and not any("torch" in exercise.allow for exercise in chosen):
        names = ", ".join(exercise.name for exercise in chosen)
        raise UsageError(f"Nothing in {names} is trained with PyTorch, a GPU is of no use: leave --device out.")
    options = {
        "seed": seed,
        "public": public,
        "only": only,
        "device": device,
        "isolation": isolation or ("strict" if _in_ci() else "auto"),
    }
    view = View(course, format_, output, quiet, verbose)
    if watch:
        from grader.cli.watch import watch as keep_watching

        if len(chosen) != 1:
            raise UsageError("--watch takes one exercise: grade check EXERCISE --watch.")
        keep_watching(course, chosen[0], submission, options, view)
        return
    reports, refusals = _examine_all(course, chosen, submission, options)
    view.show(reports)
    for words in refusals:
        click.echo(f"Error: {words}", err=True)
    sys.exit(2 if refusals else 0 if all(report.passed for report in reports) else 1)


def _examine_all(
    course: Course, chosen: Sequence[Exercise], submission: str | None, options: dict[str, Any]
) -> tuple[list[Report], list[str]]:
    """Return the reports, and why some exercises cannot be judged on this machine; if none can, that is an error."""
    reports: list[Report] = []
    refusals: list[str] = []
    for exercise in chosen:
        try:
            reports.append(_examine(course, exercise, submission, options))
        except MachineError as err:
            if len(refusals) + 1 == len(chosen):
                raise
            refusals.append(f"{exercise.name}: {err}")
    return reports, refusals


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def path_of(course: Course, exercise: Exercise, submission: str | None) -> Path:
    """Return where the submission lies."""
    return Path(submission) if submission else course.folder_of(exercise)


def device_for(exercise: Exercise, wanted: str) -> str:
    """Return the device for an exercise; only those with PyTorch have a choice."""
    if "torch" not in exercise.allow:
        return "cpu"
    from grader.bench.devices import find_device

    return find_device(wanted)


def _examine(course: Course, exercise: Exercise, submission: str | None, options: dict[str, Any]) -> Report:
    from grader.bench.launch import launcher
    from grader.cli.progress import Progress

    device = device_for(exercise, options["device"])
    benches = launcher(exercise.allow, options["isolation"], exercise.limits, device == "cuda")
    try:  # the fork server warms up while the rest is imported and read
        from grader.examiner import Examiner
        from grader.submission import read_submission

        work = read_submission(path_of(course, exercise, submission), exercise, course.root)
        with (
            redirect_stdout(sys.stderr),  # a suite that prints must not spoil a report
            Progress(exercise.name) as progress,
            Examiner(course, exercise, **(options | {"device": device}), benches=benches) as examiner,
        ):
            return examiner.examine(work, progress=progress.show)
    finally:
        benches.close()
