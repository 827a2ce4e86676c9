"""Small classes with type hints: a sampler, a scaler, a table of counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import PCG64, Generator


@dataclass(frozen=True)
class Dataset:
    """Examples with their labels."""

    x: np.ndarray
    y: np.ndarray

    def __len__(self) -> int:
        return len(self.y)

    def __getitem__(self, rows: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        where = np.asarray(rows, dtype=np.intp)
        return self.x[where, ...], self.y[where]

    def classes(self) -> Iterator[np.ndarray]:
        for label in sorted(set(self.y.tolist())):
            yield np.nonzero(self.y == label)[0]

    def resampled(self, draw: Callable[[np.ndarray], np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        return self[np.hstack([draw(rows) for rows in self.classes()])]


def train_test_split(x, y, test_fraction, seed):
    data = Dataset(x, y)
    test = set(Generator(PCG64(seed)).choice(len(data), size=round(len(data) * test_fraction), replace=False).tolist())
    rng = Generator(PCG64(seed + 1))
    train_rows = rng.permutation([i for i in range(len(data)) if i not in test])
    x_train, y_train = data[train_rows]
    x_test, y_test = data[rng.permutation(sorted(test))]
    return x_train, x_test, y_train, y_test


class Scaler:
    """Welford's running mean and variance."""

    def __init__(self, train: np.ndarray) -> None:
        self.mean = np.zeros(train.shape[1])
        squares = np.zeros(train.shape[1])
        for count, row in enumerate(train, start=1):
            delta = row - self.mean
            self.mean = self.mean + delta / count
            squares = squares + delta * (row - self.mean)
        self.scale = np.sqrt(squares / len(train))
        self.scale[train.min(axis=0) == train.max(axis=0)] = 1.0

    def __call__(self, values: np.ndarray) -> np.ndarray:
        return (values - self.mean[None, :]) * (1 / self.scale)


def standardize(train, test):
    scaler = Scaler(train)
    return scaler(train), scaler(test)


def one_hot(labels, num_classes):
    codes = np.full([len(labels), num_classes], 0.0)
    np.put_along_axis(codes, labels[:, np.newaxis], 1.0, axis=1)
    return codes


def minibatches(x, y, batch_size, seed):
    data = Dataset(x, y)
    rows = np.random.default_rng([seed, 7]).permutation(len(data)).tolist()
    return [data[rows[i : i + batch_size]] for i in range(0, len(rows), batch_size)]


def undersample(x, y, seed):
    rng = np.random.default_rng(seed)
    data = Dataset(x, y)
    smallest = min(map(len, data.classes()))
    return data.resampled(lambda rows: rng.permutation(rows)[:smallest])


def oversample(x, y, seed):
    rng = np.random.default_rng(seed)
    data = Dataset(x, y)
    largest = max(map(len, data.classes()))
    return data.resampled(lambda rows: np.append(rows, rows[rng.integers(len(rows), size=largest - len(rows))]))


@dataclass
class Table:
    """The four counts of a two-class problem, as booleans first."""

    y_true: np.ndarray
    y_pred: np.ndarray
    positive: int

    @cached_property
    def counts(self) -> np.ndarray:
        pair = 2 * (self.y_true == self.positive) + (self.y_pred == self.positive)
        return np.bincount(pair, minlength=4)

    def share(self, *others: int) -> float:
        below = self.counts[3] + sum(self.counts[i] for i in others)
        return float(self.counts[3] / below) if below else 0.0


def confusion_matrix(y_true, y_pred, num_classes):
    flat = np.bincount(y_true * num_classes + y_pred, minlength=num_classes**2)
    return flat.reshape(num_classes, num_classes)


def accuracy(y_true, y_pred):
    if not y_true.size:
        return np.float64()
    size = 1 + max(y_true.max(), y_pred.max())
    matrix = confusion_matrix(y_true, y_pred, size)
    return np.trace(matrix) / matrix.sum()


def precision(y_true, y_pred, positive=1):
    return Table(y_true, y_pred, positive).share(1)


def recall(y_true, y_pred, positive=1):
    return Table(y_true, y_pred, positive).share(2)


def f1(y_true, y_pred, positive=1):
    table = Table(y_true, y_pred, positive)
    twice = 2 * table.counts[3]
    return twice / (twice + table.counts[1] + table.counts[2]) if twice else 0.0
