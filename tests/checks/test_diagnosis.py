"""What is wrong in general, named in a sentence: one example of every hypothesis, judged as a student's answer is."""

from __future__ import annotations

import pytest
from small_exam import verdicts

from grader.checks import Suite, normal, uniform

SUITE = {
    "mse": {"pred": normal("N", "C"), "target": normal("N", "C")},
    "affine": {"x": normal("N", "D"), "w": normal("D", "M"), "b": normal("M")},
    "square": {"x": normal("N", "D")},
    "table": {"x": normal("N", "D"), "y": normal("N", "D")},
    "column": {"x": normal("N"), "y": normal("N")},
    "share": {"x": uniform("N", "D", low=0.1, high=4)},
    "clip": {"x": normal("N", "D")},
    "total": {"x": normal("N"), "factor": uniform(low=2, high=3)},
}
SIZES = {"N": (3, 9), "D": (3, 9), "C": (3, 9)}
GRADIENTS = {"mse": ["pred"], "affine": ["x", "w", "b"], "square": ["x"]}
REFERENCE = """
def mse_forward(pred, target): return float(np.mean((pred - target) ** 2)), pred - target
def mse_backward(dout, diff): return dout * 2 * diff / diff.size
def affine_forward(x, w, b): return x @ w + b, (x, w)
def affine_backward(dout, cache):
    x, w = cache
    return dout @ w.T, x.T @ dout, dout.sum(axis=0)
def square_forward(x): return x**2, x
def square_backward(dout, x): return dout * 2 * x
def table(x, y): return x * y
def column(x, y): return x - y
def share(x): return x / x.sum(axis=1, keepdims=True)
def clip(x): return np.maximum(x, 0)
def total(x, factor): return float(x.sum() * factor)
"""
AFFINE = "def affine_backward(dout, cache):\n    x, w = cache\n    return "
MEAN = "should there be a mean where there is a sum?"
CASES = [
    # a factor
    ("mse_forward(pred, target): return float(np.sum((pred - target) ** 2)), pred - target",
     "The result is exactly the number of elements of pred times too large: " + MEAN),
    ("mse_forward(pred, target): return float(np.sum((pred - target) ** 2)) / len(pred), pred - target",
     "The result is exactly the number of columns of pred times too large: " + MEAN),
    ("mse_backward(dout, diff): return dout * 2 * diff",
     "The result is exactly the number of elements of pred times too large: " + MEAN),
    ("mse_backward(dout, diff): return dout * diff / diff.size",
     "The result is exactly 2 times too small: a constant factor is wrong or missing."),
    ("table(x, y): return 2.5 * x * y", "The result is exactly 2.5 times too large: a constant factor is wrong."),
    ("table(x, y): return x * y / len(x)",
     "The result is exactly the number of rows of x times too small: is something divided by it once too often?"),
    ("table(x, y): return -x * y", "The sign of the result is wrong: it is exactly the negative of what is expected."),
    ("total(x, factor): return float(x.sum() * factor**2)",
     "The result is exactly factor times too large: " + MEAN),
    # the upstream gradient
    ("mse_backward(dout, diff): return 2 * diff / diff.size",
     "The result leaves out the upstream gradient: the chain rule multiplies by dout."),
    ("mse_backward(dout, diff): return dout * dout * 2 * diff / diff.size",
     "The result multiplies by dout twice."),
    ("square_backward(dout, x): return 2 * x",
     "The result leaves out the upstream gradient: the chain rule multiplies by dout."),
    ("square_backward(dout, x): return 2 * x * dout * dout", "The result multiplies by dout twice."),
    ("square_backward(dout, x): return dout", "The result is just dout: the function's own derivative is missing."),
    # turned about
    ("table(x, y): return (x * y).T", "The result is transposed."),
    ("table(x, y): return (x * y)[::-1]", "The result is the right answer in reverse order along axis 0."),
    ("table(x, y): return (x * y)[:, ::-1]", "The result is the right answer in reverse order along axis 1."),
    ("table(x, y): return np.roll(x * y, 1, axis=0)", "The result is shifted by one place along axis 0."),
    ("table(x, y): return np.roll(x * y, -1, axis=1)", "The result is shifted by one place along axis 1."),
    # sums and shapes
    (AFFINE[4:] + "dout @ w.T, x.T @ dout, dout",
     "db is not summed over axis 0: sum what every example contributes."),
    (AFFINE[4:] + "dout @ w.T, x.T @ dout, dout.mean(axis=0)",
     "db is exactly the number of rows of x times too small: is something divided by it once too often?"),
    (AFFINE[4:] + "dout @ w.T, x.T @ dout, dout.sum()",
     "db is the sum of the right answer over axis 0: it should not be reduced."),
    (AFFINE[4:] + "dout @ w.T, x.T @ dout, dout.sum(axis=0, keepdims=True)",
     "db has the right numbers in another shape: reshape it."),
    ("table(x, y): return (x * y).sum(axis=0)",
     "The result is the sum of the right answer over axis 0: it should not be reduced."),
    ("table(x, y): return (x * y).mean(axis=1)",
     "The result is the mean of the right answer over axis 1: it should not be reduced."),
    ("column(x, y): return x[:, None] - y",
     "The result was broadcast to a square: an array of shape (N, 1) met one of shape (N,)."),
    ("mse_forward(pred, target): return ((pred - target) ** 2).mean(axis=0), pred - target",
     "The result is not averaged over axis 0: sum what every example contributes."),
    ("mse_forward(pred, target): return np.abs(pred - target), pred - target",
     "The result is an array where one number is expected: is a mean or a sum missing, or over one axis only?"),
    ("total(x, factor): return np.array([x.sum() * factor])",
     "The result is right, but inside an array: return the number itself."),
    ("share(x): return x / x.sum(axis=0)",
     "The result sums to 1 over axis 0; it should over the last axis."),
    ("share(x): return x / x.sum()", "The result sums to 1 over all axes; it should over the last one, for each row."),
    ("share(x): return x / (x**2).sum(axis=1, keepdims=True)",
     "Each row of the result is off by a factor of its own: is something summed over the wrong axis?"),
    ("table(x, y): return x * y - (x * y).mean(axis=0)",
     "Each column of the result is off by a number of its own: a sum or mean over an axis is missing."),
    # the order of the results
    (AFFINE[4:] + "x.T @ dout, dout @ w.T, dout.sum(axis=0)",
     "What you return as dx is dw: the results are in the wrong order."),
    # nothing, or nothing but one number
    ("table(x, y): pass", "The result is None: is a return missing?"),
    ("table(x, y): return np.zeros_like(x)",
     "The result is zero everywhere: nothing was computed, or everything cancelled."),
    ("table(x, y): return x * y / np.zeros_like(x)",
     "The result has values that are nan or infinite: look for a division by zero, a log of zero or an overflow."),
    ("table(x, y): return np.full(x.shape, float(len(x)))", "The result is the same number everywhere."),
    ("total(x, factor): return 7.5", "The result is 7.5 whatever is asked: the arguments are not used."),
    # another function
    ("table(x, y): return (x * y) ** 2",
     "The result is squared: a root is missing, or a square is too much."),
    ("share(x): return np.sqrt(x / x.sum(axis=1, keepdims=True))",
     "The result is the root of what is expected: a square is missing."),
    ("table(x, y): return np.abs(x * y)", "The result is the absolute value of what is expected: a sign is lost."),
    ("share(x): return np.log(x / x.sum(axis=1, keepdims=True))", "The result is the logarithm of what is expected."),
    ("table(x, y): return np.exp(x * y)",
     "The result is the exponential of what is expected: a logarithm is missing."),
    ("share(x): return 1 - x / x.sum(axis=1, keepdims=True)", "The result is one minus what is expected."),
    ("share(x): return x.sum(axis=1, keepdims=True) / x", "The result is the reciprocal of what is expected."),
    ("table(x, y): return x * np.abs(y)",
     "The result has the right size everywhere, but the wrong sign in some places."),
    # precision
    ("table(x, y): return (x * y * 10).astype(int) / 10", None),
    ("table(x, y): return (x * y).astype(int)", "The result is rounded to whole numbers: it was stored as integers."),
    ("table(x, y): return np.round(x * y)", "The result is rounded to whole numbers."),
    ("table(x, y): return (x.astype(np.float16) * y.astype(np.float16))",
     "The result is right to the precision of float16: compute in float64."),
    ("table(x, y): return np.float64(np.float32(x) * np.float32(y) * (1 + 1e-6))",
     "The result is right to about 6 digits only: is float32 used, or a small constant added where none belongs?"),
    # terms and factors
    ("table(x, y): return x", "The result is x itself, as it came in."),
    ("table(x, y): return x * y * x", "The result is multiplied by x once too often."),
    ("column(x, y): return x - 2 * y", "A term y is missing in the result."),
    ("column(x, y): return 2 * x - y", "x is added to the result once too often."),
    ("column(x, y): return x - y + 1", "The result is off by the same 1 everywhere: a constant is added or missing."),
    ("column(x, y): return x - y + x[0]",
     "The result is off by one number for the whole array: a term is missing or too much."),
    # only in some places
    ("clip(x): return x", "The result is x itself, as it came in."),
    ("clip(x): return np.where(x > 0, x, 0.01 * x)",
     "The result is right except where it should be 0: a mask is missing."),
    ("table(x, y): return x * y * (np.sin(40 * x) > 0)",
     "The result is 0 in places where it should not be: a mask, a slice or a loop leaves something out."),
    ("table(x, y):\n    r = x * y\n    r[-1] = 1\n    return r",
     "The result is wrong only in the last place along axis 0: a loop or a slice ends too early or too late."),
    ("table(x, y):\n    r = x * y\n    r[:, 0] = 1\n    return r",
     "The result is wrong only in the first place along axis 1: a loop or a slice ends too early or too late."),
    ("table(x, y): return np.where(x < 0, x + y, x * y)", "The result is wrong only where x is negative."),
    # nothing that is known
    ("table(x, y): return np.sin(x) + np.cos(y * 3)", None),
    ("table(x, y): return 'a string'", None),
]  # fmt: skip


def suite(names=tuple(SUITE)) -> Suite:
    made = Suite()
    for name in names:
        args = SUITE[name]
        if name in GRADIENTS:
            made.pair(name, args=args, gradients=GRADIENTS[name], sizes=SIZES)
        else:
            made.function(name, args=args, sizes=SIZES)
    return made


@pytest.mark.parametrize(
    ("code", "hint"), CASES, ids=[f"{i}:{code.split('(')[0]}" for i, (code, _) in enumerate(CASES)]
)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", [2, 3])
def test_a_wrong_answer_is_named(code, hint, seed):
    target = code.split("(")[0]
    found = verdicts(suite([target.split("_")[0]]), REFERENCE, f"{REFERENCE}\ndef {code}", seed=seed)
    main = found.get(f"{target}.gradient") or found[f"{target}.value"]
    assert main.status == "failed"
    assert main.hint == hint


def test_a_right_answer_needs_no_name():
    assert all(verdict.hint is None for verdict in verdicts(suite(), REFERENCE, REFERENCE).values())
