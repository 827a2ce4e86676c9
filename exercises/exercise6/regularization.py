"""Regularisation: dropout, batch and layer normalisation, early stopping.

What keeps a network honest about examples it has never seen. Penalties on the weights are in exercise5.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Cache = Any


def dropout_forward(x: Array, p: float, mode: str, seed: int) -> tuple[Array, Cache]:
    """Drop each value with probability p while training; scale what is kept, so that the mean stays what it was.

    Shapes:   x has any shape, out has the same. 0 <= p < 1. mode is "train" or "test".
    Formula:  train: out = x * mask, where each value has a mask of its own, 0 with probability p, else 1 / (1 - p)
              test:  out = x
    Example:  x = [1, 2, 3, 4], p = 0.2: if the third value is the one that falls out, out = [1.25, 2.5, 0, 5].
    Returns:  (out, cache); the cache is whatever dropout_backward needs
    Hint:     np.random.default_rng(seed).random(shape) is below p with probability p.
    """
    raise NotImplementedError("dropout_forward is not written yet")


def dropout_backward(dout: Array, cache: Cache) -> Array:
    """The gradient for x of dropout in training.

    Shapes:   dout has the shape of out; so has the gradient.
    Formula:  dx = dout * mask, with the mask of the forward pass
    Example:  mask = [1.25, 1.25, 0, 1.25] and dout = [4, 0, 8, -4] give dx = [5, 0, 0, -5].
    Hint:     Nothing is drawn here. A new mask would send the gradient to values that had no part in the output.
    """
    raise NotImplementedError("dropout_backward is not written yet")


def batchnorm_forward(x: Array, gamma: Array, beta: Array, bn_param: dict[str, Any]) -> tuple[Array, Cache]:
    """Normalise each feature over the batch, then let the network choose scale and shift.

    Shapes:   x (N, D), gamma (D,), beta (D,); out (N, D).
    bn_param: mode ("train" or "test"), eps (1e-5), momentum (0.9), running_mean and running_var ((D,), zeros).
              mode is always there; the others take these defaults when they are missing.
    Formula:  out = gamma * (x - mean) / √(var + eps) + beta
              train: mean and var are the batch's, one per feature; var = mean of (x - mean)², divided by N; and
                     running_mean = momentum * running_mean + (1 - momentum) * mean,
                     running_var  = momentum * running_var  + (1 - momentum) * var  are stored in bn_param
              test:  mean and var are running_mean and running_var, which stay as they are
    Example:  a column [1, 3] has mean 2 and var 1; with gamma = 2, beta = 5 and a tiny eps, out = [3, 7].
              With momentum = 0.9 its running_mean goes from 0 to 0.2, its running_var from 0 to 0.1.
    Returns:  (out, cache)
    Hint:     Write in bn_param only; x, gamma and beta stay as they are. The cache is for training mode only.
    """
    raise NotImplementedError("batchnorm_forward is not written yet")


def batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """The gradients of batch normalisation in training.

    Shapes:   dout (N, D); dx (N, D), dgamma (D,), dbeta (D,).
    Formula:  with x̂ = (x - mean) / std, std = √(var + eps) and g = dout * gamma, all means over the batch:
              dbeta = Σ dout,  dgamma = Σ dout * x̂,
              dx = (g - mean(g) - x̂ * mean(g * x̂)) / std
    Example:  a column x = [1, 3] with gamma = 2 has x̂ = [-1, 1]. For dout = [1, 0]: dbeta = 1, dgamma = -1, g = [2, 0]
              and dx = [2, 0] - 1 - [-1, 1] * (-1) = [0, 0]: with two examples x̂ is ±1, wherever they lie.
    Returns:  (dx, dgamma, dbeta)
    Hint:     x enters out in three ways: by itself, through the mean and through the variance. Each gives a term of dx.
    """
    raise NotImplementedError("batchnorm_backward is not written yet")


def layernorm_forward(x: Array, gamma: Array, beta: Array, eps: float = 1e-5) -> tuple[Array, Cache]:
    """Normalise each example over its features, then let the network choose scale and shift.

    Shapes:   x (N, D), gamma (D,), beta (D,); out (N, D).
    Formula:  out = gamma * (x - mean) / √(var + eps) + beta
              with one mean and one var per row of x; var = mean of (x - mean)², divided by D
    Example:  a row [1, 3] has mean 2 and var 1; with gamma = [2, 10], beta = [5, 0] and a tiny eps, out = [3, 10].
    Returns:  (out, cache)
    Hint:     keepdims=True keeps a mean per row in the shape (N, 1), which fits x. There is no mode here.
    """
    raise NotImplementedError("layernorm_forward is not written yet")


def layernorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """The gradients of layer normalisation.

    Shapes:   dout (N, D); dx (N, D), dgamma (D,), dbeta (D,).
    Formula:  with x̂ = (x - mean) / std, std = √(var + eps) and g = dout * gamma:
              dbeta = Σ dout and dgamma = Σ dout * x̂ over the examples,
              dx = (g - mean(g) - x̂ * mean(g * x̂)) / std with means over the features
    Example:  one row x = [1, 3], gamma = [2, 10], dout = [1, 0]: x̂ = [-1, 1], dgamma = [-1, 0], dbeta = [1, 0].
    Returns:  (dx, dgamma, dbeta)
    Hint:     gamma differs from feature to feature, so it is already in g when the means over the features are taken.
    """
    raise NotImplementedError("layernorm_backward is not written yet")


class EarlyStopping:
    """Says when to stop training, and keeps the best weights seen so far.

    Attributes: best_loss (infinity before the first update), best_weights (a list of arrays, copies).
    Example:    patience = 2 and the losses 5, 4, 4.5, 4.2, 3, 3.5: update returns
                False, False, False, True, False, False, and best_loss is 3 in the end.
    Hint:       Three things to remember: the best loss, the best weights, and how many updates ago they came.
    """

    def __init__(self, patience: int, min_delta: float = 0.0) -> None:
        """Begin with best_loss at infinity; patience is at least 1."""
        raise NotImplementedError("EarlyStopping.__init__ is not written yet")

    def update(self, loss: float, weights: Sequence[Array]) -> bool:
        """Take the validation loss and the weights after an epoch; say whether it is time to stop.

        Formula:  an improvement is loss < best_loss - min_delta. Only then best_loss becomes loss and best_weights a
                  copy of weights.
        Returns:  True while the last `patience` or more updates brought no improvement, else False
        Example:  best_loss = 1 and min_delta = 0.25: 0.75 is no improvement, 0.74 is one.
        Hint:     Training goes on and changes these arrays in place. A copy of the list still holds the same arrays.
        """
        raise NotImplementedError("EarlyStopping.update is not written yet")
