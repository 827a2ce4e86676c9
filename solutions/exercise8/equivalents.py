"""Mutants of exercise8's reference that are the same function, each with the reason why."""

from grader.audit.run import Equivalent

ORDER = "A sum, a mean or a maximum over several axes at once does not depend on the order in which they are named."
POOLED = "out[:, :, i, j] = x[_window(i, j, height, width, stride)]"

BACKWARDS = (
    "Each window is written, or added, on its own, and sums of the same terms agree in any order to their last bits."
)
LOOPS = {
    "rows, columns": ("conv_forward", "max_pool_forward", "avg_pool_forward"),
    "dout.shape[2:]": ("conv_backward", "max_pool_backward", "avg_pool_backward"),
}

EQUIVALENT = [
    *(
        Equivalent(name, f"for i, j in np.ndindex({size}):", f"for i, j in list(np.ndindex({size}))[::-1]:", BACKWARDS)
        for size, names in LOOPS.items()
        for name in names
    ),
    Equivalent(
        "conv_forward",
        "out = np.empty((len(x), len(w), rows, columns))",
        "out = np.empty((len(x), len(b), rows, columns))",
        "w (F, C, HH, WW) and b (F,) have one entry for each kernel.",
    ),
    Equivalent(
        "conv_backward",
        "return dx, dw, dout.sum(axis=(0, 2, 3))",
        "return dx, dw, dout.sum(axis=(2, 0, 3))",
        ORDER,
    ),
    Equivalent("max_pool_forward", f"{POOLED}.max(axis=(2, 3))", f"{POOLED}.max(axis=(3, 2))", ORDER),
    Equivalent("avg_pool_forward", f"{POOLED}.mean(axis=(2, 3))", f"{POOLED}.mean(axis=(3, 2))", ORDER),
]
