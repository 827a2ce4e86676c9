"""What exercise3 asks: nine losses, their gradients for pred, and what they do at the edges.

The numbers drawn in the main checks are tame; what is difficult about a loss has an edge or an extreme of its own.
"""

import numpy as np

from grader.checks import Draw, Suite, choice, distribution, edge, labels, normal, uniform

suite = Suite()


def any_shape(pred, target):
    """Return the edge that asks for a loss in one and in three dimensions; pred and target make a spec from dims."""
    return edge(
        "shapes",
        "Works in any shape: the mean is over all elements of one, two or three dimensions.",
        cases=[{"pred": pred(*dims), "target": target(*dims)} for dims in [("N",), ("N", "C", "D")]],
    )


# Regression: real targets.


def error(*dims):
    return normal(*dims, scale=2)


suite.pair(
    "mse",
    args={"pred": error("N", "C"), "target": normal("N", "C")},
    gradients=["pred"],
    points=(1, 1),
    edges=[any_shape(error, normal)],
)


def partly_equal(d: Draw):
    """Targets of which some, the first among them, equal pred."""
    target = np.where(d.normal("N", "C") > 0, d["pred"], d["pred"] + d.normal("N", "C"))
    target[0, 0] = d["pred"][0, 0]
    return target


suite.pair(
    "mae",
    args={"pred": error("N", "C"), "target": normal("N", "C")},
    gradients=["pred"],
    points=(1, 1),
    edges=[
        any_shape(error, normal),
        edge("equal", "The gradient is 0 where pred equals target.", of="backward", args={"target": partly_equal}),
    ],
)


def all_equal(d: Draw):
    return d["pred"].copy()


suite.pair(
    "rmse",
    args={"pred": error("N", "C"), "target": normal("N", "C")},
    gradients=["pred"],
    points=(1, 1),
    edges=[
        any_shape(error, normal),
        edge("zero", "The loss is 0 if pred equals target everywhere.", of="forward", args={"target": all_equal}),
        edge("zero", "The gradient is 0 if the loss is 0.", of="backward", args={"target": all_equal}),
    ],
)


def counts(*dims):
    return uniform(*dims, low=0.1, high=4)


def below_zero(d: Draw):
    """Values between −1 and 0, some of them only a millionth above −1."""
    return 10.0 ** d.uniform("N", "C", low=-6, high=-0.1) - 1


suite.pair(
    "msle",
    args={"pred": counts("N", "C"), "target": counts("N", "C")},
    gradients=["pred"],
    points=(1, 1),
    edges=[
        any_shape(counts, counts),
        edge(
            "below_zero",
            "Values between −1 and 0 count like all others, also close to −1.",
            args={"pred": below_zero, "target": below_zero},
        ),
    ],
)

# Two classes: probabilities, or scores of either sign.


def unsure(*dims):
    return uniform(*dims, low=0.02, high=0.98)


def certain(d: Draw):
    """Probabilities of exactly 0 and exactly 1, both of them present."""
    pred = np.where(d.normal("N", "C") > 0, 1.0, 0.0)
    pred[0, 0], pred[-1, -1] = 0.0, 1.0
    return pred


def one_where_pred_is_one(d: Draw):
    """Targets with which the loss does not hang on how 1 − (1 − 1e-12) is rounded."""
    return np.where(d["pred"] == 1, 1.0, d.uniform("N", "C", low=0.1, high=0.9))


suite.pair(
    "bce",
    args={"pred": unsure("N", "C"), "target": uniform("N", "C")},
    gradients=["pred"],
    points=(1, 1),
    edges=[
        any_shape(unsure, uniform),
        edge(
            "certain",
            "The loss is finite and right where pred is exactly 0 or 1: it is clipped to [1e-12, 1 − 1e-12].",
            of="forward",
            args={"pred": certain, "target": one_where_pred_is_one},
        ),
        edge("certain", "The gradient is 0 where pred was clipped.", of="backward", args={"pred": certain}),
    ],
    extremes=[{"pred": lambda d: np.where(d.normal("N", "C") > 0, 1e-8, 1 - 1e-8)}],
)


def sign(*dims):
    return choice([-1.0, 1.0], *dims)


suite.pair(
    "hinge",
    args={"pred": error("N", "C"), "target": sign("N", "C")},
    gradients=["pred"],
    points=(1, 1),
    edges=[any_shape(error, sign)],
)

# C classes: scores, logits or distributions, one row for an example.

suite.pair(
    "multiclass_hinge",
    args={"pred": error("N", "C"), "target": labels("N", classes="C")},
    gradients=["pred"],
    sizes={"C": (4, 7)},
    points=(1, 1.5),
    edges=[
        edge(
            "crowded",
            "If all wrong classes of a row are within the margin, each of them counts against the right one.",
            of="backward",
            args={"pred": normal("N", "C", scale=0.1)},
            sizes={"C": (4, 7)},
        ),
    ],
)


def far_apart(d: Draw):
    """Logits near −5e3 and near +5e3: about 1e4 apart, in every row."""
    towers = d.rng.choice([-5e3, 5e3], size=d.shape("N", "C"))
    towers[:, 0], towers[:, -1] = -5e3, 5e3
    return towers + d.normal("N", "C")


def rows_apart(d: Draw):
    """Logits of which some rows lie near −1e4 and the others near +1e4: no one number can be taken from all of them."""
    level = np.where(np.arange(d.size("N")) % 2, 1e4, -1e4)
    return level[:, None] + d.normal("N", "C")


suite.pair(
    "cross_entropy",
    args={"pred": error("N", "C"), "target": labels("N", classes="C")},
    gradients=["pred"],
    points=(1.5, 2),
    edges=[
        edge(
            "equal_logits",
            "Equal logits cost log C, whatever the label: the loss of a network that has learnt nothing yet.",
            of="forward",
            args={"pred": lambda d: np.zeros(d.shape("N", "C"))},
        ),
    ],
    extremes=[
        {"pred": normal("N", "C", mean=1e4)},
        {"pred": far_apart, "target": lambda d: d["pred"].argmin(axis=1)},
        {"pred": rows_apart},
    ],
)


def with_zeros(d: Draw):
    """Distributions that leave out one class or more in every row."""
    target = np.where(d.normal("N", "C") > 0, d.uniform("N", "C", low=0.1), 0.0)
    target[:, 0], target[:, -1] = 0.0, 0.5
    return target / target.sum(axis=1, keepdims=True)


def nearly_zero(d: Draw):
    """Distributions that give the first class almost nothing."""
    pred = d.uniform("N", "C", low=0.1)
    pred[:, 0] = 1e-10
    return pred / pred.sum(axis=1, keepdims=True)


suite.pair(
    "kl_divergence",
    args={"pred": distribution("N", "C"), "target": distribution("N", "C")},
    gradients=["pred"],
    points=(1, 1),
    edges=[edge("zeros", "Classes with target 0 add nothing: 0·log 0 counts as 0.", args={"target": with_zeros})],
    extremes=[{"pred": nearly_zero}],
)
