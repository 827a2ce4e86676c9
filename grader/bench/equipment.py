"""Loads what a bench holds before a submission comes: the allowed packages, and with PyTorch a workshop."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.bench.desk import Builders


def equip(packages: Sequence[str]) -> Builders:
    """Import the packages, and do what would cost time at their first use; return what answers the calls with an @."""
    for name in packages:
        importlib.import_module(name)
    if "torch" in packages:
        from grader.bench import workshop

        workshop.warm_up()
    return builders_for(packages)


def builders_for(packages: Sequence[str]) -> Builders:
    """Return what answers the calls with an @ where these packages may be used."""
    if "torch" not in packages:
        return {}
    from grader.bench import workshop

    return workshop.builders()
