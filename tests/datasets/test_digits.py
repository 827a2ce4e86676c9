"""The handwritten digits: all there, as they were published, and split without overlap."""

from pathlib import Path

import numpy as np
import pytest

from grader import datasets
from grader.datasets import load_digits, split_digits


def test_the_digits_are_all_there() -> None:
    images, labels = load_digits()
    assert (images.shape, images.dtype) == ((1797, 8, 8), np.uint8)
    assert (labels.shape, labels.dtype) == ((1797,), np.uint8)
    assert (images.min(), images.max()) == (0, 16)
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_the_first_digit_is_the_zero_that_was_published() -> None:
    images, labels = load_digits()
    assert labels[0] == 0
    assert images[0, :2].tolist() == [[0, 0, 5, 13, 9, 1, 0, 0], [0, 0, 13, 15, 10, 15, 5, 0]]


def test_nobody_can_write_into_what_others_read() -> None:
    images, _ = load_digits()
    with pytest.raises(ValueError, match="read-only"):
        images[0] = 0


def test_a_split_is_as_large_as_asked_and_shares_no_image() -> None:
    images, _ = load_digits()
    numbered = {image.tobytes(): number for number, image in enumerate(images)}
    x_train, y_train, x_test, y_test = split_digits(7, 700, 500)
    assert (x_train.shape, y_train.shape, x_test.shape, y_test.shape) == ((700, 8, 8), (700,), (500, 8, 8), (500,))
    assert (x_train.dtype, y_train.dtype) == (np.float64, np.int64)
    assert (x_train.min(), x_train.max()) == (0.0, 1.0)
    drawn = [numbered[(16 * x).astype(np.uint8).tobytes()] for x in np.concatenate([x_train, x_test])]
    assert len(set(drawn)) == 1200


def test_images_keep_their_labels() -> None:
    images, labels = load_digits()
    label_of = {image.tobytes(): label for image, label in zip(images, labels, strict=True)}
    x_train, y_train, _, _ = split_digits(8, 50, 0)
    assert [label_of[(16 * x).astype(np.uint8).tobytes()] for x in x_train] == y_train.tolist()


def test_the_seed_decides_the_split() -> None:
    first, again, other = (split_digits(seed, 20, 20)[1] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(("train", "test"), [(1797, 1), (-1, 5), (5, -1)])
def test_a_split_that_is_not_possible_says_so(train: int, test: int) -> None:
    with pytest.raises(ValueError, match="1797 digits"):
        split_digits(0, train, test)


def test_the_file_is_small_and_says_where_it_is_from() -> None:
    folder = Path(datasets.__file__).parent
    assert (folder / "digits.npz").stat().st_size < 100_000
    assert "CC BY 4.0" in (folder / "digits.py").read_text()
    assert "Creative Commons Attribution 4.0" in (folder / "ATTRIBUTION.md").read_text()
