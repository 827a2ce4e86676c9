"""``grade check --watch``: checks again whenever the submission is saved, from benches that stay warm.

Files are looked at, not listened to: a dozen of them, many times a second, costs next to nothing and works everywhere.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.cli import say
from grader.cli.check import device_for, path_of
from grader.cli.progress import Progress
from grader.course import FILE_NAME, Course, Exercise, load_course
from grader.errors import GraderError, UsageError

if TYPE_CHECKING:
    from grader.cli.view import View
    from grader.examiner import Examiner
    from grader.report import Report

_LOOK_S = 0.03
_SETTLE_S = 0.005
"""So long a file may not change before its saving counts as finished."""
_GONE_S = 0.25
"""Some editors empty a file before they write it, or move it away: so long it may be empty or missing."""
_CLEAR = "\x1b[2J\x1b[H"

State = dict[str, tuple[int, int, int]]
"""What a look saw: of each file that is there its time, size and inode."""


def watch(course: Course, exercise: Exercise, submission: str | None, options: dict[str, Any], view: View) -> None:
    """Check, wait for a save, check again, until a signal ends it."""
    if view.output is None and view.format != "terminal":
        raise UsageError(
            f"--watch prints for people: leave --format {view.format} out, or name its file with --output."
        )
    watched = path_of(course, exercise, submission)
    desk = _Desk(course, exercise, options)
    seen: State = {}
    try:
        for number in range(sys.maxsize):
            paths = [*submission_files(watched, desk.exercise), *desk.files()]
            seen = settle(paths, seen)
            _check_once(desk, watched, view, first=number == 0)
            while look(paths) == seen:
                time.sleep(_LOOK_S)
    finally:
        desk.close()


def _check_once(desk: _Desk, watched: Path, view: View, *, first: bool) -> None:
    """Show one report; what is wrong with the course is said, and then waited for, except at the very beginning."""
    clear = "" if first or not view.on_terminal else _CLEAR
    try:
        report = desk.examine(watched)
    except GraderError as err:
        if first:
            raise
        view.print(clear)
        say(f"Error: {err}")
        return
    shown = view.text([report], "terminal", quiet=view.quiet or view.output is not None)
    if view.output is not None:
        view.show([report])
        shown = f"{shown.rstrip()} · {view.output}\n"
    waiting = "" if view.quiet else f"{time.strftime('%H:%M:%S')} · watching {report.submission} · Ctrl-C ends\n"
    view.print(clear + shown + waiting)


def submission_files(watched: Path, exercise: Exercise) -> Iterator[Path]:
    """Give the paths whose change may change what is judged."""
    if not watched.is_dir():
        yield watched
        return
    names = (*exercise.files, f"{exercise.name}.ipynb")
    inner = [entry for entry in watched.iterdir() if not entry.name.startswith((".", "__")) and entry.is_dir()]
    tops = [watched, *inner] if len(inner) == 1 else [watched]
    folders = [folder for top in tops for folder in (top / "exercises" / exercise.name, top)]
    files = [folder / name for folder in folders for name in names]
    yield from files
    if not any(map(os.path.lexists, files)):  # it may be a repository without a working tree
        for folder in (watched / ".git", watched):
            yield from (folder / "HEAD", folder / "packed-refs", folder / "refs" / "heads")


def look(paths: Iterable[Path]) -> State:
    """Return what the files are like now."""
    seen: State = {}
    for path in paths:
        try:
            found = os.lstat(path)
        except OSError:
            continue
        seen[str(path)] = found.st_mtime_ns, found.st_size, found.st_ino
    return seen


def settle(paths: Iterable[Path], before: State) -> State:
    """Wait until the files stay as they are, and what was emptied or moved away is back; return what they are like."""
    paths = list(paths)
    latest, end = look(paths), time.monotonic() + _GONE_S
    while True:
        time.sleep(_SETTLE_S)
        last, latest = latest, look(paths)
        gone = any(size and not latest.get(path, (0, 0, 0))[1] for path, (_, size, _) in before.items())
        if latest == last and (not gone or time.monotonic() > end):
            return latest


class _Desk:
    """An examiner that is kept as long as the course stays as it is, and made anew when its files change."""

    def __init__(self, course: Course, exercise: Exercise, options: dict[str, Any]) -> None:
        self.course, self.exercise = course, exercise
        self._options = options
        self._examiner: Examiner | None = None
        self._made_from = look(self.files())

    def files(self) -> list[Path]:
        """Return the files of the course that an examiner is made from."""
        public, hidden = self.course.folder_of(self.exercise), self.course.solution_of(self.exercise)
        names = [hidden / name for name in (*self.exercise.files, "hidden.py", "mistakes.py")]
        return [self.course.root / FILE_NAME, public / "checks.py", public / "answers.npz", *names]

    def examine(self, watched: Path) -> Report:
        """Return the report of what lies there now."""
        from grader.submission import read_submission

        with redirect_stdout(sys.stderr), Progress(self.exercise.name) as progress:
            examiner = self._warm_examiner()
            work = read_submission(watched, self.exercise, self.course.root)
            return examiner.examine(work, progress=progress.show)

    def _warm_examiner(self) -> Examiner:
        from grader.examiner import Examiner

        now = look(self.files())
        if now != self._made_from:
            self.close()
            self._made_from = now
            self.course = load_course(self.course.root)
            self.exercise = self.course.exercise(self.exercise.name)
        if self._examiner is None:
            device = device_for(self.exercise, self._options["device"])
            self._examiner = Examiner(self.course, self.exercise, **(self._options | {"device": device}))
        return self._examiner

    def close(self) -> None:
        """End the examiner, if there is one."""
        if self._examiner is not None:
            self._examiner.close()
            self._examiner = None
