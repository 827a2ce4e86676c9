"""Gradients beside the reference's, and half of the points for a right gradient of a wrong forward."""

from __future__ import annotations

from fractions import Fraction

import pytest
from small_exam import verdicts

from grader.checks import Suite, normal, uniform

MSE = """
def mse_forward(pred, target):
    diff = pred - target
    return float(np.mean(diff**2)), diff
def mse_backward(dout, cache):
    return dout * 2 * cache / cache.size
"""
AFFINE = """
def line_forward(x, w): return x @ w, (x, w)
def line_backward(dout, cache): return np.outer(dout, cache[1]), cache[0].T @ dout
"""
RELU = """
def relu_forward(x): return np.maximum(x, 0), x
def relu_backward(dout, cache): return dout * (cache > 0)
"""


def mse() -> Suite:
    suite = Suite()
    suite.pair("mse", args={"pred": normal("N", "C"), "target": normal("N", "C")}, gradients=["pred"])
    return suite


def line() -> Suite:
    suite = Suite()
    suite.pair("line", args={"x": normal("N", "D"), "w": normal("D")}, gradients=["x", "w"])
    return suite


def relu() -> Suite:
    suite = Suite()
    suite.pair("relu", args={"x": normal("N", "D")}, gradients=["x"])
    return suite


def of_mse(student: str, **options):
    return verdicts(mse(), MSE, student, **options)["mse_backward.gradient"]


def test_the_reference_passes_for_many_seeds():
    for seed in range(25):
        for suite, text in ((mse(), MSE), (line(), AFFINE), (relu(), RELU)):
            assert {verdict.status for verdict in verdicts(suite, text, text, seed=seed).values()} == {"passed"}


def test_a_right_gradient_earns_all():
    assert of_mse(MSE).share == 1


def test_a_wrong_gradient_of_a_right_forward_earns_nothing():
    verdict = of_mse(MSE.replace("/ cache.size", ""))
    assert (verdict.status, verdict.share) == ("failed", 0)


def test_a_right_gradient_of_a_wrong_forward_earns_half():
    verdict = of_mse(MSE.replace("np.mean(diff**2)", "np.sum(diff**2)").replace(" / cache.size", ""))
    assert (verdict.status, verdict.share) == ("failed", Fraction(1, 2))
    assert verdict.message == "The gradient is right, but of a mse_forward that is wrong: half of the points."
    assert verdict.hint == "Mend mse_forward first; this may be right then as it stands."


@pytest.mark.parametrize("seed", range(10))
def test_half_credit_does_not_depend_on_the_seed(seed):
    cubic = MSE.replace("diff**2", "np.abs(diff)**3").replace("2 * cache", "3 * cache * np.abs(cache)")
    assert of_mse(cubic, seed=seed).share == Fraction(1, 2)


def test_a_gradient_that_fits_neither_forward_earns_nothing():
    assert of_mse(MSE.replace("np.mean", "np.sum").replace("2 * cache", "5 * cache")).share == 0


def test_the_references_gradient_beside_a_wrong_forward_earns_half_at_most():
    verdict = of_mse(MSE.replace("np.mean(diff**2)", "np.mean(diff**2) + np.sin(pred).sum()"))
    assert verdict.status == "failed"
    assert verdict.share == Fraction(1, 2), "it is the right gradient, as the text asks for it"


CHEAP = {
    "a constant": ("0.0", "np.zeros_like(cache)"),
    "a constant of another kind": ("7", "np.zeros_like(cache)"),
    "an affine forward": ("float(pred.sum())", "dout * np.ones_like(cache)"),
    "an affine forward of another slope": ("float((3 * pred + 1).sum())", "dout * 3 * np.ones_like(cache)"),
    "nan": ("float('nan')", "cache * np.nan"),
}


@pytest.mark.parametrize("case", CHEAP)
def test_the_right_gradient_of_a_cheap_forward_earns_nothing(case):
    out, gradient = CHEAP[case]
    student = (
        f"def mse_forward(pred, target): return {out}, pred - target\ndef mse_backward(dout, cache): return {gradient}"
    )
    assert of_mse(student).share == 0


def test_where_the_reference_is_affine_an_affine_forward_may_earn_half():
    student = (
        "def line_forward(x, w): return 2 * (x @ w), (x, w)\n"
        "def line_backward(dout, c): return 2 * np.outer(dout, c[1]), 2 * c[0].T @ dout"
    )
    assert verdicts(line(), AFFINE, student)["line_backward.gradient"].share == Fraction(1, 2)


