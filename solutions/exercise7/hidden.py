"""What exercise7 asks beyond the public checks: the same promises, on other data."""

import numpy as np

from grader.checks import Suite, edge, expect, fixed

TEMPERATURES = np.array([[20.5, 1013.0, 5.0], [22.5, 1009.0, 5.0], [19.0, 1021.0, 5.0], [30.0, 990.0, 5.0]])


def extend(suite: Suite) -> None:
    """Add the hidden checks."""
    for target, item in EDGES:
        suite.edge(target, item)
    suite.check("train_test_split")(sequences)
    suite.check("minibatches")(large)
    suite.check("undersample")(many_classes)
    suite.check("oversample")(many_to_fill)


MINUS_AND_PLUS = {"y_true": fixed(np.array([-1, 1, -1, -1, 1, 1])), "y_pred": fixed(np.array([-1, -1, -1, 1, 1, -1]))}

EDGES = [
    (
        "standardize",
        edge(
            "one_test_row",
            "A test of one row is scaled by the statistics of train, as any other.",
            args={"train": fixed(TEMPERATURES), "test": fixed(np.array([[21.0, 1000.0, 7.0]]))},
        ),
    ),
    (
        "one_hot",
        edge(
            "one_class",
            "With one class there is one column of ones.",
            args={"labels": fixed(np.array([0, 0, 0])), "num_classes": fixed(1)},
        ),
    ),
    (
        "confusion_matrix",
        edge("many_classes", "More classes than examples.", sizes={"C": (18, 24), "N": (8, 12)}),
    ),
    ("accuracy", edge("many_classes", "More classes than examples.", sizes={"C": 30, "N": (8, 12)})),
    *(
        (
            name,
            edge(
                "negative_label",
                "The positive class may be called -1.",
                cases=[{**MINUS_AND_PLUS, "positive": fixed(label)} for label in (-1, 1)],
            ),
        )
        for name in ("precision", "recall", "f1")
    ),
]


def seed_of(rng: np.random.Generator) -> int:
    return int(rng.integers(2**31))


def sequences(student, reference, rng):
    """Sequences (N, T, D) are divided whole, each with its label."""
    x, y = rng.normal(size=(30, 4, 2)), np.arange(30)
    x_train, x_test, y_train, y_test = student.call("train_test_split", x, y, 0.2, seed_of(rng))
    expect(len(y_test) == 6 and len(y_train) == 24, "Of 30 sequences with test_fraction = 0.2, 6 are for the test.")
    shapes = np.shape(x_train) == (24, 4, 2) and np.shape(x_test) == (6, 4, 2)
    expect(shapes, "Sequences (N, T, D) keep their shape.")
    whole = np.array_equal(x_train, x[y_train]) and np.array_equal(x_test, x[y_test])
    expect(whole, "Sequences and labels no longer belong together.")
    expect(sorted([*y_train, *y_test]) == list(range(30)), "Some sequences are lost or repeated.")


def large(student, reference, rng):
    """A thousand examples are as good as ten."""
    x, y = rng.normal(size=(1000, 2)), np.arange(1000)
    batches = student.call("minibatches", x, y, 64, seed_of(rng))
    expect(
        [len(yb) for _, yb in batches] == [64] * 15 + [40], "1000 examples in batches of 64: 15 of 64 and one of 40."
    )
    labels = np.concatenate([yb for _, yb in batches])
    expect(sorted(labels.tolist()) == list(range(1000)), "Some examples are lost or repeated.")
    whole = np.array_equal(np.concatenate([xb for xb, _ in batches]), x[labels])
    expect(whole, "Examples and labels no longer belong together.")


def resampled(student, name: str, rng: np.random.Generator, due: int) -> None:
    sizes = [3, 11, 5, 8, 4, 9]
    y = rng.permutation(np.repeat([7, 2, 30, 1, -4, 12], sizes))
    x = np.stack([np.arange(len(y)) + 0.25, y], axis=1)
    got_x, got_y = student.call(name, x, y, seed_of(rng))
    labels, counts = np.unique(got_y, return_counts=True)
    six = [-4, 1, 2, 7, 12, 30]
    expect(labels.tolist() == six, f"The classes {six} came in; in your answer there are {labels.tolist()}.")
    expect(counts.tolist() == [due] * 6, f"Every class has to have {due} rows.")
    rows = np.floor(got_x[:, 0]).astype(int)
    expect(
        np.array_equal(got_x, x[rows]) and np.array_equal(got_y, y[rows]), "Rows and labels no longer belong together."
    )


def many_classes(student, reference, rng):
    """Six classes with any labels come down to the smallest."""
    resampled(student, "undersample", rng, 3)


def many_to_fill(student, reference, rng):
    """Six classes with any labels come up to the largest."""
    resampled(student, "oversample", rng, 11)
