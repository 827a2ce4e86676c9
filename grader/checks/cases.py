"""The cases a check asks about: what to draw for each, and which calls make the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

import numpy as np

from grader.answers import Answer
from grader.checks.draw import OMIT, Draw, Sizes, Spec, stream
from grader.wire import Call, Ref


class Case:
    """One question to be drawn: the base of the kinds below."""

    seconds: float | None = None
    chance = False
    """Whether the answers are random numbers, of which only the shapes can be right or wrong."""

    def __init__(
        self,
        key: str,
        args: Mapping[str, Spec],
        sizes: Sizes,
        *,
        watch: bool = False,
        small: bool = False,
        state: Sequence[str] = (),
    ) -> None:
        self.key = key
        self.args = dict(args)
        self.sizes = dict(sizes)
        self.watch = watch
        self.small = small
        self.state = tuple(state)
        """The arguments whose contents after the call are asked for."""

    def draw(self, seed: int) -> Draw:
        """Draw the arguments from this case's own stream."""
        draw = Draw(stream(seed, self.key), self.sizes, small=self.small)
        for name, spec in self.args.items():
            draw.args[name] = spec(draw) if callable(spec) else spec
        return draw

    def smaller(self) -> Case:
        """Return this case as an example to be shown: small sizes, short numbers."""
        twin = copy(self)
        twin.key = f"{self.key}/example"
        twin.small = True
        return twin

    def first(self, draw: Draw) -> list[Call]:
        """Return what must be asked of the reference before the question can be made."""
        return []

    def calls(self, draw: Draw, first: Sequence[Answer]) -> list[Call]:
        """Return the calls of the question."""
        raise NotImplementedError(f"{type(self).__name__} asks nothing")

    def functions(self) -> tuple[str, ...]:
        """Return the functions that are called, in the order of the calls."""
        raise NotImplementedError(f"{type(self).__name__} asks nobody")


def watched_places(values: Sequence[Any]) -> list[int]:
    """Return the places of the arguments that a function could change."""
    return [place for place, value in enumerate(values) if isinstance(value, (np.ndarray, list, tuple, dict))]


def call_with(
    name: str, args: Mapping[str, Any], *, guard: bool = False, state: Sequence[str] = (), **options: Any
) -> Call:
    """Return a call with the arguments in order; what follows an omitted one goes by its name."""
    values: list[Any] = []
    named: dict[str, Any] = {}
    omitted = False
    for key, value in args.items():
        if value is OMIT:
            omitted = True
        elif omitted:
            named[key] = value
        else:
            values.append(value)
    echo = [place for place, key in enumerate(args) if key in state and place < len(values)]
    return Call(name, values, named, echo=echo, guard=watched_places(values) if guard else [], **options)


class FunctionCase(Case):
    """One call of one function."""

    def __init__(self, name: str, key: str, args: Mapping[str, Spec], sizes: Sizes, **options: Any) -> None:
        super().__init__(f"{name}/{key}", args, sizes, **options)
        self.name = name

    def calls(self, draw: Draw, first: Sequence[Answer]) -> list[Call]:
        """Return the one call."""
        return [call_with(self.name, draw.args, guard=True, state=self.state, watch=self.watch)]

    def functions(self) -> tuple[str, ...]:
        """Return its name."""
        return (self.name,)


class PairCase(Case):
    """A forward and the backward that follows it, with an upstream gradient in the shape of the reference's out."""

    def __init__(self, name: str, key: str, args: Mapping[str, Spec], sizes: Sizes, **options: Any) -> None:
        super().__init__(f"{name}/{key}", args, sizes, **options)
        self.forward = f"{name}_forward"
        self.backward = f"{name}_backward"

    def first(self, draw: Draw) -> list[Call]:
        """Return the forward, whose out gives dout its shape."""
        return [call_with(self.forward, draw.args, take=[0])]

    def calls(self, draw: Draw, first: Sequence[Answer]) -> list[Call]:
        """Return the forward, and the backward with its cache."""
        dout = draw.args["dout"] = upstream_like(first[0].value, draw)
        forward = {name: value for name, value in draw.args.items() if name != "dout"}
        return [
            call_with(self.forward, forward, keep=True, take=[0], guard=True, state=self.state, watch=self.watch),
            Call(self.backward, [dout, Ref(0, 1)], guard=watched_places([dout]), watch=self.watch),
        ]

    def functions(self) -> tuple[str, ...]:
        """Return the pair."""
        return (self.forward, self.backward)


class OwnCacheCase(PairCase):
    """A pair with another forward in between: the cache has to be the first one's."""

    def calls(self, draw: Draw, first: Sequence[Answer]) -> list[Call]:
        """Return the forward, another one, and the backward of the first."""
        forward, backward = super().calls(draw, first)
        other = Draw(draw.rng, self.sizes, small=draw.small)
        for name, spec in self.args.items():
            other.args[name] = spec(other) if callable(spec) else spec
        return [forward, call_with(self.forward, other.args, take=[]), backward]

    def functions(self) -> tuple[str, ...]:
        """Return the three calls' functions."""
        return (self.forward, self.forward, self.backward)


def upstream_like(out: Any, draw: Draw) -> Any:
    """Return a random upstream gradient for this out: never uniform, never near zero."""
    if isinstance(out, (list, tuple)):
        return tuple(upstream_like(item, draw) for item in out)
    shape = np.shape(out) if isinstance(out, np.ndarray) else ()
    size = draw.rng.uniform(0.5, 2.0, shape)
    signed = np.asarray(size * draw.rng.choice([-1.0, 1.0], shape))
    if draw.small:
        signed = np.round(signed, 1)
    return signed if shape else float(signed)


class RuleCase(Case):
    """Several steps of an update rule, for two parameters that each carry a state of their own."""

    def __init__(
        self, name: str, key: str, args: Mapping[str, Spec], config: Mapping[str, Any] | None, steps: int, sizes: Sizes
    ) -> None:
        super().__init__(f"{name}/{key}", args, sizes)
        self.name = name
        self.config = config
        self.steps = steps

    def draw(self, seed: int) -> Draw:
        """Draw a sequence of parameters and gradients for each of the two."""
        draw = Draw(stream(seed, self.key), self.sizes)
        steps = []
        for _ in range(self.steps):
            for _ in "ab":
                turn = {}
                for name, spec in self.args.items():
                    turn[name] = draw.args[name] = spec(draw)
                steps.append(turn)
        draw.args = {"steps": steps}
        return draw

    def calls(self, draw: Draw, first: Sequence[Answer]) -> list[Call]:
        """Return the steps of both parameters in turn, each with the config its own last step returned."""
        calls: list[Call] = []
        for index, turn in enumerate(draw.args["steps"]):
            config = Ref(index - 2, 1) if index >= 2 else None if self.config is None else dict(self.config)
            values = [*turn.values(), config]
            if config is None:
                values.pop()
            places = watched_places(values[: len(turn)])
            calls.append(Call(self.name, values, keep=True, take=[0], guard=places))
        return calls

    def functions(self) -> tuple[str, ...]:
        """Return its name, once for each step."""
        return (self.name,) * (2 * self.steps)
