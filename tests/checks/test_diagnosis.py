"""What is wrong in general, named in a sentence: one example of every hypothesis, judged as a student's answer is."""

from __future__ import annotations

import re

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
AFFINE = "affine_backward(dout, cache):\n    x, w = cache\n    return "
CASES = [
    # what is wrong, and the words that name it
    (
        "mse_forward(pred, target): return float(np.sum((pred - target) ** 2)), pred - target",
        r"exactly the number of elements of pred times too large",
    ),
    (
        "mse_forward(pred, target): return float(np.sum((pred - target) ** 2)) / len(pred), pred - target",
        r"exactly the number of columns of pred times too large",
    ),
    ("mse_backward(dout, diff): return dout * 2 * diff", r"exactly the number of elements of pred times too large"),
    ("mse_backward(dout, diff): return dout * diff / diff.size", r"exactly 2 times too small"),
    ("table(x, y): return 2.5 * x * y", r"exactly 2\.5 times too large"),
    ("table(x, y): return x * y / len(x)", r"exactly the number of rows of x times too small"),
    ("table(x, y): return -x * y", r"^The sign of the result is wrong"),
    ("total(x, factor): return float(x.sum() * factor**2)", r"\bfactor\b"),
    (
        "mse_backward(dout, diff): return 2 * diff / diff.size",
        r"leaves out the upstream gradient|without the upstream gradient",
    ),
    ("mse_backward(dout, diff): return dout * dout * 2 * diff / diff.size", r"dout twice|enters twice"),
    ("square_backward(dout, x): return 2 * x", r"leaves out the upstream gradient"),
    ("square_backward(dout, x): return 2 * x * dout * dout", r"dout twice"),
    ("square_backward(dout, x): return dout", r"just dout"),
    ("table(x, y): return (x * y).T", r"transposed"),
    ("table(x, y): return (x * y)[::-1]", r"reverse order along axis 0"),
    ("table(x, y): return (x * y)[:, ::-1]", r"reverse order along axis 1"),
    ("table(x, y): return np.roll(x * y, 1, axis=0)", r"shifted by one place along axis 0"),
    ("table(x, y): return np.roll(x * y, -1, axis=1)", r"shifted by one place along axis 1"),
    (AFFINE + "dout @ w.T, x.T @ dout, dout", r"^db is not summed over axis 0"),
    (AFFINE + "dout @ w.T, x.T @ dout, dout.mean(axis=0)", r"^db is exactly the number of rows of x times too small"),
    (
        AFFINE + "dout @ w.T, x.T @ dout, dout.sum()",
        r"^db is the sum of the right answer over axis 0|^db is one number where an array",
    ),
    (AFFINE + "dout @ w.T, x.T @ dout, dout.sum(axis=0, keepdims=True)", r"^db has the right numbers in another shape"),
    ("table(x, y): return (x * y).sum(axis=0)", r"is the sum of the right answer over axis 0"),
    ("table(x, y): return (x * y).mean(axis=1)", r"is the mean of the right answer over axis 1"),
    (
        "column(x, y): return x[:, None] - y",
        r"broadcast to a square: an array of shape \(N, 1\) met one of shape \(N,\)",
    ),
    (
        "mse_forward(pred, target): return ((pred - target) ** 2).mean(axis=0), pred - target",
        r"is not averaged over axis 0",
    ),
    (
        "mse_forward(pred, target): return np.abs(pred - target), pred - target",
        r"an array where one number is expected",
    ),
    ("total(x, factor): return np.array([x.sum() * factor])", r"inside an array: return the number itself"),
    ("share(x): return x / x.sum(axis=0)", r"axis"),
    ("share(x): return x / x.sum()", r"all axes"),
    ("share(x): return x / (x**2).sum(axis=1, keepdims=True)", r"row.*axis"),
    ("table(x, y): return x * y - (x * y).mean(axis=0)", r"(row|column).*axis"),
    (
        AFFINE + "x.T @ dout, dout @ w.T, dout.sum(axis=0)",
        r"^What you return as dx is dw: the results are in the wrong order\.$",
    ),
    ("table(x, y): pass", r"is None: is a return missing\?"),
    ("table(x, y): return np.zeros_like(x)", r"zero everywhere"),
    ("table(x, y): return x * y / np.zeros_like(x)", r"nan or infinite"),
    ("table(x, y): return np.full(x.shape, float(len(x)))", r"the same"),
    ("total(x, factor): return 7.5", r"7\.5 whatever is asked|the same when x"),
    ("table(x, y): return (x * y) ** 2", r"squared|multiplied by x and multiplied by y"),
    ("share(x): return np.sqrt(x / x.sum(axis=1, keepdims=True))", r"root"),
    ("table(x, y): return np.abs(x * y)", r"absolute value"),
    ("share(x): return np.log(x / x.sum(axis=1, keepdims=True))", r"logarithm"),
    ("table(x, y): return np.exp(x * y)", r"exponential"),
    ("share(x): return 1 - x / x.sum(axis=1, keepdims=True)", r"one minus|-s \+ 1"),
    ("share(x): return x.sum(axis=1, keepdims=True) / x", r"reciprocal|\(1\) / \(s\)"),
    ("table(x, y): return x * np.abs(y)", r"wrong sign in some places|-1 times"),
    ("table(x, y): return (x * y * 10).astype(int) / 10", None),
    ("table(x, y): return (x * y).astype(int)", r"rounded to whole numbers: it was stored as integers"),
    ("table(x, y): return np.round(x * y)", r"rounded to whole numbers"),
    ("table(x, y): return (x.astype(np.float16) * y.astype(np.float16))", r"precision of float16"),
    ("table(x, y): return np.float64(np.float32(x) * np.float32(y) * (1 + 1e-6))", r"float32|constant"),
    ("table(x, y): return x", r"is x itself"),
    ("table(x, y): return x * y * x", r"multiplied by x once too often"),
    ("column(x, y): return x - 2 * y", r"term y is missing"),
    ("column(x, y): return 2 * x - y", r"x is added .* once too often"),
    ("column(x, y): return x - y + 1", r"off by the same 1 everywhere"),
    ("column(x, y): return x - y + x[0]", r"off by one number for the whole array|x\[0\]"),
    ("clip(x): return x", r"is x itself"),
    ("clip(x): return np.where(x > 0, x, 0.01 * x)", r"a mask is missing|right except where"),
    ("table(x, y): return x * y * (np.sin(40 * x) > 0)", r"is 0 in places where it should not be"),
    ("table(x, y):\n    r = x * y\n    r[-1] = 1\n    return r", r"only in the last place along axis 0"),
    ("table(x, y):\n    r = x * y\n    r[:, 0] = 1\n    return r", r"only in the first place along axis 1"),
    ("table(x, y): return np.where(x < 0, x + y, x * y)", r"only where x is negative"),
    ("table(x, y): return np.sin(x) + np.cos(y * 3)", None),
    ("table(x, y): return 'a string'", None),
]


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
    ("code", "words"), CASES, ids=[f"{i}:{code.split('(')[0]}" for i, (code, _) in enumerate(CASES)]
)
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", [2, 3])
def test_a_wrong_answer_is_named(code, words, seed):
    target = code.split("(")[0]
    found = verdicts(suite([target.split("_")[0]]), REFERENCE, f"{REFERENCE}\ndef {code}", seed=seed)
    main = found.get(f"{target}.gradient") or found[f"{target}.value"]
    assert main.status == "failed"
    assert re.search(words, main.hint or "") if words else main.hint is None, main.hint


def test_a_right_answer_needs_no_name():
    assert all(verdict.hint is None for verdict in verdicts(suite(), REFERENCE, REFERENCE).values())
