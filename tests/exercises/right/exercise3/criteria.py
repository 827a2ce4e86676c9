"""Losses as classes with a forward and a backward; the object is the cache; type hints; gradients in Fortran's order."""

from __future__ import annotations

from typing import ClassVar, Type

import numpy as np

Array = np.ndarray


class Criterion:
    scale: float

    def __init__(self, pred: Array, target: Array) -> None:
        self.pred, self.target = pred, target
        self.n = pred.size

    def __call__(self) -> np.float64:
        return np.float64(self.elements().sum() / self.n)

    def elements(self) -> Array:
        raise NotImplementedError

    def gradient(self) -> Array:
        raise NotImplementedError

    def backward(self, dout: float) -> Array:
        return np.asfortranarray(dout * self.gradient() / self.n)


class MSE(Criterion):
    def elements(self) -> Array:
        return (self.target - self.pred) ** 2

    def gradient(self) -> Array:
        return -2 * (self.target - self.pred)


class MAE(Criterion):
    def elements(self) -> Array:
        return np.maximum(self.pred - self.target, self.target - self.pred)

    def gradient(self) -> Array:
        return 1.0 * (self.pred > self.target) - 1.0 * (self.pred < self.target)


class RMSE(MSE):
    def __call__(self) -> np.float64:
        self.loss = np.float64(super().__call__() ** 0.5)
        return self.loss

    def backward(self, dout: float) -> Array:
        if self.loss == 0.0:
            return np.zeros_like(self.pred)
        return super().backward(dout / (2 * self.loss))


class MSLE(Criterion):
    def ratio(self) -> Array:
        return np.log1p((self.pred - self.target) / (1 + self.target))

    def elements(self) -> Array:
        return self.ratio() ** 2

    def gradient(self) -> Array:
        return 2 * self.ratio() / (1 + self.pred)


class BCE(Criterion):
    EPS: ClassVar[float] = 1e-12

    def __init__(self, pred: Array, target: Array) -> None:
        super().__init__(pred, target)
        self.p = np.clip(pred, self.EPS, 1 - self.EPS)

    def elements(self) -> Array:
        return -self.target * np.log(self.p) - (1 - self.target) * np.log(1 - self.p)

    def gradient(self) -> Array:
        return np.where(self.p == self.pred, (1 - self.target) / (1 - self.p) - self.target / self.p, 0)


class Hinge(Criterion):
    def elements(self) -> Array:
        return np.where(self.target * self.pred < 1, 1 - self.target * self.pred, 0)

    def gradient(self) -> Array:
        return np.where(self.target * self.pred < 1, -self.target, 0)


class ByRow(Criterion):
    def __init__(self, pred: Array, target: Array) -> None:
        super().__init__(pred, target)
        self.n = len(pred)
        self.onehot = np.zeros(pred.shape)
        if target.ndim == 1:
            self.onehot[range(self.n), target] = 1


class MulticlassHinge(ByRow):
    def elements(self) -> Array:
        self.over = self.pred + 1 - (self.pred * self.onehot).sum(axis=1, keepdims=True)
        return np.maximum(self.over, 0) * (1 - self.onehot)

    def gradient(self) -> Array:
        counted = (self.over > 0) * (1 - self.onehot)
        return counted - self.onehot * counted.sum(axis=1, keepdims=True)


class CrossEntropy(ByRow):
    def elements(self) -> Array:
        top = self.pred.max(axis=1)
        self.log_z = top + np.log(np.exp(self.pred.T - top).sum(axis=0))
        return self.log_z - np.take_along_axis(self.pred, self.target[:, None], 1)[:, 0]

    def gradient(self) -> Array:
        return np.exp(self.pred.T - self.log_z).T - self.onehot


class KL(ByRow):
    def elements(self) -> Array:
        safe = self.target + (self.target == 0)
        return self.target * (np.log(safe) - np.log(self.pred))

    def gradient(self) -> Array:
        return -np.divide(self.target, self.pred)


def pair(kind: Type[Criterion]):
    def forward(pred: Array, target: Array) -> tuple[np.float64, Criterion]:
        criterion = kind(pred, target)
        return criterion(), criterion

    def backward(dout: float, cache: Criterion) -> Array:
        return cache.backward(dout)

    return forward, backward


mse_forward, mse_backward = pair(MSE)
mae_forward, mae_backward = pair(MAE)
rmse_forward, rmse_backward = pair(RMSE)
msle_forward, msle_backward = pair(MSLE)
bce_forward, bce_backward = pair(BCE)
hinge_forward, hinge_backward = pair(Hinge)
multiclass_hinge_forward, multiclass_hinge_backward = pair(MulticlassHinge)
cross_entropy_forward, cross_entropy_backward = pair(CrossEntropy)
kl_divergence_forward, kl_divergence_backward = pair(KL)
