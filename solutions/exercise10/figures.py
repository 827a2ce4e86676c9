"""Draw the figures of exercise10's handout: `python solutions/exercise10/figures.py` (a few minutes).

What they show is trained here, with the reference's own functions and the network of backbone.npz.
"""

import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import finetune
import matplotlib as mpl
import numpy as np
import torch
from make_backbone import CANVAS, NOISE, build_model, load_model
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from grader.datasets import load_digits
from grader.datasets.canvas import placed

FOLDER = Path(__file__).resolve().parents[2] / "exercises" / "exercise10" / "figures"
BLUE, ORANGE, GREEN, PURPLE, GREY = "#0072b2", "#d55e00", "#007a5e", "#9a4f96", "#777777"
PALE_BLUE, PALE_ORANGE = "#d3e5f1", "#fae0d0"
CLASSES = [BLUE, ORANGE, GREEN, PURPLE, "#333333"]
MARKERS = ["o", "s", "^", "D", "v"]

STYLE = {
    "svg.hashsalt": "exercise10",
    "figure.facecolor": "white",
    "font.size": 11,
    "axes.titlesize": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#e4e4e4",
    "legend.frameon": False,
    "legend.fontsize": 10,
}

OLD, NEW = range(5), range(5, 10)
SEEDS = 5
EPOCHS = 30

Tensors = tuple[torch.Tensor, torch.Tensor]


def images_of(rng: np.random.Generator, chosen: np.ndarray, first: int) -> Tensors:
    """Return digits on their canvas, and their labels counted from the first class."""
    images, labels = load_digits()
    x = placed(rng, images[chosen] / 16, CANVAS, NOISE)
    return torch.from_numpy(x), torch.from_numpy(labels[chosen].astype(np.int64) - first)


def few_and_others(rng: np.random.Generator, count: int) -> tuple[Tensors, Tensors]:
    """Return so many images of each new digit to learn from, and 300 others."""
    _, labels = load_digits()
    order = rng.permutation(np.flatnonzero(labels >= 5))
    few = np.concatenate([order[labels[order] == digit][:count] for digit in NEW])
    return images_of(rng, few, 5), images_of(rng, order[~np.isin(order, few)][:300], 5)


def old_digits(rng: np.random.Generator, count: int = 300) -> Tensors:
    """Return images of the digits that the model comes with."""
    _, labels = load_digits()
    return images_of(rng, rng.permutation(np.flatnonzero(labels < 5))[:count], 0)


@torch.no_grad()
def accuracy(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    """Return the share of images that a model is right about."""
    model.eval()
    return float((model(x).argmax(dim=1) == y).double().mean())


def frozen() -> nn.Module:
    """Return the pre-trained model with a frozen backbone."""
    model = load_model()
    finetune.freeze(model.backbone)
    return model


def drifting() -> nn.Module:
    """Return the pre-trained model with frozen parameters, and statistics that are not."""
    model = load_model()
    model.backbone.requires_grad_(False)
    return model


def random_features() -> nn.Module:
    """Return an untrained model with a frozen backbone."""
    model = build_model()
    finetune.freeze(model.backbone)
    return model


def train(
    make: Callable[[], nn.Module],
    seed: int,
    count: int,
    epochs: int,
    watch: Callable[[nn.Module, Tensors], Any],
    every: bool = True,
    paper: float = 0.0,
) -> list[Any]:
    """Fine-tune as the exercise does it; return what is seen before the first epoch and after each, or at the end."""
    torch.manual_seed(seed)
    few, others = few_and_others(np.random.default_rng(seed), count)
    loader = DataLoader(TensorDataset((1 - paper) * few[0] + paper, few[1]), batch_size=8, shuffle=True)
    model = finetune.replace_head(make(), 5)
    optimizer = finetune.make_optimizer(model)
    seen = [watch(model, others)] if every else []
    for epoch in range(epochs):
        finetune.fine_tune_epoch(model, loader, optimizer, torch.device("cpu"))
        if every or epoch + 1 == epochs:
            seen.append(watch(model, others))
    return seen


def on_new(model: nn.Module, others: Tensors) -> float:
    """Return the accuracy on new digits."""
    return accuracy(model, *others)


def empty(axes: Axes) -> None:
    """Leave nothing of the axes but room."""
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)


