"""Is the gradient right? Against the reference; where the forward is wrong, against that forward, for half.

A gradient of a wrong forward is judged by central differences along random directions in float64; a direction that
crosses a kink shows itself by two step sizes that disagree, and is drawn again.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from grader.answers import Answer
from grader.checks.cases import Case, PairCase, call_with
from grader.checks.check import Verdict
from grader.checks.compare import is_number, leaves
from grader.checks.explain import unanswered
from grader.checks.paper import Question
from grader.checks.sitting import Sitting
from grader.checks.value import Value
from grader.wire import Call, Ref, Scalar

_STEPS = (1e-5, 5e-6)
_FAR = 0.02
_AGREE = 1e-5
_DIRECTIONS = 3
_TRIES = 9


class Gradient(Value):
    """The backward returns the gradient of the forward."""

    def __init__(self, target: str, cases: Sequence[Case], *, forward_check: str, gradients: tuple[str, ...]) -> None:
        names = tuple(f"d{name}" for name in gradients)
        super().__init__(
            target,
            "gradient",
            "Returns the gradient of the forward.",
            cases,
            places=(1,),
            names=names if len(names) > 1 else (),
            main=True,
        )
        self._forward_check = forward_check
        self.also = (forward_check,)
        self._gradients = gradients

    def rehearse(self, sitting: Sitting) -> None:
        """Ask the reference what it looks like along the directions that are probed."""
        question, _ = sitting.read(self._cases[0])
        _Probe(sitting, question, self._gradients, self.id).is_flat()

    def judge(self, sitting: Sitting) -> Verdict:
        """Compare with the reference; a wrong forward is no excuse, but its right gradient is worth half."""
        verdict = self._unwritten(sitting) or super().judge(sitting)
        if sitting.statuses.get(self._forward_check) == "passed" or verdict.status in ("error", "timeout", "skipped"):
            return verdict
        return self._of_own_forward(sitting, verdict)

    def _unwritten(self, sitting: Sitting) -> Verdict | None:
        """Say so where a forward left nothing to go on with, and the backward is still the stub."""
        question, answers = sitting.read(self._cases[0])
        if answers[0].fate != "raised":
            return None
        dout = question.exchange.calls[1].args[0]
        alone = sitting.ask([Call(self.target, [dout, None])])[0]
        return unanswered(alone, self.target) if alone.raised and alone.raised.unwritten else None

    def _of_own_forward(self, sitting: Sitting, verdict: Verdict) -> Verdict:
        forward = self.target.replace("_backward", "_forward")
        case = self._cases[0]
        assert isinstance(case, PairCase)
        question, answers = sitting.read(case)
        nothing = Verdict(
            "failed",
            f"This cannot be judged before {forward} is right: {self.target} is its gradient."
            if verdict.status == "passed"
            else verdict.message,
            hint=verdict.hint,
            detail=verdict.detail,
        )
        if not answers[0].given:
            return nothing
        probe = _Probe(sitting, question, self._gradients, self.id)
        if probe.is_flat():
            return nothing
        if verdict.status != "passed" and not probe.agrees():
            return nothing
        words = f"The gradient is right, but of a {forward} that is wrong: half of the points."
        return Verdict(
            "failed", words, Fraction(1, 2), hint=f"Mend {forward} first; this may be right then as it stands."
        )


class _Probe:
    """Questions around one point, put to the student's own forward."""

    def __init__(self, sitting: Sitting, question: Question, gradients: Sequence[str], name: str) -> None:
        self._sitting = sitting
        self._question = question
        self._gradients = gradients
        self._rng = sitting.rng(f"{name}/differences")
        case = question.case
        self._args = {key: value for key, value in question.args.items() if key != "dout"}
        self._forward, self._backward = case.forward, case.backward
        self._dout: Any = None

    def _direction(self) -> dict[str, Any]:
        return {name: _random_like(self._args[name], self._rng) for name in self._gradients}

    def _calls(self, direction: dict[str, Any], steps: Sequence[float]) -> list[Call]:
        calls = []
        for step in steps:
            moved = {name: _move(value, direction.get(name), step) for name, value in self._args.items()}
            calls.append(call_with(self._forward, moved, take=[0]))
        return calls

    def is_flat(self) -> bool:
        """Whether the forward is constant, or affine where the reference is not, along the directions probed."""
        flat, right_flat = True, True
        for _ in range(2):
            direction = self._direction()
            calls = self._calls(direction, (-_FAR, 0.0, _FAR))
            mine = _vectors(self._sitting.ask(calls))
            right = _vectors(self._sitting.paper.reference.ask(calls))
            if mine is None or right is None or _same(mine[0], mine[2]):
                return True
            flat &= _same(mine[0] / 2 + mine[2] / 2, mine[1])  # halves: a sum could overflow, and hide a line
            right_flat &= _same(right[0] / 2 + right[2] / 2, right[1])
        return flat and not right_flat

    def agrees(self) -> bool:
        """Whether the backward's gradients are those of the forward, along every direction."""
        gradients = self._own_gradients()
        if gradients is None:
            return False
        found = 0
        for _ in range(_TRIES):
            direction = self._direction()
            steps = [sign * step for step in _STEPS for sign in (1, -1)]
            values = _vectors(self._sitting.ask(self._calls(direction, steps)))
            if values is None:
                return False
            slopes = [
                float(np.sum((values[2 * i] - values[2 * i + 1]) * self._dout)) / (2 * step)
                for i, step in enumerate(_STEPS)
            ]
            if not _near(slopes[0], slopes[1], 1e-4):
                continue  # a kink lies between: another direction
            said = sum(
                _dot(gradient, direction[name]) for name, gradient in zip(self._gradients, gradients, strict=True)
            )
            if not _near(said, slopes[0], _AGREE):
                return False
            found += 1
            if found == _DIRECTIONS:
                return True
        return False

    def _own_gradients(self) -> list[Any] | None:
        out = self._sitting.ask([call_with(self._forward, self._args, take=[0])])[0]
        if _vectors([out]) is None:
            return None
        dout = _upstream(out.value, self._rng)
        self._dout = _flat(dout)
        calls = [
            call_with(self._forward, self._args, keep=True, take=[0]),
            Call(self._backward, [dout, Ref(0, 1)]),
        ]
        answer = self._sitting.ask(calls)[1]
        if not answer.given:
            return None
        gradients = [answer.value] if len(self._gradients) == 1 else answer.value
        if not isinstance(gradients, list) or len(gradients) != len(self._gradients):
            return None
        pairs = zip(gradients, (self._args[name] for name in self._gradients), strict=True)
        return gradients if all(_shaped_like(gradient, value) for gradient, value in pairs) else None


