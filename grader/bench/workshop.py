"""What PyTorch exercises need besides tensors, built on the bench: loaders, models to try a function on, optimizers.

Calls name these with an @, so that no submission's function is meant. They run in the submission's process: what they
measure can be forged there, so it may cost points and never earn any. What is done with models is in models.py, the
journal of an epoch in journal.py.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, TensorDataset

from grader.bench import models  # noqa: F401 - its functions are builders too
from grader.bench.builders import BUILDERS, builder
from grader.bench.journal import Journals

_GPU_MEMORY = 4 << 30


def builders() -> dict[str, Callable[..., Any]]:
    """Return what calls with an @ are answered by, for one submission."""
    journals = Journals()
    return BUILDERS | {"@watch": journals.watch, "@journal": journals.journal}


def warm_up() -> None:
    """Do once, before the fork, what costs time at its first use: no thread may come of it, and no GPU be touched.

    Hence no backward and, in a build for GPUs, no step: autograd would start its threads, an optimizer looks for a GPU,
    and after that none could be used in a fork.
    """
    torch.set_num_threads(1)
    torch.backends.cudnn.deterministic = True
    model = module([["Conv2d", 1, 2, 3], ["BatchNorm2d", 2], ["Flatten"], ["Linear", 32, 2]])
    steps = optimizer("Adam", model, lr=0.0)  # the first optimizer imports a second's worth of modules
    for_gpus: Any = torch.backends.cuda
    if not for_gpus.is_built():
        for parameter in model.parameters():
            parameter.grad = torch.zeros_like(parameter)
        steps.step()
    with torch.no_grad():
        for images, labels in loader(torch.zeros(2, 1, 6, 6), torch.zeros(2, dtype=torch.int64), 2, 0):
            nn.functional.cross_entropy(model(images), labels)


@builder
def tensor(array: Any) -> Any:
    """Return an array that came over the wire as a tensor."""
    return torch.from_numpy(array)


@builder
def joined(parts: Sequence[Any]) -> Any:
    """Return one tensor of several, for what is too large for one message."""
    return torch.cat(list(parts))


@builder
def device(name: str) -> Any:
    """Return a torch.device; of a GPU a process gets its part of the memory."""
    if name.startswith("cuda"):
        total = torch.cuda.get_device_properties(0).total_memory
        torch.cuda.set_per_process_memory_fraction(min(1.0, _GPU_MEMORY / total), 0)
    return torch.device(name)


@builder
def to(held: Any, place: Any) -> Any:
    """Return a tensor on another device; a model moves there itself."""
    return held.to(place)


@builder
def seed(number: int) -> None:
    """Make chance repeatable, whichever of the usual generators it comes from."""
    torch.manual_seed(number)
    random.seed(number)
    np.random.seed(number % 2**32)


class _Alone(Dataset[Any]):
    """Examples without labels, each a tensor and not a tuple of one."""

    def __init__(self, x: Any) -> None:
        self._x = x

    def __len__(self) -> int:
        return len(self._x)

    def __getitem__(self, index: int) -> Any:
        return self._x[index]


@builder
def loader(x: Any, y: Any, batch_size: int, seed: int | None = None) -> Any:
    """Return a loader of (x, y), or of x alone where y is None; shuffled anew for each epoch where there is a seed."""
    data: Dataset[Any] = _Alone(x) if y is None else TensorDataset(x, y)
    order = None if seed is None else torch.Generator().manual_seed(seed)
    return DataLoader(data, batch_size=batch_size, shuffle=seed is not None, generator=order)


@builder
def module(plan: Any, seed: int = 0) -> Any:
    """Return a model from a plan: ``["Linear", 4, 3]``, a list of plans in a row, or a dict of named ones in a row."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return _built(plan)


def _built(plan: Any) -> Any:
    if isinstance(plan, Mapping):
        parts = nn.Sequential()
        for name, part in plan.items():
            parts.add_module(name, _built(part))
        return parts
    if plan and isinstance(plan[0], str):
        options = plan[-1] if isinstance(plan[-1], Mapping) else {}
        return getattr(nn, plan[0])(*(plan[1:-1] if options else plan[1:]), **options)
    return nn.Sequential(*map(_built, plan))


@builder
def linear_vae(pixels: int, latent: int, seed: int = 0) -> Any:
    """Return a model that gives (logits, mu, logvar) as a VAE does, but draws nothing: its noise is 1/2 everywhere."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return _LinearVAE(pixels, latent)


class _LinearVAE(nn.Module):
    def __init__(self, pixels: int, latent: int) -> None:
        super().__init__()
        self.mu = nn.Linear(pixels, latent)
        self.logvar = nn.Linear(pixels, latent)
        self.decoder = nn.Linear(latent, pixels)

    def forward(self, x: Any) -> Any:
        mu, logvar = self.mu(x), self.logvar(x)
        return self.decoder(mu + torch.exp(logvar / 2) / 2), mu, logvar


@builder
def optimizer(name: str, model: Any, **options: Any) -> Any:
    """Return one of torch.optim over all parameters of a model."""
    return getattr(torch.optim, name)(model.parameters(), **options)


@builder
def leaf(values: Any) -> Any:
    """Return a tensor whose gradient is wanted."""
    return values.detach().requires_grad_()


@builder
def gradients(result: Any, leaves: Sequence[Any]) -> list[Any]:
    """Return the gradient of a result (its sum) for each leaf; None where it does not depend on it."""
    if not (isinstance(result, torch.Tensor) and result.requires_grad):
        return [None] * len(leaves)
    return list(torch.autograd.grad(result.sum(), list(leaves), allow_unused=True, retain_graph=True))


@builder
def backward(result: Any) -> None:
    """Leave in each parameter the gradient of a held result (of its sum), added to what is there."""
    result.sum().backward()


@builder
def same(one: Any, other: Any) -> bool:
    """Return whether two held things are one and the same object."""
    return one is other


@builder
def value(held: Any) -> Any:
    """Return what is held as data."""
    return held


@builder
def descend(model: Any, steps: Any, x: Any, y: Any, times: int) -> None:
    """Train a model on one batch, with the optimizer that it was given."""
    model.train()
    for _ in range(times):
        steps.zero_grad()
        loss: Any = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        steps.step()
