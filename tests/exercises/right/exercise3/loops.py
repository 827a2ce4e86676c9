"""Sums in Python's own loops, with Python's math."""

import math

import numpy as np


def pairs_of(pred, target):
    return [(float(p), float(t)) for p, t in zip(pred.ravel(), target.ravel())]


def shaped(values, pred):
    return np.array(values, dtype=float).reshape(pred.shape)


def mse_forward(pred, target):
    total = 0.0
    for p, t in pairs_of(pred, target):
        total += (p - t) ** 2
    return total / pred.size, (pred, target)


def mse_backward(dout, cache):
    pred, target = cache
    return shaped([dout * 2 * (p - t) / pred.size for p, t in pairs_of(pred, target)], pred)


def mae_forward(pred, target):
    return sum(abs(p - t) for p, t in pairs_of(pred, target)) / pred.size, (pred, target)


def mae_backward(dout, cache):
    pred, target = cache
    grads = []
    for p, t in pairs_of(pred, target):
        if p > t:
            grads.append(dout / pred.size)
        elif p < t:
            grads.append(-dout / pred.size)
        else:
            grads.append(0)
    return shaped(grads, pred)


def rmse_forward(pred, target):
    return math.sqrt(mse_forward(pred, target)[0]), (pred, target)


def rmse_backward(dout, cache):
    pred, target = cache
    loss, _ = rmse_forward(pred, target)
    if loss == 0:
        return np.zeros(pred.shape)
    return shaped([dout * (p - t) / (pred.size * loss) for p, t in pairs_of(pred, target)], pred)


def msle_forward(pred, target):
    return math.fsum((math.log1p(p) - math.log1p(t)) ** 2 for p, t in pairs_of(pred, target)) / pred.size, [
        pred,
        target,
    ]


def msle_backward(dout, cache):
    pred, target = cache
    n = pred.size
    grads = [2 / n * (math.log1p(p) - math.log1p(t)) / (1 + p) * dout for p, t in pairs_of(pred, target)]
    return shaped(grads, pred)


def clipped(p):
    return min(max(p, 1e-12), 1 - 1e-12)


def bce_forward(pred, target):
    loss = 0
    for p, t in pairs_of(pred, target):
        p = clipped(p)
        loss -= t * math.log(p) + (1 - t) * math.log(1 - p)
    return loss / pred.size, (pred, target)


def bce_backward(dout, cache):
    pred, target = cache
    grads = []
    for p, t in pairs_of(pred, target):
        if p < 1e-12 or p > 1 - 1e-12:
            grads.append(0.0)
        else:
            grads.append(dout * (-t / p + (1 - t) / (1 - p)) / pred.size)
    return shaped(grads, pred)


def hinge_forward(pred, target):
    loss = [max(0, 1 - t * p) for p, t in pairs_of(pred, target)]
    return sum(loss) / len(loss), (pred, target)


def hinge_backward(dout, cache):
    pred, target = cache
    return shaped([-t * dout / pred.size if t * p < 1 else 0 for p, t in pairs_of(pred, target)], pred)


def multiclass_hinge_forward(pred, target):
    n, c = pred.shape
    loss = 0.0
    for i in range(n):
        for j in range(c):
            if j == target[i]:
                continue
            loss += max(0.0, pred[i, j] - pred[i, target[i]] + 1)
    return loss / n, (pred, target)


def multiclass_hinge_backward(dout, cache):
    pred, target = cache
    n, c = pred.shape
    grad = np.zeros((n, c))
    for i in range(n):
        for j in range(c):
            if j != target[i] and pred[i, j] - pred[i, target[i]] + 1 > 0:
                grad[i, j] += dout / n
                grad[i, target[i]] -= dout / n
    return grad


def log_sum_exp(row):
    most = max(row)
    return most + math.log(math.fsum(math.exp(v - most) for v in row))


def cross_entropy_forward(pred, target):
    losses = [log_sum_exp(row) - row[label] for row, label in zip(pred.tolist(), target.tolist())]
    return sum(losses) / len(losses), (pred, target)


def cross_entropy_backward(dout, cache):
    pred, target = cache
    grad = []
    for row, label in zip(pred.tolist(), target.tolist()):
        z = log_sum_exp(row)
        grad.append([dout * (math.exp(v - z) - (1 if j == label else 0)) / len(pred) for j, v in enumerate(row)])
    return np.array(grad)


def kl_divergence_forward(pred, target):
    total = 0.0
    for p, t in pairs_of(pred, target):
        if t > 0:
            total += t * math.log(t / p)
    return total / len(pred), (pred, target)


def kl_divergence_backward(dout, cache):
    pred, target = cache
    return shaped([-dout * t / p / len(pred) for p, t in pairs_of(pred, target)], pred)