def _vectors(answers: Sequence[Answer]) -> list[Any] | None:
    """Return each out as one vector, or None where one of them is no finite numbers in the same number."""
    vectors = []
    for answer in answers:
        parts = [part.value if isinstance(part, Scalar) else part for _, part in leaves(answer.value)]
        floats = all(is_number(part) or (isinstance(part, np.ndarray) and part.dtype.kind == "f") for part in parts)
        if not answer.given or not parts or not floats:
            return None
        vectors.append(np.concatenate([np.ravel(np.asarray(part, np.float64)) for part in parts]))
    same_size = len({vector.size for vector in vectors}) == 1
    return vectors if same_size and all(np.isfinite(vector).all() for vector in vectors) else None


def _upstream(out: Any, rng: Any) -> Any:
    """Return a random upstream gradient in the form of the student's own out."""
    if isinstance(out, list):
        return tuple(_upstream(part, rng) for part in out)
    drawn = rng.uniform(0.5, 2.0, out.shape if isinstance(out, np.ndarray) else ())
    return drawn if isinstance(out, np.ndarray) and out.ndim else float(drawn)


def _flat(dout: Any) -> Any:
    parts = dout if isinstance(dout, tuple) else (dout,)
    return np.concatenate([_flat(part) if isinstance(part, tuple) else np.ravel(part) for part in parts])


def _random_like(value: Any, rng: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_random_like(item, rng) for item in value]
    drawn = rng.normal(size=np.shape(value))
    return drawn if isinstance(value, np.ndarray) else float(drawn)


def _move(value: Any, direction: Any, step: float) -> Any:
    if direction is None:
        return value
    if isinstance(value, (list, tuple)):
        return type(value)(_move(item, part, step) for item, part in zip(value, direction, strict=True))
    return value + step * direction


def _dot(gradient: Any, direction: Any) -> float:
    if isinstance(direction, list):
        return sum(_dot(item, part) for item, part in zip(gradient, direction, strict=True))
    value = gradient.value if isinstance(gradient, Scalar) else gradient
    return float(np.sum(np.asarray(value) * direction))


def _shaped_like(gradient: Any, value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        fits = isinstance(gradient, list) and len(gradient) == len(value)
        return fits and all(_shaped_like(mine, theirs) for mine, theirs in zip(gradient, value, strict=True))
    if isinstance(value, np.ndarray):
        return isinstance(gradient, np.ndarray) and gradient.shape == value.shape and gradient.dtype.kind == "f"
    return is_number(gradient)


def _near(one: float, other: float, tolerance: float) -> bool:
    return abs(one - other) <= tolerance * max(abs(one), abs(other), 1e-3)


def _same(one: Any, other: Any) -> bool:
    scale = max(float(np.max(np.abs(one), initial=0.0)), float(np.max(np.abs(other), initial=0.0)), 1e-9)
    return bool(np.max(np.abs(one - other), initial=0.0) <= 1e-9 * scale)
