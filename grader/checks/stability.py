"""Does it survive extreme inputs: no overflow, no invalid value, no nan, and still right?"""

from __future__ import annotations

from collections.abc import Sequence

from grader.checks.cases import Case
from grader.checks.check import PASSED, Check, Verdict
from grader.checks.compare import difference
from grader.checks.explain import argument_names, call_words, unanswered, wrong
from grader.checks.sitting import Sitting

_ALARMING = ("overflow", "invalid value")


class Stable(Check):
    """Extreme inputs give right answers and no warning."""

    evidence = "warnings"

    def __init__(
        self, target: str, cases: Sequence[Case], place: int, *, names: tuple[str, ...], needs: Sequence[str]
    ) -> None:
        super().__init__(target, "stable", "Stays right on extreme inputs, without overflow.", needs=needs)
        self._cases = list(cases)
        self._place = place
        self.places = (place,)
        self.names = names
        self.floor = 1.0

    def cases(self) -> Sequence[Case]:
        """Return the extreme cases."""
        return self._cases

    def judge(self, sitting: Sitting) -> Verdict:
        """Compare the values, absolutely where they are tiny, and look for warnings."""
        for case in self._cases:
            question, answers = sitting.read(case)
            answer = answers[self._place]
            call = question.exchange.calls[self._place]
            asked = call_words(call, argument_names(question, self._place))
            if not answer.given:
                return unanswered(answer, asked)
            found = difference(answer.value, question.expected[self._place].value, self.names, floor=self.floor)
            if found is not None:
                hint = sitting.diagnose(self)
                return wrong(sitting, self, question, self._place, answer, found, hint)
            warned = next((text for text in answer.warnings if any(word in text for word in _ALARMING)), None)
            if warned is not None:
                words = f"The value is right, but on extreme inputs {asked} warns: {warned}."
                return Verdict("failed", words, hint=sitting.diagnose(self) or _ADVICE)
        return PASSED


_ADVICE = "Choose a formula in which exp only ever sees numbers that are not large: then nothing can overflow."
