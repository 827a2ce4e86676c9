"""One weight at a time with the math module: no NumPy where it can be helped, lists for pairs."""

import math

import numpy as np

DEFAULTS = {
    "sgd": {"learning_rate": 0.01},
    "momentum": {"learning_rate": 0.01, "momentum": 0.9},
    "adagrad": {"learning_rate": 0.01, "epsilon": 1e-8},
    "rmsprop": {"learning_rate": 0.01, "decay_rate": 0.99, "epsilon": 1e-8},
    "adam": {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
}


def complete(rule, config, w, *states):
    new = dict(DEFAULTS[rule])
    for key in config or {}:
        new[key] = config[key]
    for state in states:
        old = new.get(state)
        new[state] = np.zeros(w.shape) if old is None else np.array(old)
    return new


def sgd(w, dw, config=None):
    config = complete("sgd", config, w)
    out = np.empty(w.shape)
    for i in np.ndindex(*w.shape):
        out[i] = w[i] - config["learning_rate"] * dw[i]
    return [out, config]


def momentum(w, dw, config=None):
    config = complete("momentum", config, w, "velocity")
    out = np.empty(w.shape)
    for i in np.ndindex(*w.shape):
        config["velocity"][i] = config["momentum"] * config["velocity"][i] - config["learning_rate"] * dw[i]
        out[i] = w[i] + config["velocity"][i]
    return [out, config]


def adagrad(w, dw, config=None):
    config = complete("adagrad", config, w, "cache")
    out = np.empty(w.shape)
    for i in np.ndindex(*w.shape):
        config["cache"][i] += float(dw[i]) ** 2
        out[i] = w[i] - config["learning_rate"] * dw[i] / (math.sqrt(config["cache"][i]) + config["epsilon"])
    return [out, config]


def rmsprop(w, dw, config=None):
    config = complete("rmsprop", config, w, "cache")
    out = np.empty(w.shape)
    rate = config["decay_rate"]
    for i in np.ndindex(*w.shape):
        config["cache"][i] = rate * config["cache"][i] + (1 - rate) * dw[i] * dw[i]
        out[i] = w[i] - config["learning_rate"] * dw[i] / (math.sqrt(config["cache"][i]) + config["epsilon"])
    return [out, config]


def adam(w, dw, config=None):
    config = complete("adam", config, w, "m", "v")
    config["t"] = config.get("t", 0) + 1
    b1, b2 = config["beta1"], config["beta2"]
    first, second = 1 - math.pow(b1, config["t"]), 1 - math.pow(b2, config["t"])
    out = np.empty(w.shape)
    for i in np.ndindex(*w.shape):
        g = dw[i]
        config["m"][i] = b1 * config["m"][i] + (1 - b1) * g
        config["v"][i] = b2 * config["v"][i] + (1 - b2) * g * g
        length = config["learning_rate"] * (config["m"][i] / first)
        out[i] = w[i] - length / (math.sqrt(config["v"][i] / second) + config["epsilon"])
    return [out, config]


def step_decay(lr0, epoch, drop=0.5, every=10):
    rate = lr0
    for done in range(1, epoch + 1):
        if done % every == 0:
            rate *= drop
    return rate


def exponential_decay(lr0, epoch, rate):
    for _ in range(epoch):
        lr0 *= math.exp(-rate)
    return lr0


def l2_penalty(w, strength):
    total = 0.0
    gradient = np.zeros(w.shape)
    for i in np.ndindex(*w.shape):
        total += w[i] ** 2
        gradient[i] = strength * w[i]
    return [strength * total / 2, gradient]


def l1_penalty(w, strength):
    total = 0.0
    gradient = np.zeros(w.shape)
    for i in np.ndindex(*w.shape):
        total += abs(w[i])
        if w[i] > 0:
            gradient[i] = strength
        elif w[i] < 0:
            gradient[i] = -strength
    return [strength * total, gradient]
