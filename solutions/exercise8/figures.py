"""Draw the figures of exercise8's handout: `python solutions/exercise8/figures.py`, always to the same bytes.

What they show is computed by the reference's own functions.
"""

from pathlib import Path

import convolution as conv
import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from grader.datasets import load_digits

FOLDER = Path(__file__).resolve().parents[2] / "exercises" / "exercise8" / "figures"
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#007a5e", "#777777"
PALE_BLUE, PALE_ORANGE, PALE_GREEN, PALE_GREY = "#d3e5f1", "#fae0d0", "#d3ebe1", "#ececec"

STYLE = {
    "svg.hashsalt": "exercise8",
    "figure.facecolor": "white",
    "font.size": 11,
    "axes.titlesize": 11,
}

Array = np.ndarray
KERNELS = {
    "left edges": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "upper edges": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    "blur": [[1 / 9] * 3] * 3,
    "spots": [[0, -1, 0], [-1, 4, -1], [0, -1, 0]],
}


def empty(axes: Axes, rows: float, columns: float, title: str = "") -> None:
    """Make room for a grid of cells, its first row at the top."""
    axes.set(xlim=(-0.1, columns + 0.1), ylim=(rows + 0.1, -0.1), aspect="equal", xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    axes.set_title(title)


def cell(axes: Axes, row: float, column: float, text: str, face: str = "white", edge: str = GREY) -> None:
    """Draw one cell of a grid with its number."""
    axes.add_patch(Rectangle((column, row), 1, 1, facecolor=face, edgecolor=edge, linewidth=0.8))
    axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=10)


def grid(axes: Axes, values: Array, title: str = "", faces: dict[tuple[int, int], str] | None = None) -> None:
    """Draw a matrix as a grid of cells; some of them in colour."""
    empty(axes, *values.shape, title)
    for (row, column), value in np.ndenumerate(values):
        text = f"{value:g}".replace("-", "−")
        cell(axes, row, column, text, (faces or {}).get((row, column), "white"))


def outline(axes: Axes, row: float, column: float, height: float, width: float, colour: str) -> None:
    """Draw a window around cells."""
    axes.add_patch(Rectangle((column, row), width, height, fill=False, edgecolor=colour, linewidth=2.6, zorder=3))


def sign(axes: Axes, text: str) -> None:
    """Draw a sign between two grids."""
    axes.axis("off")
    axes.text(0.5, 0.5, text, ha="center", va="center", fontsize=15, transform=axes.transAxes)


def window() -> Figure:
    """Draw the worked number of the handout: one window, the kernel, one output."""
    image = np.arange(1.0, 10.0).reshape(3, 3)
    kernel = np.array([[1.0, 2.0], [0.0, -1.0]])
    out, _ = conv.conv_forward(image[None, None], kernel[None, None], np.array([0.5]), {"stride": 1, "pad": 0})
    figure = Figure(figsize=(8.4, 2.9), layout="constrained")
    left, times, middle, equals, right = figure.subplots(1, 5, width_ratios=[3, 0.5, 2, 1.5, 2])
    seen = {(i, j): PALE_ORANGE for i in (1, 2) for j in (0, 1)}
    grid(left, image, "image x, 3 × 3", seen)
    outline(left, 1, 0, 2, 2, ORANGE)
    grid(middle, kernel, "kernel w, 2 × 2")
    grid(right, out[0, 0], "out, 2 × 2", {(1, 0): PALE_ORANGE})
    outline(right, 1, 0, 1, 1, ORANGE)
    sign(times, "·")
    sign(equals, "+ 0.5  =")
    figure.supxlabel("4·1 + 5·2 + 7·0 − 8·1 + 0.5 = 6.5: row 1, column 0 of out", fontsize=11, color=ORANGE)
    return figure


def places(axes: Axes, size: tuple[int, int], stride: int, pad: int) -> None:
    """Draw a padded image and the first and the last window that fit; grey is what no window reaches."""
    height, width = size[0] + 2 * pad, size[1] + 2 * pad
    rows, columns = 1 + (height - 3) // stride, 1 + (width - 2) // stride
    image = f"image {size[0]} × {size[1]}, stride {stride}, pad {pad}"
    empty(axes, height, width, f"{image}\nout is {rows} × {columns}")
    bottom, end = (rows - 1) * stride + 3, (columns - 1) * stride + 2
    for i, j in np.ndindex(height, width):
        real = pad <= i < pad + size[0] and pad <= j < pad + size[1]
        lost = i >= bottom or j >= end
        cell(axes, i, j, "" if real else "0", PALE_GREY if lost else PALE_BLUE if real else "white")
    for i, j in np.ndindex(rows, columns):
        axes.plot(j * stride + 0.22, i * stride + 0.22, "o", color=BLUE, markersize=4.5, zorder=4)
    outline(axes, 0, 0, 3, 2, ORANGE)
    outline(axes, (rows - 1) * stride, (columns - 1) * stride, 3, 2, GREEN)


def stride_and_pad() -> Figure:
    """Draw where the windows of a 3 by 2 kernel begin, for three pairs of stride and pad."""
    figure = Figure(figsize=(9.6, 3.4), layout="constrained")
    settings = (((6, 7), 1, 0), ((6, 7), 2, 0), ((4, 5), 1, 1))
    for axes, (size, stride, pad) in zip(figure.subplots(1, 3), settings, strict=True):
        places(axes, size, stride, pad)
    return figure


