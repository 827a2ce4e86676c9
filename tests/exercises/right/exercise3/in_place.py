"""Works in place on pred, which it was only lent."""

import numpy as np


def mse_forward(pred, target):
    pred -= target
    return np.mean(pred**2), pred.copy()


def mse_backward(dout, cache):
    cache *= 2 * dout / cache.size
    return cache


def mae_forward(pred, target):
    pred -= target
    return np.mean(np.abs(pred)), np.sign(pred)


def mae_backward(dout, cache):
    cache *= dout / cache.size
    return cache


def rmse_forward(pred, target):
    diff = pred - target
    return np.sqrt(np.mean(diff**2)), diff


def rmse_backward(dout, cache):
    root = np.sqrt(np.mean(cache**2))
    if root:
        cache *= dout / (root * cache.size)
    return cache


def msle_forward(pred, target):
    slope = 1 / (1 + pred)
    np.log1p(pred, out=pred)
    pred -= np.log1p(target)
    return np.mean(pred**2), (pred.copy(), slope)


def msle_backward(dout, cache):
    ratio, slope = cache
    return dout * 2 * ratio * slope / ratio.size


def bce_forward(pred, target):
    inside = (pred >= 1e-12) & (pred <= 1 - 1e-12)
    np.clip(pred, 1e-12, 1 - 1e-12, out=pred)
    return -np.mean(target * np.log(pred) + (1 - target) * np.log(1 - pred)), (pred.copy(), target, inside)


def bce_backward(dout, cache):
    p, target, inside = cache
    return dout * inside * (p - target) / (p * (1 - p)) / p.size


def hinge_forward(pred, target):
    margin = 1 - pred * target
    margin[margin < 0] = 0
    return margin.mean(), (margin > 0) * -target


def hinge_backward(dout, cache):
    cache *= dout / cache.size
    return cache


def multiclass_hinge_forward(pred, target):
    rows = np.arange(len(pred))
    pred -= pred[rows, target][:, None] - 1
    pred[rows, target] = 0
    pred[pred < 0] = 0
    return pred.sum() / len(pred), ((pred > 0).astype(float), target)


def multiclass_hinge_backward(dout, cache):
    grad, target = cache
    grad[np.arange(len(grad)), target] -= grad.sum(axis=1)
    grad *= dout / len(grad)
    return grad


def cross_entropy_forward(pred, target):
    pred -= pred.max(axis=1, keepdims=True)
    pred -= np.log(np.exp(pred).sum(axis=1, keepdims=True))
    return -pred[np.arange(len(pred)), target].mean(), (np.exp(pred), target)


def cross_entropy_backward(dout, cache):
    grad, target = cache
    grad[np.arange(len(grad)), target] -= 1
    grad *= dout / len(grad)
    return grad


def kl_divergence_forward(pred, target):
    zero = target == 0
    target[zero] = 1
    logs = np.log(target)
    target[zero] = 0
    return np.sum(target * (logs - np.log(pred))) / len(pred), (pred, target)


def kl_divergence_backward(dout, cache):
    pred, target = cache
    return -dout * target / pred / len(pred)
