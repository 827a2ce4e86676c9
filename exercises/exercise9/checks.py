"""What exercise9 asks: a network with convolutions, shifted images, a training that learns, and a true accuracy."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.checks import Suite, Task, Terms, expect, is_tensor, tensor
from grader.datasets import draw_canvas, draw_files

Array = np.ndarray

MOST_PARAMETERS = 200_000

suite = Suite()
suite.declare("build_cnn", points=4, arguments=["num_classes", "image_size"])
suite.declare("augment", points=3, arguments=["images", "seed"])
suite.declare("make_optimizer", points=2, arguments=["model"])
suite.declare("train_one_epoch", points=7, arguments=["model", "loader", "optimizer", "device"])
suite.declare("evaluate", points=4, arguments=["model", "loader", "device"])


def seed_of(rng: np.random.Generator) -> int:
    """Draw a seed that every generator takes."""
    return int(rng.integers(2**31))


def images_of(rng: np.random.Generator, count: int, size: int) -> Array:
    """Draw images without a single 0 in them."""
    return rng.uniform(0.5, 1.5, size=(count, 1, size, size)).astype(np.float32)


# The model: what comes out, for images and classes of every number, and what it is made of.


def built(student: Any, rng: np.random.Generator, num_classes: int, size: int) -> Any:
    """Build a model, in the same way each time."""
    student.call("@seed", seed_of(rng))
    return student.new("build_cnn", num_classes, size)


def logits_of(student: Any, model: Any, images: Array, classes: int) -> Array:
    """Return the logits for images, or say what else there is."""
    got = student.call("@logits", model, tensor(images))
    size = images.shape[-1]
    asked = f"Images of shape {images.shape}, build_cnn({classes}, {size})"
    expect(is_tensor(got), f"{asked}: the model has to return a tensor of logits.")
    expect(
        got.shape == (len(images), classes),
        f"{asked}: your logits have the shape {got.shape}; {(len(images), classes)} is expected.",
    )
    expect(got.dtype == np.float32, f"{asked}: your logits are {got.dtype}; float32 is expected.")
    expect(np.isfinite(got).all(), f"{asked}: some of your logits are not finite numbers.")
    return np.asarray(got)


@suite.check("build_cnn", main=True)
def logits(student, reference, rng):
    """Makes logits of images: one row for each image, one number for each class, different for different images."""
    model = built(student, rng, 10, 16)
    got = logits_of(student, model, images_of(rng, 6, 16), 10)
    expect(
        not np.allclose(got, got[:1]),
        "Six different images get the same logits: the images do not reach the output.",
    )


@suite.check("build_cnn")
def other_sizes(student, reference, rng):
    """Fits images of other sizes, and other numbers of classes."""
    for classes, size in ((3, 12), (7, 28)):
        logits_of(student, built(student, rng, classes, size), images_of(rng, 2, size), classes)


@suite.check("build_cnn")
def no_softmax(student, reference, rng):
    """Returns logits and not probabilities: the softmax is inside the loss."""
    got = logits_of(student, built(student, rng, 10, 16), images_of(rng, 6, 16), 10)
    probabilities = bool((got >= 0).all()) and np.allclose(got.sum(axis=1), 1, atol=1e-4)
    expect(not probabilities, "Each row of your output sums to 1: these are probabilities. Leave the softmax out.")


@suite.check("build_cnn")
def few_parameters(student, reference, rng):
    """Has at most 200,000 parameters for images of 16 × 16."""
    count = student.call("@count", built(student, rng, 10, 16))
    expect(count > 0, "The model has no parameters: there is nothing in it that could learn.")
    expect(count <= MOST_PARAMETERS, f"build_cnn(10, 16) has {count:,} parameters; {MOST_PARAMETERS:,} are allowed.")


@suite.check("build_cnn")
def convolution(student, reference, rng):
    """Has a convolution, and uses it."""
    model, images = built(student, rng, 10, 16), images_of(rng, 6, 16)
    with_it = logits_of(student, model, images, 10)
    without = student.call("@without_convolutions", model, tensor(images))
    expect(
        not np.allclose(with_it, without, atol=1e-6),
        "The logits are the same when every convolution in your model comes to nothing: it has none, or what it finds "
        "is not used.",
    )


@suite.check("build_cnn")
def parameters_count(student, reference, rng):
    """Knows what it knows from its parameters: with all of them 0, nothing is left of its answers."""
    model, images = built(student, rng, 10, 16), images_of(rng, 6, 16)
    before = logits_of(student, model, images, 10)
    student.call("@zero", model)
    after = logits_of(student, model, images, 10)
    expect(not np.allclose(before, after, atol=1e-6), "The logits do not change when all parameters are set to 0.")


@suite.check("build_cnn")
def one_at_a_time(student, reference, rng):
    """In eval mode the answer for an image does not depend on the other images of its batch."""
    model, images = built(student, rng, 10, 16), images_of(rng, 7, 16)
    images[3:] *= 5
    together = logits_of(student, model, images, 10)
    alone = np.concatenate([logits_of(student, model, images[at : at + 1], 10) for at in range(3)])
    expect(
        np.allclose(together[:3], alone, rtol=1e-3, atol=1e-4),
        "An image gets other logits alone than in a batch with others, also in eval mode: something in the model looks "
        "across the batch.",
    )


# Shifts: which one an image has made is found by trying all of them, for there is no 0 in it.


def shifted(image: Array, down: int, right: int) -> Array:
    """Return an image (S, S) moved, with zeros moving in."""
    size = len(image)
    framed = np.pad(image, 8)
    return framed[8 - down : 8 - down + size, 8 - right : 8 - right + size]


def shift_of(image: Array, got: Array, most: int) -> tuple[int, int] | None:
    """Return how far an image has moved, if no further than ``most``; None where it is not a moved image at all."""
    reach = sorted(range(-most, most + 1), key=abs)
    tried = ((down, right) for down in reach for right in reach)
    return next((shift for shift in tried if np.array_equal(shifted(image, *shift), got)), None)


def augmented(student: Any, images: Array, seed: int) -> Array:
    """Return what augment makes of images, or say what else there is."""
    got = student.call("augment", tensor(images), seed)
    expect(is_tensor(got), "augment has to return a tensor.")
    expect(
        got.shape == images.shape,
        f"Images of shape {images.shape} came in, {got.shape} came out: the shape has to stay.",
    )
    expect(got.dtype == images.dtype, f"Images of {images.dtype} came in, {got.dtype} came out: the dtype has to stay.")
    return np.asarray(got)


def shifts_of(student: Any, images: Array, seed: int) -> list[tuple[int, int]]:
    """Return by how much augment has moved each image, or say what it did instead."""
    got = augmented(student, images, seed)
    shifts = []
    for number, (before, after) in enumerate(zip(images[:, 0], got[:, 0], strict=True)):
        shift = shift_of(before, after, 2)
        if shift is None:
            explain_shift(number, before, after, [other[0] for other in images])
        shifts.append(shift)
    return shifts


def explain_shift(number: int, before: Array, after: Array, others: list[Array]) -> None:
    """Fail, and say what became of an image that has not been moved by up to 2 pixels."""
    further = shift_of(before, after, 5)
    expect(
        further is None,
        f"Image {number} has moved {further} (down, right): at most 2 pixels in each direction are allowed.",
    )
    rolls = ((down, right) for down in range(-2, 3) for right in range(-2, 3))
    expect(
        not any(np.array_equal(np.roll(before, shift, (0, 1)), after) for shift in rolls),
        f"What leaves image {number} at one side comes in again at the other: zeros have to move in.",
    )
    expect(
        all(shift_of(other, after, 2) is None for other in others),
        f"Image {number} that you return is another image, moved: the order has to stay, or labels no longer fit.",
    )
    expect(
        after.any(),
        f"Image {number} that you return is nothing but zeros.",
    )
    expect(False, f"Image {number} that you return is not image {number} moved by whole pixels, with zeros moving in.")


@suite.check("augment", main=True)
def moved(student, reference, rng):
    """Each image comes back moved by up to 2 pixels in each direction, with zeros moving in."""
    shifts_of(student, images_of(rng, 40, 9), seed_of(rng))


@suite.check("augment", weight=2)
def on_its_own(student, reference, rng):
    """Each image moves on its own: down or up, right or left, whatever the others do."""
    shifts = shifts_of(student, images_of(rng, 60, 6), seed_of(rng))  # all alike by chance: once in 1e82
    expect(len(set(shifts)) > 1, f"All images of a batch move by the same {shifts[0]} (down, right).")
    expect(
        any(down != right for down, right in shifts),
        "Every image moves down as far as to the right: draw two numbers for each image.",
    )


@suite.check("augment")
def all_shifts(student, reference, rng):
    """All shifts from −2 to 2 occur, in both directions."""
    shifts = np.array(shifts_of(student, images_of(rng, 150, 6), seed_of(rng)))
    # Of 150 images none moves by 2, say, with a chance of (4/5)^150: once in 1e14.
    for axis, name in enumerate(("down", "to the right")):
        seen = sorted(set(shifts[:, axis].tolist()))
        expect(seen == [-2, -1, 0, 1, 2], f"150 images moved {name} by {seen} only; −2, −1, 0, 1 and 2 are possible.")


@suite.check("augment")
def same_seed(student, reference, rng):
    """The same seed moves the images in the same way, another seed in another."""
    images, seed = images_of(rng, 60, 6), seed_of(rng)
    first, again, other = (augmented(student, images, s) for s in (seed, seed, seed + 1))
    expect(np.array_equal(first, again), "Called twice with the same seed, augment moved the images in two ways.")
    expect(not np.array_equal(first, other), "Two different seeds moved the images in the same way: use the seed.")


@suite.check("augment")
def unchanged(student, reference, rng):
    """Leaves the images it is given as they were."""
    images = images_of(rng, 20, 6)
    _, (after, _) = student.after("augment", tensor(images), seed_of(rng))
    expect(np.array_equal(after, images), "augment has written into the images it was given: work on a copy.")


@suite.check("augment")
def sizes(student, reference, rng):
    """One image alone, and images of other sizes."""
    for count, size in ((1, 16), (3, 28), (2, 5)):
        shifts_of(student, images_of(rng, count, size), seed_of(rng))


# The optimizer: it is asked for steps on a small network, and the parameters are looked at afterwards.

SMALL = {"norm": ["BatchNorm1d", 6], "first": ["Linear", 6, 5], "bend": ["ReLU"], "last": ["Linear", 5, 3]}
SMALLER = [["Linear", 6, 3]]


def points_of(rng: np.random.Generator, count: int, classes: int = 3, size: int = 6) -> tuple[Array, Array]:
    """Draw points with labels that a linear model could learn."""
    x = rng.normal(size=(count, size)).astype(np.float32)
    return x, (x @ rng.normal(size=(size, classes))).argmax(axis=1)


def cross_entropy(logits: Array, labels: Array) -> float:
    """Return the mean cross-entropy, computed here."""
    z = logits.astype(np.float64)
    z = z - z.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]))


@suite.check("make_optimizer", main=True)
def all_parameters(student, reference, rng):
    """Its steps move all parameters of the model that it was given."""
    x, y = points_of(rng, 40)
    for plan in (SMALL, SMALLER):
        model = student.new("@module", plan, seed_of(rng))
        optimizer = student.new("make_optimizer", model)
        before = student.call("@parameters", model)
        student.call("@descend", model, optimizer, tensor(x), tensor(y), 3)
        after = student.call("@parameters", model)
        still = [name for name in before if np.array_equal(before[name], after[name])]
        expect(
            len(still) < len(before), "After three steps of your optimizer all parameters are still where they were."
        )
        expect(
            not still,
            f"Three steps of your optimizer leave {', '.join(still)} where they were; all of model.parameters() have "
            "to move.",
        )


@suite.check("make_optimizer")
def downhill(student, reference, rng):
    """Fifty steps make the loss smaller."""
    x, y = points_of(rng, 60)
    model = student.new("@module", SMALL, seed_of(rng))
    optimizer = student.new("make_optimizer", model)
    before = cross_entropy(student.call("@apply", model, tensor(x)), y)
    student.call("@descend", model, optimizer, tensor(x), tensor(y), 50)
    after = cross_entropy(student.call("@apply", model, tensor(x)), y)
    expect(np.isfinite(after), "Fifty steps of your optimizer, and the loss is nan: the learning rate is too large.")
    expect(
        after < before - 0.001,
        f"Fifty steps of your optimizer on one and the same batch brought the loss from {before:.3f} to {after:.3f}: "
        "it has to fall.",
    )


# One epoch of a linear model with plain SGD: its parameters afterwards are computed here too, and compared.

LINEAR = {"flat": ["Flatten"], "linear": ["Linear", 12, 3]}
LR = 0.5
BATCH = 5


def batches_of(count: int, size: int = BATCH) -> list[slice]:
    """Return where the batches of a loader in order begin and end."""
    return [slice(start, start + size) for start in range(0, count, size)]


def epoch_of(w: Array, b: Array, x: Array, y: Array) -> tuple[Array, Array, list[float]]:
    """Return the parameters of a linear model after one epoch of SGD, and the loss of each batch before its step."""
    w, b, losses = w.astype(np.float64), b.astype(np.float64), []
    for batch in batches_of(len(x)):
        xb, yb = x[batch].reshape(len(x[batch]), -1).astype(np.float64), y[batch]
        z = xb @ w.T + b
        losses.append(cross_entropy(z, yb))
        p = np.exp(z - z.max(axis=1, keepdims=True))
        d = (p / p.sum(axis=1, keepdims=True) - np.eye(3)[yb]) / len(yb)
        w, b = w - LR * d.T @ xb, b - LR * d.sum(axis=0)
    return w, b, losses


class Epoch:
    """One epoch of a linear model on 23 images in batches of 5, and what is right about it."""

    def __init__(self, student: Any, rng: np.random.Generator, epochs: int = 1) -> None:
        x = rng.normal(size=(23, 1, 3, 4)).astype(np.float32)
        y = (x.reshape(23, 12) @ rng.normal(size=(12, 3))).argmax(axis=1)
        self.model = student.new("@module", LINEAR, seed_of(rng))
        optimizer = student.new("@optimizer", "SGD", self.model, lr=LR)
        loader = student.new("@loader", tensor(x), tensor(y), BATCH)
        start = student.call("@parameters", self.model)
        self.start = start["linear.weight"], start["linear.bias"]
        self.w, self.b, self.losses = epoch_of(*self.start, x, y)
        self.place = student.new("@device", "cpu:0") if student.on == "cpu" else student.device
        student.call("@to", self.model, self.place)
        student.call("@watch", self.model, optimizer)
        self.returned = student.call("train_one_epoch", self.model, loader, optimizer, self.place)
        self.journal = student.call("@journal", self.model)
        end = student.call("@parameters", self.model)
        self.end = end["linear.weight"], end["linear.bias"]
        shares = np.array([len(x[batch]) for batch in batches_of(len(x))]) / len(x)
        self.means = float(np.dot(shares, self.losses)), float(np.mean(self.losses))


def near(got: Array, want: Array) -> bool:
    """Whether numbers of float32 are what they should be."""
    return bool(np.allclose(got, want, rtol=1e-3, atol=1e-3))


@suite.check("train_one_epoch", main=True, weight=2)
def parameters(student, reference, rng):
    """One step for each batch, each along that batch's own gradient: the parameters end where they should."""
    epoch = Epoch(student, rng)
    steps = sum(entry["what"] == "step" for entry in epoch.journal)
    backwards = sum(entry["what"] == "backward" for entry in epoch.journal)
    told = f"23 examples in batches of 5 are 5 batches; there were {backwards} backward passes and {steps} steps. "
    expect(
        not np.array_equal(epoch.end[0], epoch.start[0]),
        f"{told}The parameters of the model are where they were before the epoch.",
    )
    expect(
        near(epoch.end[0], epoch.w) and near(epoch.end[1], epoch.b),
        f"{told}The parameters of a linear model are not where one step of SGD for each batch leads: "
        f"its biases end at {np.round(epoch.end[1], 3).tolist()}, and {np.round(epoch.b, 3).tolist()} is expected.",
    )


