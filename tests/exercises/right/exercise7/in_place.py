"""Shuffles and scales the caller's own arrays, which costs what `unchanged` is worth and nothing else."""

import numpy as np


def shuffle_both(x, y, seed):
    np.random.default_rng(seed).shuffle(x)
    np.random.default_rng(seed).shuffle(y)


def train_test_split(x, y, test_fraction, seed):
    shuffle_both(x, y, seed)
    n = len(x) - round(test_fraction * len(x))
    return x[:n], x[n:], y[:n], y[n:]


def standardize(train, test):
    constant = train.max(axis=0) == train.min(axis=0)
    mean, std = train.mean(axis=0), train.std(axis=0)
    std[constant] = 1.0
    for part in (train, test):
        part -= mean
        part /= std
    return train, test


def one_hot(labels, num_classes):
    codes = np.eye(num_classes)[labels]
    labels[:] = -1
    return codes


def minibatches(x, y, batch_size, seed):
    shuffle_both(x, y, seed)
    return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]


def undersample(x, y, seed):
    shuffle_both(x, y, seed)
    smallest = np.unique(y, return_counts=True)[1].min()
    rows = np.concatenate([np.flatnonzero(y == label)[:smallest] for label in np.unique(y)])
    return x[rows], y[rows]


def oversample(x, y, seed):
    shuffle_both(x, y, seed)
    rng = np.random.default_rng(seed)
    largest = np.unique(y, return_counts=True)[1].max()
    groups = [np.flatnonzero(y == label) for label in np.unique(y)]
    rows = np.concatenate([np.append(g, rng.choice(g, largest - len(g))) for g in groups])
    return x[rows], y[rows]


def confusion_matrix(y_true, y_pred, num_classes):
    y_true *= num_classes
    y_true += y_pred
    return np.bincount(y_true, minlength=num_classes * num_classes).reshape(num_classes, num_classes)


def accuracy(y_true, y_pred):
    y_true -= y_pred
    return 1 - np.count_nonzero(y_true) / len(y_true) if len(y_true) else 0.0


def binary(y_true, y_pred, positive):
    y_true[:] = y_true == positive
    y_pred[:] = y_pred == positive
    return int(y_true @ y_pred), int(y_true.sum()), int(y_pred.sum())


def precision(y_true, y_pred, positive=1):
    tp, _, called = binary(y_true, y_pred, positive)
    return tp / called if called else 0.0


def recall(y_true, y_pred, positive=1):
    tp, actual, _ = binary(y_true, y_pred, positive)
    return tp / actual if actual else 0.0


def f1(y_true, y_pred, positive=1):
    tp, actual, called = binary(y_true, y_pred, positive)
    return 2 * tp / (actual + called) if actual + called else 0.0
