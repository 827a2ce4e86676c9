"""Einsum everywhere, type hints, the sigmoid through tanh, results in Fortran's order."""

from typing import List, Tuple

import numpy as np


def _affine(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    return np.einsum("nd,d->n", x, w) + b


def step(z: np.ndarray) -> np.ndarray:
    return np.heaviside(z, 1.0)


def neuron(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    return 0.5 * (1.0 + np.tanh(0.5 * _affine(x, w, b)))


def predict(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    return step(_affine(x, w, b))


def perceptron_update(w: np.ndarray, b: float, x: np.ndarray, y: int, lr: float) -> Tuple[np.ndarray, float]:
    delta = lr * (y - step(np.einsum("d,d->", w, x) + b))
    return w + delta * x, b + delta


def perceptron_train(x: np.ndarray, y: np.ndarray, epochs: int, lr: float) -> Tuple[np.ndarray, float, List[int]]:
    w, b = np.zeros_like(x[0]), np.float64(0)
    wrong_per_epoch: List[int] = []
    for _ in range(epochs):
        wrong = 0
        for example, label in zip(x, y):
            before = w, b
            w, b = perceptron_update(w, b, example, label, lr)
            wrong += not np.isclose(b, before[1], rtol=0, atol=1e-12)
        wrong_per_epoch.append(int(wrong))
        if wrong == 0:
            break
    return w, b, wrong_per_epoch


def xor_weights() -> Tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    W1 = np.array([[2.0, -2.0], [-2.0, 2.0]])
    return W1, np.full(2, -1.0), np.ones(2), -1.0


def network(x, W1, b1, W2, b2) -> np.ndarray:
    hidden = np.einsum("nd,dh->nh", x, W1) + b1
    hidden = hidden * (hidden > 0)
    return np.asfortranarray(np.einsum("nh,hm->nm", hidden, W2) + b2[None, :])
