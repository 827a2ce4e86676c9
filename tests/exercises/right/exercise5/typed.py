"""Type hints, a generator for the running means, much printing, and nothing shared between the rules."""

from collections.abc import Iterator
from copy import deepcopy
from math import e, floor
from typing import Any, Optional

import numpy as np

Pair = tuple[np.ndarray, dict[str, Any]]


def running(old: np.ndarray, beta: float) -> Iterator[np.ndarray]:
    """Takes values, gives running means."""
    mean = old
    value = yield mean
    while True:
        mean = beta * mean + (1.0 - beta) * value
        value = yield mean


def advance(old: np.ndarray, beta: float, value: np.ndarray) -> np.ndarray:
    means = running(old, beta)
    next(means)
    return means.send(value)


def sgd(w: np.ndarray, dw: np.ndarray, config: Optional[dict[str, Any]] = None) -> Pair:  # noqa: UP045
    settings = deepcopy(config) if config else {}
    if "learning_rate" not in settings:
        settings["learning_rate"] = 0.01
    print("sgd: gradient norm", np.linalg.norm(dw))
    new = w.copy()
    new -= settings["learning_rate"] * dw
    return new, settings


def momentum(w: np.ndarray, dw: np.ndarray, config: Optional[dict[str, Any]] = None) -> Pair:  # noqa: UP045
    settings = {"learning_rate": 0.01, "momentum": 0.9}
    settings.update(deepcopy(config) or {})
    if settings.get("velocity") is None:
        settings["velocity"] = np.zeros_like(w, dtype=np.float64, order="F")
    settings["velocity"] *= settings["momentum"]
    settings["velocity"] -= settings["learning_rate"] * dw
    print("momentum: velocity", settings["velocity"])
    return np.add(w, settings["velocity"]), settings


def adagrad(w: np.ndarray, dw: np.ndarray, config: Optional[dict[str, Any]] = None) -> Pair:  # noqa: UP045
    settings = {} if config is None else config
    rate = settings.get("learning_rate", 0.01)
    epsilon = settings.get("epsilon", 1e-8)
    try:
        settings["cache"] = settings["cache"] + dw**2
    except KeyError:
        settings["cache"] = dw**2
    return np.subtract(w, rate * dw / (np.sqrt(settings["cache"]) + epsilon)), settings


def rmsprop(w: np.ndarray, dw: np.ndarray, config: Optional[dict[str, Any]] = None) -> Pair:  # noqa: UP045
    settings = {} if config is None else config
    rate = settings.get("learning_rate", 0.01)
    epsilon = settings.get("epsilon", 1e-8)
    cache = advance(settings.get("cache", np.zeros(w.shape)), settings.get("decay_rate", 0.99), dw**2)
    return w - rate * dw / (np.sqrt(cache) + epsilon), {**settings, "cache": cache}


def adam(w: np.ndarray, dw: np.ndarray, config: Optional[dict[str, Any]] = None) -> Pair:  # noqa: UP045
    settings = {} if config is None else config
    rate, epsilon = settings.get("learning_rate", 0.001), settings.get("epsilon", 1e-8)
    betas = np.array([settings.get("beta1", 0.9), settings.get("beta2", 0.999)])
    t = np.int64(settings.get("t", 0)) + np.int64(1)
    m = advance(settings.get("m", np.zeros(w.shape)), betas[0], dw)
    v = advance(settings.get("v", np.zeros(w.shape)), betas[1], dw**2)
    corrections = 1.0 - betas**t
    new = w - rate * (m / corrections[0]) / (np.sqrt(v / corrections[1]) + epsilon)
    settings |= {"m": m, "v": v, "t": t}
    return new, settings


def step_decay(lr0: float, epoch: int, drop: float = 0.5, every: int = 10) -> float:
    if epoch < every:
        return lr0
    return step_decay(lr0 * drop, epoch - every, drop, every) if every else floor(lr0)


def exponential_decay(lr0: float, epoch: int, rate: float) -> float:
    return lr0 * pow(pow(e, -rate), epoch)


def l2_penalty(w: np.ndarray, strength: float) -> tuple[float, np.ndarray]:
    return 0.5 * strength * sum(v * v for v in w.flat), np.full(w.shape, strength) * w


def l1_penalty(w: np.ndarray, strength: float) -> tuple[float, np.ndarray]:
    gradient = np.where(w > 0, strength, np.where(w < 0, -strength, 0.0))
    return strength * sum(map(abs, w.flat)), gradient
