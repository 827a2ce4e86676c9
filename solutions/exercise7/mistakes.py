"""The wrong answers people give in exercise7; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

UNSEEDED = (
    "You draw from a generator without the seed, so that no run can be repeated: begin with the seed you are given."
)
FIXED = "Your generator always starts from the same seed, whatever you are given: hand on the argument `seed`."
LABELS_LEFT = "You shuffled x but not y: index both by the same row numbers, or every example gets another one's label."
UNSHUFFLED = (
    "Nothing is shuffled. Data often come sorted, by class or by time: draw a permutation of the row numbers first."
)

_UNDEFINED = "Nothing is there to divide by, and you return nan. Agree on an answer for this case: here it is 0.0."

MISTAKES = [
    # train_test_split
    Mistake(
        "train_test_split",
        "unshuffled",
        UNSHUFFLED,
        old="np.random.default_rng(seed).permutation(len(x))",
        new="np.arange(len(x))",
    ),
    Mistake("train_test_split", "unseeded", UNSEEDED, old="default_rng(seed)", new="default_rng()"),
    Mistake("train_test_split", "fixed_seed", FIXED, old="default_rng(seed)", new="default_rng(0)"),
    Mistake(
        "train_test_split", "labels_left", LABELS_LEFT, old="y[train], y[test]", new="y[test_rows:], y[:test_rows]"
    ),
    Mistake(
        "train_test_split",
        "truncated",
        "The number of test rows is cut off to a whole number. Round it to the nearest one instead.",
        old="round(test_fraction * len(x))",
        new="int(test_fraction * len(x))",
    ),
    Mistake(
        "train_test_split",
        "swapped",
        "The parts have each other's size: test_fraction is the share of the test.",
        old="test, train = order",
        new="train, test = order",
    ),
    Mistake(
        "train_test_split",
        "order_of_results",
        "You return the training part, then the test part. The order here is both x, then both y: x_train, x_test, "
        "y_train, y_test.",
        old="x[train], x[test], y[train], y[test]",
        new="x[train], y[train], x[test], y[test]",
    ),
    Mistake(
        "train_test_split",
        "from_the_end",
        "You count the test rows from the end. With 0 test rows such a slice takes everything, or nothing, the "
        "wrong way "
        "round: count from the front.",
        old="order[:test_rows], order[test_rows:]",
        new="order[-test_rows:], order[:-test_rows]",
    ),
    Mistake(
        "train_test_split",
        "leak",
        "The test rows are in the training part as well. What a model has trained on cannot tell how it does on "
        "new data.",
        old="order[:test_rows], order[test_rows:]",
        new="order[:test_rows], order",
    ),
    # standardize
    Mistake(
        "standardize",
        "test_by_itself",
        "You scaled the test by its own mean and deviation. Use those of train: a new example comes alone, and "
        "the model "
        "knows only the scale it was trained on.",
        old="(test - mean) / scale",
        new="(test - test.mean(axis=0)) / np.where(test.std(axis=0) == 0, 1.0, test.std(axis=0))",
    ),
    Mistake(
        "standardize",
        "together",
        "The mean and the deviation are measured on train and test together: that leaks the test into the training.",
        code="""
def standardize(train, test):
    both = np.concatenate([train, test])
    mean, std = both.mean(axis=0), both.std(axis=0)
    std = np.where(std == 0, 1.0, std)
    return (train - mean) / std, (test - mean) / std
""",
    ),
    Mistake(
        "standardize",
        "rows",
        "You scaled every row by its own mean and deviation. It is the columns that are scaled: measure along axis 0.",
        code="""
def standardize(train, test):
    parts = []
    for part in (train, test):
        std = part.std(axis=1, keepdims=True)
        parts.append((part - part.mean(axis=1, keepdims=True)) / np.where(std == 0, 1.0, std))
    return tuple(parts)
