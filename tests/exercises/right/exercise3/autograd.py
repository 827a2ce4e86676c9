"""A little reverse-mode differentiation: every loss is written once, and its gradient follows from its parts."""

import numpy as np


class Value:
    """An array that knows how it came about."""

    def __init__(self, data, parents=(), push=None):
        self.data, self.parents, self.push, self.grad = np.asarray(data, dtype=float), parents, push, None

    def _new(self, data, slope):
        return Value(data, (self,), lambda g: (g * slope,))

    def __add__(self, other):
        return self._new(self.data + other, 1.0)

    def __sub__(self, other):
        return self._new(self.data - other, 1.0)

    def __mul__(self, other):
        return self._new(self.data * other, other)

    def square(self):
        return self._new(self.data**2, 2 * self.data)

    def sqrt(self):
        root = np.sqrt(self.data)
        return self._new(root, 0.0 if root == 0 else 0.5 / root)

    def abs(self):
        return self._new(np.abs(self.data), np.sign(self.data))

    def log(self):
        return self._new(np.log(self.data), 1 / self.data)

    def log1p(self):
        return self._new(np.log1p(self.data), 1 / (1 + self.data))

    def relu(self):
        return self._new(np.maximum(self.data, 0), self.data > 0)

    def clip(self, low, high):
        return self._new(np.clip(self.data, low, high), (self.data >= low) & (self.data <= high))

    def sum(self):
        return self._new(self.data.sum(), np.ones_like(self.data))

    def less(self, other):
        return Value(self.data - other.data, (self, other), lambda g: (g, -g.sum(axis=1, keepdims=True)))

    def pick(self, where):
        return Value(self.data[where][:, None], (self,), lambda g: (self._scatter(where, g),))

    def _scatter(self, where, g):
        out = np.zeros_like(self.data)
        out[where] = g[:, 0]
        return out

    def log_softmax(self):
        top = self.data.max(axis=1, keepdims=True)
        logs = self.data - top - np.log(np.exp(self.data - top).sum(axis=1, keepdims=True))
        return Value(logs, (self,), lambda g: (g - np.exp(logs) * g.sum(axis=1, keepdims=True),))

    def backward(self, dout):
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        for node in order:
            node.grad = np.zeros_like(node.data)
        self.grad = np.asarray(float(dout))
        for node in reversed(order):
            for parent, g in zip(node.parents, node.push(node.grad) if node.push else ()):
                parent.grad = parent.grad + g


def loss_of(function):
    def forward(pred, target):
        leaf = Value(pred.copy())
        loss = function(leaf, target)
        return loss.data.item(), (leaf, loss)

    def backward(dout, cache):
        leaf, loss = cache
        loss.backward(dout)
        return leaf.grad

    return forward, backward


def labels_of(pred, target):
    return np.arange(len(pred.data)), target


def multiclass_hinge(pred, target):
    wrong = np.ones_like(pred.data)
    wrong[labels_of(pred, target)] = 0
    return ((pred.less(pred.pick(labels_of(pred, target))) + 1).relu() * wrong).sum() * (1 / len(target))


def bce(pred, target):
    p = pred.clip(1e-12, 1 - 1e-12)
    yes, no = p.log() * target, ((p * -1) + 1).log() * (1 - target)
    both = Value(yes.data + no.data, (yes, no), lambda g: (g, g))
    return both.sum() * (-1 / target.size)


def kl(pred, target):
    own = np.sum(target * np.log(target, where=target > 0, out=np.zeros_like(target)))
    return ((pred.log() * -target).sum() + own) * (1 / len(target))


mse_forward, mse_backward = loss_of(lambda p, t: (p - t).square().sum() * (1 / t.size))
mae_forward, mae_backward = loss_of(lambda p, t: (p - t).abs().sum() * (1 / t.size))
rmse_forward, rmse_backward = loss_of(lambda p, t: ((p - t).square().sum() * (1 / t.size)).sqrt())
msle_forward, msle_backward = loss_of(lambda p, t: (p.log1p() - np.log1p(t)).square().sum() * (1 / t.size))
bce_forward, bce_backward = loss_of(bce)
hinge_forward, hinge_backward = loss_of(lambda p, t: ((p * -t) + 1).relu().sum() * (1 / t.size))
multiclass_hinge_forward, multiclass_hinge_backward = loss_of(multiclass_hinge)
cross_entropy_forward, cross_entropy_backward = loss_of(
    lambda p, t: p.log_softmax().pick(labels_of(p, t)).sum() * (-1 / len(t))
)
kl_divergence_forward, kl_divergence_backward = loss_of(kl)
