"""The journal of an epoch: what a model, its optimizer and their tensors were asked to do, kept on the bench.

Modes at each forward, whether gradients were on, backward, steps, what was moved to a device. See workshop.py.
"""

from __future__ import annotations

from typing import Any

import torch
from torch.overrides import TorchFunctionMode

_MOST = 2000
_MOVES = {torch.Tensor.to, torch.Tensor.cuda, torch.Tensor.cpu, torch.Tensor.tolist, torch.Tensor.numpy}


class Journals:
    """The journals of one bench, by the models they are about."""

    def __init__(self) -> None:
        self._kept: dict[int, list[dict[str, Any]]] = {}
        self._moves: Any = None

    def watch(self, model: Any, steps: Any = None) -> None:
        """Write down from now on what happens to a model and its optimizer."""
        entries = self._kept[id(model)] = []
        self._stop()
        self._moves = _Moves(entries)
        self._moves.__enter__()
        model.register_forward_hook(lambda part, given, made: _note_forward(entries, part, given, made))
        if steps is not None:
            steps.register_step_pre_hook(lambda *_: _note(entries, what="step"))
        for owner in filter(None, (model, steps)):
            _note_calls_of(owner, "zero_grad", entries)

    def journal(self, model: Any) -> list[dict[str, Any]]:
        """Return what was written down about a model, and begin a new page; moves are no longer watched."""
        self._stop()
        entries = self._kept[id(model)]
        told = list(entries)
        entries.clear()
        return told

    def _stop(self) -> None:
        if self._moves is not None:
            self._moves.__exit__(None, None, None)
            self._moves = None


def _note(entries: list[dict[str, Any]], **entry: Any) -> None:
    if len(entries) < _MOST:
        entries.append(entry)


def _note_forward(entries: list[dict[str, Any]], model: Any, given: Any, made: Any) -> None:
    _note(
        entries,
        what="forward",
        training=bool(model.training),
        modes={name: bool(part.training) for name, part in model.named_modules()},
        grad=torch.is_grad_enabled(),
        examples=len(given[0]) if given and isinstance(given[0], torch.Tensor) else 0,
    )
    is_tensor: bool = isinstance(made, torch.Tensor)
    if is_tensor and made.requires_grad:
        made.register_hook(lambda gradient: _note(entries, what="backward", gradient=float(gradient.abs().sum())))


def _note_calls_of(owner: Any, method: str, entries: list[dict[str, Any]]) -> None:
    own = getattr(owner, method)

    def noted(*args: Any, **kwargs: Any) -> Any:
        _note(entries, what=method)
        return own(*args, **kwargs)

    setattr(owner, method, noted)


class _Moves(TorchFunctionMode):
    """Notes whatever is asked to go to a device."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        super().__init__()
        self._entries = entries

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        if func in _MOVES or "device" in kwargs:
            places = [value for value in (*args[1:], *kwargs.values()) if isinstance(value, (str, torch.device))]
            places += [value.device for value in args[1:] if isinstance(value, torch.Tensor)]
            _note(self._entries, what="moved", device=str(places[0]) if places else "")
        return func(*args, **kwargs)
