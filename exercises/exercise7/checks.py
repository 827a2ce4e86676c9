"""What exercise7 asks: splitting, scaling, encoding, batching, balancing, and the measures of a classifier.

Random answers are judged by what holds for every draw (which rows came back, with which labels, how many), by being the
same for the same seed, and by looking shuffled; never against particular draws. Rows are recognised by their values.
"""

from collections.abc import Callable

import numpy as np

from grader.checks import OMIT, Draw, Suite, edge, expect, fixed, labels

suite = Suite()


# Scaling, encoding and the measures are judged by value.


def columns(rows: str) -> Callable[[Draw], np.ndarray]:
    """Draw columns with means and spreads of their own, so that train and test differ in both."""
    return lambda d: d.normal(rows, "D") * d.uniform("D", low=0.5, high=4.0) + d.normal("D", scale=5.0)


def with_constant(value: float) -> Callable[[Draw], np.ndarray]:
    """Draw a train set whose first column holds one value only."""

    def draw(d: Draw) -> np.ndarray:
        train = d.normal("N", "D", mean=3.0, scale=2.0)
        train[:, 0] = value
        return train

    return draw


suite.declare("train_test_split", points=3, arguments=["x", "y", "test_fraction", "seed"])

suite.function(
    "standardize",
    args={"train": columns("N"), "test": columns("M")},
    returns=["train", "test"],
    sizes={"N": (6, 9), "M": (3, 6), "D": (2, 5)},
    edges=[
        edge(
            "constant_column",
            "A column that is constant in train is divided by 1, also where it varies in test.",
            cases=[{"train": with_constant(value)} for value in (0.0, 4.0, -2.0)],
        ),
        edge(
            "rounded_column",
            "A column of nothing but 0.1 is constant too, although its computed deviation is not exactly 0.",
            args={
                "train": fixed(np.array([[0.1, 2.0, 4.0], [0.1, 3.0, 4.0], [0.1, 7.0, 4.0]])),
                "test": fixed(np.array([[0.1, 1.0, 4.0], [1.1, 2.0, 5.0]])),
            },
        ),
        edge(
            "small_column",
            "A column of tiny numbers (micrometres written in metres) is scaled like any other.",
            args={"train": lambda d: 1e-6 * d.normal("N", "D"), "test": lambda d: 1e-6 * d.normal("M", "D")},
        ),
    ],
    points=3,
)

suite.function(
    "one_hot",
    args={"labels": labels("N", classes="C"), "num_classes": lambda d: d.size("C")},
    cases=[{"labels": fixed(np.array([1, 3, 3])), "num_classes": fixed(5)}],
    edges=[
        edge(
            "absent_classes",
            "num_classes counts, not the largest label: classes without an example have columns too.",
            cases=[
                {"labels": fixed(np.array([1, 0, 1])), "num_classes": fixed(4)},
                {"labels": fixed(np.array([2, 3])), "num_classes": fixed(5)},
            ],
        ),
    ],
    points=1,
)

suite.declare("minibatches", points=3, arguments=["x", "y", "batch_size", "seed"])
suite.declare("undersample", points=3, arguments=["x", "y", "seed"])
suite.declare("oversample", points=3, arguments=["x", "y", "seed"])

suite.function(
    "confusion_matrix",
    args={
        "y_true": labels("N", classes="C"),
        "y_pred": labels("N", classes="C"),
        "num_classes": lambda d: d.size("C"),
    },
    sizes={"N": (25, 40), "C": (3, 5)},
    edges=[
        edge(
            "absent_classes",
            "Classes that nobody has, or that nobody predicts, keep their row and column of zeros.",
            args={
                "y_true": fixed(np.array([0, 0, 2, 2, 2])),
                "y_pred": fixed(np.array([0, 1, 0, 0, 1])),
                "num_classes": fixed(5),
            },
        ),
        edge(
            "many_examples",
            "Hundreds of examples are counted as well as a few.",
            sizes={"N": (700, 800), "C": 2},
        ),
    ],
    points=2,
)


