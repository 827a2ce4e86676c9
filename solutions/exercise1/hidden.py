"""What exercise1 asks beyond the public checks: the same promises, on other numbers."""

import numpy as np

from grader.checks import Suite, edge, fixed, normal

AND = np.array([0, 0, 0, 1])
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def extend(suite: Suite) -> None:
    """Add the hidden checks."""
    suite.edge(
        "step",
        edge(
            "near_zero",
            "The step is at 0 and nowhere near it; -0.0 is 0.",
            args={"z": fixed(np.array([-1e-300, -1e-9, -0.0, 1e-300, 1e-9, -1e6, 1e6]))},
        ),
    )
    suite.edge(
        "neuron",
        edge(
            "on_the_line",
            "Far from the line a neuron says nearly 0 or nearly 1, on it 0.5.",
            args={"x": fixed(CORNERS), "w": fixed(np.array([4.0, -4.0])), "b": fixed(0.0)},
        ),
    )
    suite.edge(
        "predict",
        edge("wide", "Many inputs are as good as few.", sizes={"D": (40, 60), "N": (20, 30)}),
    )
    suite.edge(
        "perceptron_update",
        edge("wide", "Many inputs are as good as few.", sizes={"D": (40, 60)}),
    )
    suite.edge(
        "perceptron_train",
        edge(
            "known",
            "AND, with learning rate 0.5, takes six epochs.",
            args={"x": fixed(CORNERS), "y": fixed(AND), "epochs": fixed(20), "lr": fixed(0.5)},
        ),
    )
    suite.edge(
        "perceptron_train",
        edge("wide", "More inputs than examples.", sizes={"D": (20, 24), "N": (8, 12)}, args={"epochs": fixed(60)}),
    )
    suite.edge(
        "network",
        edge("large", "Large numbers stay as they are.", args={"x": normal("N", "D", scale=100.0)}),
    )
