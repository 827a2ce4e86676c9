"""Draw the figures of exercise12's handout: `python solutions/exercise12/figures.py`, always to the same bytes.

The gradients in them are computed by the reference's own functions.
"""

from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
import recurrent as rec
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch

FOLDER = Path(__file__).resolve().parents[2] / "exercises" / "exercise12" / "figures"
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#007a5e", "#666666"
PALE_BLUE, PALE_ORANGE, PALE_GREEN, PALE_GREY = "#d3e5f1", "#fae0d0", "#d3ebe1", "#ececec"

STYLE = {
    "svg.hashsalt": "exercise12",
    "figure.facecolor": "white",
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#e4e4e4",
    "lines.linewidth": 2.0,
    "legend.frameon": False,
}

Array = np.ndarray
Point = tuple[float, float]


def canvas(width: float, height: float, size: Point) -> tuple[Figure, Axes]:
    """Return an empty figure to draw boxes and arrows on."""
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.subplots()
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    axes.axis("off")
    return figure, axes


def box(axes: Axes, at: Point, text: str, face: str = PALE_BLUE, width: float = 1.3, height: float = 0.8) -> None:
    """Draw a box with its middle at a point."""
    corner = (at[0] - width / 2, at[1] - height / 2)
    style = "round,pad=0,rounding_size=0.12"
    axes.add_patch(FancyBboxPatch(corner, width, height, boxstyle=style, facecolor=face, edgecolor=GREY, zorder=3))
    axes.text(*at, text, ha="center", va="center", zorder=4)


def knot(axes: Axes, at: Point, text: str) -> None:
    """Draw an element-wise operation as a small circle."""
    axes.add_patch(Circle(at, 0.27, facecolor="white", edgecolor=GREY, zorder=3))
    axes.text(*at, text, ha="center", va="center", zorder=4)


def arrow(axes: Axes, *points: Point, colour: str = "black", dashed: bool = False) -> None:
    """Draw a line through points, with a head at its end."""
    *before, last = points
    line = "--" if dashed else "-"
    for one, other in pairwise(before):
        axes.plot(*zip(one, other, strict=True), color=colour, linewidth=1.4, linestyle=line, zorder=2)
    look = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.4, "linestyle": line, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", last, before[-1], arrowprops=look, zorder=2)


def bus(axes: Axes, one: Point, other: Point) -> None:
    """Draw a line from which several arrows start."""
    axes.plot(*zip(one, other, strict=True), color="black", linewidth=1.4, zorder=2)


def words(axes: Axes, at: Point, text: str, colour: str = "black", side: str = "center") -> None:
    """Write something."""
    axes.text(*at, text, ha=side, va="center", color=colour, zorder=5)


def unrolled() -> Figure:
    """Draw a recurrent network with its loop, and the same, unrolled in time, with the way of the gradient."""
    figure, axes = canvas(15.2, 5.0, (10.4, 3.5))
    box(axes, (1.7, 2.5), "step")
    arrow(axes, (1.7, 0.8), (1.7, 2.1))
    arrow(axes, (1.7, 2.9), (1.7, 4.2))
    arrow(axes, (1.7, 3.35), (0.5, 3.35), (0.5, 2.5), (1.05, 2.5))
    words(axes, (1.7, 0.5), "x")
    words(axes, (1.7, 4.5), "h")
    words(axes, (3.5, 2.5), "=")
    words(axes, (4.6, 2.5), "h₀")
    for t in range(1, 4):
        at = 3.4 * t + 3.1
        box(axes, (at, 2.5), "step")
        arrow(axes, (at, 0.8), (at, 2.1))
        arrow(axes, (at, 2.9), (at, 4.2))
        words(axes, (at, 0.5), f"x{'₁₂₃'[t - 1]}")
        words(axes, (at, 4.5), f"h{'₁₂₃'[t - 1]}")
        arrow(axes, (4.9 if t == 1 else at - 2.75, 2.5), (at - 0.65, 2.5))
        arrow(axes, (at + 0.2, 4.2), (at + 0.2, 2.95), colour=ORANGE, dashed=True)
        words(axes, (at + 0.3, 3.75), f"dout{'₁₂₃'[t - 1]}", ORANGE, "left")
        arrow(axes, (at - 0.65, 2.25), (4.9 if t == 1 else at - 2.75, 2.25), colour=ORANGE, dashed=True)
        words(axes, (at - 1.2, 1.9), "dprev_h" if t > 1 else "dh0", ORANGE)
        arrow(axes, (at + 0.2, 2.1), (at + 0.2, 0.8), colour=ORANGE, dashed=True)
        words(axes, (at + 0.3, 1.1), f"dx{'₁₂₃'[t - 1]}", ORANGE, "left")
    words(axes, (9.9, 0.0), "the same wx, wh and b in every step", GREY)
    return figure


