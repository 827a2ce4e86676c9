"""What exercise2 asks: the activations, their gradients, and both far from 0 and exactly at it."""

from collections.abc import Callable

import numpy as np

from grader.checks import OMIT, Draw, Suite, choice, edge, normal, uniform

Spec = Callable[[Draw], np.ndarray]

suite = Suite()

SIZES = {"N": (3, 6), "D": (4, 8)}  # a dozen elements at least: a wrong slope cannot hide behind luck


def both_signs(*dims: str) -> Spec:
    """Draw normal numbers of which the first is positive and the last negative (unless there is but one)."""

    def draw(d: Draw) -> np.ndarray:
        x = d.normal(*dims)
        x.flat[0] = abs(x.flat[0])
        x.flat[-1] = -abs(x.flat[-1])
        return x

    return draw


def zeros_among(*dims: str) -> Spec:
    """Draw normal numbers with an exact 0 in every second place."""

    def draw(d: Draw) -> np.ndarray:
        x = d.normal(*dims)
        x.flat[::2] = 0.0
        return x

    return draw


def far(*dims: str) -> Spec:
    """Draw both signs and every order of magnitude from 1 to 1e4, with 1e4 and -1e4 themselves."""

    def draw(d: Draw) -> np.ndarray:
        x = np.sign(d.normal(*dims)) * 10.0 ** d.uniform(*dims, low=0.0, high=4.0)
        x.flat[0], x.flat[-1] = 1e4, -1e4
        return x

    return draw


def rows_apart(d: Draw) -> np.ndarray:
    """Draw rows of neighbouring scores that all lie near 1e4 or all near -1e4, in turn."""
    sign = (-1.0) ** np.arange(d.size("N"))[:, None]
    return sign * 9900.0 + np.clip(d.normal("N", "C", scale=2.0), -100.0, 100.0)


def any_shape(draw: Callable[..., Spec]) -> list[dict[str, Spec]]:
    """Return the cases that ask an element-wise function for arrays of one, three and four axes."""
    return [{"x": draw("N")}, {"x": draw("N", "T", "D")}, {"x": draw("N", "C", "H", "W")}]


suite.pair(
    "sigmoid",
    args={"x": normal("N", "D", scale=2.0)},
    gradients=["x"],
    sizes=SIZES,
    edges=[edge("any_shape", "x may have any number of axes.", cases=any_shape(normal))],
    extremes=[{"x": far("N", "D")}],
)

suite.pair(
    "tanh",
    args={"x": normal("N", "D")},
    gradients=["x"],
    sizes=SIZES,
    edges=[edge("any_shape", "x may have any number of axes.", cases=any_shape(normal))],
    extremes=[{"x": far("N", "D")}],
)

suite.pair(
    "relu",
    args={"x": both_signs("N", "D")},
    gradients=["x"],
    sizes=SIZES,
    edges=[
        edge("any_shape", "x may have any number of axes.", cases=any_shape(both_signs)),
        edge("zero", "The gradient is 0 where x is exactly 0.", of="backward", args={"x": zeros_among("N", "D")}),
    ],
    extremes=[{"x": far("N", "D")}],
)

suite.pair(
    "leaky_relu",
    args={"x": both_signs("N", "D"), "alpha": uniform(low=0.2, high=0.9)},
    gradients=["x"],
    sizes=SIZES,
    edges=[
        edge("default", "Without alpha the slope for negative x is 0.1.", args={"alpha": OMIT}),
        edge("any_shape", "x may have any number of axes.", cases=any_shape(both_signs)),
        edge("zero", "The gradient is alpha where x is exactly 0.", of="backward", args={"x": zeros_among("N", "D")}),
    ],
    extremes=[{"x": far("N", "D")}],
)

suite.pair(
    "elu",
    args={"x": both_signs("N", "D"), "alpha": choice((0.3, 0.6, 1.7, 2.4))},
    gradients=["x"],
    sizes=SIZES,
    edges=[
        edge("default", "Without alpha, alpha is 1.", args={"alpha": OMIT}),
        edge("any_shape", "x may have any number of axes.", cases=any_shape(both_signs)),
        # For another alpha 0 is a kink, at which no gradient is fixed: so alpha is 1 here.
        edge(
            "zero",
            "For alpha = 1 there is no kink at 0: out is 0 there and the gradient 1.",
            args={"x": zeros_among("N", "D"), "alpha": OMIT},
        ),
    ],
    extremes=[{"x": far("N", "D")}],
)

suite.pair(
    "maxout",
    args={"x": normal("N", "D"), "w1": normal("D", "M"), "b1": normal("M"), "w2": normal("D", "M"), "b2": normal("M")},
    gradients=["x", "w1", "b1", "w2", "b2"],
    points=(1, 3),
    sizes={"N": (4, 7), "M": (3, 6)},
    edges=[
        edge(
            "one_wins",
            "Where one map is the larger everywhere, all of the gradient is its own.",
            cases=[{"b1": normal("M", mean=60.0)}, {"b2": normal("M", mean=60.0)}],
        ),
        edge(
            "negative",
            "out may be negative, and the gradient passes there too.",
            args={"b1": normal("M", mean=-60.0), "b2": normal("M", mean=-60.0)},
        ),
    ],
    extremes=[{"x": far("N", "D")}],
)

suite.pair(
    "softmax",
    args={"x": normal("N", "C", scale=1.5)},
    gradients=["x"],
    points=(2, 4),
    sizes={"N": (3, 6), "C": (3, 7)},
    edges=[
        edge(
            "more_axes",
            "The last axis counts, also of three or four axes.",
            cases=[{"x": normal("N", "T", "C")}, {"x": normal("N", "H", "W", "C")}],
        ),
        edge("one_axis", "A single row of scores may come as an array of one axis.", args={"x": normal("C")}),
    ],
    extremes=[{"x": far("N", "C")}, {"x": rows_apart}],
)
