"""What exercise2 asks beyond the public checks: five axes, a single sign, the far ends of alpha, interleaved calls."""

from collections.abc import Callable

import numpy as np

from grader.checks import Draw, Suite, close, edge, expect, fixed, normal

ELEMENT_WISE = ("sigmoid", "tanh", "relu", "leaky_relu", "elu")
BOTH_WAYS = ("forward", "backward")

FIVE_AXES = edge(
    "five_axes",
    "x may have five axes, one of them of length 1.",
    args={"x": normal("A", "B", "C", "H", "W")},
    sizes={"A": 2, "B": 4, "C": 1, "H": 3, "W": 5},
)


def one_sign(sign: float) -> Callable[[Draw], np.ndarray]:
    """Draw numbers that all have the given sign and keep away from 0."""
    return lambda d: sign * d.uniform("N", "D", low=0.1, high=3.0)


ONE_SIGN = edge(
    "one_sign",
    "x may be positive throughout, or negative throughout.",
    cases=[{"x": one_sign(1.0)}, {"x": one_sign(-1.0)}],
)


def add_own_cache(suite: Suite, name: str, arguments: Callable[[np.random.Generator], tuple]) -> None:
    """Ask `name_backward` with the older of two caches; `arguments` draws a forward's, for an out of shape (4, 3)."""

    @suite.check(f"{name}_backward")
    def own_cache(student, reference, rng):
        """The gradient belongs to the forward whose cache is given, also after another forward."""
        first, second, dout = arguments(rng), arguments(rng), rng.normal(size=(4, 3))
        _, cache = student.call(f"{name}_forward", *first)
        at_once = student.call(f"{name}_backward", dout, cache)
        _, cache = student.call(f"{name}_forward", *first)
        student.call(f"{name}_forward", *second)
        later = student.call(f"{name}_backward", dout, cache)
        expect(
            close(at_once, later),
            f"{name}_backward gives another gradient for the same cache once {name}_forward has been called again. "
            "Keep what the backward needs in the cache, not in a global variable.",
        )


def with_alpha(rng: np.random.Generator) -> tuple:
    """Draw x and an alpha, which differs from call to call."""
    return rng.normal(size=(4, 3)), rng.uniform(0.1, 0.9)


def two_maps(rng: np.random.Generator) -> tuple:
    """Draw the five arguments of maxout."""
    return tuple(rng.normal(size=shape) for shape in [(4, 2), (2, 3), (3,), (2, 3), (3,)])


def extend(suite: Suite) -> None:
    """Add the hidden checks to the public ones."""
    for name in ELEMENT_WISE:
        for way in BOTH_WAYS:
            suite.edge(f"{name}_{way}", FIVE_AXES)
            suite.edge(f"{name}_{way}", ONE_SIGN)
    for way in BOTH_WAYS:
        suite.edge(f"softmax_{way}", FIVE_AXES)
        suite.edge(
            f"softmax_{way}",
            edge(
                "equal", "Equal scores have equal probabilities.", args={"x": lambda d: np.full(d.shape("N", "C"), 2.5)}
            ),
        )
        suite.edge(
            f"leaky_relu_{way}",
            edge("ends", "alpha may be near 0 or near 1.", cases=[{"alpha": fixed(0.001)}, {"alpha": fixed(0.99)}]),
        )
        suite.edge(
            f"elu_{way}",
            edge("ends", "alpha may be small or large.", cases=[{"alpha": fixed(0.01)}, {"alpha": fixed(30.0)}]),
        )
    for name in ("sigmoid", "tanh", "relu", "softmax"):
        add_own_cache(suite, name, lambda rng: (rng.normal(size=(4, 3)),))
    for name in ("leaky_relu", "elu"):
        add_own_cache(suite, name, with_alpha)
    add_own_cache(suite, "maxout", two_maps)