def task() -> Figure:
    """Draw some of the old digits and all thirty of the new ones."""
    rng = np.random.default_rng(3)
    old, _ = old_digits(rng, 30)
    (new, _), _ = few_and_others(rng, 6)
    figure = Figure(figsize=(9.6, 3.9), layout="constrained")
    for part, x, title in zip(
        figure.subfigures(1, 2),
        (old, new),
        ("learnt before: thousands of 0 to 4", "to be learnt now: these thirty of 5 to 9"),
        strict=True,
    ):
        part.suptitle(title, fontsize=11)
        for axes, image in zip(part.subplots(5, 6).ravel(), x, strict=True):
            axes.imshow(image[0], cmap="gray_r", vmin=0, vmax=1)
            empty(axes)
    return figure


def parts() -> Figure:
    """Draw the model: what is frozen, and what is new."""
    figure = Figure(figsize=(9.6, 2.5), layout="constrained")
    axes = figure.subplots()
    axes.set(xlim=(0, 24), ylim=(0, 6))
    empty(axes)
    boxes = (
        (0.2, 2.6, "image\n(N, 1, 16, 16)", "white"),
        (
            4.2,
            9.0,
            "model.backbone\nconvolutions, batch norms, pooling\n41,968 parameters, 352 statistics: frozen",
            PALE_BLUE,
        ),
        (14.6, 3.2, "features\n(N, 128)", "white"),
        (19.2, 4.6, "model.head\nnn.Linear(128, 5)\n645 parameters: new", PALE_ORANGE),
    )
    for left, width, text, face in boxes:
        axes.add_patch(Rectangle((left, 2.4), width, 3.0, facecolor=face, edgecolor=GREY))
        axes.text(left + width / 2, 3.9, text, ha="center", va="center")
    for (left, width, *_), (right, *_) in pairwise(boxes):
        axes.add_patch(FancyArrowPatch((left + width, 3.9), (right, 3.9), arrowstyle="->", mutation_scale=13))
    axes.add_patch(FancyArrowPatch((23.8, 1.2), (19.2, 1.2), arrowstyle="->", mutation_scale=13, color=ORANGE))
    axes.text(19.0, 1.2, "the gradient of the loss ends here", ha="right", va="center", color=ORANGE)
    return figure


def features() -> Figure:
    """Draw features of unseen digits, as seen from where they vary most, for a trained and a random backbone."""
    rng = np.random.default_rng(5)
    torch.manual_seed(5)
    old = old_digits(rng, 250)
    _, (x, y) = few_and_others(rng, 6)
    new = x[:250], y[:250]
    figure = Figure(figsize=(10.2, 3.7), layout="constrained")
    shown = (
        (load_model(), old, 0, "pre-trained, 0 to 4"),
        (load_model(), new, 5, "pre-trained, 5 to 9"),
        (build_model(), new, 5, "random weights, 5 to 9"),
    )
    for axes, (model, (images, labels), first, title) in zip(figure.subplots(1, 3), shown, strict=True):
        model.eval()
        with torch.no_grad():
            made = model.backbone(images).double().numpy()
        made -= made.mean(axis=0)
        plane = made @ np.linalg.svd(made, full_matrices=False)[2][:2].T
        for label, (colour, marker) in enumerate(zip(CLASSES, MARKERS, strict=True)):
            points = plane[labels.numpy() == label]
            axes.scatter(*points.T, s=14, color=colour, marker=marker, linewidth=0, alpha=0.8, label=str(first + label))
        axes.set_title(f"{title}\n{neighbours(made, labels.numpy()):.0%} are next to one of their kind")
        axes.set(xticks=[], yticks=[])
        axes.legend(loc="best", handletextpad=0.1, borderpad=0.1, labelspacing=0.2)
    return figure


def neighbours(points: np.ndarray, labels: np.ndarray) -> float:
    """Return the share of points whose nearest neighbour has the same label."""
    squares = (points**2).sum(axis=1)
    distances = squares[:, None] + squares - 2 * points @ points.T
    np.fill_diagonal(distances, np.inf)
    return float((labels[distances.argmin(axis=1)] == labels).mean())


