"""The losses of the course: how wrong a prediction is, as one number, and which way is better.

Each is a pair. `name_forward(pred, target)` returns the loss, one number, and a cache: whatever the backward needs.
`name_backward(dout, cache)` returns the gradient for pred, in the shape of pred. dout is a float, the gradient of what
comes after the loss (1.0 at the top of a network), and multiplies everything. Nothing here changes its arguments.
"""

from typing import Any

import numpy as np

Array = np.ndarray
Cache = Any

CLIP = 1e-12  # bce keeps its probabilities this far away from 0 and from 1


def mse_forward(pred: Array, target: Array) -> tuple[float, Cache]:
    """Mean squared error: the mean of (pred − target)² over all elements.

    Shapes:  pred and target have the same shape, whatever it is; the loss is one number.
    Formula: L = 1/n · Σ (pred − target)², with n the number of all elements (N·C for shape (N, C)).
    Example: pred = [1, 2], target = [0, 4]: the differences are 1 and −2, so L = (1 + 4) / 2 = 2.5.
    Hint:    the mean over everything needs no axis. Put into the cache what the gradient is made of.
    """
    raise NotImplementedError("mse_forward is not written yet")


def mse_backward(dout: float, cache: Cache) -> Array:
    """The gradient of the mean squared error for pred.

    Shapes:  dout is a float; the gradient has the shape of pred.
    Formula: ∂L/∂pred = 2/n · (pred − target), times dout.
    Example: pred = [1, 2], target = [0, 4], dout = 1: 2/2 · [1, −2] = [1, −2]; with dout = 3 it is [3, −6].
    Hint:    n counts all elements, the same n as in the forward.
    """
    raise NotImplementedError("mse_backward is not written yet")


def mae_forward(pred: Array, target: Array) -> tuple[float, Cache]:
    """Mean absolute error: the mean of |pred − target| over all elements.

    Shapes:  pred and target have the same shape, whatever it is; the loss is one number.
    Formula: L = 1/n · Σ |pred − target|.
    Example: pred = [1, 2], target = [0, 4]: L = (1 + 2) / 2 = 1.5.
    Hint:    without the absolute value, errors of opposite signs cancel.
    """
    raise NotImplementedError("mae_forward is not written yet")


def mae_backward(dout: float, cache: Cache) -> Array:
    """The gradient of the mean absolute error for pred; 0 where pred equals target.

    Shapes:  dout is a float; the gradient has the shape of pred.
    Formula: ∂L/∂pred = 1/n · sign(pred − target), times dout, with sign(0) = 0.
    Example: pred = [1, 2, 5], target = [0, 4, 5], dout = 1: [1/3, −1/3, 0].
    Hint:    the slope of |e| says only on which side of 0 the error is, not how large it is.
    """
    raise NotImplementedError("mae_backward is not written yet")


def rmse_forward(pred: Array, target: Array) -> tuple[float, Cache]:
    """Root mean squared error: the square root of the mean of (pred − target)² over all elements.

    Shapes:  pred and target have the same shape, whatever it is; the loss is one number.
    Formula: L = √(1/n · Σ (pred − target)²).
    Example: pred = [1, 2], target = [0, 4]: L = √2.5 ≈ 1.5811.
    Hint:    square, then mean, then root: read the name from the right. The gradient will need L itself too.
    """
    raise NotImplementedError("rmse_forward is not written yet")


def rmse_backward(dout: float, cache: Cache) -> Array:
    """The gradient of the root mean squared error for pred; 0 everywhere if the loss is 0.

    Shapes:  dout is a float; the gradient has the shape of pred.
    Formula: ∂L/∂pred = (pred − target) / (n · L), times dout.
    Example: pred = [1, 2], target = [0, 4], dout = 1: [1, −2] / (2 · 1.5811) ≈ [0.3162, −0.6325].
    Hint:    chain rule: the slope of √u is 1/(2√u), and the 2 meets the 2 of the square. Where L is 0, do not divide.
    """
    raise NotImplementedError("rmse_backward is not written yet")


