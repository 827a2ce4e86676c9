"""The bias as one more weight, on an input that is always 1; 0-d arrays and NumPy scalars where a number is due."""

import numpy as np


def with_ones(x):
    return np.hstack([x, np.ones((x.shape[0], 1))])


def step(z):
    out = np.zeros(z.shape)
    out[z >= 0] = 1
    return out


def neuron(x, w, b):
    z = with_ones(x).dot(np.append(w, b))
    positive = z >= 0
    out = np.empty_like(z)
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    out[~positive] = np.exp(z[~positive]) / (1 + np.exp(z[~positive]))
    return out


def predict(x, w, b):
    return np.sign(np.sign(with_ones(x).dot(np.append(w, b))) + 0.5) / 2 + 0.5


def perceptron_update(w, b, x, y, lr):
    theta, row = np.append(w, b), np.append(x, 1.0)
    theta = theta + lr * (y - (theta @ row >= 0)) * row
    return theta[:-1], np.array(theta[-1])


def perceptron_train(x, y, epochs, lr):
    rows, theta, errors = with_ones(x), np.zeros(x.shape[1] + 1), []
    for _ in range(epochs):
        n_errors = 0
        for row, label in zip(rows, y):
            update = lr * (label - np.where(row @ theta >= 0, 1, 0))
            theta = theta + update * row
            n_errors += int(update != 0)
        errors.append(n_errors)
        if n_errors == 0:
            break
    return theta[:-1], theta[-1], errors


def xor_weights():
    # x1 > x2, or x2 > x1
    hidden = np.array([[1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
    return hidden[:2], hidden[2], np.array([1.0, 1.0]), np.float64(-1.0)


def network(x, W1, b1, W2, b2):
    hidden = np.where(x @ W1 + b1 > 0, x @ W1 + b1, 0)
    return with_ones(hidden) @ np.vstack([W2, b2])
