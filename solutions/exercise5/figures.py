"""Draw the figures of exercise5's handout with the reference's own rules: `python solutions/exercise5/figures.py`.

The files are the same bytes on every run, for the same Matplotlib.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import optimizers as opt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

FOLDER = Path(__file__).parents[2] / "exercises" / "exercise5" / "figures"
BLUE, RED, GREEN, ORANGE, VIOLET, GREY = "#1f5fa8", "#c2402a", "#2f8a4c", "#d08a1d", "#7a4fa3", "#8a8a8a"

Array = np.ndarray
CURVATURE = np.array([0.15, 6.0])  # of the valley: flat along x, steep along y
START = np.array([-9.0, 2.0])


def set_style() -> None:
    """Make every figure white, light in weight and reproducible."""
    mpl.use("svg")
    mpl.rcParams.update(
        {
            "svg.hashsalt": "exercise5",
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


def walk(rule: Callable[..., Any], steps: int, start: Array, curvature: Array, **config: float) -> Array:
    """Return the points a rule visits on the loss ½ Σ curvature · w²."""
    w, state = start, config
    path = [w]
    for _ in range(steps):
        w, state = rule(w, curvature * w, state)
        path.append(w)
    return np.array(path)


def draw_valley(axes: Axes) -> None:
    """Draw the contours of the valley and its lowest point."""
    x, y = np.meshgrid(np.linspace(-10, 4, 36), np.linspace(-3, 3, 28))
    loss = 0.5 * (CURVATURE[0] * x**2 + CURVATURE[1] * y**2)
    axes.contour(x, y, loss, levels=[0.4, 2, 5, 10, 18, 26], colors="#c9c9c9", linewidths=0.8)
    axes.plot(0, 0, marker="*", color="black", markersize=10)


def valley() -> Figure:
    """Five rules on the same valley, thirty steps each."""
    runs = [
        ("SGD", opt.sgd, {"learning_rate": 0.3}, GREY),
        ("Momentum", opt.momentum, {"learning_rate": 0.08, "momentum": 0.8}, BLUE),
        ("Adagrad", opt.adagrad, {"learning_rate": 1.5}, GREEN),
        ("RMSProp", opt.rmsprop, {"learning_rate": 0.4, "decay_rate": 0.9}, ORANGE),
        ("Adam", opt.adam, {"learning_rate": 0.5}, RED),
    ]
    figure, grid = plt.subplots(2, 3, figsize=(9.6, 4.8), layout="constrained", sharex=True, sharey=True)
    for axes, (name, rule, config, colour) in zip(grid.flat, runs, strict=False):
        path = walk(rule, 30, START, CURVATURE, **config)
        draw_valley(axes)
        axes.plot(*path.T, color=colour, marker="o", markersize=3, linewidth=1.3)
        axes.set_title(f"{name}, learning rate {config['learning_rate']:g}")
        axes.set(xlim=(-10, 4), ylim=(-3, 3), xlabel="$w_1$ (flat)", ylabel="$w_2$ (steep)")
        axes.label_outer()
    grid.flat[-1].remove()
    axes = figure.add_subplot(2, 3, 6)
    for name, rule, config, colour in runs:
        path = walk(rule, 30, START, CURVATURE, **config)
        axes.semilogy(0.5 * (path**2) @ CURVATURE, color=colour, label=name)
    axes.set(title="loss", xlabel="step", ylim=(1e-4, 100))
    axes.grid(visible=True)
    axes.legend(fontsize=8, loc="lower left", ncols=2)
    return figure


def learning_rates() -> Figure:
    """One weight, one parabola, four learning rates."""
    w = np.linspace(-2.4, 2.4, 200)
    cases = [(0.03, "too small"), (0.4, "about right"), (0.95, "large: it swings"), (1.05, "too large: it flies off")]
    figure, grid = plt.subplots(1, 4, figsize=(10.4, 2.8), layout="constrained", sharey=True)
    for axes, (rate, words) in zip(grid, cases, strict=True):
        path = walk(opt.sgd, 10, np.array([-1.5]), np.array([2.0]), learning_rate=rate)[:, 0]
        axes.plot(w, w**2, color="#c9c9c9")
        axes.plot(path, path**2, color=RED, marker="o", markersize=4, linewidth=1)
        axes.plot(path[0], path[0] ** 2, color="black", marker="o", markersize=6)
        axes.set(title=f"{rate:g}: {words}", xlabel="$w$", xlim=(-2.5, 2.5), ylim=(-0.3, 6))
    grid[0].set_ylabel("loss $w^2$")
    return figure


def schedules() -> Figure:
    """The learning rate over forty epochs, and what it does at the bottom of a noisy valley."""
    epochs = np.arange(41)
    plans = [
        ("constant", [0.8] * 41, GREY),
        ("step decay: halved every 10 epochs", [opt.step_decay(0.8, int(e)) for e in epochs], BLUE),
        ("exponential decay, rate 0.08", [opt.exponential_decay(0.8, int(e), 0.08) for e in epochs], RED),
    ]
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.2, 3.2), layout="constrained")
    for name, rates, colour in plans:
        left.plot(epochs, rates, color=colour, label=name, drawstyle="steps-post" if "step" in name else "default")
        losses = np.zeros(41)
        rng = np.random.default_rng(3)
        for _ in range(200):
            w = np.array([3.0])
            for epoch, rate in enumerate(rates):
                losses[epoch] += 0.5 * w[0] ** 2 / 200
                w, _ = opt.sgd(w, w + rng.normal(size=1), {"learning_rate": rate})
        right.semilogy(epochs, losses, color=colour)
    left.set(title="learning rate", xlabel="epoch", ylim=(0, 0.9))
    right.set(title="mean loss, when gradients are noisy", xlabel="epoch")
    left.legend(fontsize=9, loc="upper right", bbox_to_anchor=(1, 0.88))
    for axes in (left, right):
        axes.grid(visible=True)
    return figure


def penalties() -> Figure:
    """What L2 and L1 alone do to five weights, step by step."""
    weights = np.array([2.0, 1.2, 0.6, -0.3, -1.5])
    figure, grid = plt.subplots(1, 2, figsize=(8.6, 2.9), layout="constrained", sharey=True)
    for axes, penalty, title in (
        (grid[0], opt.l2_penalty, "L2: shrinks by a share"),
        (grid[1], opt.l1_penalty, "L1: shrinks by an amount, down to 0"),
    ):
        w, path = weights, [weights]
        for _ in range(60):
            step = 0.03 * penalty(w, 1.0)[1]
            # A step of L1 that would cross 0 ends there: that is where the penalty is smallest.
            w = np.where(np.sign(w - step) == -np.sign(w), 0.0, w - step)
            path.append(w)
        for line, colour in zip(np.array(path).T, (BLUE, GREEN, ORANGE, VIOLET, RED), strict=True):
            axes.plot(line, color=colour)
        axes.axhline(0, color="black", linewidth=0.8)
        axes.set(title=title, xlabel="step")
        axes.grid(visible=True)
    grid[0].set_ylabel("weights")
    return figure


def main() -> None:
    """Write all figures."""
    set_style()
    FOLDER.mkdir(exist_ok=True)
    for draw in (valley, learning_rates, schedules, penalties):
        draw().savefig(FOLDER / f"{draw.__name__}.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
