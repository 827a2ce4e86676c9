"""Mutants of exercise7's reference that are the same function for everything its text promises."""

from grader.audit.run import Equivalent

_STRICT = (
    "classes and missing come from one call of np.unique and are of one length, so strict finds nothing to refuse."
)
_REPEATS = "repeats = [rng.choice(np.flatnonzero(y == label), n) for label, n in zip(classes, missing, strict=True)]"
_TOGETHER = "P and R have the same true positives above the line, so one is 0 exactly where the other is."

EQUIVALENT = [
    Equivalent("oversample", _REPEATS, _REPEATS.replace(", strict=True", ""), _STRICT),
    Equivalent("oversample", _REPEATS, _REPEATS.replace("=True", "=False"), _STRICT),
    Equivalent(
        "confusion_matrix",
        "counts = np.zeros((num_classes, num_classes), dtype=int)",
        "counts = np.zeros((num_classes, num_classes))",
        "Counts may be integers or floats, and a float counts exactly up to 2^53.",
    ),
    Equivalent(
        "confusion_matrix",
        "return counts",
        "return np.float32(counts)",
        "Counts may be floats of any kind, and float32 counts exactly up to 2^24.",
    ),
    Equivalent(
        "accuracy",
        "return float(np.sum(y_true == y_pred) / max(len(y_true), 1))",
        "return float(np.sum(y_true == y_pred) / max(len(y_pred), 1))",
        "Both are (N,): there is a prediction for each example.",
    ),
    Equivalent(
        "accuracy",
        "return float(np.sum(y_true == y_pred) / max(len(y_true), 1))",
        "return float(np.sum(y_true == y_pred) / max(1, len(y_true)))",
        "The larger of two whole numbers is the same in either order.",
    ),
    Equivalent(
        "f1",
        "p, r = precision(y_true, y_pred, positive), recall(y_true, y_pred, positive)",
        "p, r = (recall(y_true, y_pred, positive), precision(y_true, y_pred, positive))",
        "P and R enter the harmonic mean alike.",
    ),
    *(
        Equivalent(
            "f1",
            "return 2 * p * r / (p + r) if p + r > 0 else 0.0",
            f"return 2 * p * r / (p + r) if {one} > 0 else 0.0",
            _TOGETHER,
        )
        for one in ("p", "r", "p + p", "r + r")
    ),
]
