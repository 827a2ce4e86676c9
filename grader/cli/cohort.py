"""``grade cohort``: which class, how, and where its results go. What is found and graded is the business of cohort/."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import course_option, debug_option, device_option, open_course
from grader.cli.complete import complete_exercise, complete_file, complete_folder
from grader.errors import Stopped, UsageError

if TYPE_CHECKING:
    from grader.cli.class_view import ClassView
    from grader.cohort.late import Deadline
    from grader.cohort.marking import Marking
    from grader.course import Course, Exercise

_EXIT_CODES = """\b
Exit code:
  0  every submission has a report
  1  some have none: the lines above say why
  2  it could not be done as asked: a wrong name, no such folder, a full disk,
     a machine that cannot lock submissions in
  3  Gradecheck itself, or a suite of the course, failed
  130, 143  stopped; what was graded is kept
"""
_LEAST_SECRET = 16


@click.command(epilog=_EXIT_CODES)
@click.argument("exercise", metavar="EXERCISE", shell_complete=complete_exercise)
@click.argument("folder", metavar="FOLDER", type=click.Path(), shell_complete=complete_folder)
@click.option(
    "--results",
    type=click.Path(),
    metavar="DIR",
    shell_complete=complete_folder,
    help="Where the results are, or will be. Default: a folder in your cache, which is named in the end.",
)
@click.option("--jobs", type=click.IntRange(1, 1024), metavar="N", help="Grade so many at a time. Default: one a core.")
@click.option("--regrade", is_flag=True, help="Grade again what has been graded.")
@click.option("--csv", "csv_", type=click.Path(), metavar="FILE", help="Write the scores to this file, as CSV.")
@click.option(
    "--extensions",
    type=click.Path(),
    metavar="FILE",
    shell_complete=complete_file,
    help="Who may hand in later: lines such as `jane: 2d` (YAML), or columns student and until (CSV).",
)
@click.option(
    "--revision",
    metavar="NAME",
    default="",
    help="Of git repositories, grade this branch or tag; due: the last commit before the due time. "
    "Default: the files as they lie there.",
)
@click.option(
    "--no-file-dates", is_flag=True, help="Take nobody for late by the date of a file, which copying changes."
)
@click.option(
    "--secret",
    type=click.Path(),
    metavar="FILE",
    help="Make the seeds of `seeds: per-student` from this file. Default: a secret drawn for the results.",
)
@click.option(
    "--isolation",
    type=click.Choice(["auto", "strict", "none"]),
    default="strict",
    metavar="HOW",
    help="How submissions are locked in. strict (the default): refuse where the locks are not enough; auto: with the "
    "strongest locks there are; none: plain processes.",
)
@device_option
@course_option
@debug_option
def cohort(
    exercise: str,
    folder: str,
    results: str | None,
    jobs: int | None,
    regrade: bool,
    csv_: str | None,
    extensions: str | None,
    revision: str,
    no_file_dates: bool,
    secret: str | None,
    isolation: str,
    device: str,
    course_dir: str | None,
) -> None:
    """Grade a whole class: each student's folder, zip, notebook or git repository in FOLDER.

    Downloads of Canvas, Moodle and Gradescope and nbgrader's `submitted` are known by their names. A run that was
    stopped goes on where it stopped, and what has not changed is not graded again.

    \b
      grade cohort exercise3 submissions
      grade cohort exercise3 submissions --results results/exercise3 --csv scores.csv
      grade cohort exercise3 repositories --revision due --extensions extensions.csv
    """
    from grader.cli.check import device_for
    from grader.cli.class_view import ClassView
    from grader.cli.view import check_writable
    from grader.cohort.extensions import Extensions, read_extensions
    from grader.cohort.find import find, looks_right
    from grader.cohort.late import Deadline
    from grader.cohort.marking import Marking, Terms
    from grader.cohort.results import Results

    course = open_course(course_dir)
    chosen = course.exercise(exercise)
    if csv_ is not None:
        check_writable(Path(csv_))
    if revision == "due" and chosen.due is None:
        raise UsageError(f"--revision due needs a due time: {chosen.name} has no `due` in course.yaml.")
    terms = Terms(
        device=device_for(chosen, device),
        isolation=isolation,
        revision=revision,
        regrade=regrade,
        file_dates=not no_file_dates,
        secret=_secret(course, secret),
    )
    granted = read_extensions(Path(extensions)) if extensions else Extensions()
    view = ClassView(chosen.name)
    found = find(Path(folder), chosen)
    if not any(looks_right(one, chosen) for one in found.found):
        raise UsageError(
            f"Nothing in {folder} is a submission of {chosen.name}: no student's folder has {_names(chosen)}."
        )
    place = Path(results) if results else _default_results(course, chosen, Path(folder))
    marking = Marking(course, chosen, found, Results(place, chosen.name), terms)
    if marking.public:
        view.say("The solutions are not here: only the public questions are asked, and students know their answers.")
    for line in (*found.remarks, *granted.unknown([one.student for one in found.found])):
        view.say(line)
    del found  # the marking lets go of each student's entry when it is done
    _mark(marking, jobs or _cores(terms.device), Deadline(course, chosen, granted), view)
    marking.results.keep_class(Path(folder).resolve(), marking.rows)
    if csv_ is not None:
        from grader.cli.files import write_whole
        from grader.cohort.scores import scores_csv

        write_whole(Path(csv_), scores_csv(marking.rows))
    view.summary(marking.tally.summary(marking.rows), marking.graded, place)
    sys.exit(0 if all(row.report is not None for row in marking.rows) else 1)


def _mark(marking: Marking, jobs: int, deadline: Deadline, view: ClassView) -> None:
    from grader.cohort.local import LocalDesks

    desks = LocalDesks(jobs)
    try:
        with view:
            marking.run(desks, deadline, view)
    except BaseException as err:
        desks.close(at_once=True)
        if isinstance(err, Stopped | KeyboardInterrupt):
            view.say(f"What was graded is kept in {marking.results.folder}: the same command goes on from there.")
        raise
    desks.close(at_once=False)


def _cores(device: str) -> int:
    """Return how many submissions are graded at a time: one a core, and one on the one graphics card."""
    if device == "cuda":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _names(exercise: Exercise) -> str:
    return f"{' or '.join(exercise.files)}, a notebook, a zip or a git repository"


def _default_results(course: Course, exercise: Exercise, folder: Path) -> Path:
    from grader.cache import cache_folder

    places = f"{course.root.resolve()}\n{folder.resolve()}".encode("utf-8", "surrogateescape")
    return cache_folder() / "results" / f"{exercise.name}-{hashlib.sha256(places).hexdigest()[:12]}"


def _secret(course: Course, path: str | None) -> bytes | None:
    if path is None:
        return None
    if course.seeds != "per-student":
        raise UsageError("--secret is for `seeds: per-student` in course.yaml, and this course shares its seeds.")
    try:
        secret = Path(path).read_bytes().strip()
    except OSError as err:
        raise UsageError(f"The secret {path} cannot be read: {err.strerror}.") from None
    if len(secret) < _LEAST_SECRET:
        raise UsageError(
            f"The secret {path} is too short: at least {_LEAST_SECRET} bytes, such as `openssl rand -hex 32`."
        )
    return secret
