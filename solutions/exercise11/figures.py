"""Draw the figures of exercise11's handout with the reference's own code: `python solutions/exercise11/figures.py`.

The files are the same bytes on every run, for the same Matplotlib and the same PyTorch.
"""

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import torch
import vae
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch.utils.data import DataLoader

from grader.datasets import inked, load_digits
from grader.datasets.digits import BRIGHTEST

FOLDER = Path(__file__).parents[2] / "exercises" / "exercise11" / "figures"
BLUE, RED, GREEN, GREY = "#1f5fa8", "#c2402a", "#2f8a4c", "#8a8a8a"
UNSEEN, EPOCHS = 397, 30

Array = np.ndarray


def set_style() -> None:
    """Make every figure white, light in weight and reproducible."""
    mpl.use("svg")
    mpl.rcParams.update(
        {
            "svg.hashsalt": "exercise11",
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


def digits() -> tuple[Array, Array, Array]:
    """Return digits in ink to learn from, others, and the labels of these."""
    images, labels = load_digits()
    rng = np.random.default_rng(0)
    order = rng.permutation(len(images))
    train, test = order[UNSEEN:], order[:UNSEEN]
    grey = images / BRIGHTEST
    return inked(rng, grey[rng.choice(train, 4_000)]), inked(rng, grey[test]), labels[test]


class Training:
    """A VAE that was trained on digits, with the two parts of the loss on unseen ones after each epoch."""

    def __init__(self, latent: int, beta: float = 1.0, *, noise: bool = True, epochs: int = EPOCHS) -> None:
        train, test, self.labels = digits()
        self.x = torch.from_numpy(test)
        torch.manual_seed(3)
        self.model = vae.VAE(64, 128, latent)
        optimizer = vae.make_optimizer(self.model)
        order = torch.Generator().manual_seed(1)
        loader: DataLoader[torch.Tensor] = DataLoader(
            list(torch.from_numpy(train)),  # type: ignore[arg-type]
            50,
            shuffle=True,
            generator=order,
        )
        self.curve = [self.measured()]
        for _ in range(epochs):
            for x in loader:
                mu, logvar = self.model.encode(x)
                z = vae.reparameterize(mu, logvar, torch.randn_like(mu)) if noise else mu
                optimizer.zero_grad()
                vae.vae_loss(self.model.decode(z), x, mu, logvar, beta)[0].backward()
                optimizer.step()
            self.curve.append(self.measured())

    @torch.no_grad()
    def measured(self) -> tuple[float, float]:
        """Return reconstruction and KL on unseen digits."""
        logits, mu, logvar = self.model(self.x)
        _, reconstruction, kl = vae.vae_loss(logits, self.x, mu, logvar)
        return reconstruction.item(), kl.item()

    @torch.no_grad()
    def reconstructed(self, count: int) -> Array:
        """Return what becomes of the first images."""
        torch.manual_seed(0)
        return torch.sigmoid(self.model(self.x[:count])[0]).numpy()


def sheet(rows: Array, wide: int) -> Array:
    """Return images (n, 64) side by side, so many in a row, with a line between them."""
    tiles = np.pad(rows.reshape(-1, wide, 8, 8), ((0, 0), (0, 0), (0, 1), (0, 1)), constant_values=0.5)
    return tiles.transpose(0, 2, 1, 3).reshape(-1, wide * 9)[:-1, :-1]


def show(axes: Axes, rows: Array, wide: int, title: str = "") -> None:
    """Show images in black on white."""
    axes.imshow(sheet(rows, wide), cmap="gray_r", vmin=0, vmax=1, interpolation="nearest")
    axes.set_axis_off()
    axes.set_title(title, fontsize=10)


def parts() -> Figure:
    """From an image to a z and back."""
    figure, axes = plt.subplots(figsize=(9.6, 2.2), layout="constrained")
    axes.set(xlim=(0, 16), ylim=(0, 3.4))
    axes.set_axis_off()
    boxes = [
        (0.9, 1.7, "x", GREY),
        (3.6, 1.7, "encoder", BLUE),
        (6.3, 2.6, r"$\mu$", BLUE),
        (6.3, 0.8, "logvar", BLUE),
        (9.2, 1.7, r"$z = \mu + e^{\mathrm{logvar}/2} \cdot \varepsilon$", GREEN),
        (12.4, 1.7, "decoder", RED),
        (15.0, 1.7, "logits", RED),
    ]
    for x, y, words, colour in boxes:
        box = {"boxstyle": "round,pad=0.45", "facecolor": "white", "edgecolor": colour, "linewidth": 1.5}
        axes.text(x, y, words, ha="center", va="center", bbox=box)
    axes.text(9.2, 0.25, r"$\varepsilon$, standard normal", ha="center", va="center", color=GREEN)
    for start, end in (
        ((1.3, 1.7), (2.75, 1.7)),
        ((4.45, 1.9), (5.9, 2.55)),
        ((4.45, 1.5), (5.6, 0.85)),
        ((6.7, 2.55), (7.5, 2.1)),
        ((7.0, 0.85), (7.7, 1.3)),
        ((9.2, 0.5), (9.2, 1.2)),
        ((11.0, 1.7), (11.6, 1.7)),
        ((13.2, 1.7), (14.3, 1.7)),
    ):
        axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": "#555555"})
    return figure


def kl_curve() -> Figure:
    """The KL of one latent number, by its mean and by its log-variance."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.6, 2.8), layout="constrained", sharey=True)
    line = torch.linspace(-3, 3, 121)
    for axes, name in ((left, r"$\mu$, with logvar = 0"), (right, r"logvar, with $\mu$ = 0")):
        zero = torch.zeros(1, 1)
        pairs = [(at.view(1, 1), zero) if axes is left else (zero, at.view(1, 1)) for at in line]
        axes.plot(line, [vae.kl_to_standard_normal(*pair) for pair in pairs], color=BLUE)
        axes.set(xlabel=name, ylim=(0, 5))
        axes.grid(visible=True)
    left.set_ylabel("KL in nats")
    return figure


def terms(trained: Training) -> Figure:
    """The two parts of the loss over the training."""
    reconstruction, kl = np.array(trained.curve).T
    figure, axes = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
    axes.plot(reconstruction + kl, color="black", label="negative ELBO")
    axes.plot(reconstruction, color=RED, label="reconstruction")
    axes.plot(kl, color=BLUE, label="KL")
    axes.set(xlabel="epoch", ylabel="nats, on unseen digits", ylim=(0, 46), xlim=(0, EPOCHS))
    axes.grid(visible=True)
    axes.legend()
    return figure


def reconstructions(trained: Training) -> Figure:
    """Digits, what becomes of them, and what becomes of them when z says nothing."""
    collapsed = Training(16, beta=50.0)
    rows = [
        (trained.x[:12].numpy(), "unseen digits"),
        (trained.reconstructed(12), "decoded from a z of each: KL {:.1f}, reconstruction {:.1f}"),
        (
            collapsed.reconstructed(12),
            "KL = 0: z says nothing, and every image is the mean of all. Reconstruction {1:.1f}",
        ),
    ]
    figure, grid = plt.subplots(3, 1, figsize=(7.6, 3.4), layout="constrained")
    last = (None, trained.curve[-1][::-1], collapsed.curve[-1][::-1])
    for axes, (images, words), numbers in zip(grid, rows, last, strict=True):
        show(axes, images, 12, words.format(*numbers) if numbers else words)
    return figure


def samples(trained: Training) -> Figure:
    """Samples of a VAE, of one with a wrong loss, and of an autoencoder."""
    figure, grid = plt.subplots(1, 3, figsize=(9.2, 3.0), layout="constrained")
    models = (
        (trained.model, "VAE"),
        (Training(16, beta=0.0).model, "without the KL"),
        (Training(16, noise=False).model, "without noise: z = $\\mu$"),
    )
    for axes, (model, words) in zip(grid, models, strict=True):
        show(axes, model.sample(48, 5).numpy(), 8, words)
    return figure


def latent() -> Figure:
    """A latent space of two numbers: where digits lie, and what is decoded there."""
    trained = Training(2, epochs=60)
    mu = trained.model.encode(trained.x)[0].detach()
    figure, (left, right) = plt.subplots(1, 2, figsize=(9.2, 4.2), layout="constrained")
    colours = mpl.colormaps["tab10"]
    for digit in range(10):
        own = mu[trained.labels == digit]
        left.plot(*own.T, color=colours(digit), marker=f"${digit}$", markersize=5, linestyle="none", linewidth=0)
    left.set(xlabel="$\\mu_1$", ylabel="$\\mu_2$", xlim=(-3.2, 3.2), ylim=(-3.2, 3.2), title="where unseen digits lie")
    left.grid(visible=True)
    steps = torch.linspace(-2.4, 2.4, 13)
    z = torch.stack([torch.stack((across, up)) for up in steps.flip(0) for across in steps])
    show(
        right,
        torch.sigmoid(trained.model.decode(z)).detach().numpy(),
        13,
        "what is decoded, from −2.4 to 2.4 both ways",
    )
    return figure


def main() -> None:
    """Write every figure."""
    set_style()
    torch.set_num_threads(1)
    FOLDER.mkdir(exist_ok=True)
    trained = Training(16)
    for name, figure in (
        ("parts", parts()),
        ("kl", kl_curve()),
        ("terms", terms(trained)),
        ("reconstructions", reconstructions(trained)),
        ("samples", samples(trained)),
        ("latent", latent()),
    ):
        path = FOLDER / f"{name}.svg"
        figure.savefig(path, metadata={"Date": None})
        plt.close(figure)
        print(path.name, path.stat().st_size)
    print("epoch 0, 1, 5, 10 and 30:", [trained.curve[at] for at in (0, 1, 5, 10, 30)])


if __name__ == "__main__":
    main()