def curves() -> Figure:
    """Draw the accuracy on new digits, epoch by epoch, of four ways to learn them."""
    figure = Figure(figsize=(9.6, 3.9), layout="constrained")
    axes = figure.subplots()
    ways = (
        (frozen, "backbone frozen, new head", BLUE, "-"),
        (load_model, "pre-trained, nothing frozen", ORANGE, "--"),
        (build_model, "from scratch", GREEN, "-."),
        (random_features, "head on random features", GREY, ":"),
    )
    for make, label, colour, line in ways:
        runs = np.array([train(make, seed, 6, EPOCHS, on_new) for seed in range(SEEDS)])
        axes.plot(runs.mean(axis=0), color=colour, linestyle=line, linewidth=2.2, label=label)
        axes.fill_between(range(EPOCHS + 1), runs.min(axis=0), runs.max(axis=0), color=colour, alpha=0.13, linewidth=0)
    axes.set(xlabel="epoch", ylabel="accuracy on unseen 5 to 9", ylim=(0, 1), xlim=(0, EPOCHS))
    axes.grid(visible=True)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return figure


def forgetting() -> Figure:
    """Draw how well old digits are still read, with the old head put back, while new ones on grey paper are learnt."""
    old = old_digits(np.random.default_rng(17))
    old_head = load_model().head

    start = load_model().backbone[9].running_mean

    def both(model: nn.Module, _: Tensors) -> tuple[float, float]:
        new_head, model.head = model.head, old_head
        found = accuracy(model, *old)
        model.head = new_head
        return float((model.backbone[9].running_mean - start).square().mean().sqrt()), found

    figure = Figure(figsize=(9.6, 3.7), layout="constrained")
    left, right = figure.subplots(1, 2)
    ways = (
        (frozen, "all of the backbone frozen", BLUE, "-"),
        (drifting, "parameters frozen, statistics not", PURPLE, "--"),
        (load_model, "nothing frozen", ORANGE, "-."),
    )
    for make, label, colour, line in ways:
        runs = np.array([train(make, seed, 6, EPOCHS, both, paper=0.5) for seed in range(SEEDS)])
        for axes, values in zip((left, right), runs.mean(axis=0).T, strict=True):
            axes.plot(values, color=colour, linestyle=line, linewidth=2.2, label=label)
    left.set(title="how far the last batch norm's running mean has moved", xlabel="epoch", xlim=(0, EPOCHS))
    right.set(title="accuracy on 0 to 4, old head put back", xlabel="epoch", ylim=(0, 1.02), xlim=(0, EPOCHS))
    for axes in (left, right):
        axes.grid(visible=True)
    right.legend(loc="lower left")
    return figure


def few_labels() -> Figure:
    """Draw the accuracy by the number of labelled images of each digit, with the backbone and without it."""
    counts = [1, 2, 4, 8, 16, 32]
    figure = Figure(figsize=(9.6, 3.7), layout="constrained")
    axes = figure.subplots()
    ways = (
        (frozen, "backbone frozen, new head", BLUE, "o-"),
        (load_model, "pre-trained, nothing frozen", ORANGE, "s--"),
        (build_model, "from scratch", GREEN, "^-."),
    )
    for make, label, colour, line in ways:
        found = [
            np.mean([train(make, seed, count, max(8, 120 // count), on_new, every=False)[0] for seed in range(SEEDS)])
            for count in counts
        ]
        axes.plot(counts, found, line, color=colour, linewidth=2.2, label=label)
    axes.set_xscale("log", base=2)
    axes.set_xticks(counts, [str(count) for count in counts])
    axes.minorticks_off()
    axes.set(xlabel="labelled images of each digit", ylabel="accuracy on unseen 5 to 9", ylim=(0, 1))
    axes.grid(visible=True)
    axes.legend(loc="lower right")
    return figure


FIGURES = (task, parts, features, curves, forgetting, few_labels)


def main() -> None:
    """Write every figure as an SVG of the function's name, or those that are named."""
    torch.set_num_threads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(STYLE):
        for draw in (figure for figure in FIGURES if figure.__name__ in (sys.argv[1:] or figure.__name__)):
            draw().savefig(
                FOLDER / f"{draw.__name__}.svg", bbox_inches="tight", metadata={"Date": None, "Creator": None}
            )


if __name__ == "__main__":
    main()
