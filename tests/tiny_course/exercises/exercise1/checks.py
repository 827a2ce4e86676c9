"""What exercise1 asks: a square with its gradient, and a scaling."""

from grader.checks import Suite, expect, normal, uniform

suite = Suite()

suite.pair("square", args={"x": normal("N", "D")}, gradients=["x"], points=(3, 3))
suite.function("scale", args={"x": normal("N", "D"), "factor": uniform(low=2, high=3)}, points=4)


@suite.check("scale")
def keeps_zero(student, reference, rng):
    """Zero stays zero."""
    expect(student.call("scale", 0.0, 3.0) == 0, "0 times 3 is 0.")