def mostly_right(d: Draw) -> np.ndarray:
    """Draw predictions of which about two thirds are right."""
    y = d["y_true"]
    return np.where(d.rng.uniform(size=len(y)) < 0.55, y, d.rng.integers(0, 4, size=len(y)))


suite.function(
    "accuracy",
    args={"y_true": labels("N", classes="C"), "y_pred": mostly_right},
    sizes={"N": (12, 20), "C": 4},
    edges=[
        edge(
            "all_or_none",
            "All right is 1.0, if only one is asked too; none right is 0.0.",
            cases=[
                {"y_true": fixed(np.array([3, 1, 2])), "y_pred": fixed(np.array([3, 1, 2]))},
                {"y_true": fixed(np.array([2])), "y_pred": fixed(np.array([2]))},
                {"y_true": fixed(np.array([3, 1, 2])), "y_pred": fixed(np.array([1, 2, 0]))},
            ],
        ),
        edge(
            "undefined",
            "Where there are no examples at all there is nothing to divide by, and the answer is 0.0.",
            args={"y_true": fixed(np.array([], dtype=int)), "y_pred": fixed(np.array([], dtype=int))},
        ),
    ],
    points=1,
)


def uneven_predictions(d: Draw) -> np.ndarray:
    """Draw predictions with four different numbers of TP, FP, FN and TN, so that no two measures agree by chance."""
    truth = d["y_true"]
    positives, negatives = np.flatnonzero(truth == 1), np.flatnonzero(truth != 1)
    uneven = [
        (tp, fp)
        for tp in range(1, len(positives))
        for fp in range(1, len(negatives))
        if len({tp, fp, len(positives) - tp, len(negatives) - fp}) == 4
    ]
    if not uneven:
        return d.rng.integers(0, 2, size=len(truth))
    tp, fp = uneven[d.rng.integers(len(uneven))]
    predicted = np.zeros_like(truth)
    predicted[d.rng.choice(positives, tp, replace=False)] = 1
    predicted[d.rng.choice(negatives, fp, replace=False)] = 1
    return predicted


FOUR_CLASSES = {"y_true": labels("N", classes="C"), "y_pred": mostly_right}


def measure(name: str, undefined: dict[str, object]) -> None:
    """Set the checks of precision, recall or f1; `undefined` is a case in which its denominator is 0."""
    suite.function(
        name,
        args={
            "y_true": lambda d: d.rng.integers(0, 2, size=d.size("N")),
            "y_pred": uneven_predictions,
            "positive": fixed(1),
        },
        sizes={"N": (24, 36)},
        edges=[
            edge("default", "Without `positive`, class 1 is the positive one.", args={"positive": OMIT}),
            edge(
                "another_class",
                "Any class can be the positive one (0 too); all the others are then negative.",
                cases=[{**FOUR_CLASSES, "positive": fixed(label)} for label in (0, 2, 3)],
                sizes={"C": 4},
            ),
            edge("undefined", "Where there is nothing to divide by, the answer is 0.0.", args=undefined),
            edge(
                "none_found",
                "Without a single true positive the answer is 0.0.",
                args={"y_true": fixed(np.array([1, 0, 1, 0, 0])), "y_pred": fixed(np.array([0, 1, 0, 0, 1]))},
            ),
            edge(
                "all_found",
                "If all is right the answer is 1.0.",
                args={"y_true": fixed(np.array([1, 0, 1])), "y_pred": fixed(np.array([1, 0, 1]))},
            ),
        ],
        points=1,
    )


SOME, NONE = fixed(np.array([0, 1, 0, 1])), fixed(np.array([0, 0, 0, 0]))
measure("precision", {"y_true": SOME, "y_pred": NONE})
measure("recall", {"y_true": NONE, "y_pred": SOME})
measure("f1", {"y_true": NONE, "y_pred": NONE})


# Splitting, batching and balancing are judged by which rows come back.

