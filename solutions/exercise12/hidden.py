"""What exercise12 asks beyond the public suite: one number each, wide states, long memories."""

import numpy as np

from grader.checks import Draw, Suite, edge

BOTH_WAYS = ("forward", "backward")
BLOCKS = {"rnn_step": 1, "rnn": 1, "lstm_step": 4, "lstm": 4, "gru_step": 3}

ALL_ONE = edge("all_one", "One example, one input, one state.", sizes={"N": 1, "D": 1, "H": 1})
WIDE = edge("wide", "More states than inputs and examples.", sizes={"N": 2, "D": 3, "H": 9})
ONE_LONG = edge("one_long", "One example with many steps.", sizes={"N": 1, "T": 12, "D": 2, "H": 3})


def zeros(d: Draw) -> np.ndarray:
    return np.zeros(d.shape("N", "H"))


def keeps(d: Draw) -> np.ndarray:
    """Draw biases that hold an LSTM's forget gate open and its input gate nearly shut."""
    return np.repeat([-4.0, 5.0, 1.0, 0.0], len(d["wh"])) + 0.1 * d.rng.normal(size=4 * len(d["wh"]))


def extend(suite: Suite) -> None:
    """Add the hidden checks to the public ones."""
    for way in BOTH_WAYS:
        for name in BLOCKS:
            suite.edge(f"{name}_{way}", ALL_ONE)
            suite.edge(f"{name}_{way}", WIDE)
        for name in ("rnn", "lstm"):
            suite.edge(f"{name}_{way}", ONE_LONG)
            suite.edge(f"{name}_{way}", edge("from_zero", "h0 may be 0.", args={"h0": zeros}))
        for name in ("rnn_step", "lstm_step", "gru_step"):
            suite.edge(
                f"{name}_{way}", edge("from_zero", "The state before the step may be 0.", args={"prev_h": zeros})
            )
        suite.edge(
            f"lstm_{way}",
            edge("keeps", "A forget gate that is open keeps what is in the cell.", args={"b": keeps}, sizes={"T": 8}),
        )
