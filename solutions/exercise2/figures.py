"""Draw the figures of exercise2's handout with the reference's own functions: `python solutions/exercise2/figures.py`.

The files are the same bytes on every run, for the same Matplotlib.
"""

from collections.abc import Callable
from pathlib import Path

import activations as act
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

FOLDER = Path(__file__).parents[2] / "exercises" / "exercise2" / "figures"
BLUE, RED, GREEN, GREY = "#1f5fa8", "#c2402a", "#2f8a4c", "#8a8a8a"
LIGHT_BLUE, LIGHT_RED = "#8fb7e3", "#eba394"

Array = np.ndarray


def set_style() -> None:
    """Make every figure white, light in weight and reproducible."""
    mpl.use("svg")
    mpl.rcParams.update(
        {
            "svg.hashsalt": "exercise2",
            "svg.fonttype": "path",
            "figure.facecolor": "white",
            "axes.facecolor": "white",
            "axes.grid": True,
            "axes.axisbelow": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 11,
            "axes.labelsize": 10,
            "grid.color": "#e4e4e4",
            "font.size": 10,
            "legend.frameon": False,
            "lines.linewidth": 2.0,
        }
    )


def slope(name: str, x: Array, **options: float) -> Array:
    """Return the derivative of an activation: its backward under an upstream of ones."""
    _, cache = getattr(act, f"{name}_forward")(x, **options)
    return getattr(act, f"{name}_backward")(np.ones_like(x), cache)


def broken(x: Array, y: Array, kink: bool) -> Array:
    """Return y with a gap at 0 where there is a kink, so that no line is drawn across the jump."""
    return np.where(np.abs(x) < 1e-9, np.nan, y) if kink else y


def activation(name: str, title: str, alphas: tuple[float, ...] = (), kink: bool = False) -> Figure:
    """Draw an activation (left) and its derivative (right), for each alpha if it has one."""
    x = np.linspace(-5, 5, 401)
    figure, (left, right) = plt.subplots(1, 2, figsize=(7.2, 2.9), layout="constrained")
    colours = (BLUE, RED, GREEN)
    for alpha, colour in zip(alphas or (None,), colours, strict=False):
        options = {} if alpha is None else {"alpha": alpha}
        label = None if alpha is None else f"α = {alpha:g}"
        left.plot(x, getattr(act, f"{name}_forward")(x, **options)[0], color=colour, label=label)
        has_jump = kink and alpha != 1.0
        right.plot(x, broken(x, slope(name, x, **options), has_jump), color=colour, label=label)
    left.set(title=title, xlabel="x")
    right.set(title="its derivative", xlabel="x")
    for axes in (left, right):
        cross(axes)
        if alphas:
            axes.legend()
    return figure


def cross(axes: Axes) -> None:
    """Draw the two lines through the origin."""
    axes.axhline(0, color=GREY, linewidth=0.8, zorder=0.5)
    axes.axvline(0, color=GREY, linewidth=0.8, zorder=0.5)


def point_at(axes: Axes, text: str, place: tuple[float, float], text_place: tuple[float, float]) -> None:
    """Write a remark with an arrow."""
    axes.annotate(text, place, text_place, fontsize=9, arrowprops={"arrowstyle": "->", "color": GREY})


def sigmoid() -> Figure:
    """Draw the sigmoid; its slope is 1/4 at most."""
    figure = activation("sigmoid", "sigmoid(x)")
    left, right = figure.axes
    left.set_ylim(-0.1, 1.1)
    right.set_ylim(-0.1, 1.1)
    point_at(right, "never more than ¼", (0, 0.25), (0.9, 0.55))
    return figure


def tanh() -> Figure:
    """Draw tanh; its slope reaches 1."""
    figure = activation("tanh", "tanh(x)")
    figure.axes[0].set_ylim(-1.15, 1.15)
    figure.axes[1].set_ylim(-0.1, 1.15)
    return figure


def relu() -> Figure:
    """Draw ReLU with the value of its slope at 0."""
    figure = activation("relu", "relu(x)", kink=True)
    right = figure.axes[1]
    right.set_ylim(-0.1, 1.15)
    right.plot([0], [0], "o", color=BLUE)
    right.plot([0], [1], "o", markerfacecolor="white", color=BLUE)
    point_at(right, "0 at 0, by convention", (0, 0), (0.7, 0.3))
    return figure


