"""Finds the device that PyTorch exercises run on."""

from __future__ import annotations

from importlib.util import find_spec

from grader.errors import MachineError


def find_device(wanted: str) -> str:
    """Return ``cpu`` or ``cuda``; raise MachineError where what is wanted is not there."""
    if find_spec("torch") is None:
        raise MachineError("This exercise needs PyTorch: pip install 'gradecheck[torch]' (about 200 MB for a CPU).")
    if wanted == "cpu":
        return "cpu"
    import torch

    if torch.cuda.is_available():
        return "cuda"
    if wanted == "cuda":
        raise MachineError("There is no GPU that PyTorch can use here: use --device cpu, or another machine.")
    return "cpu"
