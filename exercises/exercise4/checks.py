"""What exercise4 asks: dense layers and their gradients, good first weights, and a training that really trains."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from grader.checks import Call, Draw, Suite, Task, choice, edge, expect, integers, normal, seed, uniform
from grader.datasets import moons, spirals, split_digits, xor_clouds

Params = list[tuple[np.ndarray, np.ndarray]]

suite = Suite()


def weights_for(*dims: str) -> Callable[[Draw], np.ndarray]:
    """Draw w for an x of (N, *dims): as many rows as dims have elements together, M columns."""

    def draw(d: Draw) -> np.ndarray:
        return d.normal(math.prod(d.shape(*dims)), "M")

    return draw


suite.pair(
    "linear",
    args={"x": normal("N", "D"), "w": normal("D", "M"), "b": normal("M")},
    gradients=["x", "w", "b"],
    points=(1, 2),
    edges=[
        edge(
            "images",
            "An x of more than two axes is flattened to one row for each example, and dx has the shape of x again.",
            cases=[
                {"x": normal("N", "T", "D"), "w": weights_for("T", "D")},
                {"x": normal("N", "C", "H", "W"), "w": weights_for("C", "H", "W")},
            ],
        ),
        edge(
            "one_image",
            "One image alone is one row, with every pixel in it.",
            sizes={"N": 1},
            args={"x": normal("N", "H", "W"), "w": weights_for("H", "W")},
        ),
    ],
    extremes=[],
)


FANS = {"fan_in": integers(low=80, high=160), "fan_out": integers(low=200, high=320), "seed": seed()}

suite.initializer("xavier_init", args=FANS, variance=lambda a: 1 / a["fan_in"], points=1)
suite.initializer("he_init", args=FANS, variance=lambda a: 2 / a["fan_in"], points=1)


def layers(*widths: str) -> Callable[[Draw], Params]:
    """Draw params for a network of these widths, all of them different; biases are not 0 here."""

    def draw(d: Draw) -> Params:
        return [(d.normal(m, n), d.normal(n)) for m, n in pairwise(widths)]

    return draw


def shut_at_zero(d: Draw) -> Params:
    """Draw a hidden layer of whole numbers, in which what the first example makes is exactly 0 in every unit."""
    w = d.rng.integers(-3, 4, size=d.shape("D", "H")).astype(float)
    return [(w, -d["x"][0] @ w), (d.normal("H", "M"), d.normal("M"))]


def gradients(d: Draw) -> Params:
    """Draw one pair of gradients for each layer of params, in its shapes."""
    return [(d.normal(*w.shape), d.normal(*b.shape)) for w, b in d["params"]]


suite.pair(
    "mlp",
    args={"x": normal("N", "D"), "params": layers("D", "H", "K", "M")},
    sizes={"N": (3, 7), "H": (4, 7), "K": (4, 7)},  # enough units that not all of a layer are shut at once
    gradients=["x", "params"],
    points=(2, 4),
    edges=[
        edge("one_layer", "A network of one layer has no ReLU at all.", args={"params": layers("D", "M")}),
        edge("two_layers", "One hidden layer: one ReLU.", args={"params": layers("D", "H", "M")}),
        edge("four_layers", "Three hidden layers: three ReLUs.", args={"params": layers("D", "H", "K", "L", "M")}),
        edge(
            "at_zero",
            "A ReLU whose input is exactly 0 lets nothing through.",
            of="backward",
            args={"x": choice([-2.0, -1.0, 1.0, 2.0], "N", "D"), "params": shut_at_zero},
        ),
    ],
    extremes=[],
)

suite.function(
    "sgd_step",
    args={
        "params": layers("D", "H", "M"),
        "grads": gradients,
        "lr": uniform(low=0.05, high=0.5),
    },
    points=1,
    edges=[
        edge("one_layer", "One layer is a list of one pair.", args={"params": layers("D", "M")}),
        edge("four_layers", "Every layer moves.", args={"params": layers("D", "H", "K", "L", "M")}),
    ],
)


suite.declare("train_mlp", points=6)

STILL = 1e-12  # a learning rate so small that one finds the weights as they were at the start


def some_seed(rng: np.random.Generator) -> int:
    """Draw a seed that every generator takes, NumPy's old one too."""
    return int(rng.integers(2**31))


