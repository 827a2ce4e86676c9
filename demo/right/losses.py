"""A right answer to exercise3, written in another way than the reference: closures for caches, loops, NumPy scalars."""

from functools import partial

import numpy as np


def elementwise(loss, slope):
    """Make the pair for the mean of loss(pred, target) over all elements, with slope its derivative in pred."""

    def forward(pred, target):
        n = np.prod(pred.shape)
        return loss(pred, target).sum() / n, partial(_pull_back, slope, pred, target, n)

    def backward(dout, cache):
        return cache(dout)

    return forward, backward


def _pull_back(slope, pred, target, n, dout):
    return slope(pred, target) * (dout / n)


def log_difference(pred, target):
    return np.log(1 + pred) - np.log(1 + target)


def bce_terms(pred, target):
    p = np.minimum(np.maximum(pred, 1e-12), 1 - 1e-12)
    return -target * np.log(p) - (1 - target) * np.log1p(-p)


def bce_slope(pred, target):
    slope = np.zeros(pred.shape)
    free = (pred > 1e-12) & (pred < 1 - 1e-12)
    p, t = pred[free], target[free]
    slope[free] = (1 - t) / (1 - p) - t / p
    return slope


mse_forward, mse_backward = elementwise(lambda p, t: (p - t) ** 2, lambda p, t: 2 * (p - t))
mae_forward, mae_backward = elementwise(lambda p, t: abs(p - t), lambda p, t: (p > t) * 1.0 - (p < t) * 1.0)
msle_forward, msle_backward = elementwise(
    lambda p, t: log_difference(p, t) ** 2, lambda p, t: 2 * log_difference(p, t) / (1 + p)
)
bce_forward, bce_backward = elementwise(bce_terms, bce_slope)
hinge_forward, hinge_backward = elementwise(
    lambda p, t: np.clip(1 - t * p, 0, None), lambda p, t: np.where(t * p < 1, -t, 0.0)
)


def rmse_forward(pred, target):
    loss = np.linalg.norm(pred - target) / np.sqrt(pred.size)
    return loss, {"pred": pred, "target": target, "loss": loss}


def rmse_backward(dout, cache):
    difference = cache["pred"] - cache["target"]
    if not difference.any():
        return difference * 0
    return dout / cache["loss"] / difference.size * difference


def multiclass_hinge_forward(pred, target):
    total, gradient = 0.0, np.zeros(pred.shape)
    for i, label in enumerate(target):
        for j in range(pred.shape[1]):
            margin = pred[i, j] - pred[i, label] + 1
            if j != label and margin > 0:
                total += margin
                gradient[i, j] += 1
                gradient[i, label] -= 1
    return total / len(target), gradient / len(target)


def multiclass_hinge_backward(dout, cache):
    return np.multiply(cache, dout)


def cross_entropy_forward(pred, target):
    one_hot = np.eye(pred.shape[1])[target]
    log_sum = np.logaddexp.reduce(pred, axis=1)
    loss = np.mean(log_sum - np.einsum("nc,nc->n", pred, one_hot))
    return loss, (np.exp(pred - log_sum[:, None]) - one_hot) / len(pred)


def cross_entropy_backward(dout, cache):
    return np.multiply(cache, dout)


def kl_divergence_forward(pred, target):
    rows = []
    for p, t in zip(pred, target, strict=True):
        present = t != 0
        rows.append(t[present] @ np.log(t[present] / p[present]))
    return np.mean(rows), target / pred


def kl_divergence_backward(dout, cache):
    return cache * -dout / cache.shape[0]
