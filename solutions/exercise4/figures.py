"""Draws the figures of the handout: `python figures.py` writes them to exercises/exercise4/figures.

The networks in them are trained by dense.py; the same run gives the same files.
"""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import dense
import matplotlib as mpl
import numpy as np
from dense import Array, Labels, Params
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from grader.datasets import moons, spirals, split_digits, xor_clouds

FOLDER = Path(__file__).parents[2] / "exercises" / "exercise4" / "figures"
BLUE, ORANGE, GREY, RED = "#0072b2", "#d55e00", "#777777", "#a3123a"
PALE_BLUE, PALE_ORANGE = "#d9e8f2", "#fae3d4"


def draw_all() -> None:
    """Write every figure."""
    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "exercise4", "font.size": 10, "axes.spines.top": False})
    mpl.rcParams.update({"axes.spines.right": False, "figure.facecolor": "white", "savefig.facecolor": "white"})
    FOLDER.mkdir(parents=True, exist_ok=True)
    for draw in (graph, boundaries, xor_layers, learning_rates, initialisation, sanity, approximation):
        figure = draw()
        figure.savefig(FOLDER / f"{draw.__name__}.svg", metadata={"Date": None}, bbox_inches="tight")
        plt.close(figure)


def scatter(axes: Axes, x: Array, y: Labels) -> None:
    """Draw points of two classes, told apart by shape as well as by colour."""
    for label, colour, marker in ((0, BLUE, "o"), (1, ORANGE, "^")):
        chosen = x[y == label]
        axes.scatter(*chosen.T, s=14, c=colour, marker=marker, linewidths=0, label=f"class {label}")


def regions(axes: Axes, x: Array, decide: Callable[[Array], Array]) -> None:
    """Colour the plane around x by the class that is decided for."""
    edge = np.linspace(-1.1, 1.1, 70) * np.abs(x).max()
    across, up = np.meshgrid(edge, edge)
    score = decide(np.stack([across.ravel(), up.ravel()], axis=1)).reshape(across.shape)
    axes.set_facecolor(PALE_BLUE)
    axes.contourf(across, up, score, levels=[0.0, 1e9], colors=[PALE_ORANGE])
    axes.contour(across, up, score, levels=[0.0], colors="black", linewidths=1.0)
    axes.set(xticks=[], yticks=[], aspect="equal")


def margin(params: Params) -> Callable[[Array], Array]:
    """Return by how much the score of class 1 is above that of class 0."""
    return lambda x: np.diff(dense.mlp_forward(x, params)[0], axis=1)[:, 0]


def loss_of(x: Array, y: Labels, params: Params) -> float:
    """Return the mean softmax cross-entropy."""
    logits = dense.mlp_forward(x, params)[0]
    return float(np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(y)), y]))


def start(widths: list[int], seed: int) -> Params:
    """Return He weights and biases of 0."""
    return [(dense.he_init(m, n, seed + m), np.zeros(n)) for m, n in pairwise(widths)]


def epoch(x: Array, y: Labels, params: Params, lr: float, rng: np.random.Generator) -> Params:
    """Return params after one more epoch, so that the loss can be looked at in between."""
    order = rng.permutation(len(x))
    for first in range(0, len(x), dense.BATCH):
        batch = order[first : first + dense.BATCH]
        logits, cache = dense.mlp_forward(x[batch], params)
        _, grads = dense.mlp_backward(dense._cross_entropy_gradient(logits, y[batch]), cache)
        params = dense.sgd_step(params, grads, lr)
    return params


def curve(x: Array, y: Labels, params: Params, lr: float, epochs: int) -> list[float]:
    """Return the loss before training and after each epoch."""
    rng, losses = np.random.default_rng(0), [loss_of(x, y, params)]
    for _ in range(epochs):
        with np.errstate(all="ignore"):  # too large a rate overflows: that is what is shown
            params = epoch(x, y, params, lr, rng)
            losses.append(loss_of(x, y, params))
    return losses


