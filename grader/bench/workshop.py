"""What PyTorch exercises need besides tensors, built on the bench: loaders, models to try a function on, and measures.

Calls name these with an @, so that no submission's function is meant. They run in the submission's process: what they
measure can be forged there, so it may cost points and never earn any. Journals of an epoch are kept in journal.py.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, TensorDataset

from grader.bench.journal import Journals

_CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)
_BATCH = 250


_BUILDERS: dict[str, Callable[..., Any]] = {}

Builder = TypeVar("Builder", bound=Callable[..., Any])


def builder(function: Builder) -> Builder:
    """Let a function answer the calls of its name with an @."""
    _BUILDERS[f"@{function.__name__}"] = function
    return function


def builders() -> dict[str, Callable[..., Any]]:
    """Return what calls with an @ are answered by, for one submission."""
    journals = Journals()
    return _BUILDERS | {"@watch": journals.watch, "@journal": journals.journal}


def warm_up() -> None:
    """Do once, before the fork, what costs time at its first use: no thread may come of it, and no GPU be touched.

    Hence no backward: where there is a GPU, autograd would start its threads.
    """
    torch.set_num_threads(1)
    torch.backends.cudnn.deterministic = True
    model = module([["Conv2d", 1, 2, 3], ["BatchNorm2d", 2], ["Flatten"], ["Linear", 32, 2]])
    for name in ("SGD", "Adam"):  # the first optimizer imports a second's worth of modules
        steps = optimizer(name, model, lr=0.0)
        for parameter in model.parameters():
            parameter.grad = torch.zeros_like(parameter)
        steps.step()
        steps.zero_grad()
    with torch.no_grad():
        for images, labels in loader(torch.zeros(2, 1, 6, 6), torch.zeros(2, dtype=torch.int64), 2, 0):
            nn.functional.cross_entropy(model(images), labels)


@builder
def tensor(array: Any) -> Any:
    """Return an array that came over the wire as a tensor."""
    return torch.from_numpy(array)


@builder
def device(name: str) -> Any:
    """Return a torch.device."""
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
def value(held: Any) -> Any:
    """Return what is held as data."""
    return held


@builder
def apply(model: Any, *inputs: Any) -> Any:
    """Return what a model makes of inputs, in the modes it is in."""
    return model(*inputs)


@builder
def logits(model: Any, x: Any, batch: int = _BATCH) -> Any:
    """Return what a model makes of x in eval mode, batch by batch, without gradients; the modes are put back."""
    return outputs(model, "__call__", x, batch)


@builder
def outputs(model: Any, method: str, x: Any, batch: int = _BATCH) -> Any:
    """Return what a method of a model that returns a tensor, or several, makes of x; in the way of logits."""
    place = next((parameter.device for parameter in model.parameters()), torch.device("cpu"))
    with torch.no_grad(), _evaluating(model):
        made = [getattr(model, method)(part.to(place)) for part in x.split(batch)]
    if made and all(isinstance(part, torch.Tensor) for part in made):
        return torch.cat(made)
    if made and all(isinstance(part, (tuple, list)) for part in made):
        return [torch.cat(parts) for parts in zip(*made, strict=True)]
    return made[0] if made else None


@contextmanager
def _evaluating(model: Any) -> Iterator[None]:
    before = {part: part.training for part in model.modules()}
    model.eval()
    try:
        yield
    finally:
        for part, training in before.items():
            part.training = training


@builder
def parameters(model: Any) -> dict[str, Any]:
    """Return a model's parameters by their names."""
    return dict(model.named_parameters())


@builder
def state(model: Any) -> dict[str, Any]:
    """Return a model's parameters and running statistics by their names."""
    return dict(model.state_dict())


@builder
def load(model: Any, values: Mapping[str, Any]) -> None:
    """Write parameters and running statistics into a model; those that are not named stay."""
    own = model.state_dict()
    with torch.no_grad():
        for name, numbers in values.items():
            own[name].copy_(torch.as_tensor(numbers))


@builder
def modes(model: Any) -> dict[str, bool]:
    """Return whether each part of a model is in train mode; the model itself is the part ""."""
    return {name: bool(part.training) for name, part in model.named_modules()}


@builder
def set_modes(model: Any, wanted: Mapping[str, bool]) -> None:
    """Put parts of a model into train mode or out of it, each by itself."""
    parts = dict(model.named_modules())
    for name, training in wanted.items():
        parts[name].training = training


@builder
def requires_grad(model: Any) -> dict[str, bool]:
    """Return which parameters get a gradient."""
    return {name: bool(parameter.requires_grad) for name, parameter in model.named_parameters()}


@builder
def count(model: Any) -> int:
    """Return how many numbers a model learns, each counted once."""
    return sum(parameter.numel() for parameter in model.parameters())


@builder
def layers(model: Any) -> dict[str, str]:
    """Return the classes of a model's parts."""
    return {name: type(part).__name__ for name, part in model.named_modules()}


@builder
def zero(model: Any, kind: str = "") -> int:
    """Set parameters to 0 and return how many: all, those in parts of one class, or in any convolution ("conv")."""
    kinds: Any = _CONVOLUTIONS if kind == "conv" else getattr(nn, kind) if kind else nn.Module
    chosen = {parameter for part in model.modules() if isinstance(part, kinds) for parameter in part.parameters()}
    with torch.no_grad():
        for parameter in chosen:
            parameter.zero_()
    return sum(parameter.numel() for parameter in chosen)


@builder
def optimized(steps: Any, model: Any) -> dict[str, Any]:
    """Return what an optimizer moves: which of the model's parameters, how many others, and with which options."""
    held = {id(parameter) for group in steps.param_groups for parameter in group["params"]}
    own = {id(parameter): name for name, parameter in model.named_parameters()}
    plain = (bool, int, float, str, tuple, type(None))
    return {
        "names": [name for key, name in own.items() if key in held],
        "others": len(held - own.keys()),
        "groups": [
            {name: option for name, option in group.items() if isinstance(option, plain)}
            for group in steps.param_groups
        ],
    }
