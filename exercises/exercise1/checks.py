"""What exercise1 asks: one neuron, the perceptron's rule and its training, XOR by hand, a small network."""

import numpy as np

from grader.checks import Draw, Suite, choice, edge, expect, fixed, integers, normal, uniform

suite = Suite()

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = (0, 1, 1, 0)
KNOWN_GATES = {
    (1, 0, 0, 1): "XNOR: 1 where the inputs agree",
    (0, 1, 1, 1): "OR",
    (0, 0, 0, 1): "AND",
    (1, 1, 1, 0): "NAND",
    (1, 0, 0, 0): "NOR",
    (0, 0, 0, 0): "0 everywhere",
    (1, 1, 1, 1): "1 everywhere",
}


def decided_by_bias(d: Draw) -> np.ndarray:
    """Draw an x whose x·w alone would be predicted the other way: x·w = -b / 2, so that x·w + b = b / 2."""
    x = d.normal("D")
    return x * (-d["b"] / 2 / (x @ d["w"]))


def mistaken(d: Draw) -> int:
    """Draw the label that the perceptron does not predict, so that it has something to learn."""
    return int(d["x"] @ d["w"] + d["b"] < 0)


def noisy_labels(d: Draw) -> np.ndarray:
    """Draw labels of which a line explains about four fifths; the first is 0, which w = 0 always gets wrong."""
    x = d["x"]
    y = (x @ d.rng.normal(size=x.shape[1]) + d.rng.normal() / 2 >= 0).astype(int)
    y = np.where(d.rng.uniform(size=len(y)) < 0.2, 1 - y, y)
    y[0] = 0
    return y


def separable_points(d: Draw) -> np.ndarray:
    """Draw ten points in the plane, none of them near the line x0 + x1 = 0.2."""
    x = d.rng.uniform(-1, 1, size=(10, 2))
    x += np.where(x.sum(axis=1, keepdims=True) >= 0.2, 0.4, -0.4)
    x[0] = (-0.9, -0.6)
    return x


def one_side(d: Draw) -> np.ndarray:
    """Return the labels of the points: 1 on the upper side of that line."""
    return (d["x"].sum(axis=1) >= 0.2).astype(int)


suite.function(
    "step",
    args={"z": normal("N", "M")},
    edges=[
        edge("at_zero", "step is 1.0 at exactly 0.", args={"z": fixed(np.array([[-1.0, 0.0, 2.0], [0.0, 0.5, -0.5]]))}),
        edge("any_shape", "z may have one axis or three.", cases=[{"z": normal("N")}, {"z": normal("N", "M", "K")}]),
    ],
    points=1,
)

suite.function("neuron", args={"x": normal("N", "D"), "w": normal("D"), "b": normal()}, sizes={"N": (8, 12)}, points=2)

suite.function(
    "predict",
    args={"x": normal("N", "D"), "w": normal("D"), "b": uniform(low=0.8, high=2.0)},
    sizes={"N": (20, 30)},
    edges=[
        edge("below", "A negative bias moves the line the other way.", args={"b": uniform(low=-2.0, high=-0.8)}),
        edge(
            "on_the_line",
            "A point exactly on the line, x·w + b = 0, belongs to class 1.",
            args={
                "x": fixed(np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 0.25], [0.75, 0.0]])),
                "w": fixed(np.array([1.0, 1.0])),
                "b": fixed(-1.0),
            },
        ),
    ],
    points=1,
)

HIGH, LOW = {"b": fixed(30.0)}, {"b": fixed(-30.0)}
MISSED_ZERO, MISSED_ONE = {**HIGH, "y": fixed(0)}, {**LOW, "y": fixed(1)}
ON_THE_LINE = {"w": fixed(np.array([0.5, -1.0])), "b": fixed(0.0), "x": fixed(np.array([2.0, 1.0]))}

suite.function(
    "perceptron_update",
    args={
        "w": normal("D"),
        "b": normal(),
        "x": normal("D"),
        "y": mistaken,
        "lr": uniform(low=0.05, high=0.9),
    },
    returns=["w", "b"],
    cases=[MISSED_ZERO, MISSED_ONE, {"x": decided_by_bias}],
    edges=[
        edge(
            "right",
            "Where the prediction is right, nothing changes.",
            cases=[{**HIGH, "y": fixed(1)}, {**LOW, "y": fixed(0)}],
        ),
        edge(
            "on_the_line",
            "x·w + b = 0 counts as the prediction 1.",
            cases=[{**ON_THE_LINE, "y": fixed(0)}, {**ON_THE_LINE, "y": fixed(1)}],
        ),
    ],
    points=3,
)

