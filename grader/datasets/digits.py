"""The handwritten digits: 1,797 images of 8 by 8 grey levels from 0 to 16, with their labels.

They are the test part of "Optical Recognition of Handwritten Digits" by E. Alpaydin and C. Kaynak (1998), UCI Machine
Learning Repository, https://doi.org/10.24432/C50P49, CC BY 4.0, as scikit-learn carries them; see ATTRIBUTION.md.
make_digits.py wrote digits.npz.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BRIGHTEST = 16

Images = NDArray[np.uint8]
Labels = NDArray[np.uint8]
Split = tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]


@cache
def load_digits() -> tuple[Images, Labels]:
    """Return (images (1797, 8, 8), labels (1797,)), read once and not to be written to."""
    with np.load(Path(__file__).with_name("digits.npz"), allow_pickle=False) as file:
        images, labels = file["images"], file["labels"]
    images.setflags(write=False)
    labels.setflags(write=False)
    return images, labels


def split_digits(seed: int, train: int, test: int) -> Split:
    """Return (x_train, y_train, x_test, y_test): as many images as asked for, none of them in both parts.

    The images are (n, 8, 8) floats from 0 to 1; the seed decides which of them are drawn, and in which order.
    """
    images, labels = load_digits()
    if train < 0 or test < 0 or train + test > len(images):
        raise ValueError(f"there are {len(images)} digits: {train} to train on and {test} to test on is not possible")
    order = np.random.default_rng(seed).permutation(len(images))[: train + test]
    x, y = images[order] / BRIGHTEST, labels[order].astype(np.int64)
    return x[:train], y[:train], x[train:], y[train:]
