"""Is the value right? The main check of a function, and, with other cases, its edges, its sizes and its state."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.checks.cases import Case
from grader.checks.check import PASSED, Check, Verdict
from grader.checks.compare import Difference, difference
from grader.checks.explain import argument_names, call_words, unanswered, wrong
from grader.checks.sitting import Sitting


class Value(Check):
    """The answers are those of the reference."""

    def __init__(
        self,
        target: str,
        kind: str,
        title: str,
        cases: Sequence[Case],
        *,
        places: Sequence[int] = (0,),
        names: tuple[str, ...] = (),
        main: bool = False,
        weight: int = 1,
        floor: float | None = None,
        needs: Sequence[str] = (),
        hidden: bool = False,
    ) -> None:
        super().__init__(target, kind, title, weight=weight, needs=needs)
        self._cases = list(cases)
        self.places = tuple(places)
        self.names = names
        self.main = main
        self.floor = floor
        self.hidden = hidden

    def cases(self) -> Sequence[Case]:
        """Return its cases."""
        return self._cases

    def judge(self, sitting: Sitting) -> Verdict:
        """Compare the answers, case by case, up to the first that is wrong."""
        for case in self._cases:
            _, answers = sitting.read(case)
            for at in self.places or range(len(answers)):
                verdict = self._judge_one(sitting, case, at)
                if verdict is not None:
                    return verdict
        return PASSED

    def _judge_one(self, sitting: Sitting, case: Case, at: int) -> Verdict | None:
        question, answers = sitting.read(case)
        call = question.exchange.calls[at]
        if not answers[at].given:
            verdict = unanswered(answers[at], call_words(call, argument_names(question, at)))
            raised = answers[at].raised
            if raised is not None and raised.unwritten:
                return verdict
            return msgspec.structs.replace(verdict, hint=sitting.diagnose(self))
        found = self.compare(answers[at].value, question.expected[at].value)
        if found is None:
            return None
        hint = sitting.diagnose(self)
        return wrong(sitting, self, question, at, answers[at], found, hint, hidden=self.hidden)

    def compare(self, got: object, want: object) -> Difference | None:
        """Return how an answer differs from the right one."""
        return difference(got, want, self.names, floor=self.floor)


class State(Check):
    """What an argument holds after the call is what the reference leaves in it."""

    evidence = "echo"

    def __init__(self, target: str, cases: Sequence[Case], state: Sequence[str], *, needs: Sequence[str]) -> None:
        super().__init__(target, "state", f"Afterwards, {' and '.join(state)} holds what it should.", needs=needs)
        self._cases = list(cases)

    def cases(self) -> Sequence[Case]:
        """Return the cases of the main check."""
        return self._cases

    def judge(self, sitting: Sitting) -> Verdict:
        """Compare the arguments that came back."""
        for case in self._cases:
            question, answers = sitting.read(case)
            call = question.exchange.calls[0]
            if not answers[0].given:
                return unanswered(answers[0], call_words(call, argument_names(question, 0)))
            names = list(case.args)
            for place, mine, right in zip(call.echo, answers[0].echo, question.expected[0].echo, strict=True):
                found = difference(mine, right)
                if found is not None:
                    words = f"After {call_words(call, names)}, {names[place]}{found.path}: {found.words}."
                    return Verdict("failed", words, hint=sitting.diagnose(self))
        return PASSED