def lstm() -> Figure:
    """Draw one step of an LSTM."""
    figure, axes = canvas(13.4, 6.4, (9.0, 4.3))
    gates = (("f", 2.4, PALE_GREEN, "σ"), ("i", 4.4, PALE_GREEN, "σ"), ("g", 6.0, PALE_ORANGE, "tanh"))
    for name, at, face, kind in (*gates, ("o", 8.0, PALE_GREEN, "σ")):
        box(axes, (at, 2.1), f"{name} = {kind}", face)
        arrow(axes, (at, 1.0), (at, 1.7))
    bus(axes, (0.9, 1.0), (8.0, 1.0))
    arrow(axes, (1.5, 0.4), (1.5, 1.0))
    words(axes, (1.5, 0.15), "x")
    words(axes, (0.8, 1.0), "prev_h", side="right")
    words(axes, (5.0, 0.55), "x·wx + prev_h·wh + b, in four blocks", GREY)
    knot(axes, (2.4, 5.2), "×")
    knot(axes, (5.2, 3.9), "×")
    knot(axes, (5.2, 5.2), "+")
    arrow(axes, (0.9, 5.2), (2.13, 5.2), colour=BLUE)
    arrow(axes, (2.67, 5.2), (4.93, 5.2), colour=BLUE)
    arrow(axes, (5.47, 5.2), (12.2, 5.2), colour=BLUE)
    words(axes, (0.8, 5.2), "prev_c", BLUE, "right")
    words(axes, (12.3, 5.2), "next_c", BLUE, "left")
    words(axes, (8.9, 5.5), "the cell: next_c = f·prev_c + i·g", BLUE)
    arrow(axes, (2.4, 2.5), (2.4, 4.93))
    arrow(axes, (4.4, 2.5), (4.4, 3.9), (4.93, 3.9))
    arrow(axes, (6.0, 2.5), (6.0, 3.9), (5.47, 3.9))
    arrow(axes, (5.2, 4.17), (5.2, 4.93))
    words(axes, (2.3, 3.7), "keep", GREY, "right")
    words(axes, (4.3, 3.2), "write", GREY, "right")
    words(axes, (6.1, 3.2), "what", GREY, "left")
    box(axes, (10.4, 4.1), "tanh", "white")
    knot(axes, (10.4, 2.1), "×")
    arrow(axes, (10.4, 5.2), (10.4, 4.5))
    arrow(axes, (10.4, 3.7), (10.4, 2.37))
    arrow(axes, (8.65, 2.1), (10.13, 2.1))
    words(axes, (9.4, 2.4), "show", GREY)
    arrow(axes, (10.67, 2.1), (12.2, 2.1))
    words(axes, (12.3, 2.1), "next_h", side="left")
    return figure


def gru() -> Figure:
    """Draw one step of a GRU."""
    figure, axes = canvas(13.6, 6.2, (9.0, 4.1))
    arrow(axes, (0.9, 5.2), (8.93, 5.2), colour=BLUE)
    words(axes, (0.8, 5.2), "prev_h", BLUE, "right")
    words(axes, (4.6, 5.5), "directly: z·prev_h", BLUE)
    knot(axes, (9.2, 5.2), "×")
    for at in (1.7, 4.3, 6.4):
        axes.plot(at, 5.2, "o", color=BLUE, markersize=4, zorder=3)
    box(axes, (1.7, 2.2), "r = σ", PALE_GREEN)
    box(axes, (6.4, 2.2), "z = σ", PALE_GREEN)
    box(axes, (4.3, 4.2), "· wh_n", "white")
    knot(axes, (4.3, 3.2), "×")
    box(axes, (4.3, 2.2), "n = tanh", PALE_ORANGE, width=1.7)
    arrow(axes, (1.7, 5.2), (1.7, 2.6))
    arrow(axes, (6.4, 5.2), (6.4, 2.6))
    arrow(axes, (4.3, 5.2), (4.3, 4.6))
    arrow(axes, (4.3, 3.8), (4.3, 3.47))
    arrow(axes, (4.3, 2.93), (4.3, 2.6))
    arrow(axes, (2.35, 2.2), (3.0, 2.2), (3.0, 3.2), (4.03, 3.2))
    words(axes, (3.1, 3.45), "reset", GREY)
    for at in (1.7, 4.3, 6.4):
        arrow(axes, (at, 0.9), (at, 1.8))
    bus(axes, (0.9, 0.9), (6.4, 0.9))
    words(axes, (0.8, 0.9), "x", side="right")
    words(axes, (4.0, 0.5), "x·wx + b, in three blocks", GREY)
    arrow(axes, (7.05, 2.2), (9.2, 2.2), (9.2, 4.93))
    words(axes, (9.1, 3.6), "z: keep", GREY, "right")
    knot(axes, (11.0, 3.2), "×")
    arrow(axes, (9.2, 2.2), (11.0, 2.2), (11.0, 2.93))
    words(axes, (10.1, 1.95), "1 − z", GREY)
    arrow(axes, (5.15, 2.2), (5.45, 2.2), (5.45, 1.4), (12.0, 1.4), (12.0, 3.2), (11.27, 3.2), colour=ORANGE)
    words(axes, (9.2, 1.12), "n: the proposal", ORANGE)
    knot(axes, (11.0, 5.2), "+")
    arrow(axes, (9.47, 5.2), (10.73, 5.2), colour=BLUE)
    arrow(axes, (11.0, 3.47), (11.0, 4.93))
    arrow(axes, (11.27, 5.2), (12.4, 5.2), colour=BLUE)
    words(axes, (12.5, 5.2), "next_h", BLUE, "left")
    return figure


