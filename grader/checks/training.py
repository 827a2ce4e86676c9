"""Does a training bring a model as far as the course asks? The examiner runs the epochs and looks in between.

The author's function asks for one epoch after the other; the measure is taken here, from logits or means that were
asked for, on data whose labels never reach the bench. The clock does not decide: epochs do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from grader.checks.accuracy import Task
from grader.checks.asked import Asked
from grader.checks.check import PASSED, Check, Verdict
from grader.checks.compare import words_for
from grader.checks.custom import expect, outcome, refused
from grader.checks.sitting import Sitting
from grader.checks.tensors import tensor
from grader.checks.terms import Terms
from grader.errors import CourseError

Data = Callable[[Any, Terms], Task]
Epochs = Callable[[Any, Task, Any], Iterator[Any]]
"""(student, task, rng): trains one epoch, yields what the measure is taken of, and so on for as long as it is asked."""
Measure = Callable[[Asked, Callable[[], Asked], Any, Task, Any], float]
"""(student, second, what was yielded, task, rng): ``second()`` is the submission on a bench that has seen nothing."""


def accuracy(student: Asked, second: Callable[[], Asked], model: Any, task: Task, rng: Any) -> float:
    """Return the share of unseen images that a model is right about: the hits are counted here."""
    scores = student.call("@logits", model, tensor(task.x_test))
    due = (len(task.y_test), int(max(task.y_train.max(), task.y_test.max())) + 1)
    fits = isinstance(scores, np.ndarray) and scores.dtype.kind == "f" and scores.shape == due
    expect(fits, f"On unseen images the model gives {words_for(scores)}; logits of shape {due} are due.")
    expect(np.isfinite(scores).all(), "The logits on unseen images are not finite numbers: the training diverged.")
    return float((scores.argmax(axis=1) == task.y_test).mean())


class Training(Check):
    """Trains epoch by epoch, until what was learnt is enough or the epochs are used up."""

    main = True
    profiled = False

    def __init__(
        self,
        target: str,
        epochs: Epochs,
        title: str,
        *,
        data: Data,
        measure: Measure = accuracy,
        unit: str = "accuracy",
        margin: float = 0.01,
        weight: int = 1,
        main: bool = True,
        needs: tuple[str, ...] = (),
    ) -> None:
        super().__init__(target, epochs.__name__, title, weight=weight, needs=needs)
        self.main = main
        self._epochs = epochs
        self._data = data
        self._measure = measure
        self._unit = unit
        self._margin = margin

    def judge(self, sitting: Sitting) -> Verdict:
        """Train and measure."""
        terms = sitting.terms
        if terms.at_least is None and terms.at_most is None:
            raise CourseError(
                f"course.yaml says nothing of what {self.id} has to reach with this device: "
                f"add `accuracy: {{{terms.device}: {{at_least: …, epochs: …}}}}` to the exercise."
            )
        curve: list[float] = []
        unmet = outcome(self.target, partial(self._train, sitting, curve))
        found = unmet or self._verdict(terms, curve)
        threshold = terms.at_least if terms.at_least is not None else terms.at_most
        points = [{"epoch": epoch, "value": round(value, 6)} for epoch, value in enumerate(curve, 1)]
        detail = {**(found.detail or {}), "curve": points, "threshold": threshold}
        return Verdict(found.status, found.message, found.share, found.hint, detail)

    def rehearse(self, sitting: Sitting) -> None:
        """Nothing is asked of the reference."""

    def _train(self, sitting: Sitting, curve: list[float]) -> None:
        terms, rng = sitting.terms, sitting.rng(self.id)
        task = self._data(rng, terms)
        student = Asked(partial(sitting.ask, check=self.id), refused, terms.device)

        def second() -> Asked:
            return Asked(sitting.second().ask, refused, terms.device)

        for trained in self._epochs(student, task, rng):
            curve.append(self._measure(student, second, trained, task, rng))
            if _better_by(terms, curve[-1]) >= self._margin or len(curve) == terms.epochs:
                return

    def _verdict(self, terms: Terms, curve: list[float]) -> Verdict:
        best = max(curve, key=partial(_better_by, terms))
        lead = _better_by(terms, best)
        if lead >= 0:
            return PASSED
        bound, due = ("at least", terms.at_least) if terms.at_least is not None else ("at most", terms.at_most)
        digits = 3 if terms.at_least is not None else 2
        at = curve.index(best) + 1
        words = [
            f"The {self._unit} on unseen data is {best:.{digits}f} at its best, after epoch {at} of {len(curve)}; "
            f"{bound} {due:.{digits}f} is needed ({-lead:.{digits}f} are missing).",
            _course(terms, curve, self._margin),
            f"After each epoch: {', '.join(f'{value:.{digits}f}' for value in curve[:40])}.",
        ]
        return Verdict("failed", "\n".join(words))


def _better_by(terms: Terms, value: float) -> float:
    """Return by how much a value is better than the course asks."""
    if not math.isfinite(value):
        return -math.inf
    return value - terms.at_least if terms.at_least is not None else (terms.at_most or 0.0) - value


def _course(terms: Terms, curve: list[float], step: float) -> str:
    """Say after which epoch learning stopped, or that it had not."""
    leads = [_better_by(terms, value) for value in curve]
    stopped = next(epoch for epoch, lead in enumerate(leads, 1) if lead >= max(leads) - step)
    if stopped == 1 and len(leads) > 1:
        return "Nothing was learnt after the first epoch: do the parameters move, and do they move downhill?"
    if stopped > 0.8 * len(leads):
        return "It was still learning when the epochs were used up: let it learn faster."
    return f"Learning stopped after epoch {stopped}: more epochs of this would not help."
