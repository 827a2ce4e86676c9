"""What exercise8 asks: convolution and pooling, for images and windows that are not square, whatever stride and pad."""

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.checks import Draw, Suite, edge, expect, fixed
from grader.wire import Call, Ref

Spec = Callable[[Draw], Any]

suite = Suite()

SIZES = {"N": (2, 3), "C": (2, 4), "F": (2, 4), "H": (4, 7), "W": (4, 7)}
ONE_OF_EACH = [{"N": 1}, {"C": 1}, {"F": 1}, {"N": 1, "C": 1, "F": 1}]


def numbers(d: Draw, *shape: int) -> np.ndarray:
    """Draw normal numbers; for an example that is to be read, small whole ones."""
    return d.rng.integers(-4, 5, shape).astype(float) if d.small else d.normal(*shape)


def images(rows: int | str = "H", columns: int | str = "W") -> Spec:
    """Draw a batch of images; for an example that is to be read, one image of one channel."""

    def draw(d: Draw) -> np.ndarray:
        batch = (1, 1) if d.small else d.shape("N", "C")
        return numbers(d, *batch, *d.shape(rows, columns))

    return draw


def kernels(rows: int = 0, columns: int = 0) -> Spec:
    """Draw kernels for the channels of x: of this size, or else of 2 by 3 or 3 by 2."""

    def draw(d: Draw) -> np.ndarray:
        size = (rows, columns) if rows else TALL_OR_WIDE[int(d.rng.integers(2))]
        return numbers(d, 1 if d.small else d.size("F"), d["x"].shape[1], *size)

    return draw


TALL_OR_WIDE = ((2, 3), (3, 2))


def biases(d: Draw) -> np.ndarray:
    return numbers(d, len(d["w"]))


def conv_case(image: tuple[int, int], kernel: tuple[int, int], stride: int, pad: int) -> dict[str, Spec]:
    """Return the arguments of one convolution, by its sizes."""
    conv_param = fixed({"stride": stride, "pad": pad})
    return {"x": images(*image), "w": kernels(*kernel), "b": biases, "conv_param": conv_param}


suite.pair(
    "conv",
    args={"x": images(), "w": kernels(), "b": biases, "conv_param": fixed({"stride": 1, "pad": 1})},
    gradients=["x", "w", "b"],
    points=(3, 5),
    sizes=SIZES,
    odd_sizes=ONE_OF_EACH,
    cases=[conv_case((5, 6), (3, 2), stride=2, pad=0), conv_case((5, 4), (3, 4), stride=2, pad=2)],
    edges=[
        edge(
            "left_out",
            "Where the stride does not divide, the last rows and columns are left out.",
            cases=[conv_case((4, 7), (3, 2), stride=2, pad=0), conv_case((7, 5), (2, 3), stride=3, pad=1)],
        ),
        edge(
            "gaps",
            "With a stride larger than the kernel, some pixels are in no window.",
            args=conv_case((5, 8), (2, 2), stride=3, pad=0),
        ),
        edge(
            "one_window",
            "A kernel as large as the image gives one number.",
            cases=[conv_case((4, 5), (4, 5), stride=1, pad=0), conv_case((5, 3), (5, 3), stride=2, pad=0)],
        ),
        edge(
            "one_pixel",
            "A kernel of one pixel mixes the channels of each place.",
            args=conv_case((4, 5), (1, 1), stride=1, pad=0),
        ),
    ],
)


