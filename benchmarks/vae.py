"""How far exercise11's reference gets, and how far trainings that are wrong somewhere: the table behind the threshold.

    python benchmarks/vae.py [--seeds 50] [--wrong 5] [--epochs 30] [--threshold 21.4]

Data, sizes and measure are those of exercises/exercise11/checks.py; here everything runs in one process. The best epoch
counts, as it does for a student.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

import numpy as np
import torch
from torch.utils.data import DataLoader

from grader.checks import Terms
from grader.datasets import inked, load_digits
from grader.datasets.digits import BRIGHTEST

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "solutions" / "exercise11" / "vae.py"

_NOISE = "torch.randn_like(mu)"
_DRAW = f"reparameterize(mu, logvar, {_NOISE})"
_SUM = "-0.5 * (1 + logvar - mu**2 - torch.exp(logvar)).sum(dim=1).mean()"
_PIXELS = 'reduction="none").sum(dim=1).mean()'
_TOTAL = "reconstruction + beta * kl, "

WRONG: dict[str, list[tuple[str, str]]] = {
    "autoencoder: z = mu, no KL": [(_DRAW, "mu"), (_TOTAL, "reconstruction, ")],
    "no KL": [(_TOTAL, "reconstruction, ")],
    "no noise: z = mu": [(_DRAW, "mu")],
    "noise for the whole batch": [(_NOISE, "torch.randn(mu.shape[1])")],
    "noise times the variance": [("torch.exp(logvar / 2)", "torch.exp(logvar)")],
    "noise times logvar": [("torch.exp(logvar / 2)", "logvar")],
    "noise uniform in [0, 1]": [(_NOISE, "torch.rand_like(mu)")],
    "no gradient to logvar": [("torch.exp(logvar / 2)", "torch.exp(logvar.detach() / 2)")],
    "no gradient through z": [(_DRAW, f"{_DRAW}.detach()")],
    "KL with the other sign": [("-0.5 * (1", "0.5 * (1")],
    "KL doubled": [("-0.5 * (1", "-1.0 * (1")],
    "KL halved": [("-0.5 * (1", "-0.25 * (1")],
    "KL summed over the batch": [(_SUM, _SUM.replace(".sum(dim=1).mean()", ".sum()"))],
    "KL averaged over the latent": [(_SUM, _SUM.replace(".sum(dim=1).mean()", ".mean()"))],
    "KL without mu": [("- mu**2 ", "")],
    "KL without logvar": [("(1 + logvar - mu**2 - torch.exp(logvar))", "(-mu**2)")],
    "KL with logvar for e^logvar": [("(1 + logvar - mu**2 - torch.exp(logvar))", "(-mu**2 - logvar**2)")],
    "pixels averaged": [(_PIXELS, 'reduction="mean")')],
    "pixels and batch summed": [(_PIXELS, 'reduction="sum")')],
    "squared error of pixels": [
        (
            f"nn.functional.binary_cross_entropy_with_logits(logits, x, {_PIXELS}",
            "((torch.sigmoid(logits) - x) ** 2).sum(dim=1).mean()",
        )
    ],
    "SGD for Adam": [("torch.optim.Adam(model.parameters(), lr=3e-3)", "torch.optim.SGD(model.parameters(), lr=3e-3)")],
    "untrained": [("        optimizer.step()\n", "")],
}
RIGHT: dict[str, list[tuple[str, str]]] = {
    "reference": [],
    "Adam, learning rate 1e-3": [("lr=3e-3", "lr=1e-3")],
    "Adam, learning rate 1e-2": [("lr=3e-3", "lr=1e-2")],
}


def main() -> int:
    """Print the table; return 1 where a seed of the reference misses, or one of a wrong training does not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=50, help="for the reference, trained until it is there")
    parser.add_argument("--wrong", type=int, default=5, help="seeds for each training that uses up its epochs")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--threshold", type=float, default=21.4)
    parser.add_argument("--only", default="", help="a part of the names of those to be trained")
    options = parser.parse_args()
    torch.set_num_threads(1)
    checks = module_of(ROOT / "exercises" / "exercise11" / "checks.py")
    print(f"{'negative ELBO at its best':30}{'least':>14}{'median':>14}{'most':>14}   {options.threshold:g} is reached")
    failures = 0
    for right, trainings in ((True, RIGHT), (False, WRONG)):
        for name, edits in trainings.items():
            if options.only in name:
                curves = [train(checks, edits, seed, options.epochs) for seed in range(options.wrong)]
                failures += report(name, curves, options.threshold, right=right)
    for name, cost in UNTRAINED.items():
        if options.only in name:
            failures += report(name, [[cost(checks, seed)] for seed in range(options.wrong)], options.threshold)
    if options.seeds:
        curves = [train(checks, [], seed, options.epochs, options.threshold) for seed in range(options.seeds)]
        failures += sum(curve[-1] > options.threshold for curve in curves)
        lengths = sorted(map(len, curves))
        print(
            f"\nOver {options.seeds} seeds the reference reaches it after {lengths[0]} to {lengths[-1]} epochs "
            f"(median {lengths[len(lengths) // 2]}, of {options.epochs})."
        )
    return min(failures, 1)


