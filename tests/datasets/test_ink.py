"""Digits in ink: black and white, never twice the same, and none both learnt from and judged by."""

from __future__ import annotations

import numpy as np

from grader.datasets import inked, load_digits, part_digits


def as_bytes(images):
    return {image.tobytes() for image in images}


def test_digits_are_parted_without_overlap_and_as_many_of_each_are_judged_by():
    images, labels = load_digits()
    label_of = {image.tobytes(): label for image, label in zip(images / 16, labels, strict=True)}
    train, test = part_digits(np.random.default_rng(0))
    assert not as_bytes(train) & as_bytes(test)
    assert len(train) + len(test) == len(images)
    assert np.bincount([label_of[image.tobytes()] for image in test]).tolist() == [50] * 10


def test_another_seed_parts_them_otherwise():
    first, again, other = (part_digits(np.random.default_rng(seed))[1] for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert as_bytes(first) != as_bytes(other)


def test_ink_is_black_or_white_in_rows_of_float32():
    _, test = part_digits(np.random.default_rng(0))
    rows = inked(np.random.default_rng(1), test)
    assert (rows.shape, rows.dtype) == ((500, 64), np.float32)
    assert set(np.unique(rows)) == {0.0, 1.0}


def test_an_image_drawn_again_is_a_little_different():
    _, test = part_digits(np.random.default_rng(0))
    rng = np.random.default_rng(1)
    plain = (test >= 0.5).reshape(len(test), -1)
    first, second = inked(rng, test), inked(rng, test)
    assert (first == second).all(axis=1).mean() < 0.05
    assert 2 < np.abs(first - second).sum(axis=1).mean() < 10
    assert np.abs(first - plain).sum(axis=1).mean() < 8


def test_neither_turned_nor_scaled_nor_moved_only_the_grey_is_gone(monkeypatch):
    for name, nothing in (("_TURN", 0.0), ("_SCALES", (1.0, 1.0)), ("_MOVE", 0.0)):
        monkeypatch.setattr(f"grader.datasets.ink.{name}", nothing)
    _, test = part_digits(np.random.default_rng(0))
    assert np.array_equal(inked(np.random.default_rng(1), test), (test >= 0.5).reshape(len(test), -1))
