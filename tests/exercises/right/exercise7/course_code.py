"""As in public course code and well-known libraries: the legacy generator, shuffled indices, counts from matrices."""

import numpy as np


def train_test_split(X, y, test_size, random_state):
    np.random.seed(random_state)
    n = X.shape[0]
    n_test = int(round(n * test_size))  # noqa: RUF046
    idx = np.arange(n)
    np.random.shuffle(idx)
    test_idx, train_idx = idx[n - n_test :], idx[: n - n_test]
    return X[train_idx], X[test_idx], y[train_idx], y[test_idx]


def standardize(train, test):
    mu, sigma = np.mean(train, axis=0), np.std(train, axis=0)
    sigma[np.ptp(train, axis=0) == 0] = 1.0
    return (train - mu) / sigma, (test - mu) / sigma


def one_hot(labels, num_classes):
    out = np.zeros((labels.size, num_classes))
    out[np.arange(labels.size), labels] = 1
    return out


def minibatches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[0]
    mini_batches = []
    permutation = list(np.random.permutation(m))
    shuffled_X = X[permutation]
    shuffled_Y = Y[permutation]
    num_complete = m // mini_batch_size
    for k in range(num_complete):
        rows = slice(k * mini_batch_size, (k + 1) * mini_batch_size)
        mini_batches.append((shuffled_X[rows], shuffled_Y[rows]))
    if m % mini_batch_size != 0:
        rest = num_complete * mini_batch_size
        mini_batches.append((shuffled_X[rest:m], shuffled_Y[rest:m]))
    return mini_batches


def undersample(x, y, seed):
    np.random.seed(seed)
    classes = np.unique(y)
    n_min = min(np.sum(y == c) for c in classes)
    keep = []
    for c in classes:
        idx = np.where(y == c)[0]
        np.random.shuffle(idx)
        keep.extend(idx[:n_min])
    np.random.shuffle(keep)
    return x[keep], y[keep]


def oversample(x, y, seed):
    np.random.seed(seed)
    xs, ys = [x], [y]
    classes, counts = np.unique(y, return_counts=True)
    for c, n in zip(classes, counts):  # noqa: B905
        extra = np.random.choice(np.where(y == c)[0], size=counts.max() - n, replace=True)
        xs.append(x[extra])
        ys.append(y[extra])
    return np.concatenate(xs, axis=0), np.concatenate(ys, axis=0)


def confusion_matrix(y_true, y_pred, num_classes):
    cm = np.zeros((num_classes, num_classes))
    for t, p in zip(y_true, y_pred):  # noqa: B905
        cm[t, p] += 1
    return cm


def accuracy(y_true, y_pred):
    if len(y_true) == 0:
        return 0.0
    return np.mean(y_true == y_pred)


def precision(y_true, y_pred, pos_label=1):
    tp = np.sum((y_pred == pos_label) & (y_true == pos_label))
    fp = np.sum((y_pred == pos_label) & (y_true != pos_label))
    return tp / (tp + fp) if tp + fp > 0 else 0.0


def recall(y_true, y_pred, pos_label=1):
    tp = np.sum((y_pred == pos_label) & (y_true == pos_label))
    fn = np.sum((y_pred != pos_label) & (y_true == pos_label))
    return tp / (tp + fn) if tp + fn > 0 else 0.0


def f1(y_true, y_pred, pos_label=1):
    p = precision(y_true, y_pred, pos_label)
    r = recall(y_true, y_pred, pos_label)
    if p + r == 0:
        return 0.0
    return 2 * (p * r) / (p + r)
