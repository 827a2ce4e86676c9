"""The handout's worked example: the 2-8-1 network of the lectures, one step, number by number.

`python worked_example.py` prints what the handout shows; a test keeps the two together.
"""

from typing import NamedTuple

import numpy as np
from dense import Array, Params, linear_backward, linear_forward, sgd_step

X = np.array([[0.9, -0.2], [0.75, 0.6]])
TARGET = np.array([[0.0], [1.0]])
LEARNING_RATE = 0.01
PARAMS: Params = [
    (
        np.array([[0.5, -0.4, 0.3, 0.8, -0.6, 0.1, 0.7, -0.2], [-0.3, 0.6, 0.9, -0.5, 0.2, -0.8, 0.4, 0.5]]),
        np.zeros(8),
    ),
    (np.array([[0.4], [-0.5], [0.6], [-0.3], [0.2], [0.7], [-0.1], [0.5]]), np.zeros(1)),
]


class Pass(NamedTuple):
    """All that one pass forward and back computes, in the order of the handout."""

    z: Array
    h: Array
    score: Array
    p: Array
    loss: float
    dscore: Array
    dw2: Array
    db2: Array
    dh: Array
    dz: Array
    dw1: Array
    db1: Array


def one_pass(params: Params) -> Pass:
    """Go forward through the network, to the loss, and back."""
    (w1, b1), (w2, b2) = params
    z, below = linear_forward(X, w1, b1)
    h = np.maximum(z, 0.0)
    score, above = linear_forward(h, w2, b2)
    p = 1.0 / (1.0 + np.exp(-score))
    loss = float(-np.mean(TARGET * np.log(p) + (1.0 - TARGET) * np.log(1.0 - p)))
    dscore = (p - TARGET) / len(X)
    dh, dw2, db2 = linear_backward(dscore, above)
    dz = dh * (z > 0)
    _, dw1, db1 = linear_backward(dz, below)
    return Pass(z, h, score, p, loss, dscore, dw2, db2, dh, dz, dw1, db1)


def after_one_step(params: Params) -> Params:
    """Return the params after one step of gradient descent."""
    found = one_pass(params)
    return sgd_step(params, [(found.dw1, found.db1), (found.dw2, found.db2)], LEARNING_RATE)


def tables() -> list[str]:
    """Return the rows of the handout's tables: one column for each hidden unit."""
    (w1, b1), (w2, _) = PARAMS
    found, [(new_w1, new_b1), (new_w2, _)] = one_pass(PARAMS), after_one_step(PARAMS)
    forward = [
        ("$W_1$, row $x_1$", w1[0]),
        ("$W_1$, row $x_2$", w1[1]),
        ("$b_1$", b1),
        ("$W_2$", w2[:, 0]),
        ("$z$ of d1", found.z[0]),
        ("$z$ of d2", found.z[1]),
        ("$h$ of d1", found.h[0]),
        ("$h$ of d2", found.h[1]),
    ]
    backward = [
        ("$dW_2$", found.dw2[:, 0]),
        ("$dh$ of d1", found.dh[0]),
        ("$dh$ of d2", found.dh[1]),
        ("$dz$ of d1", found.dz[0]),
        ("$dz$ of d2", found.dz[1]),
        ("$dW_1$, row $x_1$", found.dw1[0]),
        ("$dW_1$, row $x_2$", found.dw1[1]),
        ("$db_1$", found.db1),
    ]
    step = [
        ("new $W_1$, row $x_1$", new_w1[0]),
        ("new $W_1$, row $x_2$", new_w1[1]),
        ("new $b_1$", new_b1),
        ("new $W_2$", new_w2[:, 0]),
    ]
    return [
        *(row(name, values, 3) for name, values in forward),
        *(row(name, values, 4) for name, values in backward),
        *(row(name, values, 4) for name, values in step),
    ]


def row(name: str, values: Array, digits: int) -> str:
    """Return one row of a Markdown table."""
    return " | ".join([f"| {name}", *(f"{number(value, digits)}" for value in values)]) + " |"


def number(value: float, digits: int) -> str:
    """Return a rounded number without trailing zeros, and with a real minus sign."""
    text = f"{round(value, digits) + 0.0:.{digits}f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def results() -> list[str]:
    """Return the single numbers of the handout: scores, probabilities and losses."""
    found, moved = one_pass(PARAMS), after_one_step(PARAMS)
    later = moved
    for _ in range(999):
        later = after_one_step(later)
    after, much_later = one_pass(moved), one_pass(later)
    return [
        *(number(value, 4) for value in [*found.score.ravel(), *found.p.ravel(), *found.dscore.ravel(), found.db2[0]]),
        *(number(value, 5) for value in (found.loss, after.loss, much_later.loss)),
        *(number(value, 4) for value in [*after.p.ravel(), *much_later.p.ravel()]),
    ]


def main() -> None:
    """Print the handout's rows and numbers."""
    print(*tables(), *results(), sep="\n")


if __name__ == "__main__":
    main()
