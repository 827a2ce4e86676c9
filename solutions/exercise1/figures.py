"""Draw the figures of exercise1's handout: `python solutions/exercise1/figures.py`, always to the same bytes."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from neuron import perceptron_train, perceptron_update, predict, step, xor_weights

FOLDER = Path(__file__).resolve().parents[2] / "exercises" / "exercise1" / "figures"

# Colours that people who see no red or no green can tell apart; shape and text say the same.
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#007a5e", "#666666"

STYLE = {
    "svg.hashsalt": "exercise1",
    "figure.facecolor": "white",
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#e4e4e4",
    "lines.linewidth": 2.2,
    "legend.frameon": False,
}

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = np.array([0, 1, 1, 0])


def panels(titles, width, height=3.7):
    """Return a figure and its axes side by side, one for each title."""
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots(1, len(titles))
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, loc="left")
    return figure, axes


def classes(axis, points, labels, size=90):
    """Draw class 0 as hollow circles, class 1 as filled squares."""
    for label, marker, face in ((0, "o", "white"), (1, "s", ORANGE)):
        some = points[labels == label]
        colour = BLUE if label == 0 else ORANGE
        axis.scatter(*some.T, s=size, marker=marker, facecolor=face, edgecolor=colour, linewidth=2, zorder=3)


def line(axis, w, b, **style):
    """Draw the line x·w + b = 0 across the axis."""
    along = np.array([-w[1], w[0]]) / np.hypot(*w)
    foot = -b * w / (w @ w)
    axis.plot(*np.stack([foot - 9 * along, foot + 9 * along]).T, **style)


def neuron():
    """Three inputs, their weights, the sum, the activation, the answer."""
    figure = Figure(figsize=(8.4, 3.4), layout="constrained")
    axis = figure.subplots()
    axis.set(xlim=(-0.6, 8.4), ylim=(-0.2, 3.6), aspect="equal")
    axis.axis("off")

    def node(x, y, text, radius=0.34, colour="white"):
        axis.add_patch(Circle((x, y), radius, facecolor=colour, edgecolor=GREY, linewidth=1.8, zorder=3))
        axis.text(x, y, text, ha="center", va="center", zorder=4, fontsize=13)

    def arrow(start, end, text="", offset=(0, 0.14)):
        axis.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": GREY, "linewidth": 1.6})
        middle = (np.array(start) + end) / 2 + offset
        axis.text(*middle, text, ha="center", va="bottom", fontsize=13, color=BLUE)

    for y, name in ((3.0, "1"), (1.7, "2"), (0.4, "3")):
        node(0, y, f"$x_{name}$")
        arrow((0.36, y), (2.5, 1.7 + 0.2 * (y - 1.7)), f"$w_{name}$", (-0.1, 0.1 + 0.06 * (y - 1.7)))
    node(3, 1.7, "Σ", 0.48, "#eaf3f9")
    arrow((3, 3.0), (3, 2.22), "")
    axis.text(3, 3.06, "$b$", ha="center", va="bottom", fontsize=13, color=BLUE)
    arrow((3.5, 1.7), (5.0, 1.7), "$z = x·w + b$")
    node(5.5, 1.7, "f", 0.48, "#fbeee6")
    arrow((6.0, 1.7), (7.3, 1.7))
    axis.text(7.42, 1.7, "$f(z)$", ha="left", va="center", fontsize=13)
    axis.text(
        5.5, 1.02, "step: a perceptron\nsigmoid: a neuron that\nanswers by degrees", ha="center", va="top", color=GREY
    )
    axis.text(3, 1.02, "the weighted sum\nand the bias", ha="center", va="top", color=GREY)
    return figure


def step_and_sigmoid():
    """The two activations of the exercise, and what the bias does to them."""
    figure, (both, moved) = panels(["Step and sigmoid", "The bias moves the threshold (w = 2)"], width=10)
    z = np.linspace(-6, 6, 401)
    both.plot(z[z < 0], step(z[z < 0]), color=ORANGE, linestyle="--", label="step")
    both.plot(z[z >= 0], step(z[z >= 0]), color=ORANGE, linestyle="--")
    both.plot(0, 1, "o", color=ORANGE)
    both.plot(0, 0, "o", markerfacecolor="white", color=ORANGE)
    both.plot(z, 1 / (1 + np.exp(-z)), color=BLUE, label="sigmoid")
    both.annotate("step(0) = 1", (0, 1), (-4.6, 0.93), color=GREY, arrowprops={"arrowstyle": "-", "color": GREY})
    both.annotate("sigmoid(0) = 0.5", (0, 0.5), (1.2, 0.4), color=GREY, arrowprops={"arrowstyle": "-", "color": GREY})
    both.set(xlabel="z", yticks=[0, 0.5, 1])
    both.legend(loc="center left")
    for bias, colour, style in ((-4, BLUE, "-"), (0, GREY, "--"), (4, GREEN, "-.")):
        moved.plot(z, 1 / (1 + np.exp(-(2 * z + bias))), color=colour, linestyle=style, label=f"b = {bias}")
        moved.plot(-bias / 2, 0.5, "o", color=colour)
    moved.set(xlabel="x", yticks=[0, 0.5, 1])
    moved.legend(loc="upper left")
    for axis in (both, moved):
        axis.grid(True)
    return figure


def perceptron():
    """The decision line after each update of a training, and the mistakes per epoch."""
    x = np.random.default_rng(35).uniform(-2, 2, (60, 2))
    side = x @ np.array([0.8, 0.6]) - 0.5
    apart = np.abs(side) > 0.3
    x, y = x[apart][:26], (side[apart][:26] >= 0).astype(int)
    lines, w, b = [], np.zeros(2), 0.0
    final_w, final_b, mistakes = perceptron_train(x, y, 50, 0.5)
    for _ in mistakes:
        for xi, yi in zip(x, y, strict=True):
            if predict(xi[None], w, b)[0] != yi:
                w, b = perceptron_update(w, b, xi, yi, 0.5)
                lines.append((w, b))

    figure, (plane, course) = panels(
        [f"The line after each of {len(lines)} updates", "Mistakes in each epoch"], width=10, height=4.2
    )
    classes(plane, x, y, size=60)
    for number, (w, b) in enumerate(lines[:-1], 1):
        shade = str(0.85 - 0.45 * number / len(lines))
        line(plane, w, b, color=shade, linewidth=1.3)
    line(plane, final_w, final_b, color="black", linewidth=2.4, label="after training (grey: before; lighter: earlier)")
    plane.quiver(*(-final_b * final_w / (final_w @ final_w)), *final_w / np.hypot(*final_w), angles="xy",
                 scale_units="xy", scale=1.2, width=0.009, zorder=4)  # fmt: skip
    plane.set(xlim=(-2.6, 2.6), ylim=(-3.0, 2.4), xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    plane.legend(loc="lower left")
    course.plot(range(1, len(mistakes) + 1), mistakes, "o-", color=BLUE)
    course.set(xlabel="epoch", xticks=range(1, len(mistakes) + 1), ylim=(-0.3, max(mistakes) + 1))
    course.annotate(
        "no mistake: stop", (len(mistakes), 0), (len(mistakes) - 0.9, 0.3), ha="right", color=GREY,
        arrowprops={"arrowstyle": "-", "color": GREY},
    )  # fmt: skip
    course.grid(True)
    return figure


def xor():
    """XOR as the input shows it, and as the hidden layer shows it to the output."""
    W1, b1, w2, b2 = xor_weights()
    figure, (before, after) = panels(
        ["The input: no line separates", "The hidden layer: one line does"], width=9.6, height=4.6
    )
    names = ["(0,0)", "(0,1)", "(1,0)", "(1,1)"]
    classes(before, CORNERS, XOR, size=160)
    for name, corner in zip(names, CORNERS, strict=True):
        before.text(*(corner + np.array([0.07, 0.09])), name)
    for column, label, colour in ((0, "$h_1$: at least one", GREEN), (1, "$h_2$: both", BLUE)):
        line(before, W1[:, column], b1[column], color=colour, linestyle=("-", "--")[column])
        x1 = (-0.42, 0.42)[column]
        before.text(x1 + 0.06, -b1[column] - x1 + 0.02, label, color=colour, rotation=-45, rotation_mode="anchor")
    before.set(xlim=(-0.5, 1.6), ylim=(-0.5, 2.1), xlabel="$x_1$", ylabel="$x_2$")

    hidden = step(CORNERS @ W1 + b1)
    classes(after, hidden, XOR, size=160)
    for place, text in (((0, 0), "from (0,0)"), ((1, 0), "from (0,1) and (1,0)"), ((1, 1), "from (1,1)")):
        after.text(place[0] + 0.07, place[1] + 0.09, text)
    line(after, w2, b2, color="black")
    after.text(0.62, 0.24, "$h_1 - h_2 = 0.5$", rotation=45, rotation_mode="anchor", va="bottom")
    after.set(xlim=(-0.5, 1.9), ylim=(-0.5, 1.9), xlabel="$h_1$: at least one", ylabel="$h_2$: both")
    for axis in (before, after):
        axis.set(xticks=[0, 1], yticks=[0, 1], aspect="equal")
        axis.grid(True)
    return figure


FIGURES = {"neuron": neuron, "step_and_sigmoid": step_and_sigmoid, "perceptron": perceptron, "xor": xor}


def main():
    """Write every figure."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(STYLE):
        for name, draw in FIGURES.items():
            draw().savefig(FOLDER / f"{name}.svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
