"""Modules with parameters, a data iterator and a trainer, in the manner of a framework; type hints and dataclasses."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Linear:
    weight: np.ndarray
    bias: np.ndarray
    grads: tuple[np.ndarray, np.ndarray] | None = field(default=None, init=False)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        self.shape = x.shape
        self.x = x.reshape(-1, math.prod(x.shape[1:]))
        return np.matmul(self.x, self.weight) + self.bias

    def backward(self, grad: np.ndarray) -> np.ndarray:
        self.grads = (np.matmul(self.x.T, grad), np.add.reduce(grad, axis=0))
        return np.matmul(grad, self.weight.T).reshape(self.shape)


class ReLU:
    def __call__(self, x: np.ndarray) -> np.ndarray:
        self.out = np.fmax(x, 0.0)
        return self.out

    def backward(self, grad: np.ndarray) -> np.ndarray:
        return grad * np.sign(self.out)


class Sequential:
    def __init__(self, *modules: Linear | ReLU) -> None:
        self.modules = modules

    def __call__(self, x: np.ndarray) -> np.ndarray:
        for module in self.modules:
            x = module(x)
        return x

    def backward(self, grad: np.ndarray) -> np.ndarray:
        for module in reversed(self.modules):
            grad = module.backward(grad)
        return grad

    def linear(self) -> list[Linear]:
        return [module for module in self.modules if isinstance(module, Linear)]


def build(params) -> Sequential:
    modules: list[Linear | ReLU] = []
    for w, b in params:
        modules += [Linear(w, b), ReLU()]
    return Sequential(*modules[:-1])


def linear_forward(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, Linear]:
    layer = Linear(w, b)
    return layer(x), layer


def linear_backward(dout: np.ndarray, cache: Linear) -> tuple[np.ndarray, ...]:
    dx = cache.backward(dout)
    return (dx, *cache.grads)


def xavier_init(fan_in: int, fan_out: int, seed: int) -> np.ndarray:
    return np.random.RandomState(seed % 2**32).normal(0, 1 / math.sqrt(fan_in), (fan_in, fan_out))


def he_init(fan_in: int, fan_out: int, seed: int) -> np.ndarray:
    return math.sqrt(2) * xavier_init(fan_in, fan_out, seed)


def mlp_forward(x: np.ndarray, params) -> tuple[np.ndarray, Sequential]:
    net = build(params)
    return net(x), net


def mlp_backward(dout: np.ndarray, cache: Sequential):
    dx = cache.backward(dout)
    return [dx, [layer.grads for layer in cache.linear()]]


def sgd_step(params, grads, lr: float):
    return [
        tuple(np.subtract(p, np.multiply(lr, g)) for p, g in zip(pair, gradients))
        for pair, gradients in zip(params, grads)
    ]


@dataclass
class SGD:
    net: Sequential
    lr: float

    def step(self) -> None:
        for layer in self.net.linear():
            dw, db = layer.grads
            layer.weight = layer.weight - self.lr * dw
            layer.bias = layer.bias - self.lr * db


def data_iter(x: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator) -> Iterator[tuple]:
    indices = np.arange(len(x))
    rng.shuffle(indices)
    for i in range(0, len(x), batch_size):
        j = indices[i : min(i + batch_size, len(x))]
        yield x.take(j, axis=0), y.take(j)


def train_mlp(x: np.ndarray, y: np.ndarray, hidden: list[int], epochs: int, lr: float, seed: int):
    rng = np.random.default_rng(seed)
    sizes = [x.shape[1], *hidden, int(np.amax(y)) + 1]
    net = build([(he_init(a, b, int(rng.integers(1 << 32))), np.zeros((b,))) for a, b in zip(sizes, sizes[1:])])
    optimizer = SGD(net, lr)
    for _ in range(epochs):
        for xb, yb in data_iter(x, y, 32, rng):
            logits = net(xb)
            logits = logits - logits.max(axis=1, keepdims=True)
            y_hat = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
            one_hot = np.zeros_like(y_hat)
            one_hot[np.arange(len(yb)), yb] = 1.0
            net.backward((y_hat - one_hot) / len(yb))
            optimizer.step()
    return [(layer.weight, layer.bias) for layer in net.linear()]
