"""Marking a class: what has been graded is looked up, the rest goes through an engine, and all of it makes the list.

One student's trouble is one line, and the others are graded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from operator import attrgetter
from typing import Protocol

import msgspec

from grader.cohort import identity
from grader.cohort.engine import Engine, Task, graded
from grader.cohort.find import ClassFolder, Found
from grader.cohort.handed_in import HandedIn, read
from grader.cohort.late import Deadline, taken_from
from grader.cohort.results import Result, Results, Row
from grader.cohort.seeds import seed_of
from grader.cohort.summary import Tally
from grader.cohort.work import Paper, Problem, Setup
from grader.course import Course, Exercise
from grader.errors import SubmissionPathError, UsageError
from grader.submission.place import shown


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """How a class is marked."""

    device: str = "cpu"
    isolation: str = "strict"
    revision: str = ""
    """Which commit of git repositories counts; empty: what lies in the folder."""
    regrade: bool = False
    """Whether to grade again what has been graded."""
    file_dates: bool = True
    """Whether the date of a file can make a submission late."""
    secret: bytes | None = None
    """What each student's own seed is made of; None: a secret of the folder of results."""


class Watcher(Protocol):
    """Whoever looks on."""

    def say(self, line: str) -> None:
        """Hear of a problem, or of something else a person should know."""

    def progress(self, done: int, of: int, graded: int) -> None:
        """Hear how many students are done, and for how many of them something was graded now."""


class Marking:
    """One run over a class."""

    def __init__(
        self, course: Course, exercise: Exercise, class_folder: ClassFolder, results: Results, terms: Terms
    ) -> None:
        self._course = course
        self._exercise = exercise
        self._found = deque(class_folder.found)
        self._of = len(self._found)
        self.results = results
        self._terms = terms
        self._judging = identity.judging_of(course, exercise, terms.device, terms.isolation)
        self._live = identity.is_live(course, exercise)
        self._secret: bytes | None = None
        if course.seeds == "per-student":
            if not self._live:
                raise UsageError("Seeds per student need the solutions, and this copy of the course has none.")
            self._secret = terms.secret or results.secret()
        self._begun: dict[str, Row] = {}
        self.rows: list[Row] = []
        """The list of the class, in the order of names once it is whole."""
        self.tally = Tally()
        self.graded = 0
        """How many were graded in this run."""

    @property
    def public(self) -> bool:
        """Whether only the questions are asked whose answers students have."""
        return not self._live

    def run(self, engine: Engine, deadline: Deadline, watcher: Watcher) -> None:
        """Grade what is not graded yet; in the end every student has a row."""
        setup = Setup(
            str(self._course.root), self._exercise.name, self._terms.device, self._terms.isolation, self._judging
        )

        for some in graded(self._tasks(deadline, watcher), lambda: len(self._found), setup, engine):
            self.results.keep([(task.name, reply) for task, reply in some if isinstance(reply, bytes)])
            for task, reply in some:
                row = self._begun.pop(task.paper.student)
                if isinstance(reply, Problem):
                    self._without(row, reply.words, watcher)
                else:
                    self.graded += 1
                    self._with(row, self.results.parse(reply))
            watcher.progress(len(self.rows), self._of, self.graded)
        self.rows.sort(key=attrgetter("student"))

    def _tasks(self, deadline: Deadline, watcher: Watcher) -> Iterator[Task]:
        """Read what was handed in, one student after the other, and give what has to be graded."""
        while self._found:
            found = self._found.popleft()
            try:
                work = self._read(found, deadline)
            except SubmissionPathError:
                self._without(Row(student=found.student, report=None), "it went away before it could be read.", watcher)
                continue
            seed = self._seed(found.student)
            name = identity.name_of(self._judging, found.student, work.submission.digest, seed)
            row = self._begin(found, work, name, deadline)
            for words in filter(None, (work.remark, work.submission.problem)):
                watcher.say(f"{shown(found.student)}: {words}")
            known = None if self._terms.regrade else self.results.read(name)
            if known is not None:
                self._with(row, known)
                watcher.progress(len(self.rows), self._of, self.graded)
            else:
                self._begun[found.student] = row
                yield Task(Paper(found.student, seed, work.submission), name)

    def _read(self, found: Found, deadline: Deadline) -> HandedIn:
        due = deadline.due(found.student)
        return read(found, self._exercise, self._course.root, revision=self._terms.revision, due=due)

    def _seed(self, student: str) -> int | None:
        if not self._live:
            return None
        return self.results.seed if self._secret is None else seed_of(self._secret, self._exercise.name, student)

    def _begin(self, found: Found, work: HandedIn, name: str, deadline: Deadline) -> Row:
        at = work.at if work.told_by != "file" or self._terms.file_dates else None
        late = deadline.lateness(found.student, at, found.late)
        return Row(
            student=found.student,
            report=name,
            handed_in=at,
            told_by=work.told_by if at else "",
            late_days=late.days,
            late_percent=late.percent,
            digest=work.submission.digest,
            problem=work.submission.problem,
        )

    def _with(self, row: Row, result: Result) -> None:
        grade = taken_from(result.score, row.late_percent)
        row = msgspec.structs.replace(row, score=result.score, max_score=result.max_score, grade=grade)
        self.rows.append(row)
        self.tally.add(row, result)

    def _without(self, row: Row, words: str, watcher: Watcher) -> None:
        watcher.say(f"{shown(row.student)}: no report: {words}")
        self.rows.append(msgspec.structs.replace(row, report=None, problem=words))
