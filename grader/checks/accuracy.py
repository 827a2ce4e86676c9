"""Does what was trained know what it should? The hits are counted here: the test's labels never leave the examiner.

The predictions are asked of a second bench, which has the parameters and nothing else of the training.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import numpy as np

from grader.checks.check import PASSED, Check, Verdict
from grader.checks.compare import leaves, words_for
from grader.checks.explain import unanswered
from grader.checks.sitting import Sitting
from grader.wire import Call, Foreign, Handle


class Task(msgspec.Struct, frozen=True):
    """What there is to learn, and what it is judged by."""

    x_train: Any
    y_train: Any
    x_test: Any
    y_test: Any


class Accuracy(Check):
    """Trains, then counts the hits on unseen data."""

    main = True
    evidence = "answers"

    def __init__(
        self,
        target: str,
        kind: str,
        title: str,
        *,
        data: Callable[[Any], Task],
        train: Mapping[str, Any],
        predict: str,
        at_least: float,
        weight: int,
    ) -> None:
        super().__init__(target, kind, title, weight=weight)
        self._data = data
        self._train = dict(train)
        self._predict = predict
        self.at_least = at_least

    def judge(self, sitting: Sitting) -> Verdict:
        """Train on one bench, predict on another, count here."""
        rng = sitting.rng(self.id)
        task = self._data(rng)
        arguments = self._train | {"seed": int(rng.integers(2**31 - 1))}
        call = Call(self.target, [task.x_train, task.y_train], arguments)
        trained = sitting.ask([call], check=self.id)[0]
        if not trained.given:
            return unanswered(trained, self.target)
        stranger = next((leaf for _, leaf in leaves(trained.value) if isinstance(leaf, (Handle, Foreign))), None)
        if stranger is not None:
            words = f"{self.target} returns {words_for(stranger)}; parameters are arrays, in lists or tuples."
            return Verdict("failed", words, hint=sitting.diagnose(self, words))
        second = sitting.second()
        if second.problem is not None:
            return unanswered(second.problem, self._predict)
        try:
            asked = second.ask([Call(self._predict, [task.x_test, trained.value], take=[0])])[0]
        except TypeError:
            words = f"{self.target} returns {words_for(trained.value)}, which {self._predict} cannot be given."
            return Verdict("failed", words)
        if not asked.given:
            return unanswered(asked, f"{self._predict} with the trained parameters")
        return self._mark(asked.value, task, sitting)

    def _mark(self, scores: Any, task: Task, sitting: Sitting) -> Verdict:
        classes = int(max(task.y_train.max(), task.y_test.max())) + 1
        due = (len(task.y_test), classes)
        if not isinstance(scores, np.ndarray) or scores.dtype.kind not in "fiu" or scores.shape != due:
            words = f"{self._predict} with what was trained gives {words_for(scores)}; scores of shape {due} are due."
            return Verdict("failed", words, hint=sitting.diagnose(self, words))
        if not np.isfinite(scores).all():
            words = "The trained network's scores are not finite: the training diverged."
            return Verdict("failed", words, hint=sitting.diagnose(self, words))
        guesses = scores.argmax(axis=1)
        accuracy = float((guesses == task.y_test).mean())
        if accuracy >= self.at_least:
            return PASSED
        confusion = np.zeros((classes, classes), int)
        np.add.at(confusion, (task.y_test, guesses), 1)
        missing = self.at_least - accuracy
        given = ", ".join(["x", "y", *(f"{name}={value}" for name, value in self._train.items()), "seed"])
        words = (
            f"{accuracy:.3f} of {due[0]} unseen points are right; {self.at_least:.3f} is needed ({missing:.3f} more).\n"
            f"Asked: {self.target}({given})"
        )
        detail = {"confusion": confusion.tolist(), "threshold": self.at_least, "accuracy": round(accuracy, 6)}
        return Verdict("failed", words, hint=sitting.diagnose(self, words), detail=detail)