SETTING = {"train_test_split": (0.5,), "minibatches": (7,), "undersample": (), "oversample": ()}
RETURNS = {
    "train_test_split": "train_test_split returns four arrays: x_train, x_test, y_train, y_test.",
    "minibatches": "minibatches returns a list of batches, and a batch is two arrays: xb, yb.",
    "undersample": "undersample returns two arrays: x, y.",
    "oversample": "oversample returns two arrays: x, y.",
}


def examples(rng: np.random.Generator, counts: dict[int, int], *shape: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw examples of the shape (default (3,)), so many of each label, in a random order."""
    y = rng.permutation(np.repeat(list(counts), list(counts.values())))
    return rng.normal(size=(len(y), *(shape or (3,)))), y


def numbered(rng: np.random.Generator, n: int, *shape: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw n examples, each with a label of its own, so that no label can be right by chance."""
    return examples(rng, dict.fromkeys(range(n), 1), *shape)


def new_seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**31))


def parts(name: str, result: object) -> list[tuple[str, object, object]]:
    """Take an answer apart into (what it is called, its x, its y), or fail the check."""

    def items(value: object, count: int | None = None) -> list[object]:
        expect(isinstance(value, (tuple, list)) and count in (None, len(value)), RETURNS[name])
        return list(value)

    if name == "train_test_split":
        x_train, x_test, y_train, y_test = items(result, 4)
        return [("the training part", x_train, y_train), ("the test part", x_test, y_test)]
    if name == "minibatches":
        return [(f"batch {i}", *items(batch, 2)) for i, batch in enumerate(items(result), 1)]
    return [("the answer", *items(result, 2))]


def as_array(value: object, what: str) -> np.ndarray:
    """Return a part of an answer as an array of numbers, or fail the check."""
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):
        array = np.asarray(None)
    expect(array.dtype.kind in "iuf", f"{what} must be an array of numbers.")
    return array


def rows_of(part: tuple[str, object, object], x: np.ndarray, y: np.ndarray) -> list[int]:
    """Return which rows of (x, y) a part is made of; fail where one is not an example with its own label."""
    what, got_x, got_y = part[0], as_array(part[1], f"x of {part[0]}"), as_array(part[2], f"y of {part[0]}")
    shape = ("rows", *x.shape[1:])
    fits = got_x.ndim == x.ndim and got_x.shape[1:] == x.shape[1:]
    expect(fits, f"x of {what} has the shape {got_x.shape}; expected {shape}.".replace("'", ""))
    expect(got_y.shape == (len(got_x),), f"{what} has {len(got_x)} rows in x, but y has the shape {got_y.shape}.")
    row_number = {row.tobytes(): i for i, row in enumerate(x)}
    # what is said about rows names none of them: it must be the same sentence whatever was drawn
    rows = [row_number.get(row.tobytes(), -1) for row in np.ascontiguousarray(got_x, dtype=np.float64)]
    known = all(row >= 0 for row in rows)
    expect(known, f"In {what} there are rows that are none of the rows of x: rows are moved as they are, whole.")
    same = np.array_equal(got_y, y[rows])
    expect(same, f"In {what}, rows have lost their labels: x and y have to be indexed by the same row numbers.")
    return rows


def ask(student, name: str, x: np.ndarray, y: np.ndarray, *rest: object) -> list[list[int]]:
    """Call one of the four functions and return the row numbers that each part of its answer is made of."""
    return [rows_of(part, x, y) for part in parts(name, student.call(name, x, y, *rest))]


def still_together(rows: list[int]) -> bool:
    """Whether neighbours stayed neighbours.

    In a random order, k pairs of neighbours still stand side by side with a probability of at most 2^k / k!, which is
    4e-14 for k = 21.
    """
    rank = np.argsort(np.argsort(rows))
    return int(np.sum(np.abs(np.diff(rank)) == 1)) > 20