@suite.check("train_mlp", main=True)
def steps(student, reference, rng):
    """Every epoch uses every example once, in mini-batches of 32: the number and the size of the steps are right."""
    # With inputs of 0 the logits are the last bias. It starts at 0, where the softmax of 8 classes is 1/8 for each, so
    # that a small step adds lr * (share of the class - 1/8), and three equal batches add up to the whole set's shares.
    x, y = np.zeros((96, 4)), np.repeat(np.arange(8), [40, 20, 12, 8, 6, 4, 3, 3])
    lr, epochs, one = 1e-6, 2, some_seed(rng)
    before, after = (student.call("train_mlp", x, y, [5], epochs, rate, one)[-1][1] for rate in (STILL, lr))
    moved, share = (after - before) / lr, np.bincount(y) / 96 - 1 / 8
    expect(
        abs(np.sum(moved)) < 1e-3,
        "On inputs of 0 only the last bias learns. The gradient of a softmax cross-entropy adds up to 0 over the "
        "classes, so the biases' steps do too; yours do not.",
    )
    times = float(moved @ share / (share @ share))
    expect(
        np.allclose(moved, times * share, atol=0.03),
        "On inputs of 0 only the last bias learns, and it moves by the classes' shares of the examples. Yours moves "
        "otherwise: some examples are used more often than others, or not at all.",
    )
    expect(
        abs(times - 3 * epochs) < 0.05,
        f"96 examples of zeros, {epochs} epochs of 3 mini-batches: only the last bias learns, and together its steps "
        f"are {3 * epochs} times lr * (share of the class - 1/8). Yours are {times:.3g} times that. Count your steps, "
        "and look whether each takes the mean over its batch, and downhill.",
    )


# Each threshold below lies between what the best of all straight lines reaches on these points (clouds 0.75, moons
# 0.925, spirals 0.71) and what two right answers reached with the least lucky of 1,000 seeds (0.98, 0.95, 0.94). On the
# digits that was 0.89; with one step an epoch, instead of mini-batches, it would be 0.58 at best.


def points(draw: Callable[..., Any], n: int) -> Callable[[np.random.Generator], Task]:
    """Draw n points to learn from and 400 to be judged by."""
    return lambda rng: Task(*draw(rng, n), *draw(rng, 400))


def digits(rng: np.random.Generator) -> Task:
    """Draw 700 digits to learn from and 500 to be judged by, each image as one row of 64 numbers from 0 to 1."""
    x_train, y_train, x_test, y_test = split_digits(int(rng.integers(2**31)), 700, 500)
    return Task(x_train.reshape(-1, 64), y_train, x_test.reshape(-1, 64), y_test)


suite.accuracy(
    "train_mlp",
    "xor",
    "Learns the XOR clouds, and is right on points it has never seen.",
    data=points(xor_clouds, 96),
    train={"hidden": [16], "epochs": 20, "lr": 0.5},
    predict="mlp_forward",
    at_least=0.95,
    weight=3,
)
suite.accuracy(
    "train_mlp",
    "moons",
    "Learns two moons, and is right on points it has never seen.",
    data=points(moons, 224),
    train={"hidden": [24], "epochs": 45, "lr": 0.5},
    predict="mlp_forward",
    at_least=0.93,
    weight=3,
)
suite.accuracy(
    "train_mlp",
    "spirals",
    "Learns two spirals, and is right on points it has never seen.",
    data=points(spirals, 256),
    train={"hidden": [48], "epochs": 60, "lr": 0.5},
    predict="mlp_forward",
    at_least=0.88,
    weight=3,
)
suite.accuracy(
    "train_mlp",
    "digits",
    "Learns to read handwritten digits, and reads those it has never seen.",
    data=digits,
    train={"hidden": [32], "epochs": 12, "lr": 0.15},
    predict="mlp_forward",
    at_least=0.8,
    weight=3,
)


