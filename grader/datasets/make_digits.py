"""Writes digits.npz from scikit-learn's copy of the UCI handwritten digits.

Run once, by hand, where scikit-learn is installed (Gradecheck itself does not need it):
    python grader/datasets/make_digits.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np


def main() -> None:
    """Write the 1,797 images (8 by 8, grey levels 0 to 16) and their labels beside this file."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    images = digits.images.astype(np.uint8)
    labels = digits.target.astype(np.uint8)
    if not np.array_equal(images, digits.images):
        raise SystemExit("scikit-learn's digits are no longer whole numbers from 0 to 16: nothing was written.")
    path = Path(__file__).with_name("digits.npz")
    np.savez_compressed(path, images=images, labels=labels)
    print(f"{path}: {images.shape[0]} images, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
