"""Python's own random module, lists and dictionaries; arrays only come out at the end."""

import random
from collections import Counter, defaultdict
from itertools import islice

import numpy as np


def shuffled(n, seed):
    order = list(range(n))
    random.Random(seed).shuffle(order)
    return order


def pick(array, rows):
    return np.array([array[i] for i in rows], dtype=array.dtype).reshape(len(rows), *array.shape[1:])


def train_test_split(x, y, test_fraction, seed):
    order = shuffled(len(x), seed)
    number = int(round(test_fraction * len(x)))  # noqa: RUF046
    test = [order.pop() for _ in range(number)]
    return [pick(x, order), pick(x, test), pick(y, order), pick(y, test)]


def standardize(train, test):
    new_train, new_test = np.zeros(train.shape), np.zeros(test.shape)
    for j in range(train.shape[1]):
        column = train[:, j].tolist()
        mean = sum(column) / len(column)
        std = (sum((v - mean) ** 2 for v in column) / len(column)) ** 0.5
        if len(set(column)) == 1:
            std = 1
        for new, old in ((new_train, train), (new_test, test)):
            for i in range(len(old)):
                new[i, j] = (old[i, j] - mean) / std
    return [new_train, new_test]


def one_hot(labels, num_classes):
    return np.array([[1.0 if label == c else 0.0 for c in range(num_classes)] for label in labels])


def minibatches(x, y, batch_size, seed):
    rows = iter(shuffled(len(x), seed))
    batches = []
    while True:
        batch = list(islice(rows, batch_size))
        if not batch:
            return batches
        batches.append([pick(x, batch), pick(y, batch)])


def by_class(y):
    groups = defaultdict(list)
    for i, label in enumerate(y.tolist()):
        groups[label].append(i)
    return groups


def undersample(x, y, seed):
    generator = random.Random(seed)
    groups = by_class(y)
    smallest = min(len(rows) for rows in groups.values())
    rows = [i for label in sorted(groups) for i in generator.sample(groups[label], smallest)]
    return [pick(x, rows), pick(y, rows)]


def oversample(x, y, seed):
    generator = random.Random(seed)
    groups = by_class(y)
    largest = max(len(rows) for rows in groups.values())
    rows = []
    for group in groups.values():
        rows += group
        rows += [generator.choice(group) for _ in range(largest - len(group))]
    generator.shuffle(rows)
    return [pick(x, rows), pick(y, rows)]


def confusion_matrix(y_true, y_pred, num_classes):
    counts = Counter(zip(y_true.tolist(), y_pred.tolist(), strict=True))
    return np.array([[counts[true, predicted] for predicted in range(num_classes)] for true in range(num_classes)])


def accuracy(y_true, y_pred):
    right = 0
    for a, b in zip(y_true, y_pred, strict=True):
        if a == b:
            right += 1
    return right / len(y_true) if len(y_true) else 0.0


def precision(y_true, y_pred, positive=1):
    try:
        called = [t for t, p in zip(y_true.tolist(), y_pred.tolist(), strict=True) if p == positive]
        return called.count(positive) / len(called)
    except ZeroDivisionError:
        return 0.0


def recall(y_true, y_pred, positive=1):
    return precision(y_pred, y_true, positive)


def f1(y_true, y_pred, positive=1):
    try:
        return 2 / (1 / precision(y_true, y_pred, positive) + 1 / recall(y_true, y_pred, positive))
    except ZeroDivisionError:
        return 0