def report(name: str, curves: Sequence[list[float]], threshold: float, *, right: bool = False) -> int:
    """Print a line of the table; return 1 if it is not as it should be."""
    best = [min(curve) for curve in curves]
    reached = [next((at for at, value in enumerate(curve, 1) if value <= threshold), 0) for curve in curves]
    most = f"after {max(reached)} epochs" if all(reached) else f"by {sum(map(bool, reached))} of {len(reached)}"
    columns = (f"{value:14.2f}" if value < 1e4 else f"{value:14.0e}" for value in (min(best), median(best), max(best)))
    print(f"{name:30}{''.join(columns)}   {most}", flush=True)
    return int(not all(reached) if right else any(reached))


def train(
    checks: ModuleType, edits: Sequence[tuple[str, str]], seed: int, epochs: int, enough: float = -math.inf
) -> list[float]:
    """Return the negative ELBO on unseen digits after each epoch, up to the first that is enough."""
    vae = edited(edits)
    rng = np.random.default_rng(seed)
    task = checks.digits(rng, Terms())
    torch.manual_seed(seed)
    model = vae.VAE(task.x_train.shape[1], checks.HIDDEN, checks.LATENTS)
    optimizer = vae.make_optimizer(model)
    order = torch.Generator().manual_seed(seed)
    loader: Any = DataLoader(list(torch.from_numpy(task.x_train)), checks.BATCH, shuffle=True, generator=order)
    curve: list[float] = []
    while len(curve) < epochs and not (curve and curve[-1] <= enough):
        vae.train_one_epoch(model, loader, optimizer, torch.device("cpu"))
        curve.append(measured(checks, model, task, rng))
    return curve


@torch.no_grad()
def measured(checks: ModuleType, model: Any, task: Any, rng: Any) -> float:
    """Return the negative ELBO as the suite counts it."""
    x = task.x_test(rng)
    mu, logvar = (part.numpy() for part in model.encode(torch.from_numpy(x)))
    value = checks.negative_elbo_of(x, mu, logvar, lambda z: model.decode(torch.from_numpy(z)).numpy(), rng)
    return float(value) if math.isfinite(value) else math.inf


def one_image(checks: ModuleType, seed: int) -> float:
    """Return what a decoder gets that draws the mean of all digits, whatever z is."""
    rng = np.random.default_rng(seed)
    task = checks.digits(rng, Terms())
    return bits(task.x_test(rng), task.x_train.mean(axis=0))


def by_heart(checks: ModuleType, seed: int, poses: int = 20) -> float:
    """Return what a decoder gets that knows all digits by heart, in several poses each, but not the pixels' order.

    z tells which of them it is, at the price of as many nats as that takes, and every pixel may be wrong.
    """
    rng = np.random.default_rng(seed)
    known = inked(rng, np.repeat(load_digits()[0] / BRIGHTEST, poses, axis=0))
    x = checks.digits(rng, Terms()).x_test(rng)[::3]
    wrong = np.array([np.abs(known - image).sum(axis=1).min() for image in x]) / x.shape[1]
    return math.log(len(known)) + bits(np.ones_like(x), 1 - wrong.mean(keepdims=True))


def bits(x: Any, p: Any) -> float:
    """Return the binary cross-entropy of images, summed over the pixels, in nats."""
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return float(-np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=1).mean())


UNTRAINED: dict[str, Callable[[ModuleType, int], float]] = {
    "one image for all": one_image,
    "all digits by heart": by_heart,
}


def edited(edits: Sequence[tuple[str, str]]) -> ModuleType:
    """Return the reference with these edits, each of a text that is in it once."""
    text = REFERENCE.read_text(encoding="utf-8")
    for old, new in edits:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} is {text.count(old)} times in {REFERENCE.name}; it has to be there once")
        text = text.replace(old, new)
    module = ModuleType("vae")
    exec(compile(text, str(REFERENCE), "exec"), module.__dict__)
    return module


def module_of(path: Path) -> ModuleType:
    """Return a module from a file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main())