@pytest.mark.parametrize("seed", range(10))
def test_a_kink_is_stepped_around(seed):
    student = RELU.replace("np.maximum(x, 0), x", "np.maximum(x, 0) + np.abs(x), x").replace(
        "dout * (cache > 0)", "dout * ((cache > 0) + np.sign(cache))"
    )
    found = verdicts(relu(), RELU, student, seed=seed)["relu_backward.gradient"]
    assert found.share == Fraction(1, 2)


def test_a_gradient_of_integers_that_are_right_is_judged_by_its_dtype():
    suite = Suite()
    suite.pair("step", args={"x": normal("N")}, gradients=["x"])
    text = "def step_forward(x): return np.abs(x), x\ndef step_backward(dout, x): return np.sign(x) * np.sign(dout)"
    found = verdicts(suite, text, text.replace("np.sign(dout)", "np.sign(dout).astype(int)").replace(
        "np.sign(x) *", "np.sign(x).astype(int) *"))  # fmt: skip
    assert found["step_backward.gradient"].status == "passed"
    assert found["step_backward.dtype"].status == "failed"
    assert "step_backward returns int64 numbers; float64 is expected." in found["step_backward.dtype"].message


def test_an_integer_gradient_of_a_wrong_forward_is_refused():
    student = MSE.replace("np.mean", "np.sum").replace(
        "dout * 2 * cache / cache.size", "(dout * 2 * cache).astype(int)"
    )
    assert of_mse(student).share == 0


def test_a_backward_that_raises_says_so_whatever_the_forward_does():
    verdict = of_mse(MSE.replace("np.mean", "np.sum").replace("return dout * 2", "return dout / [][1] * 2"))
    assert verdict.status == "error"
    assert verdict.message.startswith("mse_backward(dout, cache) raised IndexError")


def test_a_right_gradient_is_not_told_what_to_mend_before_its_forward():
    constant = "def mse_forward(pred, target): return 0.0, pred - target\n"
    verdict = of_mse(constant + MSE[MSE.index("def mse_backward") :])
    assert verdict.share == 0
    assert verdict.message == "This cannot be judged before mse_forward is right: mse_backward is its gradient."


def test_the_parts_of_a_gradient_have_their_names():
    found = verdicts(line(), AFFINE, AFFINE.replace("cache[0].T @ dout", "cache[0].T @ dout * 2"))
    verdict = found["line_backward.gradient"]
    assert verdict.message.startswith("Wrong value in dw: ")
    assert "dw = [" in verdict.detail["yours"]


def test_the_gradient_of_an_own_forward_is_asked_with_an_upstream_of_its_own():
    student = MSE.replace("np.mean", "np.sum").replace("dout * 2 * cache / cache.size", "2 * cache")
    assert of_mse(student).share == 0


def test_a_nested_argument_has_a_nested_gradient():
    suite = Suite()
    pairs = lambda d: [(d.normal("N", "N"), d.normal("N")), (d.normal("N", "N"), d.normal("N"))]  # noqa: E731
    suite.pair("net", args={"x": normal("M", "N"), "params": pairs}, gradients=["x", "params"])
    text = """
def net_forward(x, params):
    (a, b), (c, d) = params
    h = np.tanh(x @ a + b)
    return h @ c + d, (x, h, a, c)
def net_backward(dout, cache):
    x, h, a, c = cache
    dz = dout @ c.T * (1 - h**2)
    return dz @ a.T, [(x.T @ dz, dz.sum(0)), (h.T @ dout, dout.sum(0))]
"""
    assert verdicts(suite, text, text)["net_backward.gradient"].share == 1
    doubled = text.replace("return h @ c + d", "return 2 * (h @ c + d)").replace(
        "    dz =", "    dout = 2 * dout\n    dz ="
    )
    assert verdicts(suite, text, doubled)["net_backward.gradient"].share == Fraction(1, 2)
    assert (
        verdicts(suite, text, doubled.replace("(dz @ a.T, [", "(dz @ a.T * 3, ["))["net_backward.gradient"].share != 1
    )


def test_a_number_has_a_number_as_its_gradient():
    suite = Suite()
    suite.pair("power", args={"x": uniform(low=1, high=2), "y": uniform(low=1, high=2)}, gradients=["x", "y"])
    text = (
        "def power_forward(x, y): return x**y, (x, y)\n"
        "def power_backward(d, c): return d * c[1] * c[0] ** (c[1] - 1), d * np.log(c[0]) * c[0] ** c[1]"
    )
    assert verdicts(suite, text, text)["power_backward.gradient"].share == 1
    doubled = text.replace("x**y,", "2 * x**y,").replace("return d * c[1]", "d = 2 * d; return d * c[1]").replace(
        "(d, c): d", "(d, c):\n    d")  # fmt: skip
    assert verdicts(suite, text, doubled)["power_backward.gradient"].share == Fraction(1, 2)
