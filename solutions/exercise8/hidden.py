"""What exercise8 asks beyond the public suite: thin images, wide padding, long strides, interleaved calls."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.checks import Draw, Suite, close, edge, expect, fixed
from grader.wire import Call, Ref

BOTH_WAYS = ("forward", "backward")
Spec = Callable[[Draw], Any]


def images(rows: int, columns: int) -> Spec:
    return lambda d: d.normal("N", "C", rows, columns)


def conv_case(image: tuple[int, int], kernel: tuple[int, int], stride: int, pad: int) -> dict[str, Spec]:
    """Return the arguments of one convolution, by its sizes."""
    return {
        "x": images(*image),
        "w": lambda d: d.normal("F", d["x"].shape[1], *kernel),
        "conv_param": fixed({"stride": stride, "pad": pad}),
    }


def pool_case(image: tuple[int, int], window: tuple[int, int], stride: int) -> dict[str, Spec]:
    """Return the arguments of one pooling, by its sizes."""
    param = {"pool_height": window[0], "pool_width": window[1], "stride": stride}
    return {"x": images(*image), "pool_param": fixed(param)}


CONV_EDGES = (
    edge(
        "thin",
        "An image may be one row or one column.",
        cases=[conv_case((1, 6), (1, 3), 1, 0), conv_case((7, 1), (2, 1), 2, 0), conv_case((1, 4), (3, 2), 1, 1)],
    ),
    edge(
        "wide_pad",
        "With more padding than kernel, some windows see nothing but zeros.",
        cases=[conv_case((3, 4), (2, 1), 1, 2), conv_case((4, 3), (1, 2), 2, 3)],
    ),
    edge(
        "larger_than_image",
        "A kernel may be larger than the image, if the padding makes room for it.",
        args=conv_case((3, 2), (4, 5), 1, 2),
    ),
    edge("long_stride", "The stride may be longer than what is left.", args=conv_case((4, 5), (3, 4), 4, 0)),
)
POOL_EDGES = (
    edge(
        "thin",
        "An image may be one row or one column.",
        cases=[pool_case((1, 6), (1, 2), 2), pool_case((7, 1), (3, 1), 2)],
    ),
    edge(
        "one_value", "A window of one value picks every so many.", cases=[pool_case((4, 6), (1, 1), s) for s in (1, 2)]
    ),
    edge("long_stride", "The stride may be longer than what is left.", args=pool_case((4, 5), (3, 4), 4)),
)


def extend(suite: Suite) -> None:
    """Add the hidden checks to the public ones."""
    for way in BOTH_WAYS:
        for item in CONV_EDGES:
            suite.edge(f"conv_{way}", item)
        for name in ("max_pool", "avg_pool"):
            for item in POOL_EDGES:
                suite.edge(f"{name}_{way}", item)
    add_own_cache(suite, "conv", two_convolutions)
    add_own_cache(suite, "max_pool", two_poolings)
    add_own_cache(suite, "avg_pool", two_poolings)


def two_convolutions(rng: np.random.Generator) -> Sequence[list[Any]]:
    """Draw the arguments of a convolution with outs of (2, 4, 3, 2), and those of another."""
    first = [rng.normal(size=(2, 3, 6, 5)), rng.normal(size=(4, 3, 2, 3)), rng.normal(size=4), {"stride": 2, "pad": 0}]
    second = [rng.normal(size=(1, 2, 4, 7)), rng.normal(size=(3, 2, 3, 1)), rng.normal(size=3), {"stride": 1, "pad": 2}]
    return first, second


def two_poolings(rng: np.random.Generator) -> Sequence[list[Any]]:
    """Draw the arguments of a pooling with outs of (2, 4, 3, 2), and those of another."""
    first = [rng.normal(size=(2, 4, 6, 5)), {"pool_height": 2, "pool_width": 3, "stride": 2}]
    second = [rng.normal(size=(1, 3, 4, 7)), {"pool_height": 3, "pool_width": 1, "stride": 1}]
    return first, second


def add_own_cache(suite: Suite, name: str, arguments: Callable[[np.random.Generator], Sequence[list[Any]]]) -> None:
    """Ask `name_backward` with the older of two caches."""

    @suite.check(f"{name}_backward")
    def own_cache(student, reference, rng):
        """The gradient belongs to the forward whose cache is given, also after another forward."""
        first, second = (Call(f"{name}_forward", values, keep=True, take=[0]) for values in arguments(rng))
        dout = rng.normal(size=(2, 4, 3, 2))
        once, later = (Call(f"{name}_backward", [dout, Ref(forward, 1)]) for forward in (0, 2))
        answers = student.exchange([first, once, first, second, later])
        expect(
            answers[1].given and answers[4].given and close(answers[4].value, answers[1].value),
            f"{name}_backward gives another gradient for the same cache once {name}_forward has been called again. "
            "Keep what the backward needs in the cache, not in a global variable.",
        )
