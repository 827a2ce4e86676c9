"""Works in place wherever it can."""

import numpy as np


def step(z):
    positive = z >= 0
    z[positive] = 1.0
    z[~positive] = 0.0
    return z


def neuron(x, w, b):
    return 1 / (1 + np.exp(-(x @ w + b)))


def predict(x, w, b):
    x *= w
    return step(x.sum(axis=1) + b)


def perceptron_update(w, b, x, y, lr):
    error = y - (x @ w + b >= 0)
    w += lr * error * x
    b += lr * error
    return w, b


def perceptron_train(x, y, epochs, lr):
    w, b, mistakes = np.zeros(x.shape[1]), 0.0, []
    for _ in range(epochs):
        mistakes.append(0)
        for xi, yi in zip(x, y):
            mistakes[-1] += int((xi @ w + b >= 0) != yi)
            w, b = perceptron_update(w, b, xi, yi, lr)
        if mistakes[-1] == 0:
            break
    return w, b, mistakes


def xor_weights():
    return np.ones((2, 2)), np.array([-0.5, -1.5]), np.array([1.0, -1.0]), -0.5


def network(x, W1, b1, W2, b2):
    hidden = x @ W1
    hidden += b1
    np.maximum(hidden, 0, out=hidden)
    out = hidden @ W2
    out += b2
    return out
