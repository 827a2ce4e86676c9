"""Draw the figures of exercise9's handout: `python solutions/exercise9/figures.py`.

What they show is trained with the reference's own functions; it takes about a minute. The bytes are the same each time
on one machine; on another, PyTorch may round otherwise.
"""

from pathlib import Path

import cnn
import matplotlib as mpl
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from grader.datasets import draw_canvas

FOLDER = Path(__file__).resolve().parents[2] / "exercises" / "exercise9" / "figures"
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#007a5e", "#777777"
PALE_BLUE, PALE_ORANGE, PALE_GREEN, PALE_GREY = "#d3e5f1", "#fae0d0", "#d3ebe1", "#ececec"
STYLE = {"svg.hashsalt": "exercise9", "figure.facecolor": "white", "font.size": 11, "axes.titlesize": 11}
DEVICE = torch.device("cpu")
EPOCHS = 25

Array = np.ndarray


def data(train: int = 6_000, test: int = 1_500) -> tuple[TensorDataset, TensorDataset]:
    """Return digits on canvases, to learn from and to be judged by."""
    x_train, y_train, x_test, y_test = map(torch.from_numpy, draw_canvas(np.random.default_rng(9), train, test))
    return TensorDataset(x_train, y_train), TensorDataset(x_test, y_test)


def loader(dataset: TensorDataset, batch: int = 64) -> DataLoader:
    """Return a loader that shuffles, always in the same way."""
    return DataLoader(dataset, batch, shuffle=True, generator=torch.Generator().manual_seed(9))


def picture(axes: Axes, values: Array | Tensor, title: str = "", signed: bool = False) -> None:
    """Draw an image: grey, or purple for positive and orange for negative."""
    values = np.asarray(values)
    bound = np.abs(values).max()
    colours = {"cmap": "PuOr", "vmin": -bound, "vmax": bound} if signed else {"cmap": "gray_r", "vmin": 0, "vmax": 1}
    axes.imshow(values, **colours)
    axes.set(xticks=[], yticks=[])
    axes.set_title(title)


def canvas() -> Figure:
    """Draw twelve digits as they lie on their canvases."""
    _, test = data(train=10, test=100)
    images, labels = test.tensors
    figure = Figure(figsize=(9.0, 3.3), layout="constrained")
    for number, axes in enumerate(figure.subplots(2, 6).ravel()):
        picture(axes, images[number, 0], str(int(labels[number])))
    return figure


def augmented() -> Figure:
    """Draw a digit and what augment makes of it with a few seeds; orange is what has moved in."""
    _, test = data(train=10, test=100)
    image = test.tensors[0][9:10]
    figure = Figure(figsize=(9.6, 2.1), layout="constrained")
    first, *others = figure.subplots(1, 6)
    picture(first, image[0, 0], "the image")
    marked = image + 1e-6 * (image == 0)
    for seed, axes in zip((0, 2, 3, 6, 8), others, strict=True):
        moved = cnn.augment(marked, seed)[0, 0]
        picture(axes, moved, f"seed {seed}")
        for row, column in np.argwhere(np.asarray(moved) == 0):
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=PALE_ORANGE, edgecolor="none"))
    return figure


def box(axes: Axes, at: tuple[float, float], words: str, colour: str) -> None:
    """Draw a step of the loop."""
    axes.add_patch(Rectangle((at[0] - 0.9, at[1] - 0.32), 1.8, 0.64, facecolor=colour, edgecolor=GREY))
    axes.text(*at, words, ha="center", va="center", fontsize=10, family="monospace")


def arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], words: str = "", bend: float = 0.0) -> None:
    """Draw what goes from one step to the next."""
    curve = f"arc3,rad={bend}"
    axes.add_patch(FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=14, color=GREY, connectionstyle=curve))
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + 0.18)
    axes.text(*middle, words, ha="center", va="bottom", fontsize=9, color=GREY)