def distinct(d: Draw, *shape: int) -> np.ndarray:
    """Draw numbers of which no two are the same; for an example that is to be read, whole ones."""
    count = int(np.prod(shape))
    return (d.rng.permutation(count) - count // 2).astype(float).reshape(shape) if d.small else d.normal(*shape)


def maps(rows: int | str = "H", columns: int | str = "W", mean: float = 0.0) -> Spec:
    """Draw a batch of images without ties; for an example that is to be read, one image of one channel."""

    def draw(d: Draw) -> np.ndarray:
        batch = (1, 1) if d.small else d.shape("N", "C")
        return mean + distinct(d, *batch, *d.shape(rows, columns))

    return draw


def windows(rows: int, columns: int, stride: int) -> dict[str, int]:
    """Return a pool_param."""
    return {"pool_height": rows, "pool_width": columns, "stride": stride}


def tall_or_wide(d: Draw) -> dict[str, int]:
    """Draw a pool_param whose windows are not square, and overlap."""
    return windows(*TALL_OR_WIDE[int(d.rng.integers(2))], 1)


def pool_case(image: tuple[int, int], window: tuple[int, int], stride: int) -> dict[str, Spec]:
    """Return the arguments of one pooling, by its sizes."""
    return {"x": maps(*image), "pool_param": fixed(windows(*window, stride))}


POOL = {
    "args": {"x": maps(), "pool_param": tall_or_wide},
    "gradients": ["x"],
    "sizes": SIZES,
    "odd_sizes": [{"N": 1}, {"C": 1}, {"N": 1, "C": 1}],
    "cases": [pool_case((6, 4), (2, 2), stride=2), pool_case((5, 7), (3, 3), stride=2)],
}
POOL_EDGES = [
    edge(
        "left_out",
        "Where the stride does not divide, the last rows and columns are left out.",
        cases=[pool_case((5, 7), (2, 2), stride=2), pool_case((7, 5), (3, 2), stride=3)],
    ),
    edge(
        "gaps",
        "With a stride larger than the window, some values are in no window.",
        args=pool_case((5, 8), (2, 2), stride=3),
    ),
    edge(
        "one_window",
        "A window as large as the image gives one number for each channel.",
        args=pool_case((4, 5), (4, 5), stride=1),
    ),
]
NEGATIVE = edge("negative", "All values of a window may be negative.", args={"x": maps(mean=-60.0)})

suite.pair("max_pool", points=(2, 4), edges=[*POOL_EDGES, NEGATIVE], **POOL)
suite.pair("avg_pool", points=(1, 2), edges=POOL_EDGES, **POOL)


@suite.check("max_pool_backward")
def ties(student, reference, rng):
    """On a tie exactly one of the largest values gets the window's gradient, whichever it is."""
    rows, columns, stride = 2, 3, 3  # no window overlaps another: each can be judged alone
    x = rng.integers(0, 2, size=(2, 3, 5, 9)).astype(float)
    x[:, :, :2, :3] = 1.5
    dout = rng.uniform(0.5, 2.0, size=(2, 3, 2, 3)) * rng.choice([-1.0, 1.0], size=(2, 3, 2, 3))
    dx = gradient(student, "max_pool", x, windows(rows, columns, stride), dout)
    expect(np.shape(dx) == x.shape, f"dx has the shape {np.shape(dx)}; x has {x.shape}.")
    for n, c, i, j in np.ndindex(dout.shape):
        place = np.s_[n, c, i * stride : i * stride + rows, j * stride : j * stride + columns]
        values, got, due = x[place], dx[place], dout[n, c, i, j]
        gets = np.abs(got) > 1e-9
        winners = f"{int(np.sum(values == values.max()))} of the {values.size} values of a window are the largest"
        expect(
            np.sum(gets) == 1 and abs(got[gets][0] - due) < 1e-7,
            f"{winners}, and its gradient is {due:.4g}. One of them should get all of it, the others 0; "
            f"in your dx {int(np.sum(gets))} values get something, {np.sum(got):.4g} in all.",
        )
        expect(values[gets][0] == values.max(), f"{winners}, but your dx gives the gradient to another one.")


def gradient(student: Any, name: str, x: np.ndarray, param: dict[str, int], dout: np.ndarray) -> Any:
    """Return what the backward makes of dout, right after the forward."""
    calls = [Call(f"{name}_forward", [x, param], keep=True, take=[0]), Call(f"{name}_backward", [dout, Ref(0, 1)])]
    answers = student.exchange(calls)
    for call, answer in zip(calls, answers, strict=True):
        words = f"{answer.raised.type}: {answer.raised.message}" if answer.raised else answer.words
        expect(answer.given, f"{call.name} has no answer where several values are the same. {words}")
    return answers[1].value