def graph() -> Figure:
    """The computation graph of the 2-8-1 network: values go right, gradients come back left."""
    figure, axes = plt.subplots(figsize=(12, 3))
    arrow = {"shrinkA": 0, "shrinkB": 0, "lw": 1.6}
    forth, back = arrow | {"arrowstyle": "->", "color": BLUE}, arrow | {"arrowstyle": "->", "color": RED}
    pitch, half = 3.2, 0.6
    for place, node in enumerate(["linear", "ReLU", "linear", "sigmoid", "BCE"]):
        left = pitch * place - half
        axes.add_patch(FancyBboxPatch((left, -0.3), 2 * half, 0.6, boxstyle="round,pad=0.03", fc="#f2f2f2", ec="black"))
        axes.text(pitch * place, 0, node, ha="center", va="center", weight="bold")
    values = ["$x$  (N, 2)", "$z$  (N, 8)", "$h$  (N, 8)", "$s$  (N, 1)", "$p$  (N, 1)", "$L$"]
    gradients = ["$dx = dz\\,W_1^T$", "$dz = dh\\cdot[z>0]$", "$dh = ds\\,W_2^T$", "$ds = (p-t)/N$", "$dp$", "$dL = 1$"]
    for place, (value, gradient) in enumerate(zip(values, gradients, strict=True)):
        left, right = pitch * (place - 1) + half + 0.1, pitch * place - half - 0.1
        axes.annotate("", (right, 0.12), (left, 0.12), arrowprops=forth)
        axes.annotate("", (left, -0.12), (right, -0.12), arrowprops=back)
        axes.text((left + right) / 2, 0.2, value, ha="center", va="bottom", color=BLUE)
        axes.text((left + right) / 2, -0.4, gradient, ha="center", va="top", color=RED)
    for place, name in ((0, "1"), (2, "2")):
        middle, (x, dz) = pitch * place, (("x", "dz"), ("h", "ds"))[place // 2]
        axes.annotate("", (middle - 0.12, 0.38), (middle - 0.12, 0.8), arrowprops=forth)
        axes.annotate("", (middle + 0.12, 0.8), (middle + 0.12, 0.38), arrowprops=back)
        axes.text(middle - 0.2, 0.6, f"$W_{name}, b_{name}$", ha="right", va="center", color=BLUE)
        gradient = f"$dW_{name} = {x}^T {dz}$\n$db_{name} =$ sum of the rows of ${dz}$"
        axes.text(middle + 0.25, 0.66, gradient, ha="left", va="center", color=RED)
    axes.annotate("", (4 * pitch, 0.38), (4 * pitch, 0.8), arrowprops=forth)
    axes.text(4 * pitch - 0.1, 0.6, "target $t$", ha="right", va="center", color=BLUE)
    axes.set(xlim=(-2.7, 5 * pitch - 0.5), ylim=(-0.65, 0.95))
    axes.axis("off")
    return figure


def boundaries() -> Figure:
    """What one layer decides on three sets of points, and what two layers decide."""
    figure, rows = plt.subplots(2, 3, figsize=(9, 6.7), layout="constrained")
    tasks = [("XOR clouds", xor_clouds, 96, [16], 20), ("two moons", moons, 224, [24], 45)]
    tasks.append(("two spirals", spirals, 256, [48], 60))
    for column, (name, draw, n, hidden, epochs) in enumerate(tasks):
        x, y = draw(np.random.default_rng(1), n)
        unseen, truth = draw(np.random.default_rng(2), 400)
        for row, widths in enumerate(([], hidden)):
            params = dense.train_mlp(x, y, widths, epochs, 0.5, seed=3)
            axes = rows[row, column]
            regions(axes, x, margin(params))
            scatter(axes, x[:80], y[:80])
            right = np.mean((margin(params)(unseen) > 0) == (truth == 1))
            title = f"hidden = {widths}: {right:.1%} of unseen"
            axes.set_title(f"{name}\n{title}" if row == 0 else title, size=10)
    return figure


def xor_layers() -> Figure:
    """The XOR clouds as they come, after the first linear map, after ReLU."""
    x, y = xor_clouds(np.random.default_rng(5), 160, noise=0.22)
    z = x @ np.array([[1.0, -1.0], [-1.0, 1.0]]) - 0.5
    h = np.maximum(z, 0.0)
    figure, panels = plt.subplots(1, 3, figsize=(10.2, 3.6))
    titles = [
        "the input $x$:\nno line parts the classes",
        "$z = xW + b$: turned and pressed\nonto a line, still not parted",
    ]
    titles.append("$h = \\max(0, z)$: folded,\nnow one line is enough")
    names = [("$x_1$", "$x_2$"), ("$z_1 = x_1 - x_2 - 0.5$", "$z_2 = x_2 - x_1 - 0.5$"), ("$h_1$", "$h_2$")]
    for axes, points, title, (across, up) in zip(panels, (x, z, h), titles, names, strict=True):
        axes.axhline(0, color=GREY, lw=0.6)
        axes.axvline(0, color=GREY, lw=0.6)
        scatter(axes, points, y)
        axes.set_title(title, size=10)
        axes.set(xlabel=across, ylabel=up, aspect="equal")
    panels[2].plot([-0.3, 0.9], [0.9, -0.3], color="black", lw=1.2)
    panels[2].text(0.85, 0.15, "$h_1 + h_2 = 0.6$", size=9)
    panels[0].legend(loc="upper center", bbox_to_anchor=(0.5, -0.22), ncols=2, frameon=False, handletextpad=0.1)
    figure.tight_layout()
    return figure


def learning_rates() -> Figure:
    """The loss over the epochs for learning rates from too small to too large."""
    x, y = moons(np.random.default_rng(1), 192)
    figure, axes = plt.subplots(figsize=(6.4, 3.8))
    styles = [(0.005, GREY, ":"), (0.05, BLUE, "--"), (0.5, BLUE, "-"), (8.0, ORANGE, "-"), (40.0, RED, "-.")]
    for lr, colour, style in styles:
        losses = np.array(curve(x, y, start([2, 16, 2], 3), lr, 50))
        axes.plot(np.where(np.isfinite(losses), losses, np.nan), style, color=colour, label=f"lr = {lr:g}")
    axes.set(yscale="log", ylim=(5e-3, 2e2), xlabel="epoch", ylabel="loss on the training set")
    axes.legend(frameon=False, ncols=2)
    axes.set_title("Two moons, hidden = [16]: the same start, five learning rates", size=10)
    return figure


def initialisation() -> Figure:
    """How large the signal is after each of ten layers, and how training goes from there."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
    scales = [("He: √(2 / fan_in)", 2.0, BLUE, "-"), ("Xavier: √(1 / fan_in)", 1.0, ORANGE, "--")]
    scales += [("half of Xavier's", 0.25, GREY, ":"), ("twice He's", 8.0, RED, "-.")]
    x = np.random.default_rng(0).normal(size=(200, 256))
    for name, times, colour, style in scales:
        rng, signal, sizes = np.random.default_rng(1), x, [1.0]
        for _ in range(10):
            signal = np.maximum(signal @ rng.normal(0.0, np.sqrt(times / 256), size=(256, 256)), 0.0)
            sizes.append(float(np.sqrt(np.mean(signal**2))))
        left.plot(sizes, style, color=colour, marker="o", ms=3, label=name)
    left.set(yscale="log", xlabel="layer", ylabel="root mean square of h")
    left.set_title("ten layers of 256 ReLUs: the size of the signal", size=10)
    left.legend(frameon=False, title="standard deviation", alignment="left")
    x_train, y_train, _, _ = split_digits(0, 700, 0)
    rows = x_train.reshape(-1, 64)
    he = start([64, 32, 32, 32, 10], 3)
    trials = [
        ("He", 1.0, BLUE, "-"),
        ("a quarter of He's deviation", 0.25, GREY, ":"),
        ("all zeros", 0.0, ORANGE, "--"),
    ]
    for name, times, colour, style in trials:
        losses = curve(rows, y_train, [(times * w, b) for w, b in he], 0.1, 25)
        right.plot(losses, style, color=colour, label=name)
    right.axhline(np.log(10), color="black", lw=0.6)
    right.text(25, np.log(10) + 0.03, "log 10", ha="right", va="bottom", size=9)
    right.set(xlabel="epoch", ylabel="loss on the training set", ylim=(0, 2.9))
    right.set_title("digits, hidden = [32, 32, 32]: learning from there", size=10)
    right.legend(frameon=False, loc="center right", bbox_to_anchor=(1.0, 0.4))
    figure.tight_layout()
    return figure


def sanity() -> Figure:
    """Two things to look at before any long training."""
    x_train, y_train, _, _ = split_digits(0, 700, 0)
    rows = x_train.reshape(-1, 64)
    figure, axes = plt.subplots(figsize=(6.4, 3.6))
    labels = np.arange(10)  # one digit of each kind
    few = rows[[np.flatnonzero(y_train == label)[0] for label in labels]]
    axes.plot(curve(few, labels, start([64, 32, 10], 3), 0.3, 60), color=BLUE, label="ten digits: down to 0")
    params, rng, stuck = start([64, 32, 10], 3), np.random.default_rng(0), []
    for _ in range(61):
        stuck.append(loss_of(few, labels, params))
        params = epoch(few, rng.permutation(labels), params, 0.3, rng)
    axes.plot(
        stuck, "--", color=ORANGE, label="the same, but the labels do not\ncome along when the digits are shuffled"
    )
    axes.axhline(np.log(10), color="black", lw=0.6)
    axes.text(60, 2.6, "log 10 = 2.30: all ten classes alike", ha="right", va="bottom", size=9)
    axes.set(xlabel="epoch", ylabel="loss on these examples", ylim=(0, 2.9))
    axes.legend(frameon=False, loc="center right")
    return figure


def approximation() -> Figure:
    """One hidden layer of ReLUs, fitted to a wavy function: more units, more kinks, a closer fit."""
    x = np.linspace(0.0, 1.0, 201)[:, None]
    wanted = 0.2 + 0.4 * x**3 + 0.3 * x * np.sin(15 * x) + 0.05 * np.cos(20 * x)
    figure, panels = plt.subplots(1, 3, figsize=(10.2, 3.3), sharey=True)
    for axes, width in zip(panels, (3, 8, 50), strict=True):
        params = fit(x, wanted, width)
        got = dense.mlp_forward(x, params)[0]
        (w, b), _ = params
        kinks = -b / w[0]
        kinks = np.sort(kinks[(kinks > 0) & (kinks < 1)])
        axes.plot(x, wanted, color=GREY, lw=3, alpha=0.5, label="the function")
        axes.plot(x, got, color=RED, lw=1.3, label="the network")
        axes.plot(kinks, np.full(len(kinks), -0.08), "|", color="black", ms=7, label="kinks")
        error = np.sqrt(np.mean((got - wanted) ** 2))
        axes.set_title(f"{width} hidden units: off by {error:.3f}", size=10)
        axes.set(xlabel="$x$", ylim=(-0.14, 1.1))
    panels[0].legend(frameon=False, loc="upper left")
    figure.tight_layout()
    return figure


def fit(x: Array, wanted: Array, width: int) -> Params:
    """Fit one hidden layer by gradient descent with momentum on the mean squared error, kinks spread over 0 ... 1."""
    rng = np.random.default_rng(1)
    sign = np.where(rng.random(width) < 0.5, -1.0, 1.0)
    w = 3.0 * sign[None, :]
    b = -3.0 * sign * (np.arange(width) + 0.5) / width
    params = [(w, b), (rng.normal(0.0, np.sqrt(2 / width), (width, 1)) / 3, np.array([0.3]))]
    m = v = [(np.zeros_like(w), np.zeros_like(b)) for w, b in params]
    for step in range(1, 6001):
        out, cache = dense.mlp_forward(x, params)
        _, grads = dense.mlp_backward(2 * (out - wanted) / len(x), cache)
        m = [
            tuple(0.9 * old + 0.1 * new for old, new in zip(*pair, strict=True)) for pair in zip(m, grads, strict=True)
        ]
        v = [
            tuple(0.999 * old + 0.001 * new**2 for old, new in zip(*pair, strict=True))
            for pair in zip(v, grads, strict=True)
        ]
        rate = 0.01 * (1 - step / 6001) * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        ways = [
            tuple(first / (np.sqrt(second) + 1e-8) for first, second in zip(*pair, strict=True))
            for pair in zip(m, v, strict=True)
        ]
        params = dense.sgd_step(params, ways, rate)
    return params


if __name__ == "__main__":
    draw_all()
