"""Finds the device that PyTorch exercises run on."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

from grader.errors import MachineError


def find_device(wanted: str) -> str:
    """Return ``cpu`` or ``cuda``; raise MachineError where what is wanted is not there."""
    if find_spec("torch") is None:
        raise MachineError("This exercise needs PyTorch: pip install 'gradecheck[torch]' (about 200 MB for a CPU).")
    if wanted != "cpu" and _there_may_be_one():
        import torch

        if torch.cuda.is_available():
            return "cuda"
    if wanted == "cuda":
        raise MachineError("There is no GPU that PyTorch can use here: use --device cpu, or another machine.")
    return "cpu"


def _there_may_be_one() -> bool:
    """Whether it is worth a second or two to import PyTorch and ask it."""
    return sys.platform != "linux" or os.path.exists("/dev/nvidiactl")