@suite.check("train_one_epoch")
def mean_loss(student, reference, rng):
    """Returns the mean loss of the epoch as a float: over all examples, or over the batches."""
    epoch = Epoch(student, rng)
    got = epoch.returned
    expect(not is_tensor(got), "A tensor came back, and with it all that its gradient needs: loss.item() is a float.")
    expect(isinstance(got, (int, float)), "train_one_epoch has to return one number, the mean loss.")
    by_examples, by_batches = epoch.means
    expect(
        near(got, by_examples) or near(got, by_batches),
        f"The losses of the 5 batches are {', '.join(f'{loss:.3f}' for loss in epoch.losses)}: their mean is "
        f"{by_batches:.3f}, or {by_examples:.3f} over all examples. You returned {got:.3f}.",
    )


DEEP = {
    "flat": ["Flatten"],
    "first": ["Linear", 12, 8],
    "block": {"norm": ["BatchNorm1d", 8], "bend": ["ReLU"], "drop": ["Dropout", 0.5]},
    "last": ["Linear", 8, 3],
}
PARTS = ["", "flat", "first", "block", "block.norm", "block.bend", "block.drop", "last"]


def deep(student: Any, rng: np.random.Generator, modes: dict[str, bool]) -> tuple[Any, Any, Array, Array]:
    """Return a model with batch norm and dropout in these modes, a loader of 23 images, and what is in it."""
    x = rng.normal(size=(23, 1, 3, 4)).astype(np.float32)
    y = rng.integers(0, 3, 23)
    model = student.new("@module", DEEP, seed_of(rng))
    running = {
        "block.norm.running_mean": tensor(rng.normal(size=8), "float32"),
        "block.norm.running_var": tensor(rng.uniform(0.5, 2.0, 8), "float32"),
    }
    student.call("@load", model, running)
    student.call("@set_modes", model, modes)
    student.call("@to", model, student.device)
    loader = student.new("@loader", tensor(x), tensor(y), BATCH)
    return model, loader, x, y


