"""What exercise2 asks beyond the public checks: five axes, a single sign, the far ends of alpha."""

from collections.abc import Callable

import numpy as np

from grader.checks import Draw, Suite, edge, fixed, normal

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
