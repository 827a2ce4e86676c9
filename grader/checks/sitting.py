"""A sitting: one student at one paper. What the checks read, and through which they ask more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol

from grader.answers import Answer, Candidate
from grader.checks.cases import Case
from grader.checks.check import Check
from grader.checks.draw import stream
from grader.checks.paper import Paper, Question
from grader.checks.terms import Terms
from grader.report import Status
from grader.wire import Call


class Diagnostician(Protocol):
    """Names mistakes; see catalogue.py."""

    def name(self, sitting: Sitting, check: Check) -> str | None:
        """Return what a student who gave these answers is told."""


class Sitting:
    """The student's answers, and what has been found about them so far."""

    def __init__(
        self,
        paper: Paper,
        student: Candidate,
        *,
        second: Callable[[], Candidate],
        catalogue: Diagnostician | None,
        example: Callable[[Case], Question | None],
        terms: Terms | None = None,
    ) -> None:
        self.paper = paper
        self.student = student
        self.terms = terms or Terms()
        """What the course asks of what is trained, and on which device."""
        self.statuses: dict[str, Status] = {}
        self.reported: Collection[str] = ()
        """The checks that a report will show; others are judged because these need them."""
        self.messages: dict[str, str] = {}
        """What the checks that judge by messages have said."""
        self.spoken: dict[str, list[Answer]] = {}
        """The answers to what checks have asked freely, by their ids."""
        self.second = second
        """Puts the submission on another bench, one that has seen nothing of what the first was given."""
        self._catalogue = catalogue
        self.example = example
        """Returns the small public question that may be shown for a case."""
        self._answers: dict[str, list[Answer]] = {}

    def sit(self, cases: Sequence[Case]) -> None:
        """Put the questions of these cases to the student, all at once."""
        questions = self.paper.set(cases)
        new = [question for question in questions if question.case.key not in self._answers]
        answers = self.student.sit([question.exchange for question in new])
        for question in new:
            self._answers[question.case.key] = answers[question.exchange.number]

    def read(self, case: Case) -> tuple[Question, list[Answer]]:
        """Return a question and the student's answers to it."""
        if case.key not in self._answers:
            self.sit([case])
        return self.paper.question(case), self._answers[case.key]

    def ask(self, calls: Sequence[Call], seconds: float | None = None, *, check: str = "") -> list[Answer]:
        """Ask the student something that is not on the paper; for a check that names itself, remember the answers."""
        answers = self.student.ask(calls, seconds)
        if check:
            self.spoken.setdefault(check, []).extend(answers)
        return answers

    def diagnose(self, check: Check, message: str = "") -> str | None:
        """Return the name of the mistake behind what a check found, in a sentence, or None."""
        if message:
            self.messages[check.id] = message
        return self._catalogue.name(self, check) if self._catalogue else None

    def rng(self, name: str) -> Any:
        """Return the stream of random numbers of one check."""
        return stream(self.paper.seed, name)
