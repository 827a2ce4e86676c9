"""Half of exercise3 is right: an answer as people hand it in, with the mistakes that people make."""

import numpy as np


def mse_forward(pred, target):
    diff = pred - target
    return np.sum(diff**2) / pred.shape[0], diff  # divided by N, not by N·C


def mse_backward(dout, cache):
    return 2 * cache / cache.shape[0] * dout  # the right gradient of a wrong loss


def mae_forward(pred, target):
    diff = pred - target
    return np.mean(np.abs(diff)), diff


def mae_backward(dout, cache):
    return np.where(cache > 0, 1.0, -1.0) / cache.size * dout  # −1 where pred equals target


def rmse_forward(pred, target):
    diff = pred - target
    loss = np.sqrt(np.mean(diff**2))
    return loss, (diff, loss)


def rmse_backward(dout, cache):
    diff, loss = cache
    return diff / (loss * diff.size)  # dout is missing


def msle_forward(pred, target):
    diff = np.log1p(pred) - np.log1p(target)
    return np.mean(diff**2), (diff, pred)


def msle_backward(dout, cache):
    diff, _ = cache
    return dout * 2 * diff / diff.size  # the slope of the logarithm is missing


def bce_forward(pred, target):
    p = np.clip(pred, 1e-12, 1 - 1e-12)
    return -np.mean(target * np.log(p) + (1 - target) * np.log(1 - p)), (pred, target)


def bce_backward(dout, cache):
    pred, target = cache
    p = np.clip(pred, 1e-12, 1 - 1e-12)
    return dout * (p - target) / (p * (1 - p)) / p.size  # not 0 where pred was clipped


def hinge_forward(pred, target):
    margin = 1 - target * pred
    return np.mean(np.maximum(0, margin)), (margin, target)


def hinge_backward(dout, cache):
    margin, target = cache
    return dout * (margin > 0) * -target / margin.size


def multiclass_hinge_forward(pred, target):
    rows = np.arange(len(pred))
    margin = np.maximum(0, pred - pred[rows, target][:, None] + 1)  # the right class counts too
    return margin.sum() / len(pred), (margin, target)


def multiclass_hinge_backward(dout, cache):
    raise NotImplementedError("multiclass_hinge_backward is not written yet")


def cross_entropy_forward(pred, target):
    pred -= pred.max(axis=1, keepdims=True)  # changes its input
    probs = np.exp(pred) / np.exp(pred).sum(axis=1, keepdims=True)
    return -np.mean(np.log(probs[np.arange(len(pred)), target])), (probs, target)  # log of 0 where logits are far apart


def cross_entropy_backward(dout, cache):
    probs, target = cache
    return dout * (probs - np.eye(probs.shape[1])[target])  # 1/N is missing


def kl_divergence_forward(pred, target):
    return np.sum(target * np.log(target / pred)) / len(pred), (pred, target)  # nan where target is 0


def kl_divergence_backward(dout, cache):
    pred, target = cache
    return -dout * target / pred / len(pred)
