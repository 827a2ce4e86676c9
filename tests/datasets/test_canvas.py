"""Digits on a canvas: the same for the same seed, somewhere else each time, and none both learnt from and tested."""

from __future__ import annotations

import numpy as np
import pytest

from grader.datasets import draw_canvas, load_digits
from grader.datasets.canvas import placed


def drawn(seed: int = 3, **options):
    return draw_canvas(np.random.default_rng(seed), 200, 100, **options)


def test_images_have_a_channel_and_labels_are_whole_numbers():
    x_train, y_train, x_test, y_test = drawn()
    assert (x_train.shape, x_train.dtype) == ((200, 1, 16, 16), np.float32)
    assert (x_test.shape, y_train.shape, y_test.shape) == ((100, 1, 16, 16), (200,), (100,))
    assert y_train.dtype == np.int64
    assert set(np.unique(y_train)) == set(range(10))


def test_the_same_seed_gives_the_same_images_and_another_seed_others():
    assert all(np.array_equal(a, b) for a, b in zip(drawn(5), drawn(5), strict=True))
    assert not np.allclose(drawn(5)[0], drawn(6)[0])


@pytest.mark.parametrize("size", [16, 28])
def test_without_noise_a_digit_is_as_bright_as_it_was(size):
    images, _ = load_digits()
    digits = images[:50] / 16
    on_canvas = placed(np.random.default_rng(0), digits, size, noise=0.0)
    growth = (size / 16) ** 2
    assert 0 <= on_canvas.min() <= on_canvas.max() <= 1
    assert np.median(on_canvas.sum((1, 2, 3)) / digits.sum((1, 2))) == pytest.approx(growth, rel=0.1)


def test_digits_lie_everywhere_on_the_canvas():
    images, _ = load_digits()
    on_canvas = placed(np.random.default_rng(0), images[:400] / 16, 16, noise=0.0)[:, 0]
    weights = on_canvas / on_canvas.sum((1, 2), keepdims=True)
    rows = (weights.sum(2) * np.arange(16)).sum(1)
    assert rows.min() < 4.5
    assert rows.max() > 10.5
    assert np.std(rows) == pytest.approx(8 / np.sqrt(12), rel=0.15)


def test_no_digit_is_both_learnt_from_and_asked_about(monkeypatch):
    images, labels = load_digits()
    numbered = (np.arange(len(images)) / len(images) * 16)[:, None, None] * np.ones((8, 8))
    monkeypatch.setattr("grader.datasets.canvas.load_digits", lambda: (numbered, labels))
    x_train, _, x_test, _ = draw_canvas(np.random.default_rng(1), 3000, 1000, noise=0.0)
    train, test = (set(np.round(x.max((1, 2, 3)) * len(images)).astype(int)) for x in (x_train, x_test))
    assert len(train) > 1000
    assert not train & test


def test_neither_turned_nor_scaled_a_digit_keeps_all_its_ink(monkeypatch):
    monkeypatch.setattr("grader.datasets.canvas._TURN", 0.0)
    monkeypatch.setattr("grader.datasets.canvas._SCALES", (1.0, 1.0))
    images, _ = load_digits()
    digit = images[:1] / 16
    whole = placed(np.random.default_rng(0), digit, 8 * 2, noise=0.0)
    assert whole.sum() == pytest.approx(digit.sum(), rel=1e-5)
