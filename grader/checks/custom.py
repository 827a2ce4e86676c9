"""A check in its author's own words: a function of a student, the reference and a stream of random numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from grader.answers import Answer
from grader.checks.check import PASSED, Check, Verdict
from grader.checks.compare import difference, is_number, words_for, worst_place
from grader.checks.explain import unanswered
from grader.checks.sitting import Sitting
from grader.errors import SuiteError
from grader.wire import Call, Handle, Scalar

CustomFunction = Callable[[Any, Any, Any], None]


class UnmetError(Exception):
    """What was expected of the student did not hold."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.message)
        self.verdict = verdict


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


class Asked:
    """Someone who is asked by a custom check: answers are plain values, and a failure ends the check."""

    def __init__(
        self, ask: Callable[[Sequence[Call]], list[Answer]], refuse: Callable[[Answer, str], Exception]
    ) -> None:
        self._ask = ask
        self._refuse = refuse

    def _one(self, call: Call) -> Answer:
        answer = self._ask([call])[0]
        if not answer.given:
            raise self._refuse(answer, f"{call.name}(…)")
        return answer

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Return what the function returns."""
        return plain(self._one(Call(name, list(args), kwargs)).value)

    def after(self, name: str, *args: Any) -> tuple[Any, list[Any]]:
        """Return what the function returns, and the arguments as they are afterwards."""
        answer = self._one(Call(name, list(args), echo=list(range(len(args)))))
        return plain(answer.value), plain(answer.echo)

    def first_of(self, name: str, *args: Any) -> Any:
        """Return the first item of what the function returns: the out of a forward, without its cache."""
        return plain(self._one(Call(name, list(args), take=[0])).value)

    def new(self, name: str, *args: Any, **kwargs: Any) -> Instance:
        """Return an object of a class; it stays where it is."""
        return Instance(self, self._one(Call(name, list(args), kwargs, hold=True)).value, name)

    def calls(self, calls: Sequence[Call]) -> list[Any]:
        """Return what several calls return, asked in one go; a Ref stands for what an earlier one returned."""
        answers = self._ask(calls)
        for call, answer in zip(calls, answers, strict=True):
            if not answer.given:
                raise self._refuse(answer, f"{call.name}(…)")
        return [plain(answer.value) for answer in answers]

    def exchange(self, calls: Sequence[Call]) -> list[Answer]:
        """Return the answers to several calls asked in one go, whatever became of each."""
        return self._ask(calls)


class Instance:
    """An object on the bench."""

    def __init__(self, owner: Asked, handle: Handle, name: str) -> None:
        self._owner = owner
        self._handle = handle
        self._name = name

    def call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Return what a method returns."""
        return plain(self._owner._one(Call(method, list(args), kwargs, on=self._handle)).value)

    def each(self, method: str, turns: Sequence[Sequence[Any]]) -> list[Any]:
        """Return what a method returns for each of these arguments, called in turn and asked in one go."""
        return self._owner.calls([Call(method, list(args), on=self._handle) for args in turns])

    def after(self, method: str, *args: Any) -> tuple[Any, list[Any]]:
        """Return what a method returns, and the arguments as they are afterwards."""
        answer = self._owner._one(Call(method, list(args), on=self._handle, echo=list(range(len(args)))))
        return plain(answer.value), plain(answer.echo)

    def get(self, attribute: str) -> Any:
        """Return an attribute."""
        return plain(self._owner._one(Call(attribute, on=self._handle, attribute=True)).value)


def plain(value: Any) -> Any:
    """Return a value with NumPy scalars as Python numbers."""
    if isinstance(value, Scalar):
        return value.value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


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
        student = Asked(partial(sitting.ask, check=self.id), lambda answer, text: UnmetError(unanswered(answer, text)))
        reference = Asked(sitting.paper.reference.conversation(self.id).ask, self._refuse_reference)
        try:
            self._function(student, reference, sitting.rng(self.id))
        except UnmetError as unmet:
            verdict = unmet.verdict
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
            verdict = Verdict("failed", f"What {self.target} returned cannot be used as its text says ({_words(err)}).")
        else:
            return self._whole_or_half(sitting)
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


def _words(err: Exception) -> str:
    return f"{type(err).__name__}: {str(err)[:200]}"


def array_expected(value: Any, shape: tuple[int, ...], what: str) -> None:
    """Fail the check unless the value is an array of this shape."""
    expect(
        getattr(value, "shape", None) == shape, f"{what} is {words_for(value)}; an array of shape {shape} is expected."
    )
