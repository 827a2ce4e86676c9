"""Digits in ink: black and white, each a little turned, scaled and moved, so that no two are quite the same.

A pixel is 1 where there is ink and 0 where there is none: what a model says of it is a probability in earnest.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from grader.datasets.canvas import sampled
from grader.datasets.digits import BRIGHTEST, load_digits

Images = NDArray[np.float64]
Pixels = NDArray[np.float32]

_TURN = np.deg2rad(10.0)
_SCALES = (0.9, 1.1)
_MOVE = 1 / 16
"""How far an image moves in each direction, at most: this share of its width, half a pixel of eight."""
_INK = 0.5


def part_digits(rng: np.random.Generator, unseen: int = 50) -> tuple[Images, Images]:
    """Return digits to learn from and digits to be judged by, (n, 8, 8) grey from 0 to 1.

    Of each digit from 0 to 9 as many are judged by: some are harder to draw than others, and chance has no say in it.
    """
    images, labels = load_digits()
    order = rng.permutation(len(images))
    kinds = [order[labels[order] == kind] for kind in range(10)]
    train, test = (np.concatenate([kind[part] for kind in kinds]) for part in (slice(unseen, None), slice(unseen)))
    return images[train] / BRIGHTEST, images[test] / BRIGHTEST


def inked(rng: np.random.Generator, images: Images) -> Pixels:
    """Return images (n, S, S) in ink, each turned, scaled and moved at random, as rows (n, S·S) of 0 and 1."""
    count, size = len(images), images.shape[-1]
    turn, scale = rng.uniform(-_TURN, _TURN, count), rng.uniform(*_SCALES, count)
    moves = rng.uniform(-_MOVE * size, _MOVE * size, (2, count, 1))
    middle = (size - 1) / 2
    down, right = np.mgrid[:size, :size].reshape(2, 1, -1) - middle - moves
    cos, sin = (np.cos(turn) / scale)[:, None], (np.sin(turn) / scale)[:, None]
    drawn = sampled(images, down * cos + right * sin + middle, right * cos - down * sin + middle)
    return (drawn >= _INK).astype(np.float32)
