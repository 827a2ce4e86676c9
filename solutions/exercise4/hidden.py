"""What exercise4 asks beyond the public checks: more axes, the smallest networks, and a task of another kind."""

import numpy as np

from grader.checks import Draw, Suite, Task, edge, normal


def extend(suite: Suite) -> None:
    """Add the hidden checks to the public suite."""
    for name in ("linear_forward", "linear_backward"):
        suite.edge(
            name,
            edge(
                "five_axes",
                "An x of five axes is flattened like any other.",
                args={"x": normal("N", 2, 3, 1, 2), "w": normal(12, "M")},
            ),
        )
    for name in ("mlp_forward", "mlp_backward"):
        suite.edge(
            name,
            edge(
                "narrow",
                "One example, one input, one output: every matrix keeps its two axes.",
                sizes={"N": 1, "D": 1, "M": 1},
                args={"params": open_network},
            ),
        )
    suite.accuracy(
        "train_mlp",
        "rings",
        "Learns which of three rings around 0 a point is on.",
        data=lambda rng: Task(*rings(rng, 192), *rings(rng, 400)),
        train={"hidden": [24], "epochs": 40, "lr": 0.5},
        predict="mlp_forward",
        at_least=0.93,
    )


def open_network(d: Draw) -> list[tuple[np.ndarray, np.ndarray]]:
    """Draw two layers of which not all hidden units are shut for x: the first two lean on it from either side."""
    w, b = d.normal("D", "H"), d.normal("H")
    w[:, 0], w[:, 1], b[:2] = 1.0, -1.0, 0.25
    return [(w, b), (d.normal("H", "M"), d.normal("M"))]


def rings(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return n points on three rings around 0."""
    y = rng.permutation(n) % 3
    angle, radius = rng.uniform(0.0, 2.0 * np.pi, size=n), 0.5 + y + rng.normal(0.0, 0.08, size=n)
    return radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1), y
