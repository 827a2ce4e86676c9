"""What an instructor would write by hand with pytest for exercise3: the peer of `grade check exercise3` in speed.py.

One forward value and one numerical gradient per loss, in the process of the code it tests.
"""

import numpy as np
import pytest
from losses import *  # noqa: F403

NAMES = ["mse", "mae", "rmse", "msle", "bce", "hinge", "multiclass_hinge", "cross_entropy", "kl_divergence"]


def arguments(name, rng):
    if name in ("multiclass_hinge", "cross_entropy"):
        return rng.normal(size=(5, 4)), rng.integers(0, 4, 5)
    if name == "kl_divergence":
        pred, target = rng.uniform(0.1, 1, (2, 5, 4))
        return pred / pred.sum(1, keepdims=True), target / target.sum(1, keepdims=True)
    if name == "hinge":
        return rng.normal(size=(5, 4)), rng.choice([-1.0, 1.0], (5, 4))
    return rng.uniform(0.1, 0.9, (5, 4)), rng.uniform(0.1, 0.9, (5, 4))


def value(name, pred, target):
    rows = np.arange(len(pred))
    if name == "multiclass_hinge":
        margin = np.maximum(0, pred - pred[rows, target][:, None] + 1)
        margin[rows, target] = 0
        return margin.sum() / len(pred)
    if name == "cross_entropy":
        return -np.log(np.exp(pred) / np.exp(pred).sum(1, keepdims=True))[rows, target].mean()
    return {
        "mse": lambda: np.mean((pred - target) ** 2),
        "mae": lambda: np.mean(np.abs(pred - target)),
        "rmse": lambda: np.sqrt(np.mean((pred - target) ** 2)),
        "msle": lambda: np.mean((np.log1p(pred) - np.log1p(target)) ** 2),
        "bce": lambda: -np.mean(target * np.log(pred) + (1 - target) * np.log(1 - pred)),
        "hinge": lambda: np.mean(np.maximum(0, 1 - pred * target)),
        "kl_divergence": lambda: np.sum(target * np.log(target / pred)) / len(pred),
    }[name]()


@pytest.mark.parametrize("name", NAMES)
def test_forward(name):
    pred, target = arguments(name, np.random.default_rng(0))
    out, _ = globals()[f"{name}_forward"](pred, target)
    assert np.isclose(out, value(name, pred, target))


@pytest.mark.parametrize("name", NAMES)
def test_backward(name):
    pred, target = arguments(name, np.random.default_rng(1))
    forward, backward = globals()[f"{name}_forward"], globals()[f"{name}_backward"]
    grad = backward(1.7, forward(pred, target)[1])
    numeric = np.zeros_like(pred)
    for place in np.ndindex(*pred.shape):
        for sign in (1, -1):
            moved = pred.copy()
            moved[place] += sign * 1e-5
            numeric[place] += sign * 1.7 * forward(moved, target)[0] / 2e-5
    assert np.allclose(grad, numeric, atol=1e-6)
