"""Neurons as objects, in the manner of those who build a network from single values."""

import numpy as np


class Neuron:
    def __init__(self, w, b, activation):
        self.w = list(w)
        self.b = b
        self.activation = activation

    def __call__(self, x):
        act = sum((wi * xi for wi, xi in zip(self.w, x)), self.b)
        return self.activation(act)


class Layer:
    def __init__(self, W, b, activation):
        self.neurons = [Neuron(column, bias, activation) for column, bias in zip(W.T, b)]

    def __call__(self, x):
        return [n(x) for n in self.neurons]


class Perceptron:
    def __init__(self, size, lr):
        self.w, self.b, self.lr = np.zeros(size), 0.0, lr

    def learn(self, x, y):
        self.w, self.b = perceptron_update(self.w, self.b, x, y, self.lr)


def relu(z):
    return z if z > 0 else 0.0


def hard(z):
    return float(z >= 0)


def step(z):
    return np.vectorize(hard, otypes=[float])(z)


def neuron(x, w, b):
    n = Neuron(w, b, lambda z: 1.0 / (1.0 + np.exp(-z)))
    return np.array([n(row) for row in x])


def predict(x, w, b):
    n = Neuron(w, b, hard)
    return np.array([n(row) for row in x])


def perceptron_update(w, b, x, y, lr):
    error = y - Neuron(w, b, hard)(x)
    return [w + lr * error * x, b + lr * error]


def perceptron_train(x, y, epochs, lr):
    p = Perceptron(x.shape[1], lr)
    counts = []
    for _ in range(epochs):
        counts.append(0)
        for xi, yi in zip(x, y):
            counts[-1] += int(Neuron(p.w, p.b, hard)(xi) != yi)
            p.learn(xi, yi)
        if counts[-1] == 0:
            break
    return p.w, p.b, tuple(counts)


def xor_weights():
    or_ = ([1.0, 1.0], -0.5)
    nand = ([-3.0, -3.0], 5.0)
    W1 = np.stack([or_[0], nand[0]], axis=1)
    return W1, np.array([or_[1], nand[1]]), np.array([1.0, 1.0]), -1.5


def network(x, W1, b1, W2, b2):
    layers = [Layer(W1, b1, relu), Layer(W2, b2, lambda z: z)]
    rows = []
    for row in x:
        for layer in layers:
            row = layer(row)
        rows.append(row)
    return np.array(rows)
