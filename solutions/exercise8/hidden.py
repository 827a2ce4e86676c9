"""What exercise8 asks beyond the public suite: thin images, wide padding, long strides."""

from collections.abc import Callable
from typing import Any

from grader.checks import Draw, Suite, edge, fixed

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
