"""Exercise 7: data before the training (split, scale, encode, batch, balance) and the evaluation after it.

Everything here is NumPy: features are float64, labels are integers, and no function changes the arrays it is given.
Randomness comes from the seed alone: rng = np.random.default_rng(seed).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int_]


def train_test_split(x: Array, y: Labels, test_fraction: float, seed: int) -> tuple[Array, Array, Labels, Labels]:
    """Shuffle the examples and divide them; return (x_train, x_test, y_train, y_test).

    Shapes:  x (N, ...) with any number of dimensions, y (N,); int(round(test_fraction·N)) rows are for the test.
    Rule:    every example is in exactly one part and keeps its label; the same seed gives the same split.
    Example: 10 examples with test_fraction = 0.3 give 7 for training and 3 for the test.
    Hint:    shuffle row numbers, not rows: one permutation of 0 … N-1 indexes x and y alike. A test of 0 rows is legal.
    """
    raise NotImplementedError("train_test_split is not written yet")


def standardize(train: Array, test: Array) -> tuple[Array, Array]:
    """Give every column mean 0 and standard deviation 1, as measured on train alone; return (train, test).

    Shapes:  train (N, D), test (M, D) -> the same two shapes.
    Formula: (value - mean) / std, with the column's mean and std = √(mean of (value - mean)²) in train, for both parts.
             A column that is constant in train is divided by 1.
    Example: train = [[1.0], [3.0]] has mean 2 and std 1, so test = [[5.0]] becomes [[3.0]].
    Hint:    the std of a constant column is not always exactly 0 in floating point (try 0.1, three times): ask whether
             its largest and smallest value are equal.
    """
    raise NotImplementedError("standardize is not written yet")


def one_hot(labels: Labels, num_classes: int) -> Array:
    """Return a row for each label: 1.0 in the label's column, 0.0 elsewhere.

    Shapes:  labels (N,) in 0 … num_classes-1 -> (N, num_classes), float64.
    Example: one_hot([2, 0], 3) is [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]].
    Hint:    the rows of the identity matrix are what you need. num_classes counts: the largest class may be absent.
    """
    raise NotImplementedError("one_hot is not written yet")


def minibatches(x: Array, y: Labels, batch_size: int, seed: int) -> list[tuple[Array, Labels]]:
    """Shuffle the examples and cut them into batches; return the list of (xb, yb).

    Shapes:  x (N, ...), y (N,) -> batches of batch_size rows; the last one holds the rest and may be smaller.
    Rule:    every example is in exactly one batch, with its own label; no batch is empty; the same seed, the same list.
    Example: 10 examples with batch_size = 4 make batches of 4, 4 and 2.
    Hint:    one permutation of the row numbers, then slices of it: a slice that reaches beyond the end is just shorter.
    """
    raise NotImplementedError("minibatches is not written yet")


def undersample(x: Array, y: Labels, seed: int) -> tuple[Array, Labels]:
    """Bring every class down to the size of the smallest; return (x, y) in any order.

    Shapes:  x (N, ...), y (N,) with any integers as labels -> K classes times the smallest class's number of rows.
    Rule:    which rows of a class stay is random (by the seed), and none is taken twice.
    Example: with 90 rows of class 0 and 10 of class 1, all 10 of class 1 stay, and 10 of the 90.
    Hint:    np.unique(y, return_counts=True) tells the classes; rng.choice can draw without replacement.
    """
    raise NotImplementedError("undersample is not written yet")


def oversample(x: Array, y: Labels, seed: int) -> tuple[Array, Labels]:
    """Bring every class up to the size of the largest; return (x, y) in any order.

    Shapes:  x (N, ...), y (N,) with any integers as labels -> K classes times the largest class's number of rows.
    Rule:    every original row stays; what is missing is filled with random repeats (by the seed) from the same class.
    Example: with 90 rows of class 0 and 10 of class 1, all 100 stay, and 80 repeats of class 1 join them.
    Hint:    start from all row numbers and add, for each class, as many drawn ones as it lacks; draw with replacement.
    """
    raise NotImplementedError("oversample is not written yet")


def confusion_matrix(y_true: Labels, y_pred: Labels, num_classes: int) -> NDArray[np.int_]:
    """Count how often each class was taken for which.

    Shapes:  y_true (N,), y_pred (N,) -> (num_classes, num_classes): row = the true class, column = the predicted one.
    Example: y_true = [0, 1, 1], y_pred = [0, 1, 0] with 2 classes gives [[1, 0], [1, 1]].
    Hint:    counts[y_true, y_pred] += 1 counts a repeated pair only once. Loop, or use np.add.at.
    """
    raise NotImplementedError("confusion_matrix is not written yet")


def accuracy(y_true: Labels, y_pred: Labels) -> float:
    """Return the share of the predictions that are right, between 0 and 1 (0.0 if there are none at all).

    Example: y_true = [0, 1, 1, 2], y_pred = [0, 1, 0, 2] gives 0.75.
    Hint:    the sum of booleans counts the True ones.
    """
    raise NotImplementedError("accuracy is not written yet")


def precision(y_true: Labels, y_pred: Labels, positive: int = 1) -> float:
    """Return how many of those *called* positive are positive: TP / (TP + FP); 0.0 if none is called so.

    Every label other than `positive` counts as negative, however many classes there are.
    Example: y_true = [1, 1, 1, 0, 0], y_pred = [1, 0, 0, 1, 0]: TP = 1, FP = 1, the answer is 0.5.
    Hint:    (y_pred == positive) & (y_true == positive) marks the true positives.
    """
    raise NotImplementedError("precision is not written yet")


def recall(y_true: Labels, y_pred: Labels, positive: int = 1) -> float:
    """Return how many of those that *are* positive were found: TP / (TP + FN); 0.0 if there is none.

    Every label other than `positive` counts as negative, however many classes there are.
    Example: y_true = [1, 1, 1, 0, 0], y_pred = [1, 0, 0, 1, 0]: TP = 1, FN = 2, the answer is 1/3.
    Hint:    as in precision, with the other sum below the line.
    """
    raise NotImplementedError("recall is not written yet")


def f1(y_true: Labels, y_pred: Labels, positive: int = 1) -> float:
    """Return the harmonic mean of precision P and recall R: 2·P·R / (P + R); 0.0 where P + R is 0.

    Example: y_true = [1, 1, 1, 0, 0], y_pred = [1, 0, 0, 1, 0]: P = 1/2, R = 1/3, the answer is (1/3) / (5/6) = 0.4.
    Hint:    hand `positive` on to precision and recall.
    """
    raise NotImplementedError("f1 is not written yet")
