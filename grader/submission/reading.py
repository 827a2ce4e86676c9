"""From what was handed in to a Submission: which of its files are judged, and what is wrong with them.

A submission that is there is never an exception: what makes it unusable is told in `problem`, and it is graded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from grader.course import Exercise
from grader.errors import SubmissionPathError, suggestion
from grader.quantities import write_bytes
from grader.submission.folder import Folder
from grader.submission.place import MOST_NAMES, Place, TooLargeError, UnusableError, shown
from grader.submission.submitted import Submission, digest_of
from grader.submission.text import check_python, goes_further, is_partly_stub, is_stub

_CLUTTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".git", ".gitignore", "__pycache__"}
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")


def read_submission(path: Path, exercise: Exercise, course_root: Path) -> Submission:
    """Return what lies at a path, as a submission of this exercise; only a path where nothing lies is an error."""
    path = Path(os.path.abspath(path))
    name = _called(path, course_root)
    _check_exists(path)
    reading = _Reading(exercise, course_root)
    return _read(reading, lambda: reading.read(path, name), name)


def read_place(
    open_place: Callable[[], AbstractContextManager[Place]], name: str, exercise: Exercise, course_root: Path
) -> Submission:
    """Return what lies in a place, such as a commit of a repository; one that cannot be opened is told as a problem."""
    reading = _Reading(exercise, course_root)
    return _read(reading, lambda: reading.open(open_place), name)


def holds(place: Place, exercise: Exercise) -> str | None:
    """Return the folder of a place that this exercise's files lie in, None if there is none."""
    names = (*exercise.files, f"{exercise.name}.ipynb")
    for folder in _candidates(place, f"exercises/{exercise.name}"):
        if any(place.kind(_joined(folder, name)) for name in names):
            return folder
    return None


def _read(reading: _Reading, read: Callable[[], str], name: str) -> Submission:
    try:
        source = read()
        problem = None
    except UnusableError as error:
        source, problem = reading.source or name, str(error)
        reading.cells = None
    return Submission(
        exercise=reading.exercise.name,
        files=reading.files,
        cells=reading.cells,
        digest=digest_of(reading.files, reading.cells, problem),
        source=source,
        notes=reading.notes,
        problem=problem,
    )