def expect_shuffled(rows: list[int], what: str) -> None:
    """Fail where neighbours stayed neighbours."""
    together = still_together(rows)
    expect(not together, f"{what} is not shuffled: many rows still follow the row that they followed before.")


def expect_counts(rows: list[int], y: np.ndarray, due: int) -> None:
    """Fail where a class does not have the number of rows that is due."""
    came = {label: int(np.sum(y == label)) for label in np.unique(y).tolist()}
    got = {label: int(np.sum(y[rows] == label)) for label in came}
    expect(
        all(count == due for count in got.values()),
        f"From classes of the sizes {came} you made {got}; expected {due} of each.",
    )


@suite.check("train_test_split", main=True)
def every_row_once(student, reference, rng):
    """Every example is in exactly one part, with its label, and the parts have the right sizes."""
    for n, fraction, due in ((23, 0.3, 7), (21, 0.2, 4), (16, 0.5, 8)):
        x, y = numbered(rng, n)
        train, test = ask(student, "train_test_split", x, y, fraction, new_seed(rng))
        asked = f"Of {n} examples with test_fraction = {fraction}, {due} are for the test"
        expect(len(test) == due, f"{asked}; yours has {len(test)}.")
        leak = set(train) & set(test)
        expect(not leak, "There are examples that are in the training part and in the test part: that is a leak.")
        expect(sorted(train + test) == list(range(n)), f"Of {n} examples, some are lost or repeated.")


@suite.check("train_test_split")
def rounds(student, reference, rng):
    """The test has int(round(test_fraction·N)) rows, also where that is 0 or N."""
    for n, fraction in ((10, 0.25), (14, 0.25), (20, 0.01), (12, 0.0), (9, 1.0), (1, 0.4)):
        x, y = numbered(rng, n)
        train, test = ask(student, "train_test_split", x, y, fraction, new_seed(rng))
        due = round(fraction * n)
        expect(
            (len(train), len(test)) == (n - due, due),
            f"{n} examples with test_fraction = {fraction}: expected {n - due} for training and {due} for the test; "
            f"yours are {len(train)} and {len(test)}.",
        )


@suite.check("train_test_split")
def both_shuffled(student, reference, rng):
    """The examples are shuffled before they are divided: both parts, and what goes where."""
    x, y = numbered(rng, 120)
    train, test = ask(student, "train_test_split", x, y, 0.5, new_seed(rng))
    expect_shuffled(test, "The test part")
    expect_shuffled(train, "The training part")
    expect_shuffled(train + test, "What comes out")
    # 60 of 120 rows at random: all of them within one half has a probability below 1e-30
    expect(len({row < 60 for row in test}) == 2, "The test part is one half of the data as it was, not a random part.")


@suite.check("minibatches", main=True)
def every_example_once(student, reference, rng):
    """Every example is in exactly one batch, with its label; only the last batch may be smaller."""
    for n, batch_size in ((22, 5), (20, 4)):
        x, y = numbered(rng, n)
        batches = ask(student, "minibatches", x, y, batch_size, new_seed(rng))
        asked = f"{n} examples in batches of {batch_size}"
        got = sorted(row for batch in batches for row in batch)
        expect(len(got) >= n, f"{asked}: {n - len(got)} examples are lost (the last batch may be smaller).")
        expect(len(got) <= n, f"{asked}: {len(got) - n} rows too many came; the last batch is not filled up.")
        expect(got == list(range(n)), f"{asked}: some examples are repeated.")
        due = [min(batch_size, n - start) for start in range(0, n, batch_size)]
        sizes = [len(batch) for batch in batches]
        expect(sizes == due, f"{asked} make batches of {due}; yours are {sizes}.")


