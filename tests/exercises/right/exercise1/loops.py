"""Nothing but Python's own loops and numbers, made into arrays at the end."""

import math

import numpy as np


def step(z):
    flat = [1.0 if value >= 0 else 0.0 for value in np.ravel(z)]
    return np.array(flat).reshape(np.shape(z))


def weighted_sum(row, w, b):
    total = float(b)
    for xi, wi in zip(row, w):
        total += float(xi) * float(wi)
    return total


def neuron(x, w, b):
    answers = []
    for row in x:
        z = weighted_sum(row, w, b)
        if z >= 0:
            answers.append(1 / (1 + math.exp(-z)))
        else:
            answers.append(math.exp(z) / (1 + math.exp(z)))
    return np.array(answers)


def predict(x, w, b):
    return np.array([1.0 if weighted_sum(row, w, b) >= 0 else 0.0 for row in x])


def perceptron_update(w, b, x, y, lr):
    guess = 1 if weighted_sum(x, w, b) >= 0 else 0
    if guess == y:
        return w.copy(), b
    direction = 1 if y == 1 else -1
    return np.array([wi + lr * direction * xi for wi, xi in zip(w, x)]), b + lr * direction


def perceptron_train(x, y, epochs, lr):
    n, d = x.shape
    w = np.array([0.0] * d)
    b = 0.0
    history = []
    epoch = 0
    while epoch < epochs:
        mistakes = 0
        for i in range(n):
            guess = 1 if weighted_sum(x[i], w, b) >= 0 else 0
            if guess != y[i]:
                mistakes += 1
                w, b = perceptron_update(w, b, x[i], y[i], lr)
        history.append(mistakes)
        print("epoch", epoch, "mistakes", mistakes)
        if not mistakes:
            return w, b, history
        epoch += 1
    return w, b, history


def xor_weights():
    # NAND and OR, then AND
    return np.array([[-1.0, 1.0], [-1.0, 1.0]]), np.array([1.5, -0.5]), np.array([1.0, 1.0]), -1.5


def network(x, W1, b1, W2, b2):
    out = np.empty((len(x), len(b2)))
    for n in range(len(x)):
        hidden = []
        for h in range(len(b1)):
            z = b1[h]
            for d in range(x.shape[1]):
                z = z + x[n, d] * W1[d, h]
            hidden.append(z if z > 0 else 0.0)
        for m in range(len(b2)):
            out[n, m] = sum(hidden[h] * W2[h, m] for h in range(len(hidden))) + b2[m]
    return out
