"""Every activation is a layer, an object with forward and backward; the cache is the layer. Type hints throughout."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, Optional

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class Layer(ABC):
    saved: Any

    @abstractmethod
    def forward(self, x: Floats) -> Floats: ...

    @abstractmethod
    def slope(self) -> Floats: ...

    def backward(self, dout: Floats) -> Any:
        return np.asfortranarray(dout * self.slope())


class Sigmoid(Layer):
    def forward(self, x: Floats) -> Floats:
        self.saved = np.exp(-np.logaddexp(0.0, -x))
        return self.saved

    def slope(self) -> Floats:
        return self.saved * (1.0 - self.saved)


class Tanh(Layer):
    def forward(self, x: Floats) -> Floats:
        self.saved = np.tanh(x)
        return self.saved

    def slope(self) -> Floats:
        return (1.0 - self.saved) * (1.0 + self.saved)


@dataclass
class Leaky(Layer):
    alpha: float = 0.0
    saved: Optional[Floats] = field(default=None, init=False)

    def forward(self, x: Floats) -> Floats:
        self.saved = x
        return np.where(x > 0, x, x * self.alpha)

    def slope(self) -> Floats:
        assert self.saved is not None
        return np.where(self.saved > 0, 1.0, float(self.alpha))


@dataclass
class Elu(Leaky):
    def forward(self, x: Floats) -> Floats:
        self.saved = x
        out = np.array(x, dtype=np.float64, order="F")
        np.multiply(self.alpha, np.expm1(x, where=x <= 0, out=np.zeros_like(out)), where=x <= 0, out=out)
        return out

    def slope(self) -> Floats:
        assert self.saved is not None
        return np.exp(np.clip(self.saved, None, 0.0)) * np.where(self.saved > 0, 1.0, self.alpha)


class Affine:
    def __init__(self, w: Floats, b: Floats) -> None:
        self.w, self.b = w, b

    def __call__(self, x: Floats) -> Floats:
        self.x = x
        return np.add(np.matmul(x, self.w), self.b)

    def backward(self, dout: Floats) -> tuple[Floats, Floats, Floats]:
        return dout @ self.w.T, self.x.T @ dout, np.ones(len(dout)) @ dout


class Maxout:
    def __init__(self, one: Affine, two: Affine) -> None:
        self.maps = one, two

    def forward(self, x: Floats) -> Floats:
        z1, z2 = (m(x) for m in self.maps)
        self.share = (z1 > z2).astype(float)
        return self.share * z1 + (1 - self.share) * z2

    def backward(self, dout: Floats) -> tuple[Floats, ...]:
        dx1, dw1, db1 = self.maps[0].backward(dout * self.share)
        dx2, dw2, db2 = self.maps[1].backward(dout * (1 - self.share))
        return dx1 + dx2, dw1, db1, dw2, db2


class Softmax:
    def forward(self, x: Floats) -> Floats:
        moved = np.moveaxis(x, -1, 0)
        e = np.exp(moved - moved.max(0))
        self.s = np.moveaxis(e / e.sum(0), 0, -1)
        return self.s

    def backward(self, dout: Floats) -> Floats:
        dot = np.sum(self.s * dout, axis=self.s.ndim - 1, keepdims=True)
        return self.s * (dout - dot)


def _run(layer: Any, x: Floats) -> tuple[Floats, Any]:
    return layer.forward(x), layer


def _back(dout: Floats, layer: Any) -> Any:
    return layer.backward(dout)


def sigmoid_forward(x: Floats) -> tuple[Floats, Sigmoid]:
    return _run(Sigmoid(), x)


def tanh_forward(x: Floats) -> tuple[Floats, Tanh]:
    return _run(Tanh(), x)


def relu_forward(x: Floats) -> tuple[Floats, Leaky]:
    return _run(Leaky(0.0), x)


def leaky_relu_forward(x: Floats, alpha: float = 0.1) -> tuple[Floats, Leaky]:
    return _run(Leaky(alpha), x)


def elu_forward(x: Floats, alpha: float = 1.0) -> tuple[Floats, Elu]:
    return _run(Elu(alpha), x)


def maxout_forward(x: Floats, w1: Floats, b1: Floats, w2: Floats, b2: Floats) -> tuple[Floats, Maxout]:
    return _run(Maxout(Affine(w1, b1), Affine(w2, b2)), x)


def softmax_forward(x: Floats) -> tuple[Floats, Softmax]:
    return _run(Softmax(), x)


sigmoid_backward = tanh_backward = relu_backward = leaky_relu_backward = elu_backward = _back
maxout_backward = softmax_backward = _back
