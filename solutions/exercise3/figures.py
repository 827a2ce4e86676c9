"""Draw the figures of exercise3's handout: `python solutions/exercise3/figures.py`, always to the same bytes."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

FOLDER = Path(__file__).resolve().parents[2] / "exercises" / "exercise3" / "figures"

# Colours that people who see no red or no green can tell apart; every line is named beside it too.
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#007a5e", "#666666"

STYLE = {
    "svg.hashsalt": "exercise3",
    "figure.facecolor": "white",
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e4e4e4",
    "lines.linewidth": 2.2,
    "legend.frameon": False,
}


def panels(titles, width):
    """Return a figure and its axes side by side, one for each title."""
    figure = Figure(figsize=(width, 3.7), layout="constrained")
    axes = figure.subplots(1, len(titles))
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, loc="left")
    return figure, axes


def regression():
    """Squared and absolute error with their slopes, and the logarithmic error for one target."""
    figure, (loss, slope, logarithmic) = panels(
        ["The loss of one element", "Its slope in pred", "When the target is 9"], width=11.5
    )
    error = np.linspace(-3, 3, 301)
    loss.plot(error, error**2, color=BLUE, label="squared (mse)")
    loss.plot(error, np.abs(error), color=ORANGE, linestyle="--", label="absolute (mae)")
    loss.set(xlabel="pred − target", ylim=(-0.2, 6))
    loss.legend(loc="upper center")

    slope.plot(error, 2 * error, color=BLUE, label="squared: grows with the error")
    slope.plot(error[error < 0], -np.ones(150), color=ORANGE, linestyle="--", label="absolute: −1 or +1")
    slope.plot(error[error > 0], np.ones(150), color=ORANGE, linestyle="--")
    slope.plot(0, 0, "o", color=ORANGE)
    slope.annotate("0 at 0", (0, 0), (0.5, -2.2), arrowprops={"arrowstyle": "-", "color": GREY})
    slope.set(xlabel="pred − target", ylim=(-6, 8.4))
    slope.legend(loc="upper left")

    pred = np.linspace(-0.9, 30, 400)
    logarithmic.plot(pred, (np.log1p(pred) - np.log(10)) ** 2, color=GREEN, label="squared logarithmic (msle)")
    for value, text, place in (
        (4, "1 + pred is half of 10", (6.5, 2.6)),
        (19, "twice 10: the same cost", (11.5, 1.75)),
    ):
        point = (value, np.log(2) ** 2)
        logarithmic.plot(*point, "o", color=GREEN)
        logarithmic.annotate(text, point, place, arrowprops={"arrowstyle": "-", "color": GREY})
    logarithmic.set(xlabel="pred", ylim=(-0.15, 4.6))
    logarithmic.legend(loc="upper right")
    return figure


def classification():
    """What a score costs, by how far it is on the right side; and the slope with which it is corrected."""
    figure, (loss, slope) = panels(["The loss of one score", "How hard it is pushed: minus the slope"], width=10.5)
    margin = np.linspace(-3, 3.5, 400)
    hinge, logistic = np.maximum(0, 1 - margin), np.logaddexp(0, -margin)
    loss.plot(margin, hinge, color=ORANGE, label="hinge")
    loss.plot(margin, logistic, color=BLUE, linestyle="--", label="cross-entropy of the sigmoid")
    near = np.abs(1 - margin) <= 2
    loss.plot(margin[near], (1 - margin[near]) ** 2, color=GREEN, linestyle=":", label="(score − target)²")
    loss.step([-3, 0, 3.5], [1, 1, 0], color=GREY, linewidth=1.4, label="wrong = 1, right = 0")
    loss.set(xlabel="target·score: wrong side  ←  0  →  right side", ylim=(-0.2, 7))
    loss.legend(loc="upper right")

    slope.step([-3, 1, 3.5], [1, 1, 0], color=ORANGE, label="hinge: 1, and nothing beyond the margin")
    slope.plot(margin, 1 / (1 + np.exp(margin)), color=BLUE, linestyle="--", label="cross-entropy: never quite 0")
    near = np.abs(1 - margin) <= 1.2
    slope.plot(
        margin[near], 2 * (1 - margin[near]), color=GREEN, linestyle=":", label="squared: pulls back from too far"
    )
    slope.axhline(0, color="black", linewidth=0.8)
    slope.set(xlabel="target·score", ylim=(-2.7, 5))
    slope.legend(loc="upper right")
    return figure


def squared_error():
    """Why squared error is bad for classification: a sure mistake is hardly corrected."""
    figure, (loss, slope) = panels(
        ["One example with target 1: the loss", "Minus its slope in the logit: what is learnt"], width=10.5
    )
    logit = np.linspace(-8, 5, 400)
    p = 1 / (1 + np.exp(-logit))
    loss.plot(logit, -np.log(p), color=BLUE, linestyle="--", label="cross-entropy −log p")
    loss.plot(logit, (1 - p) ** 2, color=GREEN, label="squared error (p − 1)²")
    loss.set(xlabel="logit (p = sigmoid of it)", ylim=(-0.3, 8.3))
    loss.legend(loc="upper right")

    slope.plot(logit, 1 - p, color=BLUE, linestyle="--", label="cross-entropy: 1 − p")
    slope.plot(logit, 2 * (1 - p) * p * (1 - p), color=GREEN, label="squared error: 2(1 − p)·p(1 − p)")
    slope.annotate(
        "surely wrong,\nand nothing is learnt",
        (-6, 0.01),
        (-7.6, 0.38),
        arrowprops={"arrowstyle": "->", "color": GREY},
    )
    slope.set(xlabel="logit (p = sigmoid of it)", ylim=(-0.04, 1.34))
    slope.legend(loc="upper right")
    return figure


def log_sum_exp():
    """The log of a softmax breaks where exponentials leave the range of floating-point numbers."""
    figure, (cost, smooth) = panels(
        ["Cost of a label that is d behind", "log-sum-exp is a maximum with its corner rounded"], width=10.5
    )
    behind = np.linspace(0, 1300, 1301)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        log_of_softmax = -np.log(np.exp(-behind) / (1 + np.exp(-behind)))
    added = -np.log(np.exp(-behind) / (1 + np.exp(-behind)) + 1e-12)
    cost.plot(behind, np.logaddexp(0, behind), color=BLUE, label="log-sum-exp: right everywhere")
    cost.plot(behind, log_of_softmax, color=ORANGE, linestyle="--", linewidth=4, alpha=0.7, label="log of the softmax")
    cost.plot(behind, added, color=GREEN, linestyle=":", label="log of (softmax + 1e-12)")
    last = behind[np.isfinite(log_of_softmax)][-1]
    cost.plot(last, last, "x", color=ORANGE, markersize=10, markeredgewidth=2.5)
    cost.annotate(
        "exp underflows to 0:\nthe loss is inf from here on",
        (last, last),
        (640, 330),
        arrowprops={"arrowstyle": "->", "color": GREY},
    )
    cost.annotate("never more than 27.6", (900, 27), (820, 130), color=GREEN)
    cost.set(xlabel="d: how far the label's logit is below the largest", ylim=(-40, 1750))
    cost.legend(loc="upper left")

    a = np.linspace(-5, 5, 300)
    smooth.plot(a, np.logaddexp(a, 0), color=BLUE, label="log(exp(a) + exp(0))")
    smooth.plot(a, np.maximum(a, 0), color=GREY, linestyle="--", label="max(a, 0)")
    smooth.annotate("log 2", (0, np.log(2)), (-1.6, 1.5), arrowprops={"arrowstyle": "-", "color": GREY})
    smooth.set(xlabel="a", ylim=(-0.3, 5.8))
    smooth.legend(loc="upper left")
    return figure


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(STYLE):
        for draw in (regression, classification, squared_error, log_sum_exp):
            draw().savefig(FOLDER / f"{draw.__name__}.svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
