"""Automatic differentiation on a tape: every value knows how it came about, and the backwards are one function."""

from __future__ import annotations

import numpy as np


class Value:
    """An array with its gradient."""

    def __init__(self, data, parents=(), back=None):
        self.data = np.asarray(data, dtype=np.float64)
        self.grad = np.zeros_like(self.data)
        self.parents, self.back = parents, back

    def _made(self, data, *pairs):
        def back(grad):
            for parent, share in pairs:
                got = share(grad)
                while got.ndim > parent.data.ndim:
                    got = got.sum(axis=0)
                parent.grad = parent.grad + got

        return Value(data, [parent for parent, _ in pairs], back)

    def __add__(self, other):
        return self._made(self.data + other.data, (self, lambda g: g), (other, lambda g: g))

    def __mul__(self, other):
        return self._made(self.data * other.data, (self, lambda g: g * other.data), (other, lambda g: g * self.data))

    def __matmul__(self, other):
        return self._made(
            self.data @ other.data, (self, lambda g: g @ other.data.T), (other, lambda g: self.data.T @ g)
        )

    def tanh(self):
        out = np.tanh(self.data)
        return self._made(out, (self, lambda g: g * (1 - out * out)))

    def sigmoid(self):
        out = 1 / (1 + np.exp(-self.data))
        return self._made(out, (self, lambda g: g * out * (1 - out)))

    def minus_from_one(self):
        return self._made(1 - self.data, (self, lambda g: -g))

    def __getitem__(self, where):
        def share(grad):
            whole = np.zeros_like(self.data)
            whole[where] = grad
            return whole

        return self._made(self.data[where], (self, share))


def backpropagate(outs, grads):
    order, seen = [], set()

    def visit(value):
        if id(value) not in seen:
            seen.add(id(value))
            for parent in value.parents:
                visit(parent)
            order.append(value)

    for out, grad in zip(outs, grads, strict=True):
        visit(out)
        out.grad = out.grad + grad
    for value in reversed(order):
        if value.back:
            value.back(value.grad)


def cut(value, count):
    size = value.data.shape[-1] // count
    return [value[..., k * size : (k + 1) * size] for k in range(count)]


def rnn_cell(x, h, wx, wh, b):
    return (x @ wx + h @ wh + b).tanh()


def lstm_cell(x, h, c, wx, wh, b):
    i, f, o, g = cut(x @ wx + h @ wh + b, 4)
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * c.tanh(), c


def gru_cell(x, h, wx, wh, b):
    (xr, xz, xn), (hr, hz, hn) = cut(x @ wx + b, 3), cut(h @ wh, 3)
    r, z = (xr + hr).sigmoid(), (xz + hz).sigmoid()
    return z.minus_from_one() * (xn + r * hn).tanh() + z * h


def rnn_step_forward(*args):
    values = [Value(arg) for arg in args]
    out = rnn_cell(*values)
    return out.data, ([out], values)


def lstm_step_forward(*args):
    values = [Value(arg) for arg in args]
    outs = lstm_cell(*values)
    return [out.data for out in outs], (outs, values)


def gru_step_forward(*args):
    values = [Value(arg) for arg in args]
    out = gru_cell(*values)
    return out.data, ([out], values)


def rnn_forward(x, h0, wx, wh, b):
    values = [Value(arg) for arg in (x, h0, wx, wh, b)]
    outs, h = [], values[1]
    for t in range(x.shape[1]):
        h = rnn_cell(values[0][:, t], h, *values[2:])
        outs.append(h)
    return np.stack([out.data for out in outs], axis=1), (outs, values)


def lstm_forward(x, h0, wx, wh, b):
    values = [Value(arg) for arg in (x, h0, wx, wh, b)]
    outs, h, c = [], values[1], Value(np.zeros(h0.shape))
    for t in range(x.shape[1]):
        h, c = lstm_cell(values[0][:, t], h, c, *values[2:])
        outs.append(h)
    return np.stack([out.data for out in outs], axis=1), (outs, values)


def _step_backward(dout, cache):
    outs, values = cache
    backpropagate(outs, [dout] if len(outs) == 1 else dout)
    return [value.grad for value in values]


def _sequence_backward(dout, cache):
    outs, values = cache
    backpropagate(outs, np.moveaxis(dout, 1, 0))
    return tuple(value.grad for value in values)


rnn_step_backward = lstm_step_backward = gru_step_backward = _step_backward
rnn_backward = lstm_backward = _sequence_backward
