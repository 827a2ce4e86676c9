"""What a suite draws: sizes, arrays and numbers for one case, from one stream of random numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

Spec = Callable[["Draw"], Any]
Sizes = Mapping[str, int | tuple[int, int]]

SMALLEST, LARGEST = 2, 7


class _Omit:
    def __repr__(self) -> str:
        return "OMIT"


OMIT: Any = _Omit()
"""In place of an argument: leave it out, so that its default counts."""


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the stream of one question: what it yields tells nothing about the next one."""
    digest = hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=16).digest()
    return np.random.default_rng(int.from_bytes(digest, "little"))


class Draw:
    """One case being drawn: its random numbers, its sizes, and the arguments so far."""

    def __init__(self, rng: np.random.Generator, sizes: Sizes, *, small: bool = False) -> None:
        self.rng = rng
        self.args: dict[str, Any] = {}
        self.sizes: dict[str, int] = {}
        self._wanted = sizes
        self.small = small

    def __getitem__(self, name: str) -> Any:
        return self.args[name]

    def size(self, letter: str) -> int:
        """Return the size this letter stands for; different letters, different sizes."""
        if letter not in self.sizes:
            self.sizes[letter] = self._new_size(self._wanted.get(letter, (SMALLEST, LARGEST)))
        return self.sizes[letter]

    def _new_size(self, wanted: int | tuple[int, int]) -> int:
        if isinstance(wanted, int):
            return wanted
        taken = set(self.sizes.values()) | {n for n in self._wanted.values() if isinstance(n, int) and n > 1}
        free = [n for n in range(wanted[0], wanted[1] + 1) if n not in taken] or list(range(wanted[0], wanted[1] + 1))
        return free[0] if self.small else int(self.rng.choice(free))

    def shape(self, *dims: str | int) -> tuple[int, ...]:
        """Return the shape that letters and numbers stand for."""
        return tuple(dim if isinstance(dim, int) else self.size(dim) for dim in dims)

    def normal(self, *dims: str | int, mean: float = 0.0, scale: float = 1.0) -> Any:
        """Return normal numbers; in a small example they are rounded to be readable."""
        return self._finish(self.rng.normal(mean, scale, self.shape(*dims)), dims)

    def uniform(self, *dims: str | int, low: float = 0.0, high: float = 1.0) -> Any:
        """Return uniform numbers."""
        return self._finish(self.rng.uniform(low, high, self.shape(*dims)), dims)

    def _finish(self, array: Any, dims: Sequence[str | int]) -> Any:
        if self.small and np.all(np.abs(array) > 0.05):
            array = np.round(array, 2)
        return array if dims else float(array)


def normal(*dims: str | int, mean: float = 0.0, scale: float = 1.0) -> Spec:
    """Normal numbers in this shape; one float without dimensions."""
    return lambda draw: draw.normal(*dims, mean=mean, scale=scale)


def uniform(*dims: str | int, low: float = 0.0, high: float = 1.0) -> Spec:
    """Uniform numbers in this shape; one float without dimensions."""
    return lambda draw: draw.uniform(*dims, low=low, high=high)


def integers(*dims: str | int, low: int, high: int) -> Spec:
    """Whole numbers from low up to but not including high."""

    def spec(draw: Draw) -> Any:
        drawn = draw.rng.integers(low, high, draw.shape(*dims))
        return drawn if dims else int(drawn)

    return spec


def labels(*dims: str | int, classes: str | int) -> Spec:
    """Class labels, 0 … classes − 1."""
    return lambda draw: draw.rng.integers(0, draw.shape(classes)[0], draw.shape(*dims))


def choice(values: Sequence[Any], *dims: str | int) -> Spec:
    """Values from a list; one of them, as it is, without dimensions."""

    def spec(draw: Draw) -> Any:
        if not dims:
            return values[int(draw.rng.integers(len(values)))]
        return np.asarray(values)[draw.rng.integers(0, len(values), draw.shape(*dims))]

    return spec


def distribution(*dims: str | int) -> Spec:
    """Positive numbers that sum to 1 over the last axis, none of them tiny."""

    def spec(draw: Draw) -> Any:
        raw = draw.rng.uniform(0.1, 1.0, draw.shape(*dims))
        return raw / raw.sum(axis=-1, keepdims=True)

    return spec


def fixed(value: Any) -> Spec:
    """Always this value."""
    return lambda draw: value


def seed() -> Spec:
    """A seed for a function that takes one."""
    return lambda draw: int(draw.rng.integers(0, 2**31 - 1))
