"""What exercise5 asks: five rules that carry their state in config, two schedules, two penalties.

It holds no answers.
"""

from typing import Any

import numpy as np

from grader.checks import OMIT, Call, Ref, Suite, choice, edge, expect, expect_close, fixed, integers, normal, uniform

suite = Suite()

RULES = ["sgd", "momentum", "adagrad", "rmsprop", "adam"]
ADAPTIVE = ["adagrad", "rmsprop", "adam"]
WEIGHTS = {"w": normal("N", "M"), "dw": normal("N", "M")}

suite.rule(
    "sgd",
    args=WEIGHTS,
    configs=[{}, {"learning_rate": 0.7}, {"learning_rate": 0.0}],
    steps=3,
    points=1,
)
suite.rule(
    "momentum",
    args=WEIGHTS,
    configs=[{}, {"learning_rate": 0.3}, {"momentum": 0.4}, {"learning_rate": 0.6, "momentum": 0.0}],
    steps=4,
    points=2,
)
suite.rule(
    "adagrad",
    args=WEIGHTS,
    configs=[{}, {"learning_rate": 0.3}, {"epsilon": 0.5}, {"learning_rate": 0.7, "epsilon": 0.1}],
    steps=4,
    points=2,
)
suite.rule(
    "rmsprop",
    args=WEIGHTS,
    configs=[
        {},
        {"learning_rate": 0.3},
        {"decay_rate": 0.2},
        {"epsilon": 0.5},
        {"learning_rate": 0.7, "decay_rate": 0.6, "epsilon": 0.1},
    ],
    steps=4,
    points=2,
)
suite.rule(
    "adam",
    args=WEIGHTS,
    configs=[
        {},
        {"learning_rate": 0.3},
        {"beta1": 0.3},
        {"beta2": 0.4},
        {"epsilon": 0.5},
        {"learning_rate": 0.7, "beta1": 0.0, "beta2": 0.6, "epsilon": 0.1},
    ],
    steps=4,
    points=4,
)

suite.function(
    "step_decay",
    args={
        "lr0": uniform(low=0.1, high=2.0),
        "epoch": integers(low=13, high=40),
        "drop": uniform(low=0.3, high=0.9),
        "every": choice([3, 4, 6, 7]),
    },
    cases=[{"epoch": fixed(23), "every": fixed(6)}],  # quotient, remainder and what lies around them all differ
    points=1,
    edges=[
        edge(
            "defaults",
            "Where they are not given, drop is 0.5 and every is 10.",
            cases=[
                {"epoch": fixed(29), "drop": OMIT, "every": OMIT},
                {"epoch": fixed(30), "drop": OMIT, "every": OMIT},
                {"epoch": fixed(13), "drop": uniform(low=0.3, high=0.4), "every": OMIT},
            ],
        ),
        edge("start", "Epoch 0 has the initial learning rate.", args={"epoch": fixed(0)}),
        edge(
            "boundary",
            "The rate falls in epoch `every`, not an epoch before, and so again at each multiple.",
            cases=[{"epoch": fixed(epoch), "every": fixed(6)} for epoch in (5, 6, 11, 12)],
        ),
        edge("every_epoch", "With every = 1 it falls in each epoch.", args={"epoch": fixed(3), "every": fixed(1)}),
    ],
)
suite.function(
    "exponential_decay",
    args={
        "lr0": uniform(low=0.1, high=2.0),
        "epoch": integers(low=2, high=9),
        "rate": uniform(low=0.05, high=0.6),
    },
    points=1,
    edges=[
        edge("start", "Epoch 0 has the initial learning rate.", args={"epoch": fixed(0)}),
        edge("constant", "With rate = 0 the learning rate stays as it is.", args={"rate": fixed(0.0)}),
    ],
)

ANY_SHAPE = edge(
    "any_shape",
    "The weights may have any number of axes: a bias has one, the kernels of a convolution have four.",
    cases=[{"w": normal("N")}, {"w": normal("F", "C", "H", "W")}],
)
WITH_ZEROS = edge(
    "zeros",
    "Weights may be 0; the gradient is 0 there.",
    args={"w": lambda d: d.normal("N", "M") * (d.uniform("N", "M") > 0.5)},
)
SWITCHED_OFF = edge("off", "With strength = 0 there is no penalty and no gradient.", args={"strength": fixed(0.0)})

for penalty in ("l2_penalty", "l1_penalty"):
    suite.function(
        penalty,
        args={"w": normal("N", "M"), "strength": uniform(low=0.02, high=3.0)},
        returns=["penalty", "gradient"],
        points=1,
        edges=[ANY_SHAPE, WITH_ZEROS, SWITCHED_OFF],
    )


def _steps(who: Any, rule: str, w: Any, gradients: Any, *config: Any, rates: Any = ()) -> list[Any]:
    """The weights after each of several steps, each taken from where the last one led, with the config it returned.

    Weights and config stay on the bench. `rates` are set in the config before the second, third… step.
    """
    calls: list[Call] = []
    for number, dw in enumerate(gradients):
        before = len(calls) - 1
        if number and rates:
            calls.append(Call("__setitem__", ["learning_rate", rates[number - 1]], on=Ref(before, 1)))
        start = [Ref(before, 0), dw, Ref(before, 1)] if number else [w, dw, *config]
        calls.append(Call(rule, start, keep=True, take=[0]))
    return [value for call, value in zip(calls, who.calls(calls), strict=True) if call.name == rule]


