"""Feature by feature and row by row, the random module, dictionaries for caches, lists for results."""

import math
import random

import numpy as np


def dropout_forward(x, p, mode, seed):
    if mode == "test" or p == 0:
        return [x.copy(), {"factors": [1.0] * x.size}]
    generator = random.Random(seed)
    factors = []
    for _ in range(x.size):
        if generator.random() < p:
            factors.append(0.0)
        else:
            factors.append(1.0 / (1.0 - p))
    out = np.array([value * factor for value, factor in zip(x.flat, factors, strict=True)]).reshape(x.shape)
    return [out, {"factors": factors}]


def dropout_backward(dout, cache):
    dx = np.zeros(dout.shape)
    for i, (upstream, factor) in enumerate(zip(dout.flat, cache["factors"], strict=True)):
        dx.flat[i] = upstream * factor
    return dx


def mean_and_variance(values):
    mean = sum(values) / len(values)
    return mean, sum((value - mean) ** 2 for value in values) / len(values)


def batchnorm_forward(x, gamma, beta, bn_param):
    n, d = x.shape
    bn_param.setdefault("eps", 1e-5)
    bn_param.setdefault("momentum", 0.9)
    for key in ("running_mean", "running_var"):
        if key not in bn_param:
            bn_param[key] = np.zeros(d)
    out = np.zeros((n, d))
    cache = {"x_hat": np.zeros((n, d)), "std": np.zeros(d), "gamma": gamma}
    for j in range(d):
        if bn_param["mode"] == "train":
            mean, var = mean_and_variance(list(x[:, j]))
            for key, value in (("running_mean", mean), ("running_var", var)):
                bn_param[key][j] = bn_param["momentum"] * bn_param[key][j] + (1 - bn_param["momentum"]) * value
        else:
            mean, var = bn_param["running_mean"][j], bn_param["running_var"][j]
        cache["std"][j] = math.sqrt(var + bn_param["eps"])
        for i in range(n):
            cache["x_hat"][i, j] = (x[i, j] - mean) / cache["std"][j]
            out[i, j] = gamma[j] * cache["x_hat"][i, j] + beta[j]
    return [out, cache]


def back_through_one(dout, x_hat, std, gamma):
    """The gradient for the values that share a mean and a variance, by the whole matrix of derivatives."""
    n = len(dout)
    dx = np.zeros(n)
    for i in range(n):
        for k in range(n):
            slope = ((1.0 if i == k else 0.0) - 1 / n - x_hat[i] * x_hat[k] / n) / std
            dx[i] += dout[k] * gamma[k] * slope
    return dx


def batchnorm_backward(dout, cache):
    n, d = dout.shape
    dx, dgamma, dbeta = np.zeros((n, d)), np.zeros(d), np.zeros(d)
    for j in range(d):
        for i in range(n):
            dbeta[j] += dout[i, j]
            dgamma[j] += dout[i, j] * cache["x_hat"][i, j]
        gamma = [cache["gamma"][j]] * n
        dx[:, j] = back_through_one(dout[:, j], cache["x_hat"][:, j], cache["std"][j], gamma)
    return [dx, dgamma, dbeta]


def layernorm_forward(x, gamma, beta, eps=1e-5):
    out, rows = np.zeros(x.shape), []
    for i, row in enumerate(x):
        mean, var = mean_and_variance(list(row))
        std = math.sqrt(var + eps)
        x_hat = np.array([(value - mean) / std for value in row])
        rows.append((x_hat, std))
        for j in range(len(row)):
            out[i, j] = gamma[j] * x_hat[j] + beta[j]
    return [out, {"rows": rows, "gamma": gamma}]


def layernorm_backward(dout, cache):
    n, d = dout.shape
    dx, dgamma, dbeta = np.zeros((n, d)), np.zeros(d), np.zeros(d)
    for i, (x_hat, std) in enumerate(cache["rows"]):
        dx[i] = back_through_one(dout[i], x_hat, std, cache["gamma"])
        for j in range(d):
            dbeta[j] += dout[i, j]
            dgamma[j] += dout[i, j] * x_hat[j]
    return [dx, dgamma, dbeta]


class EarlyStopping:
    """Keeps the whole history, and looks at it anew in every update."""

    def __init__(self, patience, min_delta=0.0):
        self.settings = patience, min_delta
        self.history = []
        self.best_loss, self.best_weights = math.inf, []

    def update(self, loss, weights):
        patience, min_delta = self.settings
        better = loss < self.best_loss - min_delta
        self.history.append(better)
        if better:
            self.best_loss = loss
            self.best_weights = [np.array(w.tolist()) for w in weights]
        last = self.history[-patience:]
        return len(last) == patience and not any(last)
