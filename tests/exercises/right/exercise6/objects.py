"""Layers are objects and caches are the layers themselves; the stopper hides its state behind properties."""

from __future__ import annotations

import copy
from collections import deque
from dataclasses import dataclass, field

import numpy as np


class Dropout:
    """A mask, and what is done with it."""

    def __init__(self, shape: tuple[int, ...], p: float, seed: int) -> None:
        kept = np.random.RandomState(seed).binomial(1, 1 - p, size=shape)
        self.mask = kept.astype(np.float64) / (1 - p)

    def __call__(self, values: np.ndarray) -> np.ndarray:
        return np.multiply(values, self.mask)


def dropout_forward(x, p, mode, seed):
    layer = Dropout(x.shape, p, seed) if mode == "train" else np.array
    return layer(x), layer


def dropout_backward(dout, cache):
    return cache(dout)


class Norm:
    """Normalises along one axis with E[x²] - E[x]², and sends gradients back through mean and variance by name."""

    def __init__(self, axis: int, eps: float) -> None:
        self.axis, self.eps = axis, eps

    def statistics(self, x):
        mean = np.mean(x, axis=self.axis, keepdims=True)
        return mean, np.maximum(np.mean(x * x, axis=self.axis, keepdims=True) - mean * mean, 0.0)

    def forward(self, x, gamma, beta, mean, var):
        self.x, self.gamma, self.mean, self.var = x, gamma, mean, var
        return gamma * (x - mean) * (var + self.eps) ** -0.5 + beta

    def backward(self, dout):
        n = self.x.shape[self.axis]
        centred = self.x - self.mean
        power = self.var + self.eps
        dnorm = dout * self.gamma
        dvar = (dnorm * centred * -0.5 * power**-1.5).sum(self.axis, keepdims=True)
        dmean = (dnorm * -(power**-0.5)).sum(self.axis, keepdims=True)
        dmean = dmean + dvar * (-2.0 * centred).sum(self.axis, keepdims=True) / n
        dx = dnorm * power**-0.5 + dvar * 2.0 * centred / n + dmean / n
        return dx, (dout * centred * power**-0.5).sum(0), dout.sum(0)


def batchnorm_forward(x, gamma, beta, bn_param):
    settings = {"eps": 1e-5, "momentum": 0.9, "running_mean": np.zeros(x.shape[1]), "running_var": np.zeros(x.shape[1])}
    settings.update(bn_param)
    norm = Norm(0, settings["eps"])
    if settings["mode"] == "test":
        return norm.forward(x, gamma, beta, settings["running_mean"], settings["running_var"]), None
    mean, var = norm.statistics(x)
    keep = settings["momentum"]
    for key, value in (("running_mean", mean), ("running_var", var)):
        settings[key] = keep * settings[key] + (1 - keep) * value[0]
    bn_param.update(settings)
    return norm.forward(x, gamma, beta, mean, var), norm


def batchnorm_backward(dout, cache):
    return cache.backward(dout)


def layernorm_forward(x, gamma, beta, eps=1e-5):
    norm = Norm(-1, eps)
    return norm.forward(x, gamma, beta, *norm.statistics(x)), norm


def layernorm_backward(dout, cache):
    return cache.backward(dout)


@dataclass
class EarlyStopping:
    """Early stopping by what the last updates were."""

    patience: int
    min_delta: float = 0.0
    _best: tuple = field(default=(np.inf, ()), init=False)
    _last: deque = field(default=None, init=False)

    def __post_init__(self):
        self._last = deque([True] * self.patience, maxlen=self.patience)

    @property
    def best_loss(self):
        return np.float64(self._best[0])

    @property
    def best_weights(self):
        return self._best[1]

    def update(self, loss, weights):
        improved = np.less(loss + self.min_delta, self.best_loss)
        self._last.append(improved)
        if improved:
            self._best = (loss, copy.deepcopy(tuple(weights)))
        return np.logical_not(np.any(self._last))