class _Reading:
    """One submission while it is read."""

    def __init__(self, exercise: Exercise, course_root: Path) -> None:
        self.exercise = exercise
        self.module = exercise.files[0]
        self.folder = f"exercises/{exercise.name}"
        self.notebook = f"{exercise.name}.ipynb"
        self.course_folder = course_root / self.folder
        self.files: dict[str, bytes] = {}
        self.cells: tuple[str, ...] | None = None
        self.notes: list[str] = []
        self.source = ""
        self.alone = False

    def read(self, path: Path, name: str) -> str:
        """Read what lies at the path; return in words what is judged."""
        around, last = Folder(path.parent, "the folder it lies in"), path.name or "."
        kind = around.kind(last)
        if kind == "folder":
            return self._folder(Folder(path, name))
        if kind == "link":
            raise UnusableError(f"{name} is a link, and links are not followed: hand in what it leads to.")
        if kind != "file":
            raise UnusableError(f"{name} is neither a file nor a folder: hand in a folder, a zip or a notebook.")
        return self._file(around, last, name)

    def open(self, open_place: Callable[[], AbstractContextManager[Place]]) -> str:
        """Open a place, and read what lies in it."""
        with open_place() as place:
            return self._place(place)

    def _folder(self, folder: Folder) -> str:
        if holds(folder, self.exercise) is None:
            from grader.submission.repository import Repository, find_repository

            if (repository := find_repository(folder)) is not None:
                with Repository(repository) as commit:
                    return self._place(commit)
        return self._place(folder)

    def _file(self, around: Folder, last: str, name: str) -> str:
        """Read a single file that was named: a notebook, a zip, or the module under whatever name."""
        suffix = Path(last).suffix.lower()
        if suffix == ".ipynb":
            self._take_notebook(around, last, name)
            return f"the notebook {name}"
        if suffix == ".py":
            self.alone = True
            self._take(around, last, self.module, name)
            self._take_rest(around, "")
            return name
        with ExitStack() as stack:
            file = stack.enter_context(around.opened(last))
            if suffix != ".zip" and file.read(4) not in _ZIP_STARTS:
                raise UnusableError(
                    f"{name} is none of a folder, a zip, a git repository, a notebook or a Python file."
                )
            file.seek(0)
            from grader.submission.archive import Archive

            return self._place(stack.enter_context(Archive(file, name)))

    def _place(self, place: Place) -> str:
        """Choose the module or the notebook, and read it."""
        folder = holds(place, self.exercise)
        if folder is None:
            raise UnusableError(self._missing(place, self.module))
        self._note_second(place, folder)
        where = f"{shown(folder)} of {place.name}" if folder else place.name
        has_module = place.kind(_joined(folder, self.module)) is not None
        has_notebook = place.kind(_joined(folder, self.notebook)) == "file"
        self.source = f"{self.module} in {where}"
        if has_module:
            self._take(place, _joined(folder, self.module), self.module, self.source)
        if has_notebook and (not has_module or self._prefers_notebook(place, folder)):
            self.source = f"the notebook {self.notebook} in {where}"
            self._take_notebook(place, _joined(folder, self.notebook), f"{self.notebook} in {where}")
        self._take_rest(place, folder)
        return self.source

    def _note_second(self, place: Place, folder: str) -> None:
        if folder.endswith(self.folder):
            top = folder.removesuffix(self.folder) + self.module
            if place.kind(top) == "file":
                self.notes.append(f"There is a second {self.module}, at the top; the one in {self.folder} was judged.")

    def _prefers_notebook(self, place: Place, folder: str) -> bool:
        """Whether the module is still the stub, and the notebook beside it is not."""
        module, stub = self.files[self.module], self._stub(place, folder)
        if not is_stub(module, stub) and not is_partly_stub(module):
            return False
        from grader.submission import notebook

        try:
            data = place.read(_joined(folder, self.notebook), notebook.LARGEST)
            written = notebook.read_notebook(data, self.notebook, self.exercise.limits.source).source
        except UnusableError:
            return False
        if not goes_further(written, module, from_stub=is_stub(module, stub)):
            return False
        self.notes.append(f"{self.module} is still the stub, so the notebook {self.notebook} was judged.")
        return True

    def _stub(self, place: Place, folder: str) -> bytes | None:
        """Return the course's stub; None where the course's own folder is judged, for there the answer replaced it."""
        try:
            if isinstance(place, Folder) and os.path.samefile(place.path / folder, self.course_folder):
                return None
            return (self.course_folder / self.module).read_bytes()
        except OSError:
            return None

    def _take(self, place: Place, path: str, file: str, what: str) -> None:
        """Read one Python file, or say what is wrong with it."""
        self._check_file(place, path, what)
        largest = self.exercise.limits.source
        try:
            data = place.read(path, largest)
        except TooLargeError:
            raise UnusableError(f"{what} is larger than {write_bytes(largest)}: hand in the code alone.") from None
        check_python(what, data)
        self.files[file] = data

    def _take_rest(self, place: Place, folder: str) -> None:
        """Read the exercise's other files; what a notebook or a single named file comes without, it may do without."""
        where = f"{shown(folder)} of {place.name}" if folder else place.name
        for file in self.exercise.files:
            path = _joined(folder, file)
            if file not in self.files and (place.kind(path) is not None or not self.alone):
                self._take(place, path, file, f"{file} in {where}")

    def _take_notebook(self, place: Place, path: str, what: str) -> None:
        """Read a notebook: its code cells stand as the module."""
        from grader.submission import notebook

        self._check_file(place, path, what)
        try:
            data = place.read(path, notebook.LARGEST)
        except TooLargeError:
            most = write_bytes(notebook.LARGEST)
            raise UnusableError(f"{what} is larger than {most}: clear the outputs of its cells, and save it.") from None
        read = notebook.read_notebook(data, what, self.exercise.limits.source)
        self.files[self.module], self.cells, self.alone = read.source, read.cells, True
        if read.left_out:
            listed = ", ".join(read.left_out[:3]) + (", …" if len(read.left_out) > 3 else "")
            self.notes.append(f"What only Jupyter understands was left out of the notebook: {listed}.")

    def _check_file(self, place: Place, path: str, what: str) -> None:
        kind = place.kind(path)
        if kind is None:
            raise UnusableError(self._missing(place, path.rpartition("/")[2]))
        if kind == "link":
            raise UnusableError(f"{what} is a link, and links are not followed: hand in the file itself.")
        if kind == "folder":
            raise UnusableError(f"{what} is a folder: hand in a file of that name.")
        if kind != "file":
            raise UnusableError(f"{what} is not an ordinary file: hand in the file itself.")

    def _missing(self, place: Place, file: str) -> str:
        """Return the sentence for a missing file, with the file that was probably meant."""
        absent = f"There is no {file} in {place.name}, neither at its top nor in {self.folder}"
        for folder in _candidates(place, self.folder):
            names = place.names(folder)
            near = [name for name in names if name.casefold() == file.casefold()] or get_close_matches(file, names, 1)
            if near and place.kind(_joined(folder, near[0])) == "file":
                return f"{absent}; rename {shown(_joined(folder, near[0]))} to {file}."
        return f"{absent}: save your answer there under that name."


def _candidates(place: Place, folder: str) -> Iterator[str]:
    """Give the folders of a place that an exercise's files may lie in, the best one first."""
    yield folder
    yield ""
    enclosing = [name for name in place.names("") if name not in _CLUTTER and not name.startswith(".")]
    if len(enclosing) == 1 and place.kind(enclosing[0]) == "folder":
        yield f"{enclosing[0]}/{folder}"
        yield enclosing[0]


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _called(path: Path, course_root: Path) -> str:
    """Return what a submission is called: its path inside the course, elsewhere its name alone."""
    whole = path.absolute()
    try:
        inside = whole.relative_to(course_root.absolute()).as_posix()
    except ValueError:
        inside = "."
    return shown(inside if inside != "." else whole.name or str(whole))


def _check_exists(path: Path) -> None:
    try:
        path.lstat()
    except PermissionError:
        return  # there may be something: reading it says what is wrong
    except (OSError, ValueError):
        try:
            near = [entry.name for entry in islice(os.scandir(path.parent), MOST_NAMES)]
        except (OSError, ValueError):
            near = []
        raise SubmissionPathError(
            f"There is nothing at {shown(str(path))}.{suggestion(path.name, near)} "
            "Name a folder, a zip, a git repository, a notebook or a Python file with --submission."
        ) from None
