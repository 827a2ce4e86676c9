"""The list of what answers calls with an @ on a bench with PyTorch, and how a function gets onto it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

import torch
from torch import nn

from grader.bench.desk import UnanswerableError

BUILDERS: dict[str, Callable[..., Any]] = {}

Builder = TypeVar("Builder", bound=Callable[..., Any])
_DUE: dict[str, Any] = {"model": nn.Module, "steps": torch.optim.Optimizer}


def builder(function: Builder) -> Builder:
    """Let a function answer the calls of its name with an @; what has to be a model or an optimizer must be one."""
    due = [_DUE.get(name) for name in inspect.signature(function).parameters]

    def answer(*args: Any, **options: Any) -> Any:
        for value, kind in zip(args, due, strict=False):
            if kind is not None and not isinstance(value, kind):
                raise UnanswerableError(f"it is a {type(value).__name__}, and a {kind.__name__} of PyTorch is expected")
        return function(*args, **options)

    BUILDERS[f"@{function.__name__}"] = answer
    return function