suite.function(
    "perceptron_train",
    args={
        "x": normal("N", "D"),
        "y": noisy_labels,
        "epochs": integers(low=3, high=8),
        "lr": uniform(low=0.05, high=0.9),
    },
    sizes={"N": (10, 16), "D": (2, 4)},
    returns=["w", "b", "mistakes"],
    edges=[
        edge(
            "stops_early",
            "Training stops after the first epoch without a mistake, and the list ends with its 0.",
            args={"x": separable_points, "y": one_side, "epochs": fixed(300)},
        ),
        edge(
            "epochs",
            "Where no line separates the classes (XOR), training ends after the given number of epochs.",
            cases=[
                {"x": fixed(CORNERS), "y": fixed(np.array(XOR)), "epochs": fixed(n), "lr": fixed(0.5)} for n in (1, 7)
            ],
        ),
        edge(
            "no_mistake",
            "If nothing is wrong from the start (w = 0 predicts 1), the list is [0] and w and b stay 0.",
            args={"y": lambda d: np.ones(len(d["x"]), dtype=int)},
        ),
        edge(
            "on_the_line",
            "Points exactly on the line count as predicted 1, in training too (OR, learning rate 1).",
            args={"x": fixed(CORNERS), "y": fixed(np.array([0, 1, 1, 1])), "epochs": fixed(10), "lr": fixed(1.0)},
        ),
    ],
    points=5,
)

suite.declare("xor_weights", points=3, arguments=[])

suite.function(
    "network",
    args={
        "x": normal("N", "D"),
        "W1": normal("D", "H"),
        "b1": normal("H"),
        "W2": normal("H", "M"),
        "b2": normal("M"),
    },
    sizes={"H": (6, 9), "N": (10, 13)},
    edges=[
        edge(
            "linear_output",
            "Nothing follows the output layer: negative outputs stay negative.",
            args={"b2": normal("M", mean=-40.0)},
        ),
        edge(
            "silent",
            "Where every hidden neuron is silent, only b2 is left.",
            args={"x": uniform("N", "D"), "W1": uniform("D", "H", low=-2, high=-1), "b1": choice([-1.0, -0.5], "H")},
        ),
    ],
    points=3,
)

SHAPES = {"W1": (2, 2), "b1": (2,), "w2": (2,), "b2": ()}


def weights(student) -> dict[str, object]:
    """Ask for the four weights, by name, as the student gave them."""
    result = student.call("xor_weights")
    is_four = isinstance(result, (tuple, list)) and len(result) == 4
    expect(is_four, "xor_weights() returns four things: W1, b1, w2, b2.")
    return dict(zip(SHAPES, result, strict=True))


def numbers(name: str, value: object) -> np.ndarray:
    """Return a weight as an array of the shape that is due, or fail the check."""
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):
        array = np.asarray(None)
    expect(array.dtype.kind in "iuf", f"{name} must hold real numbers and nothing else.")
    expect(array.shape == SHAPES[name], f"{name} has the shape {array.shape}; expected {SHAPES[name]}.")
    expect(bool(np.isfinite(array).all()), f"{name} holds nan or inf.")
    return array.astype(float)


@suite.check("xor_weights", main=True)
def is_xor(student, reference, rng):
    """Two layers of step neurons with these weights compute XOR on all four corners."""
    W1, b1, w2, b2 = (numbers(name, value) for name, value in weights(student).items())
    hidden = np.where(CORNERS @ W1 + b1 >= 0, 1.0, 0.0)
    got = tuple(int(z >= 0) for z in hidden @ w2 + b2)
    gate = f" That is {KNOWN_GATES[got]}." if got in KNOWN_GATES else ""
    expect(
        got == XOR,
        f"For (0,0), (0,1), (1,0), (1,1) your weights give {', '.join(map(str, got))}; XOR is 0, 1, 1, 0.{gate} "
        f"The hidden layer makes of the four corners: {', '.join(f'({int(p)},{int(q)})' for p, q in hidden)}.",
    )


@suite.check("xor_weights")
def is_float64(student, reference, rng):
    """W1, b1 and w2 are float64 arrays, b2 is a float."""
    for name, value in weights(student).items():
        scalar = isinstance(value, float) and not SHAPES[name]
        array = isinstance(value, np.ndarray) and value.dtype == np.float64
        kind = f"an array of {value.dtype}" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"
        due = "an array of float64" if SHAPES[name] else "a float (write -1.0, not -1)"
        expect(scalar or array, f"{name} is {kind}; expected {due}.")
