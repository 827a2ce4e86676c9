"""Draw the figures of exercise6's handout with the reference's own code: `python solutions/exercise6/figures.py`.

The files are the same bytes on every run, for the same Matplotlib.
"""

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import regularization as reg
from matplotlib.figure import Figure

FOLDER = Path(__file__).parents[2] / "exercises" / "exercise6" / "figures"
BLUE, RED, GREEN, GREY = "#1f5fa8", "#c2402a", "#2f8a4c", "#8a8a8a"

Array = np.ndarray
Weights = list[Array]


def set_style() -> None:
    """Make every figure white, light in weight and reproducible."""
    mpl.use("svg")
    mpl.rcParams.update(
        {
            "svg.hashsalt": "exercise6",
            "svg.fonttype": "path",
            "figure.facecolor": "white",
            "axes.facecolor": "white",
            "axes.axisbelow": True,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 11,
            "axes.labelsize": 10,
            "grid.color": "#e4e4e4",
            "font.size": 10,
            "legend.frameon": False,
            "lines.linewidth": 1.8,
        }
    )


def examples(count: int, seed: int) -> tuple[Array, Array]:
    """Return noisy points on a curve."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, size=count)
    return x, np.sin(3 * x) + rng.normal(0, 0.25, size=count)


def powers(x: Array, degree: int) -> Array:
    """Return 1, x, x², … as columns (Chebyshev polynomials: the same space, better numbers)."""
    return np.polynomial.chebyshev.chebvander(x, degree)


def fit() -> Figure:
    """Three models of the same points, and the errors of models of every size."""
    x, y = examples(16, 4)
    new_x, new_y = examples(400, 5)
    line = np.linspace(-1, 1, 120)
    figure, grid = plt.subplots(1, 4, figsize=(11.2, 2.9), layout="constrained")
    for axes, degree, words in zip(grid, (1, 4, 13), ("too simple", "about right", "too flexible"), strict=False):
        solution = np.linalg.lstsq(powers(x, degree), y, rcond=None)[0]
        axes.plot(line, np.sin(3 * line), color=GREY, linewidth=1, linestyle="--")
        axes.plot(line, powers(line, degree) @ solution, color=RED)
        axes.plot(x, y, color=BLUE, marker="o", markersize=4, linestyle="none")
        axes.set(title=f"degree {degree}: {words}", xlabel="$x$", ylim=(-2, 2))
    degrees = np.arange(0, 14)
    train, new = [], []
    for degree in degrees:
        solution = np.linalg.lstsq(powers(x, degree), y, rcond=None)[0]
        train.append(np.mean((powers(x, degree) @ solution - y) ** 2))
        new.append(np.mean((powers(new_x, degree) @ solution - new_y) ** 2))
    last = grid[-1]
    last.semilogy(degrees, train, color=BLUE, marker="o", markersize=3, label="the 16 points")
    last.semilogy(degrees, new, color=RED, marker="o", markersize=3, label="400 new points")
    last.set(title="mean squared error", xlabel="degree", ylim=(1e-3, 20))
    last.grid(visible=True)
    last.legend(fontsize=8, loc="upper left")
    return figure


def network(x: Array, weights: Weights) -> tuple[Array, Array]:
    """Return the output of one hidden tanh layer, and that layer."""
    hidden = np.tanh(np.outer(x, weights[0]) + weights[1])
    return hidden @ weights[2] + weights[3], hidden


def epochs_of_training(epochs: int) -> tuple[list[float], list[float], list[Weights]]:
    """Train a network that is too large on few points; return both losses and the weights, epoch by epoch."""
    x, y = examples(12, 4)
    new_x, new_y = examples(60, 6)
    rng = np.random.default_rng(2)
    weights = [rng.normal(0, 6, size=100), rng.normal(0, 3, size=100), rng.normal(0, 0.02, size=100), np.zeros(1)]
    train, validation, history = [], [], []
    for _ in range(epochs):
        out, hidden = network(x, weights)
        train.append(float(np.mean((out - y) ** 2)))
        validation.append(float(np.mean((network(new_x, weights)[0] - new_y) ** 2)))
        history.append([w.copy() for w in weights])
        d_out = 2 * (out - y) / len(x)
        d_hidden = np.outer(d_out, weights[2]) * (1 - hidden**2)
        gradients = [x @ d_hidden, d_hidden.sum(axis=0), d_out @ hidden, d_out.sum(keepdims=True)]
        for w, dw in zip(weights, gradients, strict=True):
            w -= 0.015 * dw
    return train, validation, history


def early_stopping() -> Figure:
    """Both losses of a training, and where EarlyStopping takes its weights and says stop."""
    train, validation, history = epochs_of_training(800)
    stopper = reg.EarlyStopping(patience=150, min_delta=1e-4)
    stop = next(epoch for epoch, loss in enumerate(validation) if stopper.update(loss, history[epoch]))
    best = validation.index(stopper.best_loss)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.6, 3.2), layout="constrained")
    left.semilogy(train, color=BLUE, label="training")
    left.semilogy(validation, color=RED, label="validation")
    left.axvline(best, color=GREEN, linestyle="--", linewidth=1.2)
    left.axvline(stop, color=GREY, linestyle="--", linewidth=1.2)
    left.plot(best, stopper.best_loss, color=GREEN, marker="o", markersize=7)
    left.annotate("best_weights", (best, 1.3), color=GREEN, ha="right", xytext=(-4, 0), textcoords="offset points")
    left.annotate(" stop", (stop, 1.3), color="#555555")
    left.set(title="loss", xlabel="epoch", ylim=(0.01, 2))
    left.grid(visible=True)
    left.legend(loc="upper right")
    line = np.linspace(-1, 1, 160)
    x, y = examples(12, 4)
    right.plot(x, y, color="black", marker="o", markersize=4, linestyle="none")
    right.plot(line, network(line, stopper.best_weights)[0], color=GREEN, label=f"best_weights (epoch {best})")
    right.plot(line, network(line, history[-1])[0], color=RED, label=f"epoch {len(history)}")
    right.set(title="what the network says", xlabel="$x$", ylim=(-2.2, 2.2))
    right.legend(loc="upper left", fontsize=9)
    return figure


def dropout() -> Figure:
    """Three masks for the same layer, and a mean that stays where it was."""
    x = np.ones((6, 14))
    figure, grid = plt.subplots(1, 4, figsize=(11.2, 2.5), layout="constrained", width_ratios=[1, 1, 1, 1.1])
    for axes, p, seed in zip(grid, (0.2, 0.2, 0.5), (1, 2, 3), strict=False):
        out, _ = reg.dropout_forward(x, p, "train", seed)
        axes.imshow(out, cmap="Blues", vmin=0, vmax=2.6, interpolation="nearest", resample=False)
        for (row, column), value in np.ndenumerate(out):
            if value == 0:
                axes.plot(column, row, color=RED, marker="x", markersize=4, markeredgewidth=1)
        kept = 1 / (1 - p)
        axes.set(title=f"p = {p:g}, seed = {seed}: 0 or {kept:g}", xticks=[], yticks=[])
        axes.set_xlabel(f"mean {out.mean():.2f}")
    grid[0].set_ylabel("6 examples, 14 units")
    p_values = np.linspace(0, 0.9, 10)
    big = np.ones(4000)
    scaled = [reg.dropout_forward(big, p, "train", 1)[0].mean() for p in p_values]
    grid[3].plot(p_values, scaled, color=BLUE, marker="o", markersize=3, label="inverted scaling")
    grid[3].plot(p_values, 1 - p_values, color=RED, linestyle="--", label="no scaling")
    grid[3].set(title="mean of the output in training", xlabel="p", ylim=(0, 1.6))
    grid[3].grid(visible=True)
    grid[3].legend(fontsize=8, loc="lower left")
    return figure


def batch_norm() -> Figure:
    """What reaches the units of five layers, without and with batch normalisation."""
    rng = np.random.default_rng(0)
    widths, layers = 60, 5
    matrices = [rng.normal(0.02, 1.6 / np.sqrt(widths), size=(widths, widths)) for _ in range(layers)]
    start = rng.normal(size=(200, widths))
    figure, grid = plt.subplots(2, layers, figsize=(11, 3.6), layout="constrained", sharex="row")
    for row, normalised in zip(grid, (False, True), strict=True):
        x = start
        for layer, (axes, matrix) in enumerate(zip(row, matrices, strict=True), start=1):
            z = x @ matrix + 0.3
            if normalised:
                z, _ = reg.batchnorm_forward(z, np.ones(widths), np.zeros(widths), {"mode": "train"})
            axes.hist(z.ravel(), bins=30, range=(-12, 12) if not normalised else (-4, 4), color=BLUE, density=True)
            axes.set_title(f"layer {layer}: mean {abs(z.mean()):.1f}, std {z.std():.1f}", fontsize=9)
            axes.set_yticks([])
            x = np.maximum(z, 0)
    grid[0, 0].set_ylabel("without")
    grid[1, 0].set_ylabel("with batch norm")
    return figure


def axes_of_norms() -> Figure:
    """Which numbers share a mean: a column in batch normalisation, a row in layer normalisation."""
    figure, grid = plt.subplots(1, 2, figsize=(6.6, 2.3), layout="constrained")
    for axes, along, title in (
        (grid[0], 0, "batch norm: one column"),
        (grid[1], 1, "layer norm: one row"),
    ):
        share = np.zeros((4, 7))
        share[(slice(None), 2) if along == 0 else (1, slice(None))] = 1
        axes.pcolormesh(share, cmap="Blues", vmin=0, vmax=1.6, edgecolors="#b5b5b5", linewidth=0.8)
        axes.invert_yaxis()
        axes.set_aspect("equal")
        axes.set(title=title, xticks=[], yticks=[], xlabel="D features", ylabel="N examples")
    return figure


def main() -> None:
    """Write all figures."""
    set_style()
    FOLDER.mkdir(exist_ok=True)
    for draw in (fit, early_stopping, dropout, batch_norm, axes_of_norms):
        draw().savefig(FOLDER / f"{draw.__name__}.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
