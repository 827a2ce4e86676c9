"""Are the arguments left as they were? Worth exactly a tenth of the function's points."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from grader.checks.cases import Case
from grader.checks.check import PASSED, Check, Verdict
from grader.checks.sitting import Sitting


class Unchanged(Check):
    """The function does not change the arrays it is given."""

    evidence = "changed"

    def __init__(
        self, target: str, cases: Sequence[Case], place: int, *, may_change: Collection[str], needs: Sequence[str]
    ) -> None:
        super().__init__(target, "unchanged", "Leaves the arrays it is given as they were.", needs=needs)
        self._cases = list(cases)
        self._place = place
        self.places = (place,)
        self._may_change = frozenset(may_change)

    def cases(self) -> Sequence[Case]:
        """Return the cases of the main check, and of the edges."""
        return self._cases

    def look_also_at(self, cases: Sequence[Case]) -> None:
        """Look at the cases of a further check too: they are asked anyway."""
        self._cases.extend(cases)

    def judge(self, sitting: Sitting) -> Verdict:
        """Look at what the bench found changed; it is a fact of the bench, so it can cost points and never earn any."""
        for case in self._cases:
            _, answers = sitting.read(case)
            names = ["dout"] if self._place == 1 else list(case.args)
            for at, name in enumerate(case.functions()):
                if name != self.target:
                    continue
                changed = [names[place] for place in answers[at].changed if 0 <= place < len(names)]
                forbidden = [argument for argument in changed if argument not in self._may_change]
                if forbidden:
                    return self._changed(sitting, forbidden[0])
        return PASSED

    def _changed(self, sitting: Sitting, name: str) -> Verdict:
        words = (
            f"{self.target} changed {name}, which it was given. Work on a copy: an assignment such as {name}[…] = … or "
            f"{name} *= … writes into the caller's array."
        )
        return Verdict("failed", words, hint=sitting.diagnose(self))