def msle_forward(pred: Array, target: Array) -> tuple[float, Cache]:
    """Mean squared logarithmic error: the mean of (log(1 + pred) − log(1 + target))² over all elements.

    Shapes:  pred and target have the same shape, every value above −1; the loss is one number.
    Formula: L = 1/n · Σ (log(1 + pred) − log(1 + target))², natural logarithms.
    Example: pred = [1, 3], target = [0, 3]: the differences are log 2 ≈ 0.6931 and 0, so L = 0.4805 / 2 ≈ 0.2402.
    Hint:    NumPy has a function for log(1 + x). Values between −1 and 0 are as good as any.
    """
    raise NotImplementedError("msle_forward is not written yet")


def msle_backward(dout: float, cache: Cache) -> Array:
    """The gradient of the mean squared logarithmic error for pred.

    Shapes:  dout is a float; the gradient has the shape of pred.
    Formula: ∂L/∂pred = 2/n · (log(1 + pred) − log(1 + target)) / (1 + pred), times dout.
    Example: pred = [1, 3], target = [0, 3], dout = 1: 2/2 · [0.6931 / 2, 0] ≈ [0.3466, 0].
    Hint:    chain rule: the gradient of the square, times the slope of log(1 + pred).
    """
    raise NotImplementedError("msle_backward is not written yet")


def bce_forward(pred: Array, target: Array) -> tuple[float, Cache]:
    """Binary cross-entropy of probabilities, the mean over all elements.

    Shapes:  pred and target have the same shape; pred are probabilities, target lies in [0, 1], not only at its ends.
    Formula: p = pred clipped to [CLIP, 1 − CLIP]; L = −1/n · Σ (target·log p + (1 − target)·log(1 − p)).
    Example: pred = [0.8, 0.4], target = [1, 0]: L = −(log 0.8 + log 0.6) / 2 ≈ (0.2231 + 0.5108) / 2 = 0.3670.
    Hint:    clip first, so that no logarithm ever sees a 0. Both terms count for every element.
    """
    raise NotImplementedError("bce_forward is not written yet")


def bce_backward(dout: float, cache: Cache) -> Array:
    """The gradient of the binary cross-entropy for pred; 0 where pred was clipped.

    Shapes:  dout is a float; the gradient has the shape of pred.
    Formula: ∂L/∂pred = 1/n · (pred − target) / (pred·(1 − pred)), times dout; 0 where pred is outside [CLIP, 1 − CLIP].
    Example: pred = [0.8, 0.4], target = [1, 0], dout = 1: [−0.2 / 0.16, 0.4 / 0.24] / 2 = [−0.625, 0.8333].
    Hint:    where pred was clipped, moving it a little changes nothing: that is what a gradient of 0 says.
    """
    raise NotImplementedError("bce_backward is not written yet")


def hinge_forward(pred: Array, target: Array) -> tuple[float, Cache]:
    """Hinge loss of scores for two classes, the mean over all elements.

    Shapes:  pred and target have the same shape; pred are scores (any number), target is −1 or +1.
    Formula: L = 1/n · Σ max(0, 1 − target·pred).
    Example: pred = [2, 0.5, −0.4], target = [1, 1, −1]: L = (0 + 0.5 + 0.6) / 3 ≈ 0.3667.
    Hint:    target·pred is positive where the sign is right; the loss ends where it reaches 1, not where it reaches 0.
    """
    raise NotImplementedError("hinge_forward is not written yet")


def hinge_backward(dout: float, cache: Cache) -> Array:
    """The gradient of the hinge loss for pred.

    Shapes:  dout is a float; the gradient has the shape of pred.
    Formula: ∂L/∂pred = −target/n where target·pred < 1, else 0, times dout.
    Example: pred = [2, 0.5, −0.4], target = [1, 1, −1], dout = 1: [0, −1/3, 1/3].
    Hint:    where the margin is met the loss is flat; elsewhere it is a straight line in pred.
    """
    raise NotImplementedError("hinge_backward is not written yet")


