"""What exercise12 asks: one step and a whole sequence of a plain recurrent network and an LSTM, and a step of a GRU."""

from collections.abc import Callable

import numpy as np

from grader.checks import Draw, Suite, edge

Spec = Callable[[Draw], np.ndarray]

suite = Suite()

SIZES = {"N": (2, 4), "T": (3, 5), "D": (2, 6), "H": (2, 6)}
EXAMPLE = {"N": 1, "T": 2, "D": 1, "H": 2}  # sizes for an example that is to be read


def numbers(*dims: str, blocks: int = 1, scale: float = 1.0) -> Spec:
    """Draw normal numbers; the last axis holds this many blocks side by side, one for each gate."""

    def draw(d: Draw) -> np.ndarray:
        shape = [min(d.size(dim), EXAMPLE[dim]) if d.small else d.size(dim) for dim in dims]
        shape[-1] *= blocks
        array = d.rng.normal(0.0, scale, shape)
        return np.round(array, 1) if d.small else array

    return draw


def weights(blocks: int) -> dict[str, Spec]:
    """Return wx, wh and b of a cell, small enough that no gate is shut or open altogether."""
    return {
        "wx": numbers("D", "H", blocks=blocks, scale=0.6),
        "wh": numbers("H", "H", blocks=blocks, scale=0.6),
        "b": numbers("H", blocks=blocks, scale=0.6),
    }


STEP = {"x": numbers("N", "D"), "prev_h": numbers("N", "H")}
SEQUENCE = {"x": numbers("N", "T", "D"), "h0": numbers("N", "H")}
TWO_STEPS = edge("two_steps", "Two steps are the shortest sequence in which a state is handed on.", sizes={"T": 2})

suite.pair(
    "rnn_step",
    args=STEP | weights(1),
    gradients=["x", "prev_h", "wx", "wh", "b"],
    points=(1, 2),
    sizes=SIZES,
)

suite.pair(
    "rnn",
    args=SEQUENCE | weights(1),
    gradients=["x", "h0", "wx", "wh", "b"],
    points=(2, 3),
    sizes=SIZES,
    edges=[TWO_STEPS],
)

suite.pair(
    "lstm_step",
    args=STEP | {"prev_c": numbers("N", "H")} | weights(4),
    gradients=["x", "prev_h", "prev_c", "wx", "wh", "b"],
    points=(2, 4),
    sizes=SIZES,
    returns=["next_h", "next_c"],
)

suite.pair(
    "lstm",
    args=SEQUENCE | weights(4),
    gradients=["x", "h0", "wx", "wh", "b"],
    points=(2, 3),
    sizes=SIZES,
    edges=[TWO_STEPS],
)

suite.pair(
    "gru_step",
    args=STEP | weights(3),
    gradients=["x", "prev_h", "wx", "wh", "b"],
    points=(2, 4),
    sizes=SIZES,
)