@suite.check("train_one_epoch")
def train_mode(student, reference, rng):
    """The model and all its parts are in train mode, whatever modes they were found in."""
    student.call("@seed", seed_of(rng))
    model, loader, _, _ = deep(student, rng, dict.fromkeys(PARTS, False))
    optimizer = student.new("@optimizer", "SGD", model, lr=LR)
    student.call("@watch", model, optimizer)
    student.call("train_one_epoch", model, loader, optimizer, student.device)
    forwards = [entry for entry in student.call("@journal", model) if entry["what"] == "forward"]
    expect(forwards, "train_one_epoch never called the model.")
    asleep = sorted({part for entry in forwards for part, training in entry["modes"].items() if not training})
    expect(
        not asleep,
        f"The model came in eval mode, and {'all of it was' if len(asleep) == len(PARTS) else f'{asleep} were'} "
        "still in eval mode when it was called: dropout drops nothing then, and batch norm learns nothing.",
    )


def moves_to(journal: list[dict[str, Any]], place: str) -> int:
    """Count how often something was asked to go to a device."""
    names = {place, place.split(":")[0] + ":0"}
    return sum(entry["what"] == "moved" and entry["device"] in names for entry in journal)


@suite.check("train_one_epoch")
def on_the_device(student, reference, rng):
    """Brings images and labels to the device that it is given."""
    epoch = Epoch(student, rng)
    moved = moves_to(epoch.journal, "cpu:0" if student.on == "cpu" else student.on)
    expect(
        moved >= 2 * len(epoch.losses),
        "Not every batch of images and labels was brought to `device`. Here that changes nothing; with a GPU, model "
        "and images would be in two different places.",
    )


