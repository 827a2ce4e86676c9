"""Cells as classes with type hints; a layer owns its cells, one for each step, and each goes back by itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import reduce

import numpy as np

Array = np.ndarray


def sigmoid(a: Array) -> Array:
    return np.exp(-np.logaddexp(0, -a))


class Cell(ABC):
    """One step with its weights, and what it has to remember."""

    gates: int

    def __init__(self, wx: Array, wh: Array, b: Array) -> None:
        self.wx, self.wh, self.b = wx, wh, b

    def blocks(self, array: Array) -> list[Array]:
        width = self.wh.shape[0]
        return [array[..., k : k + width] for k in range(0, self.gates * width, width)]

    def weights_back(self, dax: Array, dah: Array) -> tuple[Array, Array, Array, Array, Array]:
        print(f"{type(self).__name__} goes back")
        return dax @ self.wx.T, dah @ self.wh.T, self.x.T @ dax, self.h.T @ dah, np.ones(len(dax)) @ dax

    @abstractmethod
    def forward(self, x: Array, h: Array) -> Array: ...


class Plain(Cell):
    """tanh."""

    gates = 1

    def forward(self, x: Array, h: Array) -> Array:
        self.x, self.h = x, h
        self.a = np.add.reduce([x @ self.wx, h @ self.wh, np.broadcast_to(self.b, h.shape)])
        return np.tanh(self.a)

    def backward(self, dout: Array) -> tuple[Array, ...]:
        da = dout / np.cosh(self.a) ** 2
        return self.weights_back(da, da)


class LSTM(Cell):
    """Three gates and a cell."""

    gates = 4

    def forward(self, x: Array, h: Array, c: Array) -> tuple[Array, Array]:
        self.x, self.h, self.c = x, h, c
        i, f, o, g = self.blocks(x @ self.wx + h @ self.wh + self.b)
        self.i, self.f, self.o, self.g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
        self.next_c = self.f * c + self.i * self.g
        return self.o * np.tanh(self.next_c), self.next_c

    def backward(self, dh: Array, dc: Array) -> tuple[Array, ...]:
        tanh_c = np.tanh(self.next_c)
        dc = dc + dh * self.o - dh * self.o * tanh_c**2
        da = np.zeros((len(self.x), self.b.size))
        views = self.blocks(da)
        views[0][:] = dc * self.g * (self.i - self.i**2)
        views[1][:] = dc * self.c * (self.f - self.f**2)
        views[2][:] = dh * tanh_c * (self.o - self.o**2)
        views[3][:] = dc * self.i * (1 - self.g**2)
        dx, dprev_h, *weights = self.weights_back(da, da)
        return dx, dprev_h, dc * self.f, *weights


class GRU(Cell):
    """Two gates and a proposal."""

    gates = 3

    def forward(self, x: Array, h: Array) -> Array:
        self.x, self.h = x, h
        (xr, xz, xn), (hr, hz, self.hn) = self.blocks(x @ self.wx + self.b), self.blocks(h @ self.wh)
        self.r, self.z = sigmoid(xr + hr), sigmoid(xz + hz)
        self.n = np.tanh(xn + self.r * self.hn)
        return np.where(True, self.n * (1 - self.z), 0) + self.z * h

    def backward(self, dout: Array) -> tuple[Array, ...]:
        dn = (1 - self.z) * dout * (1 - self.n**2)
        dz = dout * (self.h - self.n) * self.z * (1 - self.z)
        dr = dn * self.hn * self.r * (1 - self.r)
        dx, dh, *weights = self.weights_back(np.hstack([dr, dz, dn]), np.hstack([dr, dz, dn * self.r]))
        return dx, dh + dout * self.z, *weights


def rnn_step_forward(x, prev_h, wx, wh, b):
    cell = Plain(wx, wh, b)
    return cell.forward(x, prev_h), cell


def lstm_step_forward(x, prev_h, prev_c, wx, wh, b):
    cell = LSTM(wx, wh, b)
    return cell.forward(x, prev_h, prev_c), cell


def gru_step_forward(x, prev_h, wx, wh, b):
    cell = GRU(wx, wh, b)
    return cell.forward(x, prev_h), cell


def rnn_step_backward(dout, cache):
    return cache.backward(dout)


def lstm_step_backward(dout, cache):
    return cache.backward(*dout)


def gru_step_backward(dout, cache):
    return cache.backward(dout)


def rnn_forward(x, h0, wx, wh, b):
    cells = [Plain(wx, wh, b) for _ in range(x.shape[1])]
    states = [h0]
    for cell, row in zip(cells, x.transpose(1, 0, 2), strict=True):
        states.append(cell.forward(row, states[-1]))
    return np.dstack(states[1:]).transpose(0, 2, 1), cells


def rnn_backward(dout, cache):
    return _through_time(cache, dout, lambda cell, dh, carried: cell.backward(dh + carried[0]), 1)


def lstm_forward(x, h0, wx, wh, b):
    cells = [LSTM(wx, wh, b) for _ in range(x.shape[1])]
    states = [(h0, np.zeros_like(h0))]
    for t, cell in enumerate(cells):
        states.append(cell.forward(x[:, t], *states[-1]))
    return np.stack([h for h, _ in states[1:]], axis=1), cells


def lstm_backward(dout, cache):
    return _through_time(cache, dout, lambda cell, dh, carried: cell.backward(dh + carried[0], carried[1]), 2)


def _through_time(cells, dout, back, carries):
    carried, steps = (np.zeros_like(dout[:, 0]),) * carries, []
    for t in range(len(cells))[::-1]:
        dx, *grads = back(cells[t], dout[:, t], carried)
        carried = tuple(grads[:carries])
        steps.append((dx, *grads[carries:]))
    dxs = np.stack([step[0] for step in reversed(steps)], axis=1)
    dwx, dwh, db = (reduce(np.add, [step[k] for step in steps]) for k in (1, 2, 3))
    return [dxs, carried[0], dwx, dwh, db]