def multiclass_hinge_forward(pred: Array, target: Array) -> tuple[float, Cache]:
    """Multiclass hinge loss: every wrong class should score at least 1 below the right one.

    Shapes:  pred (N, C) scores; target (N,) integer labels from 0 to C − 1; the loss is one number.
    Formula: L = 1/N · Σᵢ Σ_{j ≠ yᵢ} max(0, pred[i, j] − pred[i, yᵢ] + 1): a sum over wrong classes, a mean over rows.
    Example: pred = [[2, 1.5, −1], [0, 1, 0.5]], target = [0, 2]: rows 0.5 + 0 and 0.5 + 1.5, so L = 2.5 / 2 = 1.25.
    Hint:    for j = yᵢ the term would be 1, so leave it out. Keep pred[i, yᵢ] as a column to subtract it from a row.
    """
    raise NotImplementedError("multiclass_hinge_forward is not written yet")


def multiclass_hinge_backward(dout: float, cache: Cache) -> Array:
    """The gradient of the multiclass hinge loss for pred.

    Shapes:  dout is a float; the gradient is (N, C).
    Formula: row i has 1/N in each wrong class within the margin (pred[i, j] − pred[i, yᵢ] + 1 > 0), in column yᵢ
             −1/N times the number of those classes, and 0 elsewhere; all times dout.
    Example: pred = [[2, 1.5, −1], [0, 1, 0.5]], target = [0, 2], dout = 1: [[−1, 1, 0], [1, 1, −2]] / 2.
    Hint:    the right class stands in every one of those terms: each row of the gradient sums to 0.
    """
    raise NotImplementedError("multiclass_hinge_backward is not written yet")


def cross_entropy_forward(pred: Array, target: Array) -> tuple[float, Cache]:
    """Cross-entropy of logits: softmax and −log of the right class's probability in one, the mean over the rows.

    Shapes:  pred (N, C) logits (any number); target (N,) integer labels from 0 to C − 1; the loss is one number.
    Formula: L = 1/N · Σᵢ (log Σⱼ exp(pred[i, j]) − pred[i, yᵢ]), exact and finite also where logits are 1e4 apart.
    Example: pred = [[2, 0, 0]], target = [0]: L = log(e² + 2) − 2 ≈ 2.2395 − 2 = 0.2395.
    Hint:    subtract each row's largest logit first, and simplify log(softmax) on paper: no log of a tiny quotient.
    """
    raise NotImplementedError("cross_entropy_forward is not written yet")


def cross_entropy_backward(dout: float, cache: Cache) -> Array:
    """The gradient of the cross-entropy for the logits.

    Shapes:  dout is a float; the gradient is (N, C).
    Formula: ∂L/∂pred = 1/N · (softmax(pred) − onehot(target)), times dout.
    Example: pred = [[2, 0, 0]], target = [0], dout = 1: softmax [0.7870, 0.1065, 0.1065] → [−0.2130, 0.1065, 0.1065].
    Hint:    the softmax from the forward is worth keeping, but write the gradient into a copy of it.
    """
    raise NotImplementedError("cross_entropy_backward is not written yet")


def kl_divergence_forward(pred: Array, target: Array) -> tuple[float, Cache]:
    """Kullback–Leibler divergence of pred from target: sum over the classes, mean over the rows.

    Shapes:  pred and target (N, C), each row a distribution; pred > 0, target ≥ 0; the loss is one number.
    Formula: L = 1/N · Σᵢ Σⱼ target[i, j]·log(target[i, j] / pred[i, j]), where 0·log 0 counts as 0.
    Example: pred = [[0.25, 0.75]], target = [[0.5, 0.5]]: L = 0.5·log 2 + 0.5·log(2/3) ≈ 0.3466 − 0.2027 = 0.1438.
    Hint:    0·log 0 is nan to NumPy: give the logarithm a harmless number wherever target is 0.
    """
    raise NotImplementedError("kl_divergence_forward is not written yet")


def kl_divergence_backward(dout: float, cache: Cache) -> Array:
    """The gradient of the Kullback–Leibler divergence for pred.

    Shapes:  dout is a float; the gradient is (N, C).
    Formula: ∂L/∂pred = −target / pred / N, times dout.
    Example: pred = [[0.25, 0.75]], target = [[0.5, 0.5]], dout = 1: [−2, −0.6667].
    Hint:    target·log target does not depend on pred; only −target·log pred is left to differentiate.
    """
    raise NotImplementedError("kl_divergence_backward is not written yet")
