"""Optimizers, learning-rate schedules and weight penalties: how a gradient becomes better weights.

A rule is called once per step for each parameter: `next_w, config = rule(w, dw, config)`. The dictionary `config`
holds the hyperparameters and what the rule has to remember; it is handed back in with the next gradient.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Config = dict[str, Any]


def sgd(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of gradient descent.

    Shapes:   w and dw have the same shape, whatever it is; so has next_w. config is a dict or None.
    Config:   learning_rate (1e-2). A key that is missing takes its default; None means that all are missing.
    Formula:  next_w = w - learning_rate * dw
    Example:  w = 1.0, dw = 2.0, learning_rate = 0.1 gives next_w = 0.8.
    Returns:  (next_w, config)
    Hint:     `w -= ...` would change the caller's array; an expression makes a new one.
    """
    raise NotImplementedError("sgd is not written yet")


def momentum(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of gradient descent with momentum: a ball that rolls.

    Shapes:   w, dw, next_w and the velocity have the same shape, whatever it is.
    Config:   learning_rate (1e-2), momentum (0.9), velocity (zeros). Missing keys take their defaults.
    Formula:  velocity = momentum * velocity - learning_rate * dw
              next_w = w + velocity                                (the new velocity)
    Example:  w = 1.0, dw = 2.0, learning_rate = 0.1: the velocity is -0.2 and next_w = 0.8.
              Again with dw = 2.0: the velocity is 0.9 * (-0.2) - 0.2 = -0.38 and next_w = 0.42.
    Returns:  (next_w, config), with the new velocity in config
    Hint:     What a rule remembers belongs into config, so that every parameter has a memory of its own.
    """
    raise NotImplementedError("momentum is not written yet")


def adagrad(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of Adagrad: each weight has its own step size, smaller the more it has moved.

    Shapes:   w, dw, next_w and the cache have the same shape, whatever it is.
    Config:   learning_rate (1e-2), epsilon (1e-8), cache (zeros). Missing keys take their defaults.
    Formula:  cache = cache + dw²
              next_w = w - learning_rate * dw / (√cache + epsilon)
    Example:  w = 1.0, dw = 4.0, learning_rate = 0.1: the cache is 16 and next_w = 1 - 0.1 * 4 / 4 = 0.9.
              Again with dw = 3.0: the cache is 25 and next_w = 0.9 - 0.1 * 3 / 5 = 0.84.
    Returns:  (next_w, config), with the new cache in config
    Hint:     First add to the cache, then divide by its root. Epsilon stands outside the root.
    """
    raise NotImplementedError("adagrad is not written yet")


def rmsprop(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of RMSProp: Adagrad that forgets.

    Shapes:   w, dw, next_w and the cache have the same shape, whatever it is.
    Config:   learning_rate (1e-2), decay_rate (0.99), epsilon (1e-8), cache (zeros). Missing keys take their defaults.
    Formula:  cache = decay_rate * cache + (1 - decay_rate) * dw²
              next_w = w - learning_rate * dw / (√cache + epsilon)
    Example:  w = 1.0, dw = 4.0, learning_rate = 0.1, decay_rate = 0.75: the cache is 0.25 * 16 = 4 and
              next_w = 1 - 0.1 * 4 / 2 = 0.8.
    Returns:  (next_w, config), with the new cache in config
    Hint:     It is a running mean of squares: the two weights, decay_rate and what is left of 1, sum to 1.
    """
    raise NotImplementedError("rmsprop is not written yet")


def adam(w: Array, dw: Array, config: Config | None = None) -> tuple[Array, Config]:
    """One step of Adam: momentum over RMSProp, with both running means corrected for their start at zero.

    Shapes:   w, dw, next_w, m and v have the same shape, whatever it is; t is an integer.
    Config:   learning_rate (1e-3), beta1 (0.9), beta2 (0.999), epsilon (1e-8), m (zeros), v (zeros), t (0).
              Missing keys take their defaults.
    Formula:  t = t + 1
              m = beta1 * m + (1 - beta1) * dw             m̂ = m / (1 - beta1^t)
              v = beta2 * v + (1 - beta2) * dw²            v̂ = v / (1 - beta2^t)
              next_w = w - learning_rate * m̂ / (√v̂ + epsilon)
    Example:  w = 1.0, dw = 4.0, learning_rate = 0.1: t = 1, m = 0.4, m̂ = 4, v = 0.016, v̂ = 16 and
              next_w = 1 - 0.1 * 4 / 4 = 0.9. The first step always has the length of the learning rate.
    Returns:  (next_w, config), with the new m, v and t in config
    Hint:     m̂ and v̂ live for this step only. What goes into config is m and v, without the correction.
    """
    raise NotImplementedError("adam is not written yet")


def step_decay(lr0: float, epoch: int, drop: float = 0.5, every: int = 10) -> float:
    """The learning rate at an epoch, when it is multiplied by `drop` after every `every` epochs.

    Shapes:   numbers in, one number out. Epochs count from 0.
    Formula:  lr0 * drop^⌊epoch / every⌋
    Example:  lr0 = 0.8, drop = 0.5, every = 10: 0.8 in epochs 0 to 9, 0.4 in 10 to 19, 0.2 in epoch 20.
    Hint:     ⌊a / b⌋, rounded down, is one operator in Python.
    """
    raise NotImplementedError("step_decay is not written yet")


def exponential_decay(lr0: float, epoch: int, rate: float) -> float:
    """The learning rate at an epoch, when it shrinks by the same share in every epoch.

    Shapes:   numbers in, one number out. Epochs count from 0.
    Formula:  lr0 * e^(-rate * epoch)
    Example:  lr0 = 0.5, rate = 0.1: 0.5 in epoch 0 and 0.5 / e = 0.18394 in epoch 10.
    Hint:     The rate is positive and the learning rate falls: mind the sign.
    """
    raise NotImplementedError("exponential_decay is not written yet")


def l2_penalty(w: Array, strength: float) -> tuple[float, Array]:
    """The L2 penalty of some weights, which is added to the loss, and its gradient, which is added to dw.

    Shapes:   w has any shape; the penalty is one number, the gradient has the shape of w.
    Formula:  ½ * strength * Σ w²
    Example:  w = [3, -4], strength = 0.1: the penalty is 0.5 * 0.1 * 25 = 1.25.
    Returns:  (penalty, gradient)
    Hint:     Derive the gradient on paper for a single weight. What was the ½ good for?
    """
    raise NotImplementedError("l2_penalty is not written yet")


def l1_penalty(w: Array, strength: float) -> tuple[float, Array]:
    """The L1 penalty of some weights, which is added to the loss, and its gradient, which is added to dw.

    Shapes:   w has any shape; the penalty is one number, the gradient has the shape of w.
    Formula:  strength * Σ |w|                             (the gradient is 0 where w is 0)
    Example:  w = [3, 0, -4], strength = 0.1: the penalty is 0.7 and the gradient of the middle weight is 0.
    Returns:  (penalty, gradient)
    Hint:     The slope of |w| is +1 on the right and -1 on the left. NumPy has one function for that, 0 at 0 included.
    """
    raise NotImplementedError("l1_penalty is not written yet")