def _about(rule: str) -> None:
    """The checks that every rule gets beside its plain sequence of steps."""

    @suite.check(rule)
    def without_config(student, reference, rng):
        """Without a config, or with None, everything takes its default, and the config returned goes on from there."""
        w, gradients = rng.normal(size=(4, 3)), rng.normal(size=(3, 4, 3))
        advice = "Missing hyperparameters take their defaults, missing state starts at zeros."
        for config, words in (((), "without a config"), ((None,), "with config=None")):
            situation = f"After three steps of {rule}, the first {words} and the others with the config it returned,"
            got, want = (_steps(who, rule, w, gradients, *config)[-1] for who in (student, reference))
            expect_close(got, want, f"{situation} the weight", advice)

    @suite.check(rule)
    def separate_parameters(student, reference, rng):
        """Two parameters that are updated in turn, each with its own config, do not know of each other."""
        w, gradients = rng.normal(size=(2, 4, 3)), rng.normal(size=(3, 2, 4, 3))
        calls = [
            Call(rule, [Ref(2 * t + i - 2, 0), dw, Ref(2 * t + i - 2, 1)] if t else [w[i], dw], keep=True, take=[0])
            for t, both in enumerate(gradients)
            for i, dw in enumerate(both)
        ]
        got, want = (who.calls(calls)[-2:] for who in (student, reference))
        for mine, due, which in zip(got, want, ("first", "second"), strict=True):
            expect_close(
                mine,
                due,
                f"After three steps of {rule} for two parameters in turn, each with its own config, in the {which} one "
                "the weight",
                "What a rule remembers belongs into config, not into a global, a function's attribute or a "
                "default argument.",
            )

    @suite.check(rule)
    def new_learning_rate(student, reference, rng):
        """The learning rate may change between two steps, as a schedule does it."""
        w, gradients = rng.normal(size=(3, 4)), rng.normal(size=(4, 3, 4))
        first, *rates = 0.5, 0.1, 0.02, 0.3
        got, want = (
            _steps(who, rule, w, gradients, {"learning_rate": first}, rates=rates)[-1] for who in (student, reference)
        )
        expect_close(
            got,
            want,
            f"After four steps of {rule}, with another config['learning_rate'] in each, the weight",
            "Take the learning rate from config in every step, and keep exactly those quantities that the "
            "formula keeps.",
        )

    @suite.check(rule)
    def any_shape(student, reference, rng):
        """The weights may have any number of axes: a bias has one, the kernels of a convolution have four."""
        shapes = [(5,), (1,), (1, 4), (2, 3, 4, 5)]
        calls = [Call(rule, [rng.normal(size=shape), rng.normal(size=shape), {}]) for shape in shapes]
        for shape, mine, due in zip(shapes, student.calls(calls), reference.calls(calls), strict=True):
            expect(
                isinstance(mine, tuple | list) and len(mine) == 2,
                f"{rule} has to return two things: the new weights and config.",
            )
            expect_close(mine[0], due[0], f"With weights of shape {shape}, after one step the weight")


def _two_steps(
    student: Any, reference: Any, rule: str, w: Any, gradients: Any, config: Any, words: str, advice: str = ""
) -> None:
    got, want = (_steps(who, rule, w, gradients, config) for who in (student, reference))
    for which, mine, due in zip(("one step", "two steps"), got, want, strict=True):
        expect_close(mine, due, f"After {which} of {rule}, {words}, the weight", advice)


def _about_state(rule: str, state: Any) -> None:
    """A rule with a memory goes on from the memory it is given."""

    @suite.check(rule)
    def goes_on(student, reference, rng):
        """Training that is taken up again goes on from the state that config holds."""
        w, gradients = rng.normal(size=(3, 4)), rng.normal(size=(2, 3, 4))
        kept = state(rng, w.shape)
        words = f"with a config that came with {' and '.join(kept)}"
        advice = "What a rule remembers stands in config under these very keys; a step begins with what is there."
        _two_steps(student, reference, rule, w, gradients, {"learning_rate": 0.2, **kept}, words, advice)


def _about_epsilon(rule: str) -> None:
    """A rule that divides by a root is asked about gradients that are zero or nearly so."""

    @suite.check(rule)
    def tiny_gradients(student, reference, rng):
        """Where gradients are as small as epsilon, it matters that epsilon stands outside the root."""
        w, scales = rng.normal(size=(3, 4)), np.array([1e-7, 1e-8])
        gradients = rng.normal(size=(2, 3, 4)) * scales[:, None, None]
        words = "with gradients of about 1e-8 and epsilon at its default"
        _two_steps(student, reference, rule, w, gradients, {"learning_rate": 0.5}, words)

    @suite.check(rule)
    def zero_gradient(student, reference, rng):
        """A weight whose gradient is 0 from the start does not move, and nothing becomes nan."""
        w, dw = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
        dw[1] = 0.0
        words = "where the gradient of a row is 0"
        _two_steps(student, reference, rule, w, [dw, dw], {}, words)


for each in RULES:
    _about(each)
for each in ADAPTIVE:
    _about_epsilon(each)

_about_state("momentum", lambda rng, shape: {"velocity": rng.normal(size=shape)})
_about_state("adagrad", lambda rng, shape: {"cache": rng.uniform(0.5, 2.0, size=shape)})
_about_state("rmsprop", lambda rng, shape: {"cache": rng.uniform(0.5, 2.0, size=shape)})
_about_state(
    "adam",
    lambda rng, shape: {
        "m": rng.normal(size=shape),
        "v": rng.uniform(0.5, 2.0, size=shape),
        "t": int(rng.integers(2, 9)),
    },
)
