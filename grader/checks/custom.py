"""A check in its author's own words: a function of a student, the reference and a stream of random numbers."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from grader.answers import Answer
from grader.checks.asked import Asked, UnmetError
from grader.checks.check import PASSED, Check, Verdict
from grader.checks.compare import difference, is_number, words_for, worst_place
from grader.checks.explain import unanswered
from grader.checks.sitting import Sitting
from grader.errors import SuiteError

CustomFunction = Callable[[Any, Any, Any], None]


def expect(condition: Any, message: str, hint: str | None = None) -> None:
    """Fail the check with this message unless the condition holds."""
    if not condition:
        raise UnmetError(Verdict("failed", message, hint=hint))


def close(got: Any, want: Any) -> bool:
    """Whether an answer is right to 1e-7, in shape and value."""
    return difference(got, want) is None


def expect_close(got: Any, want: Any, what: str, advice: str = "") -> None:
    """Fail the check unless an answer is right; the message names where it is furthest off, with both values."""
    found = difference(got, want)
    if found is None:
        return
    where = ""
    if isinstance(got, np.ndarray) and isinstance(want, np.ndarray) and got.shape == want.shape:
        place = worst_place(got, want)
        where, got, want = f" at index {list(place)}", got[place], want[place]
    same_kind = is_number(got) and is_number(want)
    words = f"{what}{where} is {got:.8g}; expected is {want:.8g}." if same_kind else f"{what}: {found.words}."
    expect(False, f"{words} {advice}".strip())


def refused(answer: Answer, text: str) -> Exception:
    """Return what ends a check whose question was not answered."""
    return UnmetError(unanswered(answer, text))


def outcome(target: str, look: Callable[[], None]) -> Verdict | None:
    """Let an author's function look at answers; return what it objects to, if anything.

    What it did not foresee in an answer is the answer's fault.
    """
    try:
        look()
    except UnmetError as unmet:
        return unmet.verdict
    except SuiteError:
        raise
    except (
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        ArithmeticError,
        MemoryError,
        RecursionError,
    ) as err:
        words = f"{type(err).__name__}: {str(err)[:200]}"
        return Verdict("failed", f"What {target} returned cannot be used as its text says ({words}).")
    return None


class Custom(Check):
    """A check that asks freely."""

    evidence = "message"

    def __init__(
        self,
        target: str,
        function: CustomFunction,
        title: str,
        *,
        weight: int,
        main: bool,
        needs: Sequence[str],
        half_without: Sequence[str] = (),
    ) -> None:
        super().__init__(target, function.__name__, title, weight=weight, needs=needs)
        self.main = main
        self.also = tuple(half_without)
        self._function = function

    def judge(self, sitting: Sitting) -> Verdict:
        """Run the author's function; what it did not foresee in an answer is the answer's fault."""
        student = Asked(partial(sitting.ask, check=self.id), refused, sitting.terms.device)
        reference = Asked(
            sitting.paper.reference.conversation(self.id).ask, self._refuse_reference, sitting.terms.device
        )
        verdict = outcome(self.target, lambda: self._function(student, reference, sitting.rng(self.id)))
        if verdict is None:
            return self._whole_or_half(sitting)
        if verdict.status == "error" and verdict.message.endswith(" is not written yet."):
            return verdict
        hint = sitting.diagnose(self, verdict.message) or verdict.hint
        return Verdict(verdict.status, verdict.message, hint=hint, detail=verdict.detail)

    def _whole_or_half(self, sitting: Sitting) -> Verdict:
        """Return what being right is worth: half, while what it builds on is wrong."""
        wrong = next((name for name in self.also if sitting.statuses.get(name) != "passed"), None)
        if wrong is None:
            return PASSED
        words = f"{self.target} is right, but builds on what is wrong ({wrong}): half of the points."
        return Verdict("failed", words, Fraction(1, 2), hint="Mend that first; this may be right then as it stands.")

    def _refuse_reference(self, answer: Answer, text: str) -> Exception:
        words = f"{answer.raised.type}: {answer.raised.message}" if answer.raised else answer.words
        return SuiteError(f"In {self.id}, the reference cannot answer {text}. {words}")


def title_of(target: str, function: Any) -> str:
    """Return the first line of a check's docstring, which is its title."""
    title = inspect.getdoc(function)
    if not title:
        raise SuiteError(f"The check {function.__name__} of {target} needs a docstring: it is what students read.")
    return title.split("\n")[0]


def array_expected(value: Any, shape: tuple[int, ...], what: str) -> None:
    """Fail the check unless the value is an array of this shape."""
    expect(
        getattr(value, "shape", None) == shape, f"{what} is {words_for(value)}; an array of shape {shape} is expected."
    )
