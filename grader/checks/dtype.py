"""Are the numbers of the right kind: float64, not float32, integers or booleans?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.checks.cases import Case
from grader.checks.check import PASSED, Check, Verdict
from grader.checks.compare import leaves
from grader.checks.sitting import Sitting
from grader.wire import Scalar

_FLOAT64 = np.dtype(np.float64)


class Dtype(Check):
    """The results have the reference's dtype."""

    def __init__(
        self, target: str, cases: Sequence[Case], place: int, *, names: tuple[str, ...], needs: Sequence[str]
    ) -> None:
        super().__init__(target, "dtype", "Returns float64 numbers.", needs=needs)
        self._cases = list(cases)
        self._place = place
        self.places = (place,)
        self._names = names

    def cases(self) -> Sequence[Case]:
        """Return the cases of the main check, and those of the edges."""
        return self._cases

    def look_at(self, cases: Sequence[Case]) -> None:
        """Look at the answers to these cases too: a result of zeros for an edge has a dtype of its own."""
        self._cases += cases

    def judge(self, sitting: Sitting) -> Verdict:
        """Look at the dtypes of the answers."""
        for case in self._cases:
            question, answers = sitting.read(case)
            answer, right = answers[self._place], question.expected[self._place]
            if not answer.given:
                continue
            mine = leaves(answer.value, names=self._names)
            for (part, got), (_, due) in zip(mine, leaves(right.value), strict=False):
                if _is_right(got):
                    continue
                dtype = _dtype(got)
                if (isinstance(due, float) or _dtype(due) == "float64") and dtype not in (None, "float64"):
                    where = f" in {part}" if part else ""
                    words = f"{self.target} returns {dtype} numbers{where}; float64 is expected."
                    return Verdict("failed", words, hint=self._hint(dtype))
        return PASSED

    def _hint(self, dtype: str) -> str:
        if dtype.startswith("float"):
            return "Do not convert to a smaller dtype: what NumPy computes from float64 arrays is float64 by itself."
        return f"The values are right, but stored as {dtype}: make the result an array of floats."


def _is_right(value: Any) -> bool:
    """Whether this is what nearly all answers are: its dtype need not be spelt out."""
    return type(value) is np.ndarray and value.dtype == _FLOAT64


def _dtype(value: Any) -> str | None:
    if isinstance(value, Scalar):
        return value.dtype if value.dtype.startswith("float") else None  # a whole number is as exact as a float
    if not isinstance(value, np.ndarray) or (value.ndim == 0 and value.dtype.kind in "iu"):
        return None
    return str(value.dtype.name)
