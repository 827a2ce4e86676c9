"""One generator for each loss: it yields the loss, is sent dout, and yields the gradient; einsum where there are sums."""

import numpy as np


def as_pair(loss):
    def forward(pred, target):
        cache = loss(pred, target)
        value = next(cache)
        print(f"{loss.__name__} = {value:.3f}")
        return value, cache

    return forward, lambda dout, cache: cache.send(dout)


def mse(pred, target):
    d = (pred - target).reshape(-1)
    dout = yield np.einsum("i,i->", d, d) / d.size
    yield (dout * 2 / d.size * d).reshape(pred.shape)


def mae(pred, target):
    larger, smaller = pred > target, pred < target
    dout = yield np.mean(np.where(larger, pred - target, target - pred))
    yield dout * np.subtract(larger, smaller, dtype=float) / pred.size


def rmse(pred, target):
    d = pred - target
    norm = np.sqrt(np.sum(d * d))
    dout = yield norm / np.sqrt(d.size)
    yield dout * d / (norm if norm else 1.0) / np.sqrt(d.size)


def msle(pred, target):
    u, v = np.log1p(pred), np.log1p(target)
    dout = yield np.mean(u * u - 2 * u * v + v * v)
    yield dout * (2 * u - 2 * v) * np.exp(-u) / u.size


def bce(pred, target):
    p = np.where(pred < 1e-12, 1e-12, np.where(pred > 1 - 1e-12, 1 - 1e-12, pred))
    dout = yield -np.mean(np.log(1 - p) + target * (np.log(p) - np.log(1 - p)))
    slope = -1 / (p - 1) + target * (-1 / p - 1 / (1 - p))
    yield dout * np.where(p != pred, 0.0, slope) / pred.size


def hinge(pred, target):
    z = np.einsum("...,...->...", pred, target)
    dout = yield np.sum((1 - z)[z < 1]) / z.size
    grad = np.zeros_like(z)
    grad[z < 1] = dout * -target[z < 1]
    yield grad / z.size


def multiclass_hinge(pred, target):
    n, c = pred.shape
    columns = np.arange(c)[None, :]
    right = np.choose(target, pred.T)[:, None]
    margin = np.where(columns == target[:, None], 0.0, np.fmax(0.0, 1 + pred - right))
    dout = yield margin.sum(axis=1).mean()
    hits = np.heaviside(margin, 0.0)
    hits[np.arange(n), target] = -np.einsum("nc->n", hits)
    yield hits * (dout / n)


def cross_entropy(pred, target):
    gap = pred - pred[np.arange(len(pred)), target][:, None]  # the loss is the log-sum-exp of these
    top = np.maximum(gap.max(axis=1, keepdims=True), 0)
    z = np.exp(gap - top).sum(axis=1, keepdims=True)
    dout = yield np.mean(top + np.log(z))
    p = np.exp(gap - top) / z
    np.subtract.at(p, (np.arange(len(pred)), target), 1.0)
    yield dout * p / len(pred)


def kl_divergence(pred, target):
    entropy = -np.sum(target * np.log(np.maximum(target, 1e-300)))
    dout = yield (-np.einsum("nc,nc->", target, np.log(pred)) - entropy) / len(pred)
    yield np.negative(target) * dout / len(pred) / pred


mse_forward, mse_backward = as_pair(mse)
mae_forward, mae_backward = as_pair(mae)
rmse_forward, rmse_backward = as_pair(rmse)
msle_forward, msle_backward = as_pair(msle)
bce_forward, bce_backward = as_pair(bce)
hinge_forward, hinge_backward = as_pair(hinge)
multiclass_hinge_forward, multiclass_hinge_backward = as_pair(multiclass_hinge)
cross_entropy_forward, cross_entropy_backward = as_pair(cross_entropy)
kl_divergence_forward, kl_divergence_backward = as_pair(kl_divergence)
