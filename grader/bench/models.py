"""What is read from models, asked of them and written into them on the bench, for calls with an @.

Modes, parameters, running statistics, outputs. What is built there is in workshop.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from grader.bench.builders import builder

_CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)
_CONVOLVES = {torch.conv1d, torch.conv2d, torch.conv3d, torch.conv_transpose2d, nn.functional.unfold}
_BATCH = 250


@builder
def set_requires_grad(model: Any, wanted: Mapping[str, bool]) -> None:
    """Say of parameters by their names whether they get a gradient; those that are not named stay."""
    own = dict(model.named_parameters())
    for name, learns in wanted.items():
        own[name].requires_grad_(learns)


@builder
def tie(model: Any, part: str, other: str, name: str = "weight") -> None:
    """Let a part share a parameter of another part."""
    setattr(model.get_submodule(part), name, getattr(model.get_submodule(other), name))


@builder
def named(model: Any, tensors: Any) -> list[str]:
    """Return which of the model's parameters held tensors are, by their names; "" for what is none of them."""
    own = {id(parameter): name for name, parameter in model.named_parameters()}
    return [own.get(id(tensor), "") for tensor in tensors]


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


@builder
def without_convolutions(model: Any, x: Any) -> Any:
    """Return what a model makes of x in eval mode when every convolution in it comes to nothing."""
    with _Silenced():
        return outputs(model, "__call__", x)


class _Silenced(TorchFunctionMode):
    """Turns the results of convolutions to zeros."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        made = func(*args, **(kwargs or {}))
        return torch.zeros_like(made) if func in _CONVOLVES else made


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
