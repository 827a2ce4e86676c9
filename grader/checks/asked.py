"""Someone who is asked freely: answers are plain values, objects stay on the bench, a failure ends the check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import msgspec
import numpy as np

from grader.answers import Answer
from grader.checks.check import Verdict
from grader.wire import Call, Handle, Scalar


class UnmetError(Exception):
    """What was expected of the student did not hold."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.message)
        self.verdict = verdict


class Asked:
    """Someone who is asked by a custom check."""

    def __init__(
        self,
        ask: Callable[[Sequence[Call]], list[Answer]],
        refuse: Callable[[Answer, str], Exception],
        device: str = "cpu",
    ) -> None:
        self._ask = ask
        self._refuse = refuse
        self.on = device
        """The device that exercises with PyTorch are judged on: ``cpu`` or ``cuda``."""

    @cached_property
    def device(self) -> Instance:
        """The torch.device of that name."""
        return self.new("@device", self.on)

    def _one(self, call: Call) -> Answer:
        answer = self._ask([_sendable(call)])[0]
        if not answer.given:
            raise self._refuse(answer, _text(call))
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
        """Return an object of a class, or whatever a function returns; it stays where it is."""
        return Instance(self, self._one(Call(name, list(args), kwargs, hold=True)).value, name)

    def calls(self, calls: Sequence[Call]) -> list[Any]:
        """Return what several calls return, asked in one go; a Ref stands for what an earlier one returned."""
        answers = self.exchange(calls)
        for call, answer in zip(calls, answers, strict=True):
            if not answer.given:
                raise self._refuse(answer, _text(call))
        return [plain(answer.value) for answer in answers]

    def exchange(self, calls: Sequence[Call]) -> list[Answer]:
        """Return the answers to several calls asked in one go, whatever became of each."""
        return self._ask([_sendable(call) for call in calls])


class Instance:
    """An object on the bench."""

    def __init__(self, owner: Asked, handle: Handle, name: str) -> None:
        self._owner = owner
        self.handle = handle
        self.name = name
        """What made it: a function or class of the submission, or a builder with its @."""

    def call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Return what a method returns."""
        return plain(self._owner._one(Call(method, list(args), kwargs, on=self.handle)).value)

    def each(self, method: str, turns: Sequence[Sequence[Any]]) -> list[Any]:
        """Return what a method returns for each of these arguments, called in turn and asked in one go."""
        return self._owner.calls([Call(method, list(args), on=self.handle) for args in turns])

    def after(self, method: str, *args: Any) -> tuple[Any, list[Any]]:
        """Return what a method returns, and the arguments as they are afterwards."""
        answer = self._owner._one(Call(method, list(args), on=self.handle, echo=list(range(len(args)))))
        return plain(answer.value), plain(answer.echo)

    def get(self, attribute: str) -> Any:
        """Return an attribute."""
        return plain(self._owner._one(Call(attribute, on=self.handle, attribute=True)).value)


def plain(value: Any) -> Any:
    """Return a value with NumPy scalars as Python numbers; complex ones answer no question here."""
    if isinstance(value, Scalar):
        value = value.value
    if isinstance(value, complex) or (isinstance(value, np.ndarray) and value.dtype.kind == "c"):
        raise UnmetError(Verdict("failed", "There are complex numbers in what comes back, and real ones are expected."))
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def _sendable(call: Call) -> Call:
    """Return the call with the handles of the objects that are among its arguments."""
    args = [_handles(value) for value in call.args]
    kwargs = {name: _handles(value) for name, value in call.kwargs.items()}
    return msgspec.structs.replace(call, args=args, kwargs=kwargs)


def _handles(value: Any) -> Any:
    if isinstance(value, Instance):
        return value.handle
    if isinstance(value, (list, tuple)):
        return type(value)(_handles(item) for item in value)
    if isinstance(value, dict):
        return {key: _handles(item) for key, item in value.items()}
    return value


def _text(call: Call) -> str:
    """Return a call in words; one of a builder is about the student's own object that it was given."""
    if call.name[:1] != "@":
        return f"{call.name}(…)"
    made_by = (value.name for value in call.args if isinstance(value, Instance) and value.name[:1] != "@")
    name = next(made_by, None)
    return f"What {name} returned" if name else "What the examiner made for this check"
