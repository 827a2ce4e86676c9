"""Loads what a bench holds before a submission comes: the allowed packages, and with PyTorch a workshop."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.bench.desk import Builders


def equip(packages: Sequence[str]) -> Builders:
    """Import the packages; return what answers the calls with an @."""
    for name in packages:
        importlib.import_module(name)
    if "torch" not in packages:
        return {}
    from grader.bench import workshop

    workshop.warm_up()
    return workshop.builders()
