"""Points in the plane: the same for the same seed, fair to both classes, and beyond any straight line."""

from collections.abc import Callable

import numpy as np
import pytest

from grader.datasets import moons, spirals, xor_clouds

SETS = [xor_clouds, moons, spirals]
# What exercise4 asks for on each of them; no straight line may come near.
ASKED = {xor_clouds: 0.95, moons: 0.93, spirals: 0.88}


def best_line(x: np.ndarray, y: np.ndarray) -> float:
    """Return the share of points on the right side of the best of all straight lines (in 360 directions)."""
    best = 0.0
    for angle in np.linspace(0.0, np.pi, 360, endpoint=False):
        ordered = y[np.argsort(x @ [np.cos(angle), np.sin(angle)])]
        zeros_before = np.concatenate([[0], np.cumsum(ordered == 0)])
        ones_after = np.sum(ordered) - np.concatenate([[0], np.cumsum(ordered == 1)])
        right = (zeros_before + ones_after) / len(y)
        best = max(best, right.max(), 1 - right.min())
    return float(best)


@pytest.mark.parametrize("draw", SETS)
def test_the_same_generator_draws_the_same_points(draw: Callable) -> None:
    x, y = draw(np.random.default_rng(3), 50)
    again_x, again_y = draw(np.random.default_rng(3), 50)
    other_x, _ = draw(np.random.default_rng(4), 50)
    np.testing.assert_array_equal(x, again_x)
    np.testing.assert_array_equal(y, again_y)
    assert not np.allclose(x, other_x)


@pytest.mark.parametrize("draw", SETS)
@pytest.mark.parametrize("n", [1, 2, 7, 96])
def test_points_are_pairs_of_floats_and_the_classes_are_of_one_size(draw: Callable, n: int) -> None:
    x, y = draw(np.random.default_rng(n), n)
    assert (x.shape, x.dtype, y.shape, y.dtype) == ((n, 2), np.float64, (n,), np.int64)
    assert abs(np.sum(y == 0) - np.sum(y == 1)) <= 1
    assert set(y) <= {0, 1}


@pytest.mark.parametrize("draw", SETS)
def test_the_classes_come_in_random_order(draw: Callable) -> None:
    _, y = draw(np.random.default_rng(5), 200)
    assert 60 < np.sum(y[1:] != y[:-1]) < 140


@pytest.mark.parametrize("draw", SETS)
def test_no_straight_line_reaches_what_exercise4_asks(draw: Callable) -> None:
    reached = [best_line(*draw(np.random.default_rng(seed), 400)) for seed in range(15)]
    assert max(reached) < ASKED[draw]


def test_a_line_is_found_where_there_is_one() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(100, 2))
    assert best_line(x, (x @ [0.6, 0.8] > 0.3).astype(int)) > 0.97


def test_xor_is_the_sign_of_the_product() -> None:
    x, y = xor_clouds(np.random.default_rng(1), 400, noise=0.1)
    np.testing.assert_array_equal(y, (x[:, 0] * x[:, 1] < 0).astype(int))