""",
    ),
    Mistake(
        "standardize",
        "threshold",
        "You take a column of small numbers for a constant one. Whether it is constant does not depend on its unit: "
        "ask whether its largest and smallest value are equal.",
        old="train.max(axis=0) == train.min(axis=0)",
        new="train.std(axis=0) < 1e-5",
    ),
    Mistake(
        "standardize",
        "constant_left",
        "You leave constant columns as they are. Their mean is subtracted too; only the division is by 1.",
        old="    scale = np",
        new="    mean = np.where(constant, 0.0, mean)\n    scale = np",
    ),
    Mistake(
        "standardize",
        "sample_deviation",
        "You divided by N - 1 inside the deviation. Here it is the population's: the mean of the squares, over N.",
        old="train.std(axis=0)",
        new="train.std(axis=0, ddof=min(1, len(train) - 1))",
    ),
    Mistake(
        "standardize",
        "whole_table",
        "You took one mean and one deviation of the whole table. Every column has its own: measure along the "
        "rows' axis.",
        code="""
def standardize(train, test):
    std = train.std() or 1.0
    return (train - train.mean()) / std, (test - train.mean()) / std
""",
    ),
    Mistake(
        "standardize",
        "variance",
        "You divided by the variance. Divide by its root, the standard deviation.",
        old="train.std(axis=0)",
        new="train.var(axis=0)",
    ),
    Mistake(
        "standardize",
        "constant_ignored",
        "A column that is constant in train is divided by its deviation, 0. Divide such a column by 1.",
        old="np.where(constant, 1.0, train.std(axis=0))",
        new="train.std(axis=0)",
    ),
    Mistake(
        "standardize",
        "epsilon",
        "You add a small number to the deviation. A column of tiny values is then scaled wrongly, and a "
        "constant one is "
        "blown up in the test: divide constant columns by 1, and all others by their deviation alone.",
        old="np.where(constant, 1.0, train.std(axis=0))",
        new="train.std(axis=0) + 1e-8",
    ),
    Mistake(
        "standardize",
        "exactly_zero",
        "You ask whether the deviation is exactly 0. For a constant column of 0.1 rounding makes it a little more: ask "
        "whether the largest and the smallest value of the column are equal.",
        old="train.max(axis=0) == train.min(axis=0)",
        new="train.std(axis=0) == 0",
    ),
    Mistake(
        "standardize",
        "test_unscaled",
        "You return the test as it was. It has to be on the scale of train, or the model sees numbers it was "
        "never shown.",
        old="(test - mean) / scale",
        new="test",
    ),
    Mistake(
        "standardize",
        "range",
        "You scaled every column to its smallest and largest value. Here the mean becomes 0 and the deviation 1.",
        code="""
def standardize(train, test):
    low, high = train.min(axis=0), train.max(axis=0)
    spread = np.where(high == low, 1.0, high - low)
    return (train - low) / spread, (test - low) / spread
""",
    ),
    # one_hot
    Mistake(
        "one_hot",
        "largest_label",
        "You have as many columns as the largest label asks for. num_classes says how many there are: a class "
        "may be absent.",
        old="np.eye(num_classes)",
        new="np.eye(labels.max() + 1)",
    ),
    Mistake(
        "one_hot",
        "present_classes",
        "You have columns only for the classes that occur. Every class has its column, and label k has column k.",
        old="np.eye(num_classes)[labels]",
        new="(labels[:, None] == np.unique(labels)).astype(float)",
    ),
    Mistake(
        "one_hot",
        "from_one",
        "Your ones are one column too far left: the first class is 0, and it has the first column.",
        old="[labels]",
        new="[labels - 1]",
    ),
    Mistake(
        "one_hot",
        "transposed",
        "Rows and columns are swapped: one row for each example, one column for each class.",
        old="np.eye(num_classes)[labels]",
        new="np.eye(num_classes)[labels].T",
    ),
    # minibatches
    Mistake(
        "minibatches",
        "unshuffled",
        UNSHUFFLED,
        old="np.random.default_rng(seed).permutation(len(x))",
        new="np.arange(len(x))",
    ),
    Mistake("minibatches", "unseeded", UNSEEDED, old="default_rng(seed)", new="default_rng()"),
    Mistake("minibatches", "fixed_seed", FIXED, old="default_rng(seed)", new="default_rng(0)"),
    Mistake(
        "minibatches",
        "labels_left",
        LABELS_LEFT,
        code="""