@suite.check("train_mlp")
def batches(student, reference, rng):
    """A mini-batch is 32 examples."""
    # As in `steps`, with a class that has no example: its bias falls by lr / C in each step, whatever the batches are.
    # 1,056 is 33 times 32: batches of 31 would make 35 steps, and batches of 33 make 32, whatever becomes of a rest.
    n, lr = 1056, 1e-6
    x, y, one = np.zeros((n, 3)), np.where(np.arange(n) % 2, 3, 0), some_seed(rng)
    before, after = (student.call("train_mlp", x, y, [], 1, rate, one)[-1][1] for rate in (STILL, lr))
    steps = float((before - after)[1] / lr * 4)
    expect(
        abs(steps - 33) < 0.3,
        f"1,056 examples make 33 mini-batches of 32 in an epoch. Yours made {steps:.3g} steps.",
    )


@suite.check("train_mlp")
def widths(student, reference, rng):
    """The layers have the widths D, *hidden, C: also with no hidden layer, and with C = max(y) + 1 outputs."""
    x = rng.normal(size=(20, 5))
    y = np.array([0, 1, 3, 4] * 5)  # there is no example of class 2, and yet there are five outputs
    for hidden in ([], [7], [6, 3]):
        params = student.call("train_mlp", x, y, hidden, 1, 0.1, some_seed(rng))
        due = layer_shapes([5, *hidden, 5])
        got = [(np.shape(w), np.shape(b)) for w, b in params]
        expect(got == due, f"x has 5 columns, max(y) is 4, hidden is {hidden}: expected (w, b) of {due}, yours: {got}.")


@suite.check("train_mlp")
def same_seed(student, reference, rng):
    """The same seed gives the same params, another seed gives others."""
    x, y = rng.normal(size=(64, 4)), np.arange(64) % 3
    one = some_seed(rng)
    first, again, other = (flat(student.call("train_mlp", x, y, [5], 2, 0.1, s)) for s in (one, one, one + 1))
    expect(
        np.array_equal(first, again),
        "Called twice with the same seed, you returned two different networks. All chance has to come from the seed: "
        "np.random.default_rng(seed).",
    )
    expect(not np.allclose(first, other), "Two different seeds gave the same network: the seed is not used.")
    asked = [Call("train_mlp", [x[:3], y[:3], [], 1, STILL, one + i]) for i in range(40)]
    starts = {flat(params).round(6).tobytes() for params in student.calls(asked)}
    expect(
        len(starts) == 40,
        f"Forty seeds should start from forty different networks; yours start from {len(starts)}. The first weights "
        "have to come from the seed too.",
    )


@suite.check("train_mlp")
def start(student, reference, rng):
    """Training starts from He weights, of variance 2 / fan_in, and from biases 0."""
    x, y = rng.normal(size=(32, 120)), np.arange(32) % 4
    params = student.call("train_mlp", x, y, [80, 160], 1, STILL, some_seed(rng))
    for number, (w, b) in enumerate(params, 1):
        expect(np.max(np.abs(b)) < 1e-6, f"The biases of layer {number} do not start at 0.")
        # The mean square of n normal numbers strays from its variance by a share of sqrt(2 / n): 0.06 in the smallest
        # layer, with 640 weights. At six and a half times that, fewer than one right answer in 1e8 is wronged.
        ratio, stray = np.mean(w**2) / (2 / len(w)), 6.5 * np.sqrt(2 / w.size)
        expect(
            abs(ratio - 1) < stray,
            f"The weights of layer {number}, {w.shape[0]} to {w.shape[1]}, start with a variance of "
            f"{ratio:.1f} times 2 / fan_in, which is He's.",
        )


