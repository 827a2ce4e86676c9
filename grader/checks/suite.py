"""The authoring API: an author says what a function is, and the suite derives what to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from grader.checks.accuracy import Accuracy, Task
from grader.checks.cases import Case, FunctionCase, OwnCacheCase, PairCase, RuleCase
from grader.checks.check import Check
from grader.checks.custom import Custom, CustomFunction, title_of
from grader.checks.draw import Sizes, Spec
from grader.checks.dtype import Dtype
from grader.checks.edge import Edge
from grader.checks.gradient import Gradient
from grader.checks.presence import Presence
from grader.checks.purity import Unchanged
from grader.checks.stability import Stable
from grader.checks.statistics import initializer_checks
from grader.checks.training import Data, Epochs, Training
from grader.checks.value import State, Value
from grader.errors import SuiteError, suggestion

_USUAL_CASES = 2


class Target(msgspec.Struct):
    """A function or class of the exercise, and what is known of it."""

    name: str
    points: Fraction
    args: Mapping[str, Spec]
    sizes: Sizes
    pair: str | None = None
    place: int = 0
    names: tuple[str, ...] = ()
    checks: list[Any] = []


class Suite:
    """All checks of one exercise, in the order in which they are asked."""

    def __init__(self) -> None:
        self._targets: dict[str, Target] = {}
        self._hidden = False

    @property
    def targets(self) -> list[Target]:
        """The functions and classes, in order."""
        return list(self._targets.values())

    @property
    def checks(self) -> list[Check]:
        """All checks, in order."""
        return [check for target in self._targets.values() for check in target.checks]

    def extend(self, hidden: Callable[[Suite], None]) -> None:
        """Add the hidden checks."""
        self._hidden = True
        hidden(self)

    def pair(
        self,
        name: str,
        *,
        args: Mapping[str, Spec],
        gradients: Sequence[str],
        points: float | tuple[float, float] = 1,
        edges: Sequence[Edge] = (),
        extremes: Sequence[Mapping[str, Spec]] = (),
        sizes: Sizes | None = None,
        odd_sizes: Sequence[Sizes] | None = None,
        may_change: Sequence[str] = (),
        state: Sequence[str] = (),
        cases: Sequence[Mapping[str, Spec]] = (),
        returns: Sequence[str] = (),
    ) -> None:
        """A differentiable operation: ``name_forward`` and ``name_backward``.

        ``cases``: further arguments for the usual cases, beside the ones drawn from ``args``. ``odd_sizes``: the sizes
        of the ``.sizes`` check (default: each letter in turn as 1). ``returns``: the names of the parts of a tuple out.
        """
        sizes = dict(sizes or {})
        forward, backward = f"{name}_forward", f"{name}_backward"
        shares = points if isinstance(points, tuple) else (points, points)
        gradient_names = tuple(f"d{gradient}" for gradient in gradients) if len(gradients) > 1 else ()
        self._add(Target(forward, _exact(shares[0]), args, sizes, name, 0, tuple(returns)))
        self._add(Target(backward, _exact(shares[1]), args, sizes, name, 1, gradient_names))
        usual = self._usual(
            lambda key, more, own: PairCase(name, key, {**args, **more}, {**sizes, **own}, state=state), cases
        )
        odd = self._odd(lambda key, own: PairCase(name, key, args, {**sizes, **own}), args, sizes, odd_sizes)
        harsh = [PairCase(name, f"extreme{i}", {**args, **more}, sizes, watch=True) for i, more in enumerate(extremes)]
        for place, target in enumerate((forward, backward)):
            arguments = list(args) if place == 0 else ["dout", "cache"]
            self._join(target, Presence(target, arguments))
            if place == 0:
                main: Check = Value(
                    target,
                    "value",
                    "Returns the right value.",
                    usual,
                    names=tuple(returns),
                    main=True,
                )
            else:
                main = Gradient(target, usual, forward_check=f"{forward}.value", gradients=tuple(gradients))
            self._join(target, main)
            self._usual_company(target, main, usual, odd, harsh, place, may_change, state if place == 0 else ())
        between = [OwnCacheCase(name, "between", args, sizes)]
        title = "Uses the cache it is given, also when another forward came in between."
        self._join(backward, Value(backward, "own_cache", title, between, places=(2,), names=gradient_names))
        for item in edges:
            self._edge(self._target(forward), item, {"forward": [0], "backward": [1], None: [0, 1]}[item.of])

    def function(
        self,
        name: str,
        *,
        args: Mapping[str, Spec],
        points: float = 1,
        edges: Sequence[Edge] = (),
        extremes: Sequence[Mapping[str, Spec]] = (),
        sizes: Sizes | None = None,
        odd_sizes: Sequence[Sizes] | None = None,
        may_change: Sequence[str] = (),
        state: Sequence[str] = (),
        cases: Sequence[Mapping[str, Spec]] = (),
        returns: Sequence[str] = (),
    ) -> None:
        """A plain function, judged by the values it returns."""
        sizes = dict(sizes or {})
        self._add(Target(name, _exact(points), args, sizes, None, 0, tuple(returns)))
        usual = self._usual(
            lambda key, more, own: FunctionCase(name, key, {**args, **more}, {**sizes, **own}, state=state), cases
        )
        odd = self._odd(lambda key, own: FunctionCase(name, key, args, {**sizes, **own}), args, sizes, odd_sizes)
        harsh = [
            FunctionCase(name, f"extreme{i}", {**args, **more}, sizes, watch=True) for i, more in enumerate(extremes)
        ]
        self._join(name, Presence(name, list(args)))
        main = Value(name, "value", "Returns the right value.", usual, names=tuple(returns), main=True)
        self._join(name, main)
        self._usual_company(name, main, usual, odd, harsh, 0, may_change, state)
        for item in edges:
            self.edge(name, item)

    def rule(
        self,
        name: str,
        *,
        args: Mapping[str, Spec],
        configs: Sequence[Mapping[str, Any] | None] = (None, {}),
        steps: int = 4,
        points: float = 1,
        sizes: Sizes | None = None,
    ) -> None:
        """An update rule ``rule(w, dw, config=None) -> (next_w, config)``: several steps of two parameters."""
        sizes = dict(sizes or {})
        self._add(Target(name, _exact(points), args, sizes))
        self._join(name, Presence(name, [*args, "config"]))
        cases = [RuleCase(name, f"steps{i}", args, config, steps, sizes) for i, config in enumerate(configs)]
        self._join(
            name,
            Value(
                name,
                "value",
                "Takes the right steps, its state carried from one to the next.",
                cases,
                places=(),
                main=True,
            ),
        )
        self._join(name, Dtype(name, cases, 0, names=(), needs=()))
        self._join(name, Unchanged(name, cases, 0, may_change=("config",), needs=()))

    def initializer(
        self,
        name: str,
        *,
        args: Mapping[str, Spec],
        variance: Callable[[Mapping[str, Any]], float],
        points: float = 1,
        sizes: Sizes | None = None,
    ) -> None:
        """Random weights with mean 0 and this variance; the last argument is the seed."""
        self._add(Target(name, _exact(points), args, dict(sizes or {})))
        self._join(name, Presence(name, list(args)))
        for check in initializer_checks(name, args, dict(sizes or {}), variance):
            self._join(name, check)

    def declare(
        self, name: str, *, points: float = 1, arguments: Sequence[str] | None = None, is_class: bool = False
    ) -> None:
        """A function or class that custom checks alone judge."""
        self._add(Target(name, _exact(points), {}, {}))
        self._join(name, Presence(name, arguments, is_class=is_class))

    def accuracy(
        self,
        target: str,
        id: str,  # noqa: A002 - it is the id that a report shows
        title: str,
        *,
        data: Callable[[Any], Task],
        train: Mapping[str, Any],
        predict: str,
        at_least: float,
        weight: int = 1,
    ) -> None:
        """Train, then count the hits on data the student never sees."""
        if target not in self._targets:
            self.declare(target)
        self._join(
            target,
            Accuracy(target, id, title, data=data, train=train, predict=predict, at_least=at_least, weight=weight),
        )

    def check(
        self,
        target: str,
        *,
        weight: int = 1,
        main: bool = False,
        needs: Sequence[str] = (),
        half_without: Sequence[str] = (),
    ) -> Callable[[CustomFunction], CustomFunction]:
        """A check in the author's own words; the function's name is its id, its docstring its title.

        ``half_without``: checks without which being right here is worth half.
        """

        def add(function: CustomFunction) -> CustomFunction:
            words = title_of(target, function)
            made = Custom(target, function, words, weight=weight, main=main, needs=needs, half_without=half_without)
            self._join(target, made)
            return function

        return add

    def training(self, target: str, *, data: Data, **options: Any) -> Callable[[Epochs], Epochs]:
        """A generator that trains an epoch and yields the model, again and again: judged by what was learnt.

        The options are those of Training: measure, unit, margin, weight, main, needs.
        """

        def add(epochs: Epochs) -> Epochs:
            self._join(target, Training(target, epochs, title_of(target, epochs), data=data, **options))
            return epochs

        return add

    def edge(self, target: str, item: Edge) -> None:
        """Add a further check to one function that is there already."""
        found = self._target(target)
        self._edge(found, item, [found.place])

    def _edge(self, found: Target, item: Edge, places: Sequence[int]) -> None:
        args, sizes = found.args, {**found.sizes, **item.sizes}
        origin = "hidden-" if self._hidden else ""
        made: list[Case] = []
        for number, more in enumerate(item.cases):
            unknown = next((name for name in more if name not in args), None)
            if unknown is not None:
                raise SuiteError(f"The edge {item.id} of {found.name} gives {unknown!r}, which it does not take.")
            key = f"{origin}{item.id}-{''.join(map(str, places))}-{number}"
            maker = PairCase if found.pair else FunctionCase
            made.append(maker(found.pair or found.name, key, {**args, **more}, sizes))
        for place in places:
            name = found.name if found.pair is None else f"{found.pair}_{('forward', 'backward')[place]}"
            names = self._target(name).names
            self._join(name, Value(name, item.id, item.title, made, places=(place,), names=names, hidden=self._hidden))
            for check in self._target(name).checks:
                if isinstance(check, Dtype):
                    check.look_at(made)
            for check in self._target(name).checks:
                if isinstance(check, Unchanged):
                    check.look_also_at(made)

    def _usual(
        self, make: Callable[[str, Mapping[str, Spec], Sizes], Case], cases: Sequence[Mapping[str, Spec]]
    ) -> list[Case]:
        usual = [make(f"usual{i}", {}, {}) for i in range(_USUAL_CASES)]
        return usual + [make(f"case{i}", more, {}) for i, more in enumerate(cases)]

    def _odd(
        self, make: Callable[[str, Sizes], Case], args: Mapping[str, Spec], sizes: Sizes, odd: Sequence[Sizes] | None
    ) -> list[Case]:
        if odd is None:
            odd = [{letter: 1} for letter in _letters(args, sizes)]
        return [make(f"sizes{i}", own) for i, own in enumerate(odd)]

    def _usual_company(
        self,
        target: str,
        main: Check,
        usual: Sequence[Case],
        odd: Sequence[Case],
        harsh: Sequence[Case],
        place: int,
        may_change: Sequence[str],
        state: Sequence[str],
    ) -> None:
        names = self._target(target).names
        if odd:
            title = "Is right for unusual sizes too: one row, one column."
            self._join(target, Value(target, "sizes", title, odd, places=(place,), names=names))
        self._join(target, Dtype(target, [*usual, *odd, *harsh], place, names=names, needs=()))
        if state:
            self._join(target, State(target, usual, state, needs=()))
        if harsh:
            self._join(target, Stable(target, harsh, place, names=names, needs=()))
        self._join(target, Unchanged(target, usual, place, may_change=may_change, needs=()))

    def _add(self, target: Target) -> None:
        if target.name in self._targets:
            raise SuiteError(f"{target.name} is in the suite twice.")
        self._targets[target.name] = target

    def _target(self, name: str) -> Target:
        if name not in self._targets:
            raise SuiteError(f"The suite has no {name}.{suggestion(name, self._targets)}")
        return self._targets[name]

    def _join(self, target: str, check: Check) -> None:
        found = self._target(target)
        if any(check.id == other.id for other in found.checks):
            raise SuiteError(f"The suite has two checks with the id {check.id}.")
        found.checks.append(check)


def _exact(points: float) -> Fraction:
    return Fraction(str(points))


def _letters(args: Mapping[str, Spec], sizes: Sizes) -> list[str]:
    """Return the letters that the arguments use for sizes, by drawing them once."""
    from grader.checks.draw import Draw, stream

    draw = Draw(stream(0, "letters"), sizes)
    for name, spec in args.items():
        draw.args[name] = spec(draw) if callable(spec) else spec
    return [letter for letter in draw.sizes if not isinstance(sizes.get(letter), int)]
