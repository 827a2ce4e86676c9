"""``grade check``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click

from grader.cli import course_option, debug_option
from grader.cli.files import write_whole
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course import Course, Exercise
    from grader.report import Report

FORMATS = ("terminal", "json", "junit", "github", "gradescope", "html")


def _exercise_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    try:
        course = _course(ctx.params.get("course_dir"))
    except Exception:  # noqa: BLE001 - completion never complains
        return []
    return [exercise.name for exercise in course.exercises if exercise.name.startswith(incomplete)]


@click.command(epilog="Exit code: 0 everything passed, 1 something did not, 2 wrong usage, 3 Gradecheck itself failed.")
@click.argument("exercises", nargs=-1, metavar="[EXERCISE]...", shell_complete=_exercise_names)
@click.option(
    "--submission", type=click.Path(), metavar="PATH",
    help="What to grade: a folder, a zip, a git repository, a notebook or a .py file. "
    "Default: this course's own exercises/EXERCISE.",
)
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default="terminal", show_default=True, help="How to show the report."
)
@click.option("--output", type=click.Path(), metavar="FILE", help="Write the report there instead of printing it.")
@click.option("--seed", type=click.IntRange(0, 2**53 - 1), metavar="N", help="Ask the same questions as another run did.")
@click.option(
    "--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto", show_default=True,
    help="Where exercises with PyTorch are trained.",
)
@click.option(
    "--isolation", type=click.Choice(["auto", "strict", "none"]), default=None,
    help="How the code is locked in: the strongest there is (auto), refuse if that is not enough (strict), a plain "
    "process (none). Default: auto; in CI strict.",
)
@click.option(
    "--only", multiple=True, metavar="NAME", help="Grade only this function, or this check's id; may be repeated."
)
@click.option("--public", is_flag=True, help="Ask what students can ask, although the solutions are here.")
@click.option("--watch", is_flag=True, help="Check again whenever the submission is saved, until Ctrl-C.")
@click.option("-q", "--quiet", is_flag=True, help="Print the score alone.")
@click.option("-v", "--verbose", is_flag=True, help="Explain everything in full.")
@course_option
@debug_option
def check(
    exercises: tuple[str, ...], submission: str | None, format_: str, output: str | None, seed: int | None, device: str,
    isolation: str | None, only: tuple[str, ...], public: bool, watch: bool, quiet: bool, verbose: bool,
    course_dir: str | None,
) -> None:
    """Grade your answers: what is right, what is wrong, and why.

    Without EXERCISE, all exercises of the course are graded.

    \b
      grade check exercise3
      grade check exercise3 --only mse_backward
      grade check exercise3 --watch
      grade check exercise3 --submission homework.zip --format html --output report.html
    """
    course = _course(course_dir)
    chosen = [course.exercise(name) for name in dict.fromkeys(exercises)] or list(course.exercises)
    options = {
        "seed": seed, "public": public, "only": only, "device": device,
        "isolation": isolation or ("strict" if _in_ci() else "auto"),
    }
    view = _View(course, format_, output, quiet, verbose)
    if watch:
        from grader.cli.watch import watch as keep_watching

        if len(chosen) != 1 or output:
            raise UsageError("--watch takes one exercise and prints to the terminal: grade check EXERCISE --watch.")
        keep_watching(course, chosen[0], submission, options, view)
        return
    reports = [_examine(course, exercise, submission, options, len(chosen) > 1) for exercise in chosen]
    view.show(reports)
    sys.exit(0 if all(report.passed for report in reports) else 1)


def _course(course_dir: str | None) -> Course:
    from grader.course import find_course, load_course

    return load_course(Path(course_dir) if course_dir else find_course())


def _in_ci() -> bool:
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def path_of(course: Course, exercise: Exercise, submission: str | None) -> Path:
    """Return where the submission lies."""
    return Path(submission) if submission else course.folder_of(exercise)


def _examine(course: Course, exercise: Exercise, submission: str | None, options: dict[str, Any], several: bool) -> Report:
    from grader.bench.launch import launcher
    from grader.cli.progress import Progress

    device = _device(exercise, options["device"], several)
    benches = launcher(exercise.allow, options["isolation"], exercise.limits, device == "cuda")
    try:  # the fork server warms up while the rest is imported and read
        from grader.examiner import Examiner
        from grader.submission import read_submission

        work = read_submission(path_of(course, exercise, submission), exercise, course.root)
        with (
            Progress(exercise.name) as progress,
            Examiner(course, exercise, **(options | {"device": device}), benches=benches) as examiner,
        ):
            return examiner.examine(work, progress=progress.show)
    finally:
        benches.close()


def _device(exercise: Exercise, wanted: str, several: bool) -> str:
    """Return the device for an exercise; only those with PyTorch have a choice."""
    if "torch" not in exercise.allow:
        if wanted == "cuda" and not several:
            raise UsageError(f"{exercise.name} runs on the CPU alone: leave --device out.")
        return "cpu"
    from grader.bench.devices import find_device

    return find_device(wanted)


class _View:
    """Where reports go, and in which form."""

    def __init__(self, course: Course, format_: str, output: str | None, quiet: bool, verbose: bool) -> None:
        self.course = course
        self.format = format_
        self.output = Path(output) if output else None
        self.quiet = quiet
        self.verbose = verbose

    def show(self, reports: Sequence[Report]) -> None:
        """Print the reports, or write them to their file, whole or not at all."""
        from grader.reporters import Context, reporter

        terminal = sys.stdout.isatty() and self.output is None
        encoding = (sys.stdout.encoding or "ascii").lower().replace("-", "")
        context = Context(
            course=self.course.title,
            colour=terminal and "NO_COLOR" not in os.environ,
            unicode=encoding.startswith("utf") or self.output is not None or self.format != "terminal",
            width=min(get_terminal_size().columns, 100) if terminal else 80,
            quiet=self.quiet,
            verbose=self.verbose,
        )
        text = reporter(self.format).render(reports, context)
        if self.output is not None:
            write_whole(self.output, text.encode("utf-8"))
            return
        sys.stdout.flush()
        data = text.encode("utf-8") if self.format != "terminal" else text.encode(sys.stdout.encoding, "replace")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