def leaky_relu() -> Figure:
    """Draw leaky ReLU for two slopes, with the value of its slope at 0."""
    alphas = (0.1, 0.4)
    figure = activation("leaky_relu", "leaky_relu(x)", alphas, kink=True)
    right = figure.axes[1]
    right.set_ylim(-0.1, 1.15)
    for alpha, colour in zip(alphas, (BLUE, RED), strict=True):
        right.plot([0], [alpha], "o", color=colour)
    right.plot([0], [1], "o", markerfacecolor="white", color=RED)
    return figure


def elu() -> Figure:
    """Draw elu for three alphas: only alpha = 1 has no kink."""
    return activation("elu", "elu(x)", (0.5, 1.0, 2.0), kink=True)


def maxout() -> Figure:
    """Draw two maps of one input, the larger of them, and which of them gets the gradient."""
    x = np.linspace(-4, 4, 401)
    w1, b1, w2, b2 = np.array([[-0.6]]), np.array([0.2]), np.array([[0.9]]), np.array([-1.0])
    out, cache = act.maxout_forward(x[:, None], w1, b1, w2, b2)
    dx = act.maxout_backward(np.ones_like(out), cache)[0][:, 0]
    first = x * w1[0, 0] + b1[0] > x * w2[0, 0] + b2[0]
    figure, (left, right) = plt.subplots(1, 2, figsize=(7.2, 2.9), layout="constrained")
    left.plot(x, x * w1[0, 0] + b1[0], "--", color=LIGHT_BLUE, label="z₁ = -0.6 x + 0.2")
    left.plot(x, x * w2[0, 0] + b2[0], "--", color=LIGHT_RED, label="z₂ = 0.9 x - 1")
    right.axhline(0, color=GREY, linewidth=0.8)
    for where, colour, name in ((first, BLUE, "first"), (~first, RED, "second")):
        left.plot(x[where], out[where, 0], color=colour, linewidth=2.5)
        right.plot(x[where], dx[where], color=colour, linewidth=2.5, label=f"comes through the {name} map")
    left.set(title="maxout(x), solid", xlabel="x", ylim=(-3, 4))
    left.legend(loc="upper center", fontsize=9)
    right.set(title="its derivative for x", xlabel="x", ylim=(-1.0, 1.9))
    right.legend(loc="upper left", fontsize=9)
    return figure


def bars(axes: Axes, heights: Array, title: str, colour: str, digits: int) -> None:
    """Draw one bar per class with its number on it."""
    drawn = axes.bar(["A", "B", "C"], heights, color=colour, width=0.6)
    axes.bar_label(drawn, fmt=f"%.{digits}f", padding=2, fontsize=9)
    axes.margins(y=0.18)
    axes.grid(visible=False)
    axes.set_title(title)


def softmax() -> Figure:
    """Draw scores, their probabilities, and the Jacobian between them."""
    scores = np.array([1.0, 2.0, 3.0])
    out, _ = act.softmax_forward(scores)
    jacobian = np.diag(out) - np.outer(out, out)
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(8.6, 2.9), layout="constrained")
    bars(left, scores, "scores x", GREY, 1)
    bars(middle, out, "softmax(x): sums to 1", BLUE, 3)
    right.imshow(jacobian, cmap="RdBu", vmin=-0.4, vmax=0.4)
    for (row, column), value in np.ndenumerate(jacobian):
        right.text(column, row, f"{value:+.3f}", ha="center", va="center", fontsize=9)
    right.set_xticks(range(3), ["A", "B", "C"])
    right.set_yticks(range(3), ["A", "B", "C"])
    right.set(title="how probability (row) moves\nwith score (column)")
    right.grid(visible=False)
    right.spines[:].set_visible(False)
    right.tick_params(length=0)
    return figure


