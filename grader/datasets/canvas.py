"""Digits at random places of a larger canvas, a little turned and scaled, among noise: what a convolution is made for.

Drawn from a generator of NumPy's, so that the same seed gives the same images, and fresh ones for each new seed. The
images to learn from and those to be judged by are made of different handwritten digits. Plain digits: digits.py.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from grader.datasets.digits import BRIGHTEST, load_digits

Images = NDArray[np.float32]
Labels = NDArray[np.int64]

_TURN = np.deg2rad(10.0)
_SCALES = (0.9, 1.1)
_NOISE = 0.1
_FOR_TRAINING = 1_200
"""How many of the 1,797 digits are learnt from; the others are kept for the test."""


def draw_canvas(
    rng: np.random.Generator, train: int = 6_000, test: int = 1_500, size: int = 16, noise: float = _NOISE
) -> tuple[Images, Labels, Images, Labels]:
    """Return (x_train, y_train, x_test, y_test); images are (n, 1, size, size), labels 0 to 9."""
    images, labels = load_digits()
    order = rng.permutation(len(images))
    digits, kinds = images[order] / BRIGHTEST, labels[order].astype(np.int64)
    learnt, unseen = slice(_FOR_TRAINING), slice(_FOR_TRAINING, None)
    x_train, y_train = _drawn(rng, digits[learnt], kinds[learnt], train, size, noise)
    x_test, y_test = _drawn(rng, digits[unseen], kinds[unseen], test, size, noise)
    return x_train, y_train, x_test, y_test


def _drawn(
    rng: np.random.Generator, digits: NDArray[np.float64], labels: Labels, count: int, size: int, noise: float
) -> tuple[Images, Labels]:
    chosen = rng.integers(len(digits), size=count)
    return placed(rng, digits[chosen], size, noise), labels[chosen]


def placed(rng: np.random.Generator, digits: NDArray[np.float64], size: int, noise: float = _NOISE) -> Images:
    """Return each digit (n, 8, 8) turned, scaled and moved at random on a noisy canvas (n, 1, size, size).

    It covers half of a canvas of any size.
    """
    count, own = len(digits), digits.shape[-1]
    grow = size / (2 * own)
    turn, scale = rng.uniform(-_TURN, _TURN, count), rng.uniform(*_SCALES, count) * grow
    margin = own * grow / 2
    centre = rng.uniform(margin, size - margin, (2, count)) - 0.5
    rows, columns = np.mgrid[:size, :size].reshape(2, 1, -1)
    down, right = rows - centre[0][:, None], columns - centre[1][:, None]
    cos, sin = (np.cos(turn) / scale)[:, None], (np.sin(turn) / scale)[:, None]
    drawn = sampled(digits, down * cos + right * sin + (own - 1) / 2, right * cos - down * sin + (own - 1) / 2)
    drawn += rng.normal(0.0, noise, drawn.shape)
    return drawn.reshape(count, 1, size, size).astype(np.float32)


def sampled(digits: NDArray[np.float64], row: NDArray[np.float64], column: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each digit's brightness at points between its pixels, by bilinear interpolation; outside it is dark."""
    framed = np.pad(digits, ((0, 0), (1, 1), (1, 1)))
    last = framed.shape[-1] - 1
    row, column = np.clip(row + 1, 0, last), np.clip(column + 1, 0, last)
    top, left = np.minimum(row.astype(int), last - 1), np.minimum(column.astype(int), last - 1)
    below, beside = row - top, column - left
    at = np.arange(len(digits))[:, None]
    upper = framed[at, top, left] * (1 - beside) + framed[at, top, left + 1] * beside
    lower = framed[at, top + 1, left] * (1 - beside) + framed[at, top + 1, left + 1] * beside
    brightness: NDArray[np.float64] = upper * (1 - below) + lower * below
    return brightness
