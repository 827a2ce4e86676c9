"""Mutants of exercise6's reference that are the same function for everything its text promises."""

from grader.audit.run import Equivalent

EQUIVALENT = [
    Equivalent(
        "dropout_forward",
        "kept = np.random.default_rng(seed).random(x.shape) >= p",
        "kept = (np.random.default_rng(seed).random(x.shape) > p)",
        "The two differ only where a draw is p to the last bit, one of the 2^53 values that a draw can have.",
    ),
]
