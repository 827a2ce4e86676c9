"""Draw the figures of exercise7's handout: `python solutions/exercise7/figures.py`, always to the same bytes."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
from data import confusion_matrix, oversample, precision, recall, standardize, undersample
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

FOLDER = Path(__file__).resolve().parents[2] / "exercises" / "exercise7" / "figures"

# Colours that people who see no red or no green can tell apart; shape and text say the same.
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#007a5e", "#666666"
PALE_BLUE, PALE_ORANGE = "#cfe3f0", "#f7d5c0"

STYLE = {
    "svg.hashsalt": "exercise7",
    "figure.facecolor": "white",
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#e4e4e4",
    "lines.linewidth": 2.2,
    "legend.frameon": False,
}


def panels(titles, width, height=3.7):
    """Return a figure and its axes side by side, one for each title."""
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots(1, len(titles))
    for axis, title in zip(axes, titles, strict=True):
        axis.set_title(title, loc="left")
    return figure, axes


def split():
    """Sorted data cut and shuffled data cut; and the two orders of splitting and measuring."""
    figure = Figure(figsize=(9.6, 4.3), layout="constrained")
    axis = figure.subplots()
    axis.set(xlim=(-3.3, 20.3), ylim=(-4.2, 5.9), aspect="equal")
    axis.axis("off")
    labels = np.repeat([0, 1], 10)
    shuffled = np.random.default_rng(11).permutation(labels)
    for y, row, words in ((4, labels, "cut as it came"), (2.2, shuffled, "shuffled, then cut")):
        axis.text(-0.4, y + 0.45, words, ha="right", va="center")
        for i, label in enumerate(row):
            face = PALE_BLUE if label == 0 else PALE_ORANGE
            axis.add_patch(Rectangle((i + (i >= 6) * 0.3, y), 0.9, 0.9, facecolor=face, edgecolor=GREY))
            axis.text(i + (i >= 6) * 0.3 + 0.45, y + 0.45, str(label), ha="center", va="center")
    axis.text(3, 5.15, "test (30 %)", ha="center", color=GREY)
    axis.text(13.2, 5.15, "train", ha="center", color=GREY)
    axis.text(3, 3.6, "only class 0!", ha="center", va="center", color=ORANGE)

    def box(x, y, text, face, width=4.6):
        axis.add_patch(Rectangle((x, y), width, 1.1, facecolor=face, edgecolor=GREY))
        axis.text(x + width / 2, y + 0.55, text, ha="center", va="center")

    def arrow(start, end):
        axis.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": GREY, "linewidth": 1.5})

    axis.text(-0.4, 0.1, "no leak", ha="right", va="center", color=GREEN)
    box(0, -0.45, "split", "white", 3)
    arrow((3.05, 0.1), (4.65, 0.1))
    box(4.7, -0.45, "measure on train", PALE_BLUE, 6)
    arrow((10.75, 0.1), (12.35, 0.1))
    box(12.4, -0.45, "scale both with that", "white", 7.4)
    axis.text(-0.4, -2.3, "a leak", ha="right", va="center", color=ORANGE)
    box(0, -2.85, "measure on all", PALE_ORANGE, 5.4)
    arrow((5.45, -2.3), (7.05, -2.3))
    box(7.1, -2.85, "scale", "white", 3)
    arrow((10.15, -2.3), (11.75, -2.3))
    box(11.8, -2.85, "split", "white", 3)
    axis.text(
        0,
        -3.9,
        "The numbers that scale train then know the test: its score is no longer that of new data.",
        color=GREY,
    )
    return figure


def standardisation():
    """Two columns of very different sizes, before and after, train and test."""
    rng = np.random.default_rng(2)
    train = np.stack([rng.normal(170, 9, 60), rng.normal(3.2, 1.1, 60)], axis=1)
    test = np.stack([rng.normal(174, 9, 20), rng.normal(3.6, 1.1, 20)], axis=1)
    scaled = standardize(train, test)
    figure, (before, after) = panels(
        ["Before: one scale for both axes", "After: mean 0, deviation 1 in train"], width=9.6
    )
    for axis, (first, second) in ((before, (train, test)), (after, scaled)):
        axis.scatter(*first.T, s=26, color=BLUE, label="train")
        axis.scatter(*second.T, s=34, marker="^", color=ORANGE, label="test")
        axis.grid(True)
        axis.set_aspect("equal", adjustable="datalim")
    before.set(xlabel="height in cm", ylabel="income in 1000")
    after.set(xlabel="height, scaled", ylabel="income, scaled")
    after.axhline(0, color=GREY, linewidth=1)
    after.axvline(0, color=GREY, linewidth=1)
    before.legend(loc="upper left")
    return figure


def imbalance():
    """Ninety and ten; what undersampling and oversampling make of them."""
    rng = np.random.default_rng(5)
    x = np.concatenate([rng.normal((0, 0), 0.9, (90, 2)), rng.normal((1.9, 1.7), 0.5, (10, 2))])
    y = np.repeat([0, 1], [90, 10])
    figure, axes = panels(["As it came: 90 and 10", "Undersampled: 10 and 10", "Oversampled: 90 and 90"], width=11.5)
    for axis, (points, labels) in zip(axes, [(x, y), undersample(x, y, 0), oversample(x, y, 0)], strict=True):
        axis.scatter(*points[labels == 0].T, s=30, facecolor="none", edgecolor=BLUE, linewidth=1.4, label="class 0")
        rare, times = np.unique(points[labels == 1], axis=0, return_counts=True)
        axis.scatter(*rare.T, s=18 + 14 * times, marker="s", color=ORANGE, alpha=0.75, label="class 1")
        axis.set(xlim=(-2.9, 3.9), ylim=(-3.0, 3.8), xticks=[], yticks=[], aspect="equal")
        for side in ("top", "right"):
            axis.spines[side].set_visible(True)
        if times.max() > 1:
            axis.text(0.97, 0.03, "larger: repeated more often", transform=axis.transAxes, ha="right", color=GREY)
    axes[0].legend(loc="lower left")
    return figure


def confusion():
    """A confusion matrix of three classes, and which of its cells precision and recall look at."""
    truth = np.repeat([0, 1, 2], [12, 9, 6])
    called = np.repeat([0, 1, 2, 0, 1, 2, 0, 1, 2], [10, 2, 0, 1, 6, 2, 0, 3, 3])
    counts = confusion_matrix(truth, called, 3)
    figure, axes = panels(
        ["Counts: 19 of 27 are right", "Precision of class 1: 6 of 11", "Recall of class 1: 6 of 9"], width=11
    )
    chosen = [np.eye(3, dtype=bool), np.zeros((3, 3), bool), np.zeros((3, 3), bool)]
    chosen[1][:, 1] = True
    chosen[2][1, :] = True
    for axis, cells in zip(axes, chosen, strict=True):
        for row in range(3):
            for column in range(3):
                hit = row == column and cells[row, column]
                face = PALE_BLUE if hit else PALE_ORANGE if cells[row, column] else "white"
                axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=face, edgecolor=GREY))
                axis.text(column, row, str(counts[row, column]), ha="center", va="center", fontsize=14)
        axis.set(xlim=(-0.52, 2.52), ylim=(2.52, -0.52), xticks=range(3), yticks=range(3), aspect="equal")
        axis.set(xlabel="predicted", ylabel="true")
        axis.tick_params(length=0)
        for side in ("left", "bottom"):
            axis.spines[side].set_visible(False)
    return figure


def threshold():
    """Scores of two classes, and precision and recall as the threshold moves."""
    rng = np.random.default_rng(7)
    scores = np.concatenate([rng.normal(0.36, 0.14, 160), rng.normal(0.64, 0.13, 60)]).clip(0, 1)
    truth = np.repeat([0, 1], [160, 60])
    figure, (heap, curves) = panels(["The scores of 220 examples", "Where you draw the line decides"], width=10)
    bins = np.linspace(0, 1, 26)
    heap.hist(scores[truth == 0], bins, color=PALE_BLUE, edgecolor=BLUE, label="class 0")
    heap.hist(scores[truth == 1], bins, color=PALE_ORANGE, edgecolor=ORANGE, alpha=0.8, hatch="//", label="class 1")
    heap.axvline(0.5, color="black", linestyle=":")
    heap.set(xlabel="score", ylabel="examples")
    heap.legend(loc="upper right")
    line = np.linspace(0, 0.85, 171)
    called = [(scores >= t).astype(int) for t in line]
    curves.plot(line, [precision(truth, c) for c in called], color=BLUE, label="precision")
    curves.plot(line, [recall(truth, c) for c in called], color=ORANGE, linestyle="--", label="recall")
    curves.axvline(0.5, color="black", linestyle=":")
    curves.set(xlabel="threshold: at least this much is called 1", ylim=(-0.03, 1.05))
    curves.grid(True)
    curves.legend(loc="lower left")
    return figure


FIGURES = {
    "split": split,
    "standardisation": standardisation,
    "imbalance": imbalance,
    "confusion": confusion,
    "threshold": threshold,
}


def main():
    """Write every figure."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(STYLE):
        for name, draw in FIGURES.items():
            draw().savefig(FOLDER / f"{name}.svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
