"""Numbers of the right kind: float64 where the reference has it, whatever is as good allowed."""

from __future__ import annotations

import pytest
from small_exam import verdicts

from grader.checks import Suite, integers, normal


def suite() -> Suite:
    made = Suite()
    made.function("same", args={"x": integers("N", low=-4, high=4)})
    made.function("total", args={"x": normal("N")})
    made.function("both", args={"x": normal("N")}, returns=["low", "high"])
    return made


REFERENCE = """
def same(x): return x.astype(float)
def total(x): return float(x.sum())
def both(x): return x - 1, x + 1
"""


@pytest.mark.parametrize("dtype", ["float32", "float16", "int64", "int32", "uint8"])
def test_another_dtype_is_named(dtype):
    code = f"def same(x): return np.abs(x).astype('{dtype}')"
    found = verdicts(suite(), REFERENCE + "def same(x): return np.abs(x).astype(float)", REFERENCE + code)
    assert found["same.value"].status == "passed"
    assert found["same.dtype"].message == f"same returns {dtype} numbers; float64 is expected."
    assert ("smaller dtype" in found["same.dtype"].hint) == dtype.startswith("float")


def test_the_part_of_another_dtype_is_named():
    code = "def both(x): return x - 1, (x + 1).astype('float32')"
    found = verdicts(suite(), REFERENCE, REFERENCE + code)
    assert found["both.dtype"].message == "both returns float32 numbers in high; float64 is expected."


@pytest.mark.parametrize(
    "expression", ["x.sum()", "np.array(x.sum())", "float(x.sum())", "np.longdouble(0) * 0 + x.sum()"]
)
def test_one_number_may_be_a_float_a_scalar_or_an_array_without_axes(expression):
    found = verdicts(suite(), REFERENCE, REFERENCE + f"def total(x): return np.float64({expression})")
    assert found["total.dtype"].status == "passed"


@pytest.mark.parametrize("expression", ["np.float32(x.sum())", "np.array(x.sum(), 'float32')"])
def test_one_number_of_less_precision_is_found(expression):
    found = verdicts(suite(), REFERENCE, REFERENCE + f"def total(x): return {expression}")
    assert found["total.dtype"].message == "total returns float32 numbers; float64 is expected."


@pytest.mark.parametrize("expression", ["3", "np.int64(3)", "np.array(3)"])
def test_a_whole_number_is_as_good_as_a_float(expression):
    made = Suite()
    made.function("three", args={"x": normal("N")})
    found = verdicts(made, "def three(x): return 3.0", f"def three(x): return {expression}")
    assert {verdict.status for verdict in found.values()} == {"passed"}


def test_where_the_reference_counts_in_integers_floats_are_right_too():
    made = Suite()
    made.function("count", args={"x": integers("N", low=0, high=4)})
    found = verdicts(made, "def count(x): return np.bincount(x)", "def count(x): return np.bincount(x).astype(float)")
    assert {verdict.status for verdict in found.values()} == {"passed"}
