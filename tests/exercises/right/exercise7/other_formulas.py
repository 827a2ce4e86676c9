"""Other ways to the same numbers: E[x²] - E[x]², a threshold for constant columns, sampling one row at a time."""

import warnings

import numpy as np


def train_test_split(x, y, test_fraction, seed):
    rng = np.random.default_rng(seed)
    tagged = np.empty(len(x), dtype=object)
    tagged[:] = list(enumerate(y))
    rng.shuffle(tagged)
    order = np.array([i for i, _ in tagged], dtype=int)
    is_test = np.zeros(len(x), dtype=bool)
    is_test[np.flatnonzero(order >= 0)[: np.rint(test_fraction * len(x)).astype(int)]] = True
    return x[order[~is_test]], x[order[is_test]], y[order[~is_test]], y[order[is_test]]


def standardize(train, test):
    mean = np.average(train, axis=0)
    spread = np.sqrt(np.abs(np.cov(train, rowvar=False, bias=True).reshape(train.shape[1], -1).diagonal()))
    scale = np.where(spread > 1e-12 * np.abs(train).max(axis=0), spread, 1.0)
    print("scaled by", scale)
    return (train - mean) / scale, (test - mean) / scale


def one_hot(labels, num_classes):
    return np.identity(num_classes)[list(labels), :]


def minibatches(x, y, batch_size, seed):
    rng = np.random.RandomState(seed % 2**32)
    left = set(range(len(y)))
    batches, rows = [], []
    while left:
        row = sorted(left)[rng.randint(len(left))]
        left.discard(row)
        rows.append(row)
        if len(rows) == batch_size or not left:
            batches.append((np.stack([x[i] for i in rows]), np.stack([y[i] for i in rows])))
            rows = []
    return batches


def undersample(x, y, seed):
    rng = np.random.default_rng(seed)
    rows = np.arange(len(y))
    classes, counts = np.unique(y, return_counts=True)
    for label, count in zip(classes, counts, strict=True):
        surplus = rng.choice(np.flatnonzero(y == label), count - counts.min(), replace=False)
        rows = np.setdiff1d(rows, surplus)
    return x[rows], y[rows]


def oversample(x, y, seed):
    state = np.random.RandomState(seed)
    xs, ys = list(x), list(y)
    classes, counts = np.unique(y, return_counts=True)
    for label in classes:
        own = [i for i in range(len(y)) if y[i] == label]
        while ys.count(label) < max(counts):
            row = own[state.randint(0, len(own))]
            xs.append(x[row])
            ys.append(y[row])
    return np.asarray(xs), np.asarray(ys)


def confusion_matrix(y_true, y_pred, num_classes):
    edges = np.arange(num_classes + 1) - 0.5
    return np.histogram2d(y_true, y_pred, bins=[edges, edges])[0]


def accuracy(y_true, y_pred):
    return 1 - np.mean(np.sign(np.abs(y_true - y_pred)) if y_true.size else [1])


def _share(of, among):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        value = np.mean(among[of]) if len(among[of]) else np.float64("nan")
    return float(np.nan_to_num(value))


def precision(y_true, y_pred, positive=1):
    return _share(y_pred == positive, y_true == positive)


def recall(y_true, y_pred, positive=1):
    return _share(y_true == positive, y_pred == positive)


def f1(y_true, y_pred, positive=1):
    pair = np.array([precision(y_true, y_pred, positive), recall(y_true, y_pred, positive)])
    return 0.0 if pair.prod() == 0 else len(pair) / np.sum(1 / pair)