CANVAS = {"cpu": (16, 6_000, 1_500), "cuda": (28, 20_000, 4_000)}
"""The size of the canvas, and how many images there are to learn from and to be judged by, for each device."""


def unseen(rng: np.random.Generator, terms: Terms) -> Task:
    """Draw digits on a canvas, or images from the files that the course has chosen."""
    size, train, test = CANVAS[terms.device]
    if terms.data is None:
        return Task(*draw_canvas(rng, train, test, size))
    return Task(*draw_files(rng, terms.data, terms.folder, train, test))


def large(student: Any, array: Array) -> Any:
    """Bring a large array to the bench, in pieces."""
    pieces = [student.new("@tensor", piece) for piece in np.array_split(array, 1 + array.nbytes // 2**23)]
    return student.new("@joined", pieces)


@suite.training("train_one_epoch", data=unseen, weight=3, needs=("build_cnn.logits", "make_optimizer.all_parameters"))
def accuracy(student: Any, task: Task, rng: np.random.Generator) -> Iterator[Any]:
    """Your model, your optimizer and your epochs together: reads images that it has never seen."""
    size, classes = task.x_train.shape[-1], int(task.y_train.max()) + 1
    student.call("@seed", seed_of(rng))
    model = student.new("build_cnn", classes, size)
    student.call("@to", model, student.device)
    optimizer = student.new("make_optimizer", model)
    loader = student.new("@loader", large(student, task.x_train), tensor(task.y_train), 64, seed=seed_of(rng))
    while True:
        student.call("train_one_epoch", model, loader, optimizer, student.device)
        yield model


# The accuracy: the hits are counted here, from the logits of a model whose parameters are known.


def evaluated(student: Any, model: Any, loader: Any) -> float:
    """Return what evaluate returns, or say what else there is."""
    got = student.call("evaluate", model, loader, student.device)
    expect(not is_tensor(got), "evaluate returned a tensor: .item() makes a float of it.")
    expect(isinstance(got, (int, float)), "evaluate has to return one number, the accuracy.")
    return float(got)


def linear_case(student: Any, rng: np.random.Generator, hits: Callable[[int], bool]) -> tuple[Any, Any]:
    """Return a linear model and a loader of 23 images; of the image of each number it is right or wrong, as wanted."""
    x = rng.normal(size=(23, 1, 3, 4)).astype(np.float32)
    w, b = rng.normal(size=(3, 12)), rng.normal(size=3)
    guesses = (x.reshape(23, 12) @ w.T + b).argmax(axis=1)
    y = np.array([guess if hits(number) else (guess + 1) % 3 for number, guess in enumerate(guesses)])
    model = student.new("@module", LINEAR)
    student.call("@load", model, {"linear.weight": tensor(w, "float32"), "linear.bias": tensor(b, "float32")})
    student.call("@to", model, student.device)
    return model, student.new("@loader", tensor(x), tensor(y), BATCH)


@suite.check("evaluate", main=True)
def share(student, reference, rng):
    """Returns the share of all examples that the model is right about, also where the last batch is smaller."""
    wrong = set(rng.choice(20, size=7, replace=False).tolist())
    cases = (
        (
            "of the 20 in full batches 13 are right, of the 3 in the last batch one",
            lambda n: n < 21 and n not in wrong,
            14,
        ),
        ("of the 20 in full batches 7 are right, of the 3 in the last batch all", lambda n: n >= 20 or n in wrong, 10),
        ("all are right", lambda n: True, 23),
        ("none is right", lambda n: False, 0),
    )
    for words, hits, right in cases:
        got = evaluated(student, *linear_case(student, rng, hits))
        expect(
            abs(got - right / 23) < 1e-6,
            f"Of 23 images in batches of 5, {words}: the accuracy is {right} / 23 = {right / 23:.4f}, you returned "
            f"{got:.4f}.",
        )


@suite.check("evaluate", weight=2)
def eval_mode(student, reference, rng):
    """Asks the model in eval mode: nothing is dropped, and batch norm uses its running statistics."""
    student.call("@seed", seed_of(rng))
    model, _, x, _ = deep(student, rng, dict.fromkeys(PARTS, True))
    guesses = np.asarray(student.call("@logits", model, tensor(x))).argmax(axis=1)
    loader = student.new("@loader", tensor(x), tensor(guesses), BATCH)
    student.call("@watch", model)
    got = evaluated(student, model, loader)
    awake = {part for entry in student.call("@journal", model) for part in PARTS if entry.get("modes", {}).get(part)}
    expect(not awake, "The model came in train mode, and it was still in train mode when it was called: model.eval().")
    expect(abs(got - 1) < 1e-6, f"By its logits in eval mode the model is right about all images; you say {got:.4f}.")


@suite.check("evaluate")
def no_gradients(student, reference, rng):
    """Keeps no gradients: they cost memory, and nobody asks for them."""
    model, loader = linear_case(student, rng, lambda n: True)
    student.call("@watch", model)
    evaluated(student, model, loader)
    journal = student.call("@journal", model)
    with_gradients = any(entry["what"] == "forward" and entry["grad"] for entry in journal)
    expect(not with_gradients, "Gradients were on when the model was called: `with torch.no_grad():` turns them off.")


@suite.check("evaluate", weight=2)
def modes(student, reference, rng):
    """Leaves the model and all its parts in the modes in which they were found, also where these are mixed."""
    mixed = dict.fromkeys(PARTS, True) | {"block.norm": False, "last": False}
    other = dict.fromkeys(PARTS, False) | {"block": True, "block.drop": True}
    cases = (
        ("in train mode", dict.fromkeys(PARTS, True)),
        ("in eval mode", dict.fromkeys(PARTS, False)),
        ("in train mode, but for one batch norm and the last layer", mixed),
        ("in eval mode, but for one part of it", other),
    )
    for words, found in cases:
        model, loader, _, _ = deep(student, rng, found)
        evaluated(student, model, loader)
        left = student.call("@modes", model)
        changed = sorted(part or "the model itself" for part in PARTS if left.get(part) != found[part])
        expect(not changed, f"The model was {words}; afterwards the mode of {', '.join(changed)} is another.")


@suite.check("evaluate")
def on_device(student, reference, rng):
    """Brings the images to the device that it is given, and compares guesses and labels in one place."""
    model, loader = linear_case(student, rng, lambda n: True)
    place = student.new("@device", "cpu:0") if student.on == "cpu" else student.device
    student.call("@watch", model)
    student.call("evaluate", model, loader, place)
    journal = student.call("@journal", model)
    batches = sum(entry["what"] == "forward" for entry in journal)
    expect(
        moves_to(journal, "cpu:0" if student.on == "cpu" else student.on) >= batches > 0,
        "Not every batch of images was brought to `device`. Here that changes nothing; with a GPU, the model would be "
        "there and the images here.",
    )
    expect(
        sum(entry["what"] == "moved" for entry in journal) >= 2 * batches,
        "The images go to `device`, and so the guesses are there; the labels are not. With a GPU they could not be "
        "compared: labels.to(device), or the guesses back with .cpu().",
    )


@suite.check("evaluate")
def still(student, reference, rng):
    """Changes nothing that the model has learnt: neither parameters nor running statistics."""
    model, loader, _, _ = deep(student, rng, dict.fromkeys(PARTS, True))
    before = student.call("@state", model)
    evaluated(student, model, loader)
    after = student.call("@state", model)
    changed = sorted(name for name in before if not np.array_equal(before[name], after.get(name)))
    expect(not changed, f"After evaluate, {', '.join(changed)} is not what it was before.")
