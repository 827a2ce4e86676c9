"""The weights are moved in place, which costs what `unchanged` is worth and nothing else."""

import numpy as np


def sgd(w, dw, config=None):
    config = config or {}
    w -= config.get("learning_rate", 1e-2) * dw
    return w, config


def momentum(w, dw, config=None):
    config = config or {}
    v = config.setdefault("velocity", np.zeros_like(w))
    v *= config.get("momentum", 0.9)
    dw *= config.get("learning_rate", 1e-2)
    v -= dw
    w += v
    return w, config


def adagrad(w, dw, config=None):
    config = config or {}
    cache = config.setdefault("cache", np.zeros_like(w))
    cache += dw**2
    w -= config.get("learning_rate", 1e-2) * dw / (np.sqrt(cache) + config.get("epsilon", 1e-8))
    return w, config


def rmsprop(w, dw, config=None):
    config = config or {}
    rho = config.get("decay_rate", 0.99)
    cache = config.setdefault("cache", np.zeros_like(w))
    cache *= rho
    cache += (1 - rho) * dw**2
    w -= config.get("learning_rate", 1e-2) * dw / (np.sqrt(cache) + config.get("epsilon", 1e-8))
    return w, config


def adam(w, dw, config=None):
    config = config or {}
    beta1, beta2 = config.get("beta1", 0.9), config.get("beta2", 0.999)
    m = config.setdefault("m", np.zeros_like(w))
    v = config.setdefault("v", np.zeros_like(w))
    config["t"] = config.get("t", 0) + 1
    m *= beta1
    m += (1 - beta1) * dw
    v *= beta2
    v += (1 - beta2) * dw**2
    step = config.get("learning_rate", 1e-3) * m / (1 - beta1 ** config["t"])
    w -= step / (np.sqrt(v / (1 - beta2 ** config["t"])) + config.get("epsilon", 1e-8))
    return w, config


def step_decay(lr0, epoch, drop=0.5, every=10):
    while epoch >= every:
        lr0 *= drop
        epoch -= every
    return lr0


def exponential_decay(lr0, epoch, rate):
    return lr0 * np.exp(-rate) ** epoch


def l2_penalty(w, strength):
    penalty = 0.5 * strength * (w**2).sum()
    w *= strength
    return penalty, w


def l1_penalty(w, strength):
    penalty = strength * np.abs(w).sum()
    w[...] = strength * np.sign(w)
    return penalty, w