def minibatches(x, y, batch_size, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    return [(x[order[i : i + batch_size]], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]
""",
    ),
    Mistake(
        "minibatches",
        "last_lost",
        "The examples that do not fill a whole batch are lost. The last batch may be smaller.",
        old="range(0, len(x), batch_size)",
        new="range(0, len(x) - batch_size + 1, batch_size)",
    ),
    Mistake(
        "minibatches",
        "even_parts",
        "You cut the data into parts of nearly equal size. All batches but the last have batch_size examples.",
        old="[order[start : start + batch_size] for start in range(0, len(x), batch_size)]",
        new="np.array_split(order, -(-len(x) // batch_size))",
    ),
    Mistake(
        "minibatches",
        "empty_batch",
        "Where batch_size divides the number of examples, there is an empty batch at the end.",
        old="range(0, len(x), batch_size)",
        new="range(0, len(x) + 1, batch_size)",
    ),
    Mistake(
        "minibatches",
        "replacement",
        "You draw each batch anew from all the examples, so that some come twice and others never. Shuffle "
        "once, then cut.",
        old="permutation(len(x))",
        new="integers(0, len(x), len(x))",
    ),
    Mistake(
        "minibatches",
        "batches_only",
        "You cut first and shuffled the batches: the same examples meet each time. Shuffle the rows, then cut.",
        code="""
def minibatches(x, y, batch_size, seed):
    starts = np.arange(0, len(x), batch_size)
    order = np.random.default_rng(seed).permutation(len(starts))
    order = sorted(order, key=lambda i: starts[i] + batch_size > len(x))
    return [(x[starts[i] : starts[i] + batch_size], y[starts[i] : starts[i] + batch_size]) for i in order]
""",
    ),
    Mistake(
        "minibatches",
        "within_batches",
        "You shuffled within each batch only: the same examples meet each time. Shuffle all the rows, then cut.",
        old="[order[start : start + batch_size] for start in range(0, len(x), batch_size)]",
        new="[start + np.random.default_rng(seed + start).permutation(min(batch_size, len(x) - start)) "
        "for start in range(0, len(x), batch_size)]",
    ),
    # undersample
    Mistake("undersample", "unseeded", UNSEEDED, old="default_rng(seed)", new="default_rng()"),
    Mistake("undersample", "fixed_seed", FIXED, old="default_rng(seed)", new="default_rng(0)"),
    Mistake(
        "undersample",
        "first_rows",
        "You keep the first rows of every class. Which ones stay has to be random: the first may all be of one kind.",
        old="rng.choice(np.flatnonzero(y == label), counts.min(), replace=False)",
        new="np.flatnonzero(y == label)[: counts.min()]",
    ),
    Mistake(
        "undersample",
        "replacement",
        "You draw with replacement, so that some rows are there twice. Each row is taken at most once.",
        old="replace=False",
        new="replace=True",
    ),
    Mistake(
        "undersample",
        "classes_ignored",
        "You draw from all rows together. Draw from each class on its own, or the imbalance stays.",
        old="rows = np.concatenate(kept)",
        new="rows = rng.choice(len(y), len(np.concatenate(kept)), replace=False)",
    ),
    Mistake(
        "undersample",
        "counted_from_zero",
        "You count the labels from 0 to the largest, so that a label nobody has counts as a class of size 0. Ask which "
        "labels there are.",
        old="classes, counts = np.unique(y, return_counts=True)",
        new="classes, counts = np.arange(y.max() + 1), np.bincount(np.maximum(y, 0))",
    ),
    Mistake(
        "undersample",
        "labels_left",
        LABELS_LEFT,
        old="y[rows]",
        new="y[np.sort(rows)]",
    ),
    # oversample
    Mistake("oversample", "unseeded", UNSEEDED, old="default_rng(seed)", new="default_rng()"),
    Mistake("oversample", "fixed_seed", FIXED, old="default_rng(seed)", new="default_rng(0)"),
    Mistake(
        "oversample",
        "originals_lost",
        "You draw all rows of a class anew, and lose some of the originals. Keep every one, and draw only what "
        "is missing.",
        code="""
def oversample(x, y, seed):
    rng = np.random.default_rng(seed)
    classes, counts = np.unique(y, return_counts=True)
    rows = np.concatenate([rng.choice(np.flatnonzero(y == label), counts.max()) for label in classes])
    return x[rows], y[rows]
""",
    ),
    Mistake(
        "oversample",
        "repeats_only",
        "You return the repeats alone. The originals belong to the answer too.",
        old="[np.arange(len(y)), *repeats]",
        new="[np.arange(0), *repeats]",
    ),
    Mistake(
        "oversample",
        "in_turn",
        "You repeat the rows of a class in turn, from the first on. Draw the repeats at random, by the seed.",
        old="rng.choice(np.flatnonzero(y == label), n)",
        new="np.resize(np.flatnonzero(y == label), n)",
    ),
    Mistake(
        "oversample",
        "one_row",
        "You draw one row of the class and repeat it again and again. Draw every repeat anew.",
        old="rng.choice(np.flatnonzero(y == label), n)",
        new="np.repeat(rng.choice(np.flatnonzero(y == label), 1), n)",
    ),
    Mistake(
        "oversample",
        "without_replacement",
        "You draw the repeats without replacement, which ends where a class lacks more rows than it has. A row may be "
        "repeated several times.",
        old="rng.choice(np.flatnonzero(y == label), n)",
        new="rng.permutation(np.flatnonzero(y == label))[:n]",
    ),
    Mistake(
        "oversample",
        "smallest_only",
        "Only the smallest class has grown. Every class has to reach the size of the largest.",
        old="counts.max() - counts",
        new="np.where(counts == counts.min(), counts.max() - counts, 0)",
    ),
    Mistake(
        "oversample",
        "other_labels",
        "Your repeats have the labels of other rows: index x and y by the same row numbers.",
        old="y[rows]",
        new="np.concatenate([y, rng.choice(y, len(rows) - len(y))])",
    ),
    # confusion_matrix
    Mistake(
        "confusion_matrix",
        "transposed",
        "Rows and columns are swapped: the row is the true class, the column is what was predicted.",
        old="(y_true, y_pred), 1",
        new="(y_pred, y_true), 1",
    ),
    Mistake(
        "confusion_matrix",
        "counted_once",
        "A pair that occurs several times is counted once: adding to an array at a list of places adds only "
        "once to each.",
        old="np.add.at(counts, (y_true, y_pred), 1)",
        new="counts[y_true, y_pred] += 1",
    ),
    Mistake(
        "confusion_matrix",
        "shares",
        "Your rows are shares of the true class. The matrix holds counts.",
        old="return counts",
        new="return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)",
    ),
    Mistake(
        "confusion_matrix",
        "largest_label",
        "Your matrix is as large as the largest label asks for. num_classes says how large: a class may be absent.",
        old="np.zeros((num_classes, num_classes), dtype=int)",
        new="np.zeros((max(y_true.max(), y_pred.max()) + 1,) * 2, dtype=int)",
    ),
    # accuracy
    Mistake(
        "accuracy",
        "count",
        "You return how many predictions are right. Divide by how many there are.",
        old="np.sum(y_true == y_pred) / max(len(y_true), 1)",
        new="np.sum(y_true == y_pred)",
    ),
    Mistake(
        "accuracy",
        "error_rate",
        "You return the share that is wrong. Accuracy is the share that is right.",
        old="y_true == y_pred",
        new="y_true != y_pred",
    ),
    Mistake(
        "accuracy",
        "percent",
        "You return percent. A share lies between 0 and 1.",
        old="np.sum(y_true == y_pred)",
        new="100 * np.sum(y_true == y_pred)",
    ),
    Mistake(
        "accuracy",
        "class_one_only",
        "You count only class 1 among those that are right. Every class counts.",
        old="y_true == y_pred",
        new="(y_true == y_pred) & (y_true == 1)",
    ),
    # precision
    # (the undefined cases come first: on one example others answer as they do)
    Mistake("precision", "undefined", _UNDEFINED, old=" if called.any() else 0.0", new=""),
    Mistake(
        "precision",
        "undefined_one",
        "If nothing is called positive you return 1.0. That would reward a classifier that never says yes: here "
        "it is 0.0.",
        old="else 0.0",
        new="else 1.0",
    ),
    Mistake(
        "precision",
        "recall",
        "This is the recall: you divided by those that are positive. Precision divides by those that are called "
        "positive.",
        old="return float(np.mean(y_true[called] == positive)) if called.any() else 0.0",
        new="return recall(y_true, y_pred, positive)",
    ),
    Mistake(
        "precision",
        "of_all",
        "You divided the true positives by the number of all examples. Divide by those that are called positive.",
        old="np.mean(y_true[called] == positive)",
        new="np.sum(y_true[called] == positive) / len(y_true)",
    ),
    Mistake(
        "precision",
        "accuracy",
        "This is the accuracy. Precision asks only about those that are called positive.",
        old="return float(np.mean(y_true[called] == positive)) if called.any() else 0.0",
        new="return accuracy(y_true == positive, called)",
    ),
    Mistake(
        "precision",
        "positive_ignored",
        "You always take class 1 as the positive one. The argument `positive` says which class it is.",
        old="called = y_pred == positive",
        new="positive = 1\n    called = y_pred == positive",
    ),
    # recall
    Mistake(
        "recall",
        "precision",
        "This is the precision: you divided by those that are called positive. Recall divides by those that are "
        "positive.",
        old="return float(np.mean(y_pred[actual] == positive)) if actual.any() else 0.0",
        new="return precision(y_true, y_pred, positive)",
    ),
    Mistake(
        "recall",
        "of_all",
        "You divided the true positives by the number of all examples. Divide by those that are positive.",
        old="np.mean(y_pred[actual] == positive)",
        new="np.sum(y_pred[actual] == positive) / len(y_true)",
    ),
    Mistake(
        "recall",
        "specificity",
        "You looked at the negatives, and how many of them were called negative. Recall looks at the positives.",
        old="return float(np.mean(y_pred[actual] == positive)) if actual.any() else 0.0",
        new="return float(np.mean(y_pred[~actual] != positive)) if not actual.all() else 0.0",
    ),
    Mistake(
        "recall",
        "positive_ignored",
        "You always take class 1 as the positive one. The argument `positive` says which class it is.",
        old="actual = y_true == positive",
        new="positive = 1\n    actual = y_true == positive",
    ),
    Mistake("recall", "undefined", _UNDEFINED, old=" if actual.any() else 0.0", new=""),
    # f1
    Mistake(
        "f1",
        "arithmetic",
        "This is the ordinary mean of precision and recall. F1 is the harmonic one, which is small if either of "
        "them is.",
        old="2 * p * r / (p + r) if p + r > 0 else 0.0",
        new="(p + r) / 2",
    ),
    Mistake(
        "f1",
        "geometric",
        "This is the root of precision times recall. F1 is the harmonic mean: twice the product over the sum.",
        old="2 * p * r / (p + r) if p + r > 0 else 0.0",
        new="float(np.sqrt(p * r))",
    ),
    Mistake(
        "f1",
        "without_two",
        "The factor 2 is missing: with precision and recall both 1, F1 has to be 1.",
        old="2 * p * r",
        new="p * r",
    ),
    Mistake(
        "f1",
        "positive_lost",
        "You do not hand `positive` on to precision and recall, so that they always look at class 1.",
        old="precision(y_true, y_pred, positive), recall(y_true, y_pred, positive)",
        new="precision(y_true, y_pred), recall(y_true, y_pred)",
    ),
    Mistake(
        "f1",
        "undefined",
        _UNDEFINED,
        old="2 * p * r / (p + r) if p + r > 0 else 0.0",
        new="float(np.float64(2 * p * r) / np.float64(p + r))",
    ),
]
