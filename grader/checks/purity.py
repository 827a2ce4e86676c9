"""Are the arguments left as they were? Worth exactly a tenth of the function's points."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from grader.checks.cases import Case
from grader.checks.check import PASSED, Check, Verdict
from grader.checks.sitting import Sitting


class Unchanged(Check):
    """The function does not change the arrays it is given."""

    evidence = "echo"

    def __init__(
        self, target: str, cases: Sequence[Case], place: int, *, may_change: Collection[str], needs: Sequence[str]
    ) -> None:
        super().__init__(target, "unchanged", "Leaves the arrays it is given as they were.", needs=needs)
        self._cases = list(cases)
        self._place = place
        self.places = (place,)
        self._may_change = frozenset(may_change)

    def cases(self) -> Sequence[Case]:
        """Return the cases of the main check."""
        return self._cases

    def judge(self, sitting: Sitting) -> Verdict:
        """Compare what was sent with what came back."""
        for case in self._cases:
            question, answers = sitting.read(case)
            for at, name in enumerate(case.functions()):
                if name != self.target or not answers[at].given:
                    continue
                call = question.exchange.calls[at]
                names = ["dout"] if at == 1 and self._place == 1 else list(case.args)
                for place, after in zip(call.echo, answers[at].echo, strict=True):
                    if names[place] not in self._may_change and not same(call.args[place], after):
                        return self._changed(sitting, names[place])
        return PASSED

    def _changed(self, sitting: Sitting, name: str) -> Verdict:
        words = (
            f"{self.target} changed {name}, which it was given. Work on a copy: an assignment such as {name}[…] = … or "
            f"{name} *= … writes into the caller's array."
        )
        return Verdict("failed", words, hint=sitting.diagnose(self))


def same(before: Any, after: Any) -> bool:
    """Whether an argument is what it was, to the last bit."""
    if isinstance(before, np.ndarray):
        return isinstance(after, np.ndarray) and before.shape == after.shape and before.tobytes() == after.tobytes()
    if isinstance(before, (list, tuple)):
        if not isinstance(after, (list, tuple)) or len(before) != len(after):
            return False
        return all(same(mine, theirs) for mine, theirs in zip(before, after, strict=True))
    if isinstance(before, dict):
        return isinstance(after, dict) and before.keys() == after.keys() and all(same(before[k], after[k]) for k in before)
    return True
