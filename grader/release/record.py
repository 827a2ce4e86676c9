"""What is kept in exercises/ and made from solutions/: the stubs, and the answers recorded for the public seed."""

from __future__ import annotations

from collections.abc import Callable

from grader.course import Course, Exercise
from grader.errors import CourseError, SuiteError
from grader.release.stub import make_stub

Progress = Callable[[int, int, str], None]

ANSWERS = "answers.npz"


def stubs(course: Course, exercise: Exercise) -> dict[str, str]:
    """Return the stub of each file of an exercise, made from its source."""
    made = {}
    for file in exercise.files:
        path = course.solution_of(exercise) / file
        try:
            made[file] = make_stub(path.read_bytes().decode("utf-8"), f"solutions/{exercise.name}/{file}")
        except FileNotFoundError:
            raise CourseError(f"{exercise.name} has no stub without its solution: {path} is missing.") from None
        except UnicodeDecodeError:
            raise SuiteError(f"{path} is not UTF-8: save it as UTF-8.") from None
        except OSError as err:
            raise CourseError(f"{path} cannot be read: {err.strerror}.") from None
    return made


def record(course: Course, exercise: Exercise, progress: Progress | None = None) -> bytes:
    """Return the bytes of answers.npz, made anew."""
    from grader.examiner import Examiner

    with Examiner(course, exercise) as examiner:
        return examiner.record(progress)


def recorded(course: Course, exercise: Exercise, progress: Progress | None = None) -> bytes:
    """Return the bytes of answers.npz: those that are kept, where they are made from the sources as they are now."""
    from grader.answers.recorded import sources_of
    from grader.checks.library import Library

    path = course.folder_of(exercise) / ANSWERS
    if sources_of(path) == Library(course, exercise).sources():
        return path.read_bytes()
    return record(course, exercise, progress)


def has_solutions(course: Course) -> bool:
    """Whether this is an instructor's copy of the course."""
    return (course.root / "solutions").is_dir()


def handed_out(module: bytes, stub: str) -> bool:
    """Whether nobody has written anything into a module: what is not as in a stub of ours would be lost with it."""
    from grader.submission.text import unwritten

    waiting, present = unwritten(module)
    due, known = unwritten(stub.encode())
    written = set(present) - set(waiting) - (set(known) - set(due))
    return not module.strip() or (not written and not set(due).isdisjoint(present))
