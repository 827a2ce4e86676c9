"""Mutants of exercise4's reference that are the same function, for everything its text promises."""

from grader.audit.run import Equivalent

_STEP = "return [(w - lr * dw, b - lr * db) for (w, b), (dw, db) in zip(params, grads, strict=True)]"
_SAME_LENGTH = "params and grads have one pair for each layer, so strict never has anything to refuse."
_LAYERS = (
    "(he_init(fan_in, fan_out, int(rng.integers(2**31))), np.zeros(fan_out)) for fan_in, fan_out in pairwise(widths)"
)
_SEEDS = "The seeds of the layers' weights come from another range, which holds a thousand million of them or more too."
_NUMPY_INTEGER = "A NumPy integer is as good a size, and as good a seed, as Python's."

EQUIVALENT = [
    Equivalent(
        "linear_forward",
        "rows = x.reshape(len(x), -1)",
        "rows = x.reshape(len(x), -2)",
        "NumPy takes any one negative size for the one that is left to be found.",
    ),
    Equivalent("sgd_step", _STEP, _STEP.replace(", strict=True", ""), _SAME_LENGTH),
    Equivalent("sgd_step", _STEP, _STEP.replace("strict=True", "strict=False"), _SAME_LENGTH),
    Equivalent(
        "_cross_entropy_gradient",
        "return p / len(y)",
        "return np.float32(p / len(y))",
        "No particular params are promised: they are float64 all the same, and every step is right to seven digits.",
    ),
    Equivalent(
        "train_mlp",
        "widths = [x.shape[1], *hidden, int(y.max()) + 1]",
        "widths = [x.shape[1], *hidden, y.max() + 1]",
        _NUMPY_INTEGER,
    ),
    Equivalent(
        "train_mlp", _LAYERS, _LAYERS.replace("int(rng.integers(2**31))", "rng.integers(2 ** 31)"), _NUMPY_INTEGER
    ),
    *(
        Equivalent("train_mlp", _LAYERS, _LAYERS.replace("2**31", power), _SEEDS)
        for power in ("3**31", "2**32", "2**30")
    ),
]