def picture(axes: Axes, values: Array, title: str = "", signed: bool = False) -> None:
    """Draw an image: grey from 0 to 1, or blue for positive and orange for negative."""
    if signed:
        bound = np.abs(values).max()
        axes.imshow(values, cmap="PuOr", vmin=-bound, vmax=bound)
    else:
        axes.imshow(values, cmap="gray_r", vmin=0, vmax=1)
    axes.set(xticks=[], yticks=[])
    axes.set_title(title)


def a_digit() -> Array:
    """Return one handwritten digit, (8, 8), from 0 to 1."""
    images, labels = load_digits()
    return images[labels == 5][3] / 16


def kernels() -> Figure:
    """Draw a digit, four kernels and the feature maps that they make of it."""
    digit, names = a_digit(), list(KERNELS)
    w = np.array([KERNELS[name] for name in names], dtype=float)[:, None]
    out, _ = conv.conv_forward(digit[None, None], w, np.zeros(4), {"stride": 1, "pad": 1})
    figure = Figure(figsize=(9.6, 4.4), layout="constrained")
    upper, lower = figure.subplots(2, 5, height_ratios=[1, 1.25])
    upper[0].axis("off")
    picture(lower[0], digit, "the image, 8 × 8")
    for index, name in enumerate(names):
        shown = np.round(w[index, 0], 2) if name != "blur" else w[index, 0]
        grid(upper[index + 1], shown, f"kernel “{name}”") if name != "blur" else ninths(upper[index + 1])
        picture(lower[index + 1], out[0, index], "its feature map", signed=True)
    figure.supxlabel("purple: positive; orange: negative; white: 0", fontsize=10, color=GREY)
    return figure


def ninths(axes: Axes) -> None:
    """Draw the kernel of the blur, all of it 1/9."""
    empty(axes, 3, 3, "kernel “blur”")
    for row, column in np.ndindex(3, 3):
        cell(axes, row, column, "1/9")


def pooling() -> Figure:
    """Draw a digit, pooled in three ways."""
    digit = a_digit()
    figure = Figure(figsize=(9.6, 2.8), layout="constrained")
    first, *others = figure.subplots(1, 4)
    picture(first, digit, "image, 8 × 8")
    for axes, (name, size, stride) in zip(others, (("max", 2, 2), ("avg", 2, 2), ("max", 2, 1)), strict=True):
        param = {"pool_height": size, "pool_width": size, "stride": stride}
        out, _ = getattr(conv, f"{name}_pool_forward")(digit[None, None], param)
        shape = f"{out.shape[2]} × {out.shape[3]}"
        picture(axes, out[0, 0], f"{name}_pool, 2 × 2,\nstride {stride}: {shape}")
    return figure


def counts() -> Figure:
    """Draw in how many windows each pixel is, which is how many gradients it gets."""
    figure = Figure(figsize=(9.6, 3.0), layout="constrained")
    titles = (
        "stride 1: windows overlap",
        "stride 2: a column is left out",
        "stride 3: gaps",
    )
    shades = {0: "white", 1: PALE_GREEN, 2: "#9bd1bb", 4: "#5db293"}
    for axes, stride, title in zip(figure.subplots(1, 3), (1, 2, 3), titles, strict=True):
        x = np.zeros((1, 1, 4, 5))
        out, cache = conv.avg_pool_forward(x, {"pool_height": 2, "pool_width": 2, "stride": stride})
        number = 4 * conv.avg_pool_backward(np.ones_like(out), cache)[0, 0]
        grid(axes, number, title, {place: shades[int(n)] for place, n in np.ndenumerate(number)})
        outline(axes, 0, 0, 2, 2, ORANGE)
    return figure


def routes() -> Figure:
    """Draw the worked number of the two poolings' backward."""
    x, dout = np.array([[1.0, 3, 2], [4, 6, 5], [9, 7, 8]]), np.array([[1.0, 2], [3, 4]])
    param = {"pool_height": 2, "pool_width": 2, "stride": 1}
    figure = Figure(figsize=(10.2, 2.9), layout="constrained")
    first, second, third, fourth = figure.subplots(1, 4, width_ratios=[3, 2, 3, 3])
    winners = {(1, 1): PALE_ORANGE, (2, 0): PALE_ORANGE, (2, 2): PALE_ORANGE}
    grid(first, x, "x; the largest in colour", winners)
    grid(second, dout, "dout")
    for axes, name in ((third, "max"), (fourth, "avg")):
        _, cache = getattr(conv, f"{name}_pool_forward")(x[None, None], param)
        dx = getattr(conv, f"{name}_pool_backward")(dout[None, None], cache)[0, 0]
        grid(axes, dx, f"dx of {name}_pool", winners if name == "max" else None)
    return figure


FIGURES = (window, stride_and_pad, kernels, pooling, counts, routes)


def main() -> None:
    """Write every figure as an SVG of the function's name."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(STYLE):
        for draw in FIGURES:
            draw().savefig(
                FOLDER / f"{draw.__name__}.svg", bbox_inches="tight", metadata={"Date": None, "Creator": None}
            )


if __name__ == "__main__":
    main()
