"""Mutants of exercise8's reference that are the same function, each with the reason why."""

from grader.audit.run import Equivalent

ORDER = "A sum, a mean or a maximum over several axes at once does not depend on the order in which they are named."
POOLED = "out[:, :, i, j] = x[_window(i, j, height, width, stride)]"

EQUIVALENT = [
    Equivalent(
        "conv_backward",
        "return dx, dw, dout.sum(axis=(0, 2, 3))",
        "return dx, dw, dout.sum(axis=(2, 0, 3))",
        ORDER,
    ),
    Equivalent("max_pool_forward", f"{POOLED}.max(axis=(2, 3))", f"{POOLED}.max(axis=(3, 2))", ORDER),
    Equivalent("avg_pool_forward", f"{POOLED}.mean(axis=(2, 3))", f"{POOLED}.mean(axis=(3, 2))", ORDER),
]
