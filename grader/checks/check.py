"""What a check is: cases to ask about, a judgement on the answers, and its place among the function's points.

Every kind of check is a subclass in a file of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from grader.report import Status

if TYPE_CHECKING:
    from grader.checks.cases import Case
    from grader.checks.sitting import Sitting


class Verdict(msgspec.Struct, frozen=True):
    """What a check found."""

    status: Status
    message: str = ""
    share: Fraction = Fraction(0)
    """The part of the check's points that is earned: 1 when passed, 1/2 for half credit."""
    hint: str | None = None
    detail: dict[str, Any] | None = None


PASSED = Verdict("passed", share=Fraction(1))


class Check:
    """One thing that is asked of one function or class."""

    main = False
    """Whether it earns the function's points; the others only add to it."""
    evidence: Literal["value", "echo", "changed", "warnings", "message", "answers"] = "value"
    """What of an answer it looks at: wrong answers that agree in it are the same mistake."""
    profiled = True
    """Whether known mistakes are put to it, so that it can name them; a long training is not worth that."""
    also: tuple[str, ...] = ()
    """Checks whose outcome it wants to know, whatever it is."""
    places: tuple[int, ...] = (0,)
    """Which calls of a question it looks at; all of them if none is named."""

    def __init__(self, target: str, kind: str, title: str, *, weight: int = 1, needs: Sequence[str] = ()) -> None:
        self.target = target
        self.kind = kind
        self.id = f"{target}.{kind}"
        self.title = title
        self.weight = weight
        self.needs = tuple(needs)

    def cases(self) -> Sequence[Case]:
        """Return what must be asked before it can judge."""
        return ()

    def judge(self, sitting: Sitting) -> Verdict:
        """Return what the answers are worth."""
        raise NotImplementedError(f"{type(self).__name__} does not judge")

    def rehearse(self, sitting: Sitting) -> None:
        """Put to the reference whatever judging may ask of it beyond the cases, so that it can be recorded."""
        self.judge(sitting)
