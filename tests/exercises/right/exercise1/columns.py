"""Everything as column vectors, one example after the other, as an older book teaches it."""

import numpy as np


def sigmoid(z):
    return np.exp(-np.logaddexp(0.0, -z))


class Network(object):
    def __init__(self, weights, biases):
        self.num_layers = len(weights) + 1
        self.weights = [w.T for w in weights]
        self.biases = [b.reshape(-1, 1) for b in biases]

    def feedforward(self, a):
        for i, (b, w) in enumerate(zip(self.biases, self.weights)):
            a = np.dot(w, a) + b
            if i < self.num_layers - 2:
                a = np.clip(a, 0, None)
        return a


def step(z):
    return (z >= 0).astype(np.float64)


def neuron(x, w, b):
    w = w.reshape(-1, 1)
    return np.array([sigmoid(np.dot(row.reshape(1, -1), w) + b).item() for row in x])


def predict(x, w, b):
    return step(np.array([(w.reshape(1, -1) @ row.reshape(-1, 1)).item() + b for row in x]))


def perceptron_update(w, b, x, y, lr):
    column = w.reshape(-1, 1)
    z = (column.T @ x.reshape(-1, 1)).item() + b
    if z >= 0 and y == 0:
        return (column - lr * x.reshape(-1, 1)).ravel(), b - lr
    if z < 0 and y == 1:
        return (column + lr * x.reshape(-1, 1)).ravel(), b + lr
    return w, b


def perceptron_train(x, y, epochs, lr):
    w, b = np.zeros((x.shape[1], 1)), np.zeros((1, 1))
    mistakes = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for row, label in zip(x, y):
            guess = int((row @ w + b).item() >= 0)
            mistakes[epoch] += guess != label
            w += lr * (label - guess) * row[:, None]
            b += lr * (label - guess)
        if mistakes[epoch] == 0:
            mistakes = mistakes[: epoch + 1]
            break
    return w[:, 0], b.item(), list(mistakes)


def xor_weights():
    return np.array([[1, 1], [1, 1]], dtype=float), -np.array([0.5, 1.5]), np.array([1.0, -2.0]), -0.25


def network(x, W1, b1, W2, b2):
    net = Network([W1, W2], [b1, b2])
    return np.hstack([net.feedforward(row.reshape(-1, 1)) for row in x]).T
