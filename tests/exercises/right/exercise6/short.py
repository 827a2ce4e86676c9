"""As few lines as it takes, and globals for what never changes."""

from copy import deepcopy
from types import SimpleNamespace

import numpy as np

KEYS = "running_mean", "running_var"
LN = {"axis": -1, "keepdims": True}


def dropout_forward(x, p, mode, seed):
    keep = np.random.default_rng(seed).uniform(size=x.shape) > p if mode == "train" else np.ones(x.shape, bool)
    scale = 1 / (1 - p) if mode == "train" else 1
    return np.where(keep, x * scale, 0), SimpleNamespace(keep=keep, scale=scale)


def dropout_backward(dout, cache):
    dx = np.zeros_like(dout)
    dx[cache.keep] = dout[cache.keep] * cache.scale
    return dx


def batchnorm_forward(x, gamma, beta, bn_param):
    new = x.mean(0), np.mean(np.abs(x - x.mean(0)) ** 2, 0)
    old = [np.array(bn_param.get(key, 0 * gamma)) for key in KEYS]
    train, a = bn_param["mode"] == "train", bn_param.get("momentum", 0.9)
    if train:
        bn_param |= {
            key: np.average([b, c], axis=0, weights=[a, 1 - a]) for key, b, c in zip(KEYS, old, new, strict=True)
        }
    mean, var = new if train else old
    x_hat = (x - mean) / np.hypot(np.sqrt(var), np.sqrt(bn_param.get("eps", 1e-5)))
    return x_hat * gamma + beta, (x.copy(), gamma.copy(), bn_param.get("eps", 1e-5))


def batchnorm_backward(dout, cache):
    x, gamma, eps = cache
    std = np.sqrt(np.var(x, 0) + eps)
    x_hat = (x - np.mean(x, 0)) / std
    dgamma, dbeta = sum(dout * x_hat), sum(dout)
    return gamma / std * (dout - dbeta / len(x) - x_hat * dgamma / len(x)), dgamma, dbeta


def layernorm_forward(x, gamma, beta, eps=1e-5):
    x_hat = (x - x.mean(**LN)) / (x.std(**LN) ** 2 + eps) ** 0.5
    return x_hat * gamma[None] + beta[None], (x_hat, (x.std(**LN) ** 2 + eps) ** -0.5, gamma)


def layernorm_backward(dout, cache):
    x_hat, istd, gamma = cache
    g = dout * gamma
    return istd * (g - g.mean(**LN) - x_hat * (g * x_hat).mean(**LN)), np.sum(dout * x_hat, 0), np.sum(dout, 0)


class EarlyStopping:
    def __init__(self, patience, min_delta=0.0):
        self.__dict__.update(
            patience=patience, min_delta=min_delta, best_loss=np.array(np.inf), best_weights=[], n=0, at=0
        )

    def update(self, loss, weights):
        self.n += 1
        if loss < self.best_loss - self.min_delta:
            self.best_loss, self.best_weights, self.at = np.array(loss), deepcopy(list(weights)), self.n
        return self.n - self.at >= self.patience
