"""Measures what there is to be learnt of digits on a canvas, and by whom: `python -m benchmarks.canvas [SEEDS]`.

The thresholds of exercise9 in course.yaml follow from it: above what looks at pixels without convolutions, below what
the first network with convolutions that people write reaches within the epochs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from grader.datasets import draw_canvas

EPOCHS, BATCH = 20, 64
ROOT = Path(__file__).parents[1]


def logistic_regression(size: int) -> nn.Module:
    return nn.Sequential(nn.Flatten(), nn.Linear(size**2, 10))


def dense(*widths: int) -> Callable[[int], nn.Module]:
    def build(size: int) -> nn.Module:
        layers: list[nn.Module] = [nn.Flatten()]
        for fan_in, fan_out in zip((size**2, *widths), widths, strict=False):
            layers += [nn.Linear(fan_in, fan_out), nn.ReLU()]
        return nn.Sequential(*layers, nn.Linear(widths[-1], 10))

    return build


def two_convolutions(size: int) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * (size // 4) ** 2, 10),
    )  # fmt: skip


def reference(size: int) -> nn.Module:
    scope: dict[str, Callable[[int, int], nn.Module]] = {"__name__": "cnn"}  # type: ignore[dict-item]
    exec((ROOT / "solutions" / "exercise9" / "cnn.py").read_text(encoding="utf-8"), scope)
    return scope["build_cnn"](10, size)


def moved(x: torch.Tensor, most: int = 3) -> torch.Tensor:
    down, right = torch.randint(0, 2 * most + 1, (2,)).tolist()
    return F.pad(x, (most,) * 4)[:, :, down : down + x.shape[2], right : right + x.shape[3]]


def trained(model: nn.Module, data: list[torch.Tensor], lr: float, shift: bool = False) -> list[float]:
    """Return the accuracy on unseen images after each epoch."""
    x, y, unseen, truth = data
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    curve = []
    for _ in range(EPOCHS):
        model.train()
        for batch in torch.randperm(len(x)).split(BATCH):
            optimizer.zero_grad()
            F.cross_entropy(model(moved(x[batch]) if shift else x[batch]), y[batch]).backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            curve.append(float((model(unseen).argmax(1) == truth).float().mean()))
    return curve


def nearest(data: list[torch.Tensor]) -> float:
    x, y, unseen, truth = data
    distance = torch.cdist(unseen.flatten(1), x.flatten(1))
    return float((y[distance.argmin(1)] == truth).float().mean())


def nearest_of_all_shifts(data: list[torch.Tensor], count: int = 150) -> float:
    """Compare each unseen image with each known one at every shift."""
    x, y, unseen, truth = (part[:count] if at > 1 else part for at, part in enumerate(data))
    size = x.shape[-1]
    known = torch.fft.rfft2(F.pad(x[:, 0], (0, size, 0, size)))
    squares = (x**2).sum((1, 2, 3))
    hits = 0
    for image, label in zip(unseen, truth, strict=True):
        seen = torch.fft.rfft2(F.pad(image, (0, size, 0, size)))
        best = torch.fft.irfft2(known * seen.conj()).amax((1, 2))
        hits += int(y[(squares - 2 * best).argmin()] == label)
    return hits / count


LEARNERS: dict[str, tuple[Callable[[int], nn.Module], float, bool]] = {
    "logistic regression": (logistic_regression, 1e-3, False),
    "dense, 128 units": (dense(128), 2e-3, False),
    "dense, 512 units": (dense(512), 2e-3, False),
    "dense, 400 and 200 units, images shifted": (dense(400, 200), 2e-3, True),
    "two convolutions, Adam 1e-3": (two_convolutions, 1e-3, False),
    "two convolutions, Adam 3e-3": (two_convolutions, 3e-3, False),
    "the reference": (reference, 3e-3, False),
}


def drawn(seed: int, **options: int) -> list[torch.Tensor]:
    return [torch.from_numpy(part) for part in draw_canvas(np.random.default_rng(seed), **options)]


def main(seeds: int, **options: int) -> None:
    torch.set_num_threads(1)
    print(f"{EPOCHS} epochs, batches of {BATCH}, {seeds} seeds; best epoch: least, middle, most; and after epoch 5")
    for name, (build, lr, shift) in LEARNERS.items():
        start, curves = time.process_time(), []
        for seed in range(seeds):
            data = drawn(seed, **options)
            torch.manual_seed(seed)
            curves.append(trained(build(data[0].shape[-1]), data, lr, shift))
        best = sorted(max(curve) for curve in curves)
        seconds = (time.process_time() - start) / seeds
        fifth = min(curve[4] for curve in curves)
        print(
            f"{name:42} {best[0]:.3f} {best[seeds // 2]:.3f} {best[-1]:.3f}   {fifth:.3f}   {seconds:5.1f} s",
            flush=True,
        )
    data = drawn(0, **options)
    print(f"{'nearest neighbour':42} {nearest(data):.3f}")
    start = time.process_time()
    found = nearest_of_all_shifts(data)
    print(f"{'nearest neighbour of all shifts':42} {found:.3f}   (150 images: {time.process_time() - start:.0f} s)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
