"""Points in the plane with two classes that no straight line can part: XOR clouds, two moons, two spirals.

Every set is drawn from the generator it is given, so that the same seed gives the same points; classes are as equal
in size as n allows, in random order. Images live in digits.py.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = tuple[NDArray[np.float64], NDArray[np.int64]]

# The shapes are chosen so that the best of all straight lines, laid with the answers at hand, errs on at least
# 25 (clouds), 7 (moons) and 28 (spirals) of 100 points, while one hidden layer learns them in a few dozen epochs.
_MOONS_OVERLAP = 0.3
_SPIRAL_TURNS = 1.25


def xor_clouds(rng: np.random.Generator, n: int, noise: float = 0.3) -> Points:
    """Return n points in four clouds around (±1, ±1); class 1 where the signs of the centre differ."""
    corner = rng.permutation(n) % 4
    centres = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, 1.0], [1.0, -1.0]])
    x = centres[corner] + rng.normal(0.0, noise, size=(n, 2))
    return x, corner % 2


def moons(rng: np.random.Generator, n: int, noise: float = 0.08) -> Points:
    """Return n points on two half circles that reach into each other, centred on 0."""
    y = rng.permutation(n) % 2
    angle = rng.uniform(0.0, np.pi, size=n)
    sign = 1.0 - 2.0 * y
    arc = np.stack([sign * (np.cos(angle) - 0.5), sign * (np.sin(angle) - _MOONS_OVERLAP)], axis=1)
    return 1.5 * (arc + rng.normal(0.0, noise, size=(n, 2))), y


def spirals(rng: np.random.Generator, n: int, noise: float = 0.1) -> Points:
    """Return n points on two arms that wind around 0, one of them the other turned by half a circle."""
    y = rng.permutation(n) % 2
    along = rng.uniform(0.2, 1.0, size=n)
    angle = 2.0 * np.pi * _SPIRAL_TURNS * along + np.pi * y
    arm = 2.5 * along[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return arm + rng.normal(0.0, noise, size=(n, 2)), y
