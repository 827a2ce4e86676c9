"""Fetches an exercise's suite, reference and mistakes from the course's own files; never a submission's."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from types import ModuleType

from grader import __version__
from grader.checks.mistakes import Mistake, mistakes_of
from grader.checks.suite import Suite
from grader.course import Course, Exercise
from grader.errors import CourseError, SuiteError


class Library:
    """The files of one exercise that are trusted: the course's own."""

    def __init__(self, course: Course, exercise: Exercise) -> None:
        self._exercise = exercise
        self._public = course.folder_of(exercise)
        self._hidden = course.solution_of(exercise)

    @property
    def has_solution(self) -> bool:
        """Whether the reference is here: an instructor's copy of the course."""
        return (self._hidden / self._exercise.files[0]).is_file()

    @property
    def answers_file(self) -> Path:
        """The answers recorded for students."""
        return self._public / "answers.npz"

    def suite(self, *, hidden: bool) -> Suite:
        """Return the exercise's checks, with the hidden ones or without."""
        path = self._public / "checks.py"
        module = _run(path, f"{self._exercise.name}_checks")
        suite = getattr(module, "suite", None)
        if not isinstance(suite, Suite):
            raise SuiteError(f"{path} must define `suite`, a Suite.")
        more = self._hidden / "hidden.py"
        if hidden and more.is_file():
            extend = getattr(_run(more, f"{self._exercise.name}_hidden"), "extend", None)
            if not callable(extend):
                raise SuiteError(f"{more} must define `extend(suite)`.")
            suite.extend(extend)
        return suite

    def reference_files(self) -> dict[str, bytes]:
        """Return the reference's files, as a submission's are."""
        try:
            return {name: (self._hidden / name).read_bytes() for name in self._exercise.files}
        except OSError as err:
            raise CourseError(f"The reference solution {err.filename} cannot be read: {err.strerror}.") from None

    def reference_source(self) -> str:
        """Return the text of the reference module."""
        return self.reference_files()[self._exercise.files[0]].decode()

    def sources(self) -> bytes:
        """Return a digest of all that recorded answers are made from."""
        state = hashlib.blake2b(__version__.encode(), digest_size=16)
        files = [self._public / "checks.py", *(self._hidden / name for name in self._exercise.files)]
        for path in [*files, self._hidden / "mistakes.py"]:
            data = path.read_bytes() if path.is_file() else b""
            state.update(f"\0{path.name} {len(data)}\0".encode() + data)
        return state.digest()

    def mistakes(self) -> list[Mistake]:
        """Return the known mistakes; none where there is no such file."""
        module = self.optional("mistakes.py")
        return mistakes_of(module) if module else []

    def optional(self, name: str) -> ModuleType | None:
        """Return a further module of the solution's folder, if it is there."""
        path = self._hidden / name
        return _run(path, f"{self._exercise.name}_{path.stem}") if path.is_file() else None


def _run(path: Path, name: str) -> ModuleType:
    """Run a file of the course as it is now; nothing is written beside it, and no bytecode of a second ago is taken."""
    try:
        source = path.read_bytes()
    except OSError as err:
        raise CourseError(f"{path} cannot be read ({err.strerror}): get a fresh copy of the course.") from None
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module  # so that dataclasses and inspect find it
    try:
        exec(compile(source, str(path), "exec", dont_inherit=True), module.__dict__)
    except SuiteError as err:
        raise SuiteError(f"{path}: {err}") from err
    except Exception as err:
        raise SuiteError(f"{path} cannot be run: {type(err).__name__}: {err}") from err
    return module
