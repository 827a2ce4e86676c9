"""Each rule is an object that can be called, its config an object too: a dict that knows its defaults."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


class Config(dict):
    """A dict of hyperparameters and state."""

    def __init__(self, defaults, given):
        super().__init__(defaults)
        self.update(given or {})

    def zeros(self, key, like):
        if key not in self:
            self[key] = np.zeros(like.shape)
        return self[key]


@dataclass
class Rule:
    """The frame of a rule: completes the config, moves the weights."""

    learning_rate: float = 1e-2

    def __call__(self, w, dw, config=None):
        mine = Config(self.__dict__, config)
        return w + self.move(w, dw, mine), mine

    def move(self, w, dw, config):
        return -config["learning_rate"] * dw


@dataclass
class Momentum(Rule):
    momentum: float = 0.9

    def move(self, w, dw, config):
        config["velocity"] = config["momentum"] * config.zeros("velocity", w) - config["learning_rate"] * dw
        return config["velocity"]


@dataclass
class Adagrad(Rule):
    epsilon: float = 1e-8

    def move(self, w, dw, config):
        config["cache"] = config.zeros("cache", w) + dw**2
        return -config["learning_rate"] * dw / (config["cache"] ** 0.5 + config["epsilon"])


@dataclass
class RMSProp(Adagrad):
    decay_rate: float = 0.99

    def move(self, w, dw, config):
        old = config.zeros("cache", w)
        config["cache"] = old + (1 - config["decay_rate"]) * (dw**2 - old)
        return -config["learning_rate"] * dw / (config["cache"] ** 0.5 + config["epsilon"])


@dataclass
class Adam(Rule):
    learning_rate: float = 1e-3
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def move(self, w, dw, config):
        means = []
        config["t"] = config.get("t", 0) + 1
        for key, beta, value in (("m", config["beta1"], dw), ("v", config["beta2"], dw**2)):
            config[key] = beta * config.zeros(key, w) + (1 - beta) * value
            means.append(config[key] / (1 - beta ** config["t"]))
        return -config["learning_rate"] * means[0] / (np.sqrt(means[1]) + config["epsilon"])


sgd, momentum, adagrad, rmsprop, adam = Rule(), Momentum(), Adagrad(), RMSProp(), Adam()


@dataclass
class Decay:
    """A schedule as an object."""

    lr0: float

    def steps(self, epoch, drop, every):
        return self.lr0 * drop ** int(epoch / every)

    def smooth(self, epoch, rate):
        return self.lr0 / np.exp(rate * epoch)


def step_decay(lr0, epoch, drop=0.5, every=10):
    return Decay(lr0).steps(epoch, drop, every)


def exponential_decay(lr0, epoch, rate):
    return Decay(lr0).smooth(epoch, rate)


def l2_penalty(w, strength):
    return np.array(strength * np.linalg.norm(w) ** 2 / 2), np.asfortranarray(strength * w)


def l1_penalty(w, strength):
    positive, negative = w > 0, w < 0
    return np.array(strength * (w[positive].sum() - w[negative].sum())), strength * (positive * 1.0 - negative)
