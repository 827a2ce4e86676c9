"""Mutants of exercise2's reference that are the same function, for everything its text promises."""

from grader.audit.run import Equivalent

_BELOW = "below = np.minimum(x, 0.0)"
_COMMENT = "  # np.where evaluates both branches: this one must not overflow"
_UNUSED = "Where x > 0, np.where takes the other branch; e^1 overflows no more than e^0."

EQUIVALENT = [
    Equivalent(
        "sigmoid_forward",
        "out = np.where(x >= 0, 1.0, small) / (1.0 + small)",
        "out = np.where((x > 0), 1.0, small) / (1.0 + small)",
        "They differ at x = 0 alone, where small is 1.0 itself.",
    ),
    Equivalent(
        "leaky_relu_forward",
        "return np.where(x > 0, x, alpha * x), (x, alpha)",
        "return np.where((x >= 0), x, alpha * x), (x, alpha)",
        "They differ at x = 0 alone, where x and alpha * x are both 0.",
    ),
    Equivalent(
        "elu_forward",
        f"{_BELOW}{_COMMENT}",
        f"below = np.minimum(x, 1.0){_COMMENT}",
        _UNUSED,
    ),
    Equivalent(
        "elu_forward",
        "return np.where(x > 0, x, alpha * np.expm1(below)), (x, alpha)",
        "return np.where((x >= 0), x, alpha * np.expm1(below)), (x, alpha)",
        "They differ at x = 0 alone, where x and alpha * (e^0 - 1) are both 0.",
    ),
    Equivalent("elu_backward", _BELOW, "below = np.minimum(x, 1.0)", _UNUSED),
    Equivalent(
        "elu_backward",
        "return dout * np.where(x > 0, 1.0, alpha * np.exp(below))",
        "return dout * np.where((x >= 0), 1.0, alpha * np.exp(below))",
        "They differ at x = 0 alone: for alpha = 1 the slope is 1 on both sides, for another alpha there is a kink, "
        "at which the course fixes no gradient.",
    ),
    Equivalent(
        "maxout_forward",
        "return np.maximum(z1, z2), (x, w1, w2, z1 > z2)",
        "return np.maximum(z1, z2), (x, w1, w2, (z1 >= z2))",
        "They differ where z1 = z2 alone, a tie, for which the course does not say whose the gradient is.",
    ),
]