@suite.check("minibatches")
def all_batch_sizes(student, reference, rng):
    """A batch may be one example, or all of them, or the batch size larger than the data."""
    for n, batch_size, due in ((5, 1, [1] * 5), (6, 6, [6]), (4, 9, [4]), (1, 3, [1])):
        x, y = numbered(rng, n)
        batches = ask(student, "minibatches", x, y, batch_size, new_seed(rng))
        sizes = [len(batch) for batch in batches]
        expect(sizes == due, f"{n} examples in batches of {batch_size} make batches of {due}; yours are {sizes}.")
        got = sorted(row for batch in batches for row in batch)
        expect(got == list(range(n)), f"{n} examples in batches of {batch_size}: some are lost or repeated.")


@suite.check("minibatches")
def batches_shuffled(student, reference, rng):
    """The examples are in a new order: not the batches alone, and not only within them."""
    x, y = numbered(rng, 120)
    batches = ask(student, "minibatches", x, y, 8, new_seed(rng))
    rows = [row for batch in batches for row in batch]
    expect(rows != list(range(120)), "The examples are still in the order in which they came.")
    # 8 given rows of 120 meet again in one of 15 batches with a probability of 15 / C(120, 8); for 15 eights: 3e-10
    apart = all(len({row // 8 for row in batch}) != 1 for batch in batches)
    moved = "in a new order only within each batch" if any(np.diff(batches[0]) != 1) else "still side by side"
    expect(apart, f"Rows that stood together make a batch again, {moved}: shuffle all the rows first, then cut.")
    expect_shuffled(rows, "The list of batches")


@suite.check("undersample", main=True)
def down_to_the_smallest(student, reference, rng):
    """Every class has as many rows as the smallest, and no row is there twice."""
    x, y = examples(rng, {0: 50, 1: 30, 2: 70})
    (rows,) = ask(student, "undersample", x, y, new_seed(rng))
    expect_counts(rows, y, 30)
    once = len(rows) == len(set(rows))
    expect(once, "Some rows are there twice: a row is drawn at most once (without replacement).")


@suite.check("undersample")
def drawn_from_all(student, reference, rng):
    """The rows that stay are drawn from the whole class."""
    x, y = examples(rng, {0: 400, 1: 40})
    (rows,) = ask(student, "undersample", x, y, new_seed(rng))
    place = np.searchsorted(np.flatnonzero(y == 0), [row for row in rows if y[row] == 0])
    # 40 random places of 400 lie within one half of the class with a probability of at most 40 / 2^39 < 1e-10
    expect(int(np.ptp(place)) >= 200, "The rows that stay come from one stretch of the class; any row may stay.")


@suite.check("oversample", main=True)
def up_to_the_largest(student, reference, rng):
    """Every class has as many rows as the largest, and every original row is still there."""
    x, y = examples(rng, {0: 20, 1: 60, 2: 50})
    (rows,) = ask(student, "oversample", x, y, new_seed(rng))
    expect_counts(rows, y, 60)
    expect(set(rows) == set(range(len(y))), "Some original rows are lost: all of them stay, and repeats join them.")


@suite.check("oversample")
def random_repeats(student, reference, rng):
    """The repeats are many different rows, and a rare class can be repeated often."""
    x, y = examples(rng, {0: 300, 1: 100, 2: 1})
    (rows,) = ask(student, "oversample", x, y, new_seed(rng))
    expect_counts(rows, y, 300)
    times = np.bincount(rows, minlength=len(y))
    repeated = np.flatnonzero((y == 1) & (times > 1))
    # 200 draws from 100 rows hit fewer than 30 of them with a probability below C(100, 30)·0.3^200 < 1e-70
    expect(len(repeated) >= 30, f"200 repeats are drawn from 100 rows, but only {len(repeated)} rows are repeated.")


def add_balance_checks(name: str, due: Callable[[list[int]], int]) -> None:
    """Set what undersample and oversample have in common."""

    @suite.check(name)
    def any_labels(student, reference, rng):
        """Labels may be any integers, not only 0 … K-1."""
        x, y = examples(rng, {-1: 9, 4: 5, 10: 7})
        (rows,) = ask(student, name, x, y, new_seed(rng))
        expect_counts(rows, y, due([9, 5, 7]))

    @suite.check(name)
    def balanced_already(student, reference, rng):
        """Where the classes are equal, or there is only one, every row stays and none is repeated."""
        for counts in ({0: 6, 1: 6, 2: 6}, {3: 5}):
            x, y = examples(rng, counts)
            (rows,) = ask(student, name, x, y, new_seed(rng))
            expect(sorted(rows) == list(range(len(y))), f"With the classes {counts} nothing has to change.")


add_balance_checks("undersample", min)
add_balance_checks("oversample", max)


def undrawn(name: str, parts_of: list[list[int]], y: np.ndarray) -> bool:
    """Whether an answer looks as if no random number was used: as it was, the first of each class, or all in turn."""
    rows = [row for part in parts_of for row in part]
    if name in ("train_test_split", "minibatches"):
        return still_together(rows)
    times = np.bincount(rows, minlength=len(y))
    per_class = [times[y == label] for label in np.unique(y)]
    if name == "undersample":
        return all(bool(np.all(np.diff(kept) <= 0)) for kept in per_class)
    return all(int(np.ptp(kept)) <= 1 for kept in per_class)


def add_common_checks(name: str) -> None:
    """Set what all four random functions have in common."""

    def setting(rng: np.random.Generator, *shape: int) -> tuple[np.ndarray, np.ndarray]:
        if name in ("undersample", "oversample"):
            return examples(rng, {0: 60, 1: 40, 2: 20}, *shape)
        return numbered(rng, 60, *shape)

    def fingerprint(rows: list[list[int]]) -> list[int]:
        """Return what has to change with the seed: the rows of the test, the order of the batches, the rows drawn."""
        if name == "minibatches":
            return [row for batch in rows for row in batch]
        return sorted(rows[-1])

    @suite.check(name)
    def seeded(student, reference, rng):
        """The same seed gives the same answer, another seed another one."""
        x, y = setting(rng)
        seed = new_seed(rng)
        first, again, other = (ask(student, name, x, y, *SETTING[name], s) for s in (seed, seed, seed + 1))
        expect(first == again, f"Two calls with the seed {seed} gave different answers: draw everything from the seed.")
        # two seeds agree by chance with a probability below 1e-13: 1/C(60,30), 1/60!, 1/C(60,20)², 20!/40^20
        why = "nothing is drawn" if undrawn(name, first, y) else "the draw does not depend on the seed"
        differ = fingerprint(first) != fingerprint(other)
        expect(differ, f"The seeds {seed} and {seed + 1} gave the same rows: {why}.")

    @suite.check(name)
    def any_dimensions(student, reference, rng):
        """x may have any number of dimensions: plain numbers, or images."""
        for shape in ((), (2, 4, 3)):
            x, y = setting(rng, *(shape or (1,)))
            x = x if shape else x[:, 0]
            ask(student, name, x, y, *SETTING[name], new_seed(rng))

    @suite.check(name)
    def kept_types(student, reference, rng):
        """x stays an array of float64, y an array of integers."""
        x, y = setting(rng)
        for what, got_x, got_y in parts(name, student.call(name, x, y, *SETTING[name], new_seed(rng))):
            got_x, got_y = as_array(got_x, f"x of {what}"), as_array(got_y, f"y of {what}")
            expect(got_x.dtype == np.float64, f"x of {what} has become {got_x.dtype}; it was float64.")
            expect(got_y.dtype.kind in "iu", f"y of {what} has become {got_y.dtype}; labels are integers.")

    @suite.check(name)
    def unchanged(student, reference, rng):
        """x and y are left as they are."""
        x, y = setting(rng)
        _, after = student.after(name, x, y, *SETTING[name], new_seed(rng))
        for argument, before, now in (("x", x, after[0]), ("y", y, after[1])):
            same = np.array_equal(before, now)
            expect(same, f"{argument} was changed: shuffle row numbers, or a copy, not {argument} itself.")


for name in SETTING:
    add_common_checks(name)
