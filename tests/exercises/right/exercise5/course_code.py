"""As in public course code: a config that is completed by setdefault and updated in place."""

import numpy as np


def sgd(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)

    next_w = w - config["learning_rate"] * dw
    return next_w, config


def momentum(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("momentum", 0.9)
    v = config.get("velocity", np.zeros_like(w))

    v = config["momentum"] * v - config["learning_rate"] * dw
    next_w = w + v
    config["velocity"] = v

    return next_w, config


def adagrad(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("cache", np.zeros_like(w))

    config["cache"] += dw * dw
    next_w = w - config["learning_rate"] * dw / (np.sqrt(config["cache"]) + config["epsilon"])
    return next_w, config


def rmsprop(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-2)
    config.setdefault("decay_rate", 0.99)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("cache", np.zeros_like(w))

    decay = config["decay_rate"]
    config["cache"] *= decay
    config["cache"] += (1 - decay) * np.square(dw)
    next_w = w - config["learning_rate"] * dw / (np.sqrt(config["cache"]) + config["epsilon"])

    return next_w, config


def adam(w, dw, config=None):
    if config is None:
        config = {}
    config.setdefault("learning_rate", 1e-3)
    config.setdefault("beta1", 0.9)
    config.setdefault("beta2", 0.999)
    config.setdefault("epsilon", 1e-8)
    config.setdefault("m", np.zeros_like(w))
    config.setdefault("v", np.zeros_like(w))
    config.setdefault("t", 0)

    learning_rate, beta1, beta2, eps, m, v, t = (
        config["learning_rate"],
        config["beta1"],
        config["beta2"],
        config["epsilon"],
        config["m"],
        config["v"],
        config["t"],
    )
    t += 1
    m = beta1 * m + (1 - beta1) * dw
    v = beta2 * v + (1 - beta2) * (dw**2)
    mb = m / (1 - beta1**t)
    vb = v / (1 - beta2**t)
    next_w = w - learning_rate * mb / (np.sqrt(vb) + eps)
    config["m"], config["v"], config["t"] = m, v, t

    return next_w, config


def step_decay(lr0, epoch, drop=0.5, every=10):
    return lr0 * np.power(drop, np.floor(epoch / every))


def exponential_decay(lr0, epoch, rate):
    return lr0 * np.exp(-rate * epoch)


def l2_penalty(w, strength):
    loss = 0.5 * strength * np.sum(w * w)
    grad = strength * w
    return loss, grad


def l1_penalty(w, strength):
    loss = strength * np.linalg.norm(w.ravel(), 1)
    grad = strength * np.sign(w)
    return loss, grad