@suite.check("train_mlp", weight=2, needs=["train_mlp.same_seed"])
def new_order(student, reference, rng):
    """Every epoch goes through the examples in a new random order."""
    # Each example has one input of its own, so tiny that the logits are the bias alone. What an example's weight gains
    # then depends only on which mini-batches it was in: two epochs of two batches make four kinds of example.
    # Two random orders leave one of the kinds out less than once in 1e15.
    n, tiny, one = 64, 1e-3, some_seed(rng)
    x, y = tiny * np.eye(n), np.arange(n) // (n - 1)
    before, after = (student.call("train_mlp", x, y, [], 2, lr, one)[0][0][:, 0] for lr in (STILL, 1.0))
    gain = ((after - before) * 32 / tiny)[y == 0]
    kinds = 1 + int(np.sum(np.diff(np.sort(gain)) > 0.01))
    found = f"{kinds} kind{'s' * (kinds > 1)}"
    if kinds == 2 and np.ptp(gain[:32]) < 0.01:
        found += ": your batches are the rows as they came"
    expect(
        kinds == 4,
        "64 examples make two mini-batches in each epoch. In a new order, some examples are in the first batch twice, "
        "some first and then second, and so on: four kinds in two epochs. Yours are of "
        f"{found}.",
    )


@suite.check("train_mlp", weight=3, needs=["mlp_forward.value", "train_mlp.same_seed"])
def step_downhill(student, reference, rng):
    """One step moves every weight and every bias by -lr times its gradient of the mean cross-entropy."""
    # One draw in 50,000 has a ReLU's kink just where the loss is probed: a miss is probed once more, on another draw.
    off = step_faults(student, rng) and step_faults(student, rng)
    expect(
        not off,
        "With 32 examples an epoch is one step. Probed by small changes of your params, the loss does not fall as your "
        f"step says: {', '.join(off)}.",
    )


def step_faults(student, rng) -> list[str]:
    """Return what in one step of the student's is not -lr times the gradient, probed along random directions."""
    # The first layer is wide: an example for which all of it is shut would lie exactly on the next layer's kink.
    x, y = rng.normal(size=(32, 4)), np.arange(32) % 3
    one, lr, h = some_seed(rng), 0.1, 1e-9
    before, after = (student.call("train_mlp", x, y, [24, 5], 1, rate, one) for rate in (STILL, lr))
    start, end = ([array for pair in params for array in pair] for params in (before, after))

    def loss(at: int, change: np.ndarray) -> float:
        arrays = [array + change if number == at else array for number, array in enumerate(start)]
        logits = student.first_of("mlp_forward", x, list(zip(arrays[::2], arrays[1::2], strict=True)))
        return float(np.mean(np.logaddexp.reduce(logits, axis=1) - logits[np.arange(32), y]))

    faults = []
    for at, (old, new) in enumerate(zip(start, end, strict=True)):
        name = f"the {('weights', 'biases')[at % 2]} of layer {at // 2 + 1}"
        direction = rng.normal(size=old.shape)
        slope = (loss(at, h * direction) - loss(at, -h * direction)) / (2 * h)
        if abs(slope - np.sum((old - new) / lr * direction)) > 1e-4:
            faults.append(f"{name} {'do not move' if np.allclose(old, new, rtol=0, atol=1e-9) else 'move wrongly'}")
    return faults


@suite.check("train_mlp", needs=["mlp_forward.value", "train_mlp.start", "train_mlp.step_downhill"])
def ten_examples(student, reference, rng):
    """Ten examples alone are learnt by heart: fewer than 32 make one smaller mini-batch."""
    x, y, one = rng.normal(size=(10, 6)), np.arange(10) % 2, some_seed(rng)
    before, params = (student.call("train_mlp", x, y, [32], n, lr, one) for n, lr in ((1, STILL), (100, 0.5)))
    expect(
        not np.allclose(before[-1][1], params[-1][1], rtol=0, atol=1e-9),
        "100 epochs on ten examples leave the network where it started.",
    )
    right = int(np.sum(np.argmax(student.first_of("mlp_forward", x, params), axis=1) == y))
    expect(right == 10, f"After 100 epochs on ten examples only {right} of the ten are right.")


def layer_shapes(sizes: list[int]) -> list[tuple[tuple[int, int], tuple[int]]]:
    """Return the shapes of (w, b) for each layer of a network of these widths."""
    return [((m, n), (n,)) for m, n in pairwise(sizes)]


def flat(params: Params) -> np.ndarray:
    """Return all weights and biases in one row."""
    return np.concatenate([np.ravel(array) for pair in params for array in pair])