STEPS, WIDTH = 50, 32


def rotation(rng: np.random.Generator, size: float) -> Array:
    """Return a matrix that turns a state and makes it `size` times as long."""
    return size * np.linalg.qr(rng.normal(size=(WIDTH, WIDTH)))[0]


def rnn_sizes(size: float) -> Array:
    """Return how large the gradient of the last state is at every state before it, for a plain network."""
    rng = np.random.default_rng(1)
    wx, wh, b = 1e-6 * rng.normal(size=(4, WIDTH)), rotation(rng, size), np.zeros(WIDTH)
    h, caches = np.zeros((8, WIDTH)), []
    for x in rng.normal(size=(STEPS, 8, 4)):
        h, cache = rec.rnn_step_forward(x, h, wx, wh, b)
        caches.append(cache)
    dh, sizes = rng.normal(size=h.shape), []
    for cache in reversed(caches):
        sizes.append(np.sqrt(np.mean(dh**2)))
        dh = rec.rnn_step_backward(dh, cache)[1]
    return np.array(sizes) / sizes[0]


def lstm_sizes(forget: float) -> Array:
    """Return how large the gradient of the last cell is at every cell before it, for an LSTM whose gates are f."""
    rng = np.random.default_rng(1)
    wx, wh = 0.02 * rng.normal(size=(4, 4 * WIDTH)), 0.02 * rng.normal(size=(WIDTH, 4 * WIDTH))
    b = np.repeat([0.0, np.log(forget / (1 - forget)), 0.0, 0.0], WIDTH)
    h, c, caches = np.zeros((8, WIDTH)), np.zeros((8, WIDTH)), []
    for x in rng.normal(size=(STEPS, 8, 4)):
        (h, c), cache = rec.lstm_step_forward(x, h, c, wx, wh, b)
        caches.append(cache)
    dh, dc, sizes = np.zeros_like(h), rng.normal(size=c.shape), []
    for cache in reversed(caches):
        sizes.append(np.sqrt(np.mean(dc**2)))
        _, dh, dc, *_ = rec.lstm_step_backward((dh, dc), cache)
    return np.array(sizes) / sizes[0]


def vanishing() -> Figure:
    """Draw the gradient on its way back through fifty steps: of a plain network, and of an LSTM."""
    figure = Figure(figsize=(9.6, 3.7), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    back = np.arange(STEPS)
    for size, colour, style in ((0.7, BLUE, "-"), (0.95, GREEN, "--"), (1.2, ORANGE, "-.")):
        left.semilogy(back, rnn_sizes(size), style, color=colour, label=f"wh makes a state {size:g} times as long")
    for gate, colour, style in ((0.5, BLUE, "-"), (0.9, GREEN, "--"), (0.99, ORANGE, "-.")):
        right.semilogy(back, lstm_sizes(gate), style, color=colour, label=f"forget gate about {gate:g}")
    left.set(title="plain network: gradient of h", ylabel="its size, at the end 1", ylim=(1e-16, 1e14))
    right.set(title="LSTM: gradient of c")
    for axes in (left, right):
        axes.set(xlabel="steps back in time")
        axes.grid(visible=True)
        axes.legend(loc="upper left", fontsize=10)
    return figure


FIGURES = (unrolled, lstm, gru, vanishing)


def main() -> None:
    """Write every figure as an SVG of the function's name."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(STYLE):
        for draw in FIGURES:
            file = FOLDER / f"{draw.__name__}.svg"
            draw().savefig(file, bbox_inches="tight", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
