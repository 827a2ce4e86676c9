"""What exercise12 asks beyond the public suite: one number each, wide states, long memories, interleaved calls."""

from typing import Any

import numpy as np

from grader.checks import Draw, Suite, close, edge, expect
from grader.wire import Call, Ref

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
    for name in BLOCKS:
        add_own_cache(suite, name, BLOCKS[name])


def arguments(name: str, blocks: int, rng: np.random.Generator, n: int, t: int) -> list[Any]:
    """Draw the arguments of a forward: n examples, t steps, 3 inputs, 2 states."""
    x = rng.normal(size=(n, 3)) if "step" in name else rng.normal(size=(n, t, 3))
    states = [rng.normal(size=(n, 2)) for _ in range(2 if name == "lstm_step" else 1)]
    return [x, *states, *(rng.normal(size=shape) for shape in ((3, 2 * blocks), (2, 2 * blocks), (2 * blocks,)))]


def add_own_cache(suite: Suite, name: str, blocks: int) -> None:
    """Ask `name_backward` with the older of two caches."""

    @suite.check(f"{name}_backward")
    def own_cache(student, reference, rng):
        """The gradient belongs to the forward whose cache is given, also after another forward."""
        first = Call(f"{name}_forward", arguments(name, blocks, rng, 4, 3), keep=True, take=[0])
        second = Call(f"{name}_forward", arguments(name, blocks, rng, 5, 6), keep=True, take=[0])
        dout = upstream(name, rng)
        once, later = (Call(f"{name}_backward", [dout, Ref(forward, 1)]) for forward in (0, 2))
        answers = student.exchange([first, once, first, second, later])
        expect(
            answers[1].given and answers[4].given and close(answers[4].value, answers[1].value),
            f"{name}_backward gives another gradient for the same cache once {name}_forward has been called again. "
            "Keep what the backward needs in the cache, not in a global variable.",
        )


def upstream(name: str, rng: np.random.Generator) -> Any:
    """Draw the upstream gradient for the first forward of the check."""
    if name == "lstm_step":
        return rng.normal(size=(4, 2)), rng.normal(size=(4, 2))
    return rng.normal(size=(4, 2)) if "step" in name else rng.normal(size=(4, 3, 2))