def sigmoid_or_softmax() -> Figure:
    """Draw what the two heads say about the same three scores when one of them is raised."""
    before, after = np.array([1.0, 1.5, -1.0]), np.array([1.0, 3.5, -1.0])
    figure, all_axes = plt.subplots(1, 2, figsize=(7.2, 2.9), layout="constrained", sharey=True)
    places = np.arange(3)
    for axes, name, title in zip(
        all_axes,
        ("sigmoid", "softmax"),
        ("sigmoid: three yes-or-no questions", "softmax: one choice among three"),
        strict=True,
    ):
        forward = getattr(act, f"{name}_forward")
        for shift, scores, colour, label in (
            (-0.2, before, LIGHT_BLUE, "scores 1.0, 1.5, -1.0"),
            (0.2, after, BLUE, "scores 1.0, 3.5, -1.0"),
        ):
            heights = forward(scores)[0]
            drawn = axes.bar(
                places + shift, heights, width=0.38, color=colour, label=f"{label} (sum {heights.sum():.2f})"
            )
            axes.bar_label(drawn, fmt="%.2f", padding=2, fontsize=8)
        axes.set_xticks(places, ["A", "B", "C"])
        axes.set(title=title, ylim=(0, 1.45), yticks=[0, 0.5, 1])
        axes.grid(visible=False)
        axes.legend(fontsize=8, loc="upper right")
    return figure


def norms_through(forward: Callable[[Array], tuple], backward: Callable, scale: float) -> Array:
    """Return the mean size of the gradient at every layer of a deep network, the last layer's counted as 1."""
    rng = np.random.default_rng(3)
    depth, width = 20, 100
    h, caches = rng.normal(size=(64, width)), []
    for _ in range(depth):
        w = rng.normal(scale=np.sqrt(scale / width), size=(width, width))
        h, cache = forward(h @ w)
        caches.append((w, cache))
    dout = rng.normal(size=h.shape)
    sizes = []
    for w, cache in reversed(caches):
        dz = backward(dout, cache)
        sizes.append(np.sqrt((dz**2).mean()))
        dout = dz @ w.T
    return np.array(sizes[::-1]) / sizes[0]


def vanishing() -> Figure:
    """Draw how the gradient shrinks on its way through twenty layers."""
    figure, axes = plt.subplots(figsize=(7.2, 3.2), layout="constrained")
    for name, colour, scale in (("relu", GREEN, 2.0), ("tanh", RED, 1.0), ("sigmoid", BLUE, 1.0)):
        sizes = norms_through(getattr(act, f"{name}_forward"), getattr(act, f"{name}_backward"), scale)
        axes.semilogy(range(1, 21), sizes, "o-", markersize=4, color=colour, label=name)
    axes.set(xlabel="layer (1 is next to the input)", ylabel="size of the gradient", xticks=range(2, 21, 2))
    axes.set_title("The gradient on its way back from layer 20 to layer 1")
    axes.legend(loc="lower right")
    return figure


def output_layer() -> Figure:
    """Draw what a bounded or one-sided activation in the last layer can never say."""
    rng = np.random.default_rng(1)
    x = np.sort(rng.uniform(-3, 3, 60))
    y = 0.9 * x + 0.4 * np.sin(2 * x) + rng.normal(scale=0.2, size=60)
    grid = np.linspace(-3, 3, 301)
    z = 0.9 * grid + 0.4 * np.sin(2 * grid)
    figure, all_axes = plt.subplots(1, 3, figsize=(8.6, 2.8), layout="constrained", sharey=True)
    heads = (
        ("none", z, GREEN),
        ("relu", act.relu_forward(z)[0], RED),
        ("sigmoid", act.sigmoid_forward(4 * z)[0], RED),
    )
    for axes, (name, out, colour) in zip(all_axes, heads, strict=True):
        axes.plot(x, y, "o", color=LIGHT_BLUE, markersize=3.5)
        axes.plot(grid, out, color=colour)
        axes.set(title=f"last activation: {name}", xlabel="x")
    all_axes[0].set_ylabel("y")
    return figure


FIGURES = (sigmoid, tanh, relu, leaky_relu, elu, maxout, softmax, sigmoid_or_softmax, vanishing, output_layer)


def main() -> None:
    """Write every figure as an SVG of the function's name."""
    set_style()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for draw in FIGURES:
        figure = draw()
        figure.savefig(FOLDER / f"{draw.__name__}.svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)


if __name__ == "__main__":
    main()