def training_loop() -> Figure:
    """Draw the five lines of the training loop, and what goes from one to the next."""
    figure = Figure(figsize=(9.8, 2.5), layout="constrained")
    axes = figure.subplots()
    axes.set(xlim=(-1.1, 11.3), ylim=(-1.5, 0.95))
    axes.axis("off")
    steps = (
        ("zero_grad()", PALE_GREY), ("model(images)", PALE_BLUE), ("cross_entropy", PALE_BLUE),
        ("backward()", PALE_ORANGE), ("step()", PALE_GREEN),
    )  # fmt: skip
    between = ("gradients: 0", "logits", "loss", "gradients")
    for number, (words, colour) in enumerate(steps):
        box(axes, (2.55 * number, 0), words, colour)
        if number < len(between):
            arrow(axes, (2.55 * number + 0.92, 0), (2.55 * number + 1.63, 0))
            axes.text(2.55 * number + 1.275, 0.42, between[number], ha="center", fontsize=9, color=GREY)
    arrow(axes, (10.2, -0.36), (0.0, -0.36), bend=-0.13)
    axes.text(5.1, -1.38, "the next batch, with the new parameters", ha="center", fontsize=10, color=GREY)
    return figure


def trained() -> nn.Module:
    """Return the reference's network after five epochs."""
    torch.manual_seed(9)
    model = cnn.build_cnn(10, 16)
    optimizer, batches = cnn.make_optimizer(model), loader(data()[0])
    for _ in range(5):
        cnn.train_one_epoch(model, batches, optimizer, DEVICE)
    return model.eval()


def kernels_and_maps(model: nn.Module) -> Figure:
    """Draw the kernels of the first layer, and what eight of them find in one image."""
    weights = model[0].weight.detach()[:, 0]
    _, test = data(train=10, test=100)
    image = test.tensors[0][1:2]
    with torch.no_grad():
        maps = model[:3](image)[0]
    busiest = maps.flatten(1).amax(1).argsort(descending=True)[:8].sort().values
    figure = Figure(figsize=(9.6, 3.3), layout="constrained")
    upper, lower = figure.subplots(2, 9)
    upper[0].axis("off")
    picture(lower[0], image[0, 0], "the image")
    for column, index in enumerate(busiest.tolist(), 1):
        picture(upper[column], weights[index], f"kernel {index}", signed=True)
        picture(lower[column], maps[index] / maps[index].max())
    figure.supxlabel("above: kernels, 5 × 5 (purple: positive); below: where they find what they look for", fontsize=10)
    return figure


def curve_of(images: Tensor, labels: Tensor, test: TensorDataset, augmenting: bool) -> list[list[float]]:
    """Return the accuracies on what was learnt from and on unseen images, after each epoch."""
    torch.manual_seed(9)
    model = cnn.build_cnn(10, 16)
    optimizer = cnn.make_optimizer(model)
    known, unseen = DataLoader(TensorDataset(images, labels), 250), DataLoader(test, 250)
    curves: list[list[float]] = [[], []]
    for epoch in range(EPOCHS):
        shown = cnn.augment(images, epoch) if augmenting else images
        cnn.train_one_epoch(model, loader(TensorDataset(shown, labels)), optimizer, DEVICE)
        for curve, asked in zip(curves, (known, unseen), strict=True):
            curve.append(cnn.evaluate(model, asked, DEVICE))
    return curves


def overfitting() -> Figure:
    """Draw what happens with 300 images to learn from, without augmentation and with it."""
    train, test = data(train=300)
    images, labels = train.tensors
    figure = Figure(figsize=(9.0, 3.2), layout="constrained")
    for axes, augmenting in zip(figure.subplots(1, 2, sharey=True), (False, True), strict=True):
        known, unseen = curve_of(images, labels, test, augmenting)
        epochs = range(1, EPOCHS + 1)
        axes.plot(epochs, known, "o-", color=ORANGE, markersize=3.5, label="the 300 images it learns from")
        axes.plot(epochs, unseen, "o-", color=BLUE, markersize=3.5, label="images it has never seen")
        axes.fill_between(epochs, unseen, known, color=PALE_GREY, zorder=0)
        axes.set(xlabel="epoch", ylim=(0, 1.03), title="each epoch augmented" if augmenting else "as they are")
        axes.spines[["top", "right"]].set_visible(False)
    figure.axes[0].set_ylabel("accuracy")
    figure.axes[0].legend(loc="lower right", frameon=False, fontsize=9)
    return figure


def main() -> None:
    """Write every figure as an SVG of the function's name."""
    torch.set_num_threads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(STYLE):
        figures = {draw.__name__: draw() for draw in (canvas, augmented, training_loop, overfitting)}
        figures["kernels_and_maps"] = kernels_and_maps(trained())
        for name, figure in figures.items():
            figure.savefig(FOLDER / f"{name}.svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
