"""Everything as matrices: one-hot products, sorted random keys, boolean masks, results that are views."""

import numpy as np


def order_of(n, seed):
    return np.argsort(np.random.default_rng(seed).random(n), kind="stable")


def train_test_split(x, y, test_fraction, seed):
    order = order_of(len(y), seed)
    x, y = np.take(x, order, axis=0), np.take(y, order)
    x_test, x_train = np.split(x, [round(len(y) * test_fraction)])
    y_test, y_train = np.split(y, [round(len(y) * test_fraction)])
    return x_train, x_test, y_train, y_test


def standardize(train, test):
    mean = np.ones(len(train)) @ train / len(train)
    both = np.vstack([train, test]) - mean
    deviation = np.sqrt(np.einsum("nd,nd->d", both[: len(train)], both[: len(train)]) / len(train))
    constant = (train == train[0]).all(axis=0)
    both = np.divide(both, deviation, out=both.copy(), where=~constant)
    return tuple(np.split(np.asfortranarray(both), [len(train)]))


def one_hot(labels, num_classes):
    return np.equal.outer(labels, np.arange(num_classes)).astype(np.float64)


def minibatches(x, y, batch_size, seed):
    order = order_of(len(y), seed)
    cuts = np.arange(batch_size, len(y), batch_size)
    return list(zip(np.split(x[order], cuts), np.split(y[order], cuts), strict=True))


def undersample(x, y, seed):
    keys = np.random.default_rng(seed).permutation(len(y))
    smallest = np.bincount(y - y.min())[np.unique(y) - y.min()].min()
    # the rank of each row among the rows of its class, by random keys
    rank = ((y[:, None] == y) & (keys[:, None] > keys)).sum(axis=1)
    return x[rank < smallest], y[rank < smallest]


def oversample(x, y, seed):
    rng = np.random.default_rng(seed)
    same = y[:, None] == y
    lacking = same.sum(axis=1).max() - same.sum(axis=1)
    rows = np.arange(len(y))
    for first in np.unique(y, return_index=True)[1]:
        rows = np.append(rows, rng.choice(len(y), lacking[first], p=same[first] / same[first].sum()))
    rows = rows[np.argsort(y[rows], kind="stable")[::-1]]
    return x[rows], y[rows]


def confusion_matrix(y_true, y_pred, num_classes):
    return one_hot(y_true, num_classes).T @ one_hot(y_pred, num_classes)


def accuracy(y_true, y_pred):
    return np.count_nonzero(y_true - y_pred == 0) / np.maximum(y_true.size, 1)


def _counts(y_true, y_pred, positive):
    true, called = (y_true == positive).astype(float), (y_pred == positive).astype(float)
    return np.array([true @ called, called.sum(), true.sum()])


def precision(y_true, y_pred, positive=1):
    tp, called, _ = _counts(y_true, y_pred, positive)
    return tp / np.maximum(called, 1)


def recall(y_true, y_pred, positive=1):
    tp, _, true = _counts(y_true, y_pred, positive)
    return tp / np.maximum(true, 1)


def f1(y_true, y_pred, positive=1):
    tp, called, true = _counts(y_true, y_pred, positive)
    return np.array(2 * tp / np.maximum(called + true, 1))
