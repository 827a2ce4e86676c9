"""Do random weights have the distribution that the text names? Judged by statistics, never by particular draws.

The bounds lie six standard errors away: a right initialiser fails one of them about twice in a thousand million draws.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np

from grader.checks.cases import Case, FunctionCase
from grader.checks.check import PASSED, Check, Verdict
from grader.checks.compare import words_for
from grader.checks.draw import Draw, Sizes, Spec
from grader.checks.dtype import Dtype
from grader.checks.explain import unanswered
from grader.checks.sitting import Sitting
from grader.wire import Call

_ERRORS = 6.0


class InitializerCase(FunctionCase):
    """The same question twice, and once with another seed."""

    chance = True

    def calls(self, draw: Draw, first: Sequence[Any]) -> list[Call]:
        """Return the three calls."""
        values = list(draw.args.values())
        other = [*values[:-1], (int(values[-1]) + 1) % 2**31]
        return [Call(self.name, values), Call(self.name, values), Call(self.name, other)]

    def functions(self) -> tuple[str, ...]:
        """Return its name three times."""
        return (self.name,) * 3


class Statistics(Check):
    """Base of the checks below: one array of random weights, looked at in different ways."""

    evidence = "message"

    def __init__(
        self,
        target: str,
        kind: str,
        title: str,
        case: Case,
        variance: Callable[[Mapping[str, Any]], float],
        *,
        main: bool = False,
        weight: int = 1,
    ) -> None:
        super().__init__(target, kind, title, weight=weight)
        self.main = main
        self._case = case
        self._variance = variance

    def cases(self) -> Sequence[Case]:
        """Return the one case."""
        return [self._case]

    def judge(self, sitting: Sitting) -> Verdict:
        """Look at the weights."""
        question, answers = sitting.read(self._case)
        for answer in answers:
            if not answer.given:
                return unanswered(answer, self.target)
        drawn, again, other = (answer.value for answer in answers)
        shape = question.expected[0].value.shape
        if not isinstance(drawn, np.ndarray) or drawn.shape != shape or drawn.dtype.kind != "f":
            words = f"{self.target} returns {words_for(drawn)}; an array of floats of shape {shape} is expected."
            return Verdict("failed", words, hint=sitting.diagnose(self, words))
        words = self.look(drawn, again, other, self._variance(question.args))
        return Verdict("failed", words, hint=sitting.diagnose(self, words)) if words else PASSED

    def look(self, drawn: Any, again: Any, other: Any, variance: float) -> str:
        """Return what is wrong, or nothing."""
        raise NotImplementedError(f"{type(self).__name__} looks at nothing")


class Spread(Statistics):
    """Mean and variance."""

    def look(self, drawn: Any, again: Any, other: Any, variance: float) -> str:
        """Return what is wrong with mean or variance."""
        if not np.isfinite(drawn).all():
            return f"{self.target} returns numbers that are not finite."
        n = drawn.size
        mean, spread = float(drawn.mean()), float(drawn.var())
        if not abs(mean) <= _ERRORS * sqrt(variance / n):  # nan is in no bounds
            return f"The mean of {n} weights is {mean:.3g}; it should be 0."
        if not abs(spread / variance - 1) <= _ERRORS * sqrt(2 / n):
            return f"The variance of {n} weights is {spread:.4g}; for these sizes it should be {variance:.4g}."
        return ""


class Normal(Statistics):
    """The shape of the distribution: its kurtosis tells normal from uniform."""

    def look(self, drawn: Any, again: Any, other: Any, variance: float) -> str:
        """Return what is wrong with the shape."""
        centred = drawn - drawn.mean()
        kurtosis = float((centred**4).mean() / max(float((centred**2).mean()) ** 2, 1e-300))
        if not abs(kurtosis - 3) <= _ERRORS * sqrt(24 / drawn.size):
            known = "a normal distribution's is 3, a uniform one's 1.8"
            return f"The weights are not normally distributed: their kurtosis is {kurtosis:.2f}, {known}."
        return ""


class Repeatable(Statistics):
    """One seed, one result; another seed, another."""

    def look(self, drawn: Any, again: Any, other: Any, variance: float) -> str:
        """Return what is wrong with the use of the seed."""
        if not np.array_equal(drawn, again):
            return "The same seed gave two different results: draw from np.random.default_rng(seed) and nothing else."
        if isinstance(other, np.ndarray) and np.array_equal(drawn, other):
            return "Two different seeds gave the same result: is the seed used?"
        return ""


def initializer_checks(
    name: str, args: Mapping[str, Spec], sizes: Sizes, variance: Callable[[Mapping[str, Any]], float]
) -> list[Check]:
    """Return the checks of a random initialiser."""
    case = InitializerCase(name, "weights", args, sizes)
    return [
        Spread(name, "value", "The weights have mean 0 and the right variance.", case, variance, main=True),
        Normal(name, "normal", "The weights are normally distributed.", case, variance),
        Repeatable(name, "repeatable", "The same seed gives the same weights, another seed others.", case, variance),
        Dtype(name, [case], 0, names=(), needs=()),
    ]
