"""What exercise11 asks: the two parts of the loss, a model that draws its z, and a negative ELBO on unseen digits."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from grader.checks import OMIT, Call, Ref, Suite, Task, Terms, edge, expect, is_tensor, normal, tensor, uniform
from grader.datasets import draw_files, inked, part_digits

Array = np.ndarray

suite = Suite()


def seed_of(rng: np.random.Generator) -> int:
    """Draw a seed that every generator takes."""
    return int(rng.integers(2**31))


# The loss: values are compared in float64; gradients have to find their way back through all of it.

suite.function(
    "reparameterize",
    args={
        "mu": tensor(normal("N", "L")),
        "logvar": tensor(normal("N", "L")),
        "eps": tensor(normal("N", "L")),
    },
    points=2,
    edges=[
        edge("no_noise", "Where eps is 0, z is mu.", args={"eps": tensor(lambda d: np.zeros_like(d["mu"]))}),
        edge(
            "narrow",
            "A large negative logvar is a small standard deviation: z is near mu, on one side of it or the other.",
            args={"logvar": tensor(uniform("N", "L", low=-12.0, high=-6.0))},
        ),
    ],
)

suite.function(
    "kl_to_standard_normal",
    args={"mu": tensor(normal("N", "L")), "logvar": tensor(normal("N", "L"))},
    sizes={"N": (3, 8), "L": (3, 8)},  # so that none of them is taken for the 2 of a forgotten half
    points=3,
    edges=[
        edge(
            "standard",
            "It is 0 where mu and logvar are 0.",
            args={
                "mu": tensor(lambda d: np.zeros(d.shape("N", "L"))),
                "logvar": tensor(lambda d: np.zeros_like(d["mu"])),
            },
        ),
        edge(
            "wide_or_narrow",
            "Large variances and small ones: 1 + logvar - e^logvar, as it stands.",
            args={"logvar": tensor(uniform("N", "L", low=-9.0, high=5.0))},
        ),
    ],
)

IMAGES = tensor(uniform("N", "D"))

suite.function(
    "reconstruction_loss",
    args={"logits": tensor(normal("N", "D", scale=2.0)), "x": IMAGES},
    points=3,
    edges=[
        edge(
            "black_and_white",
            "Pixels may be exactly 0 and exactly 1.",
            args={"x": tensor(lambda d: d.rng.integers(0, 2, d.shape("N", "D")).astype(np.float64))},
        ),
    ],
    extremes=[
        {"logits": tensor(normal("N", "D", scale=1e4))},
        {"logits": tensor(lambda d: 1e4 * d.rng.choice([-1.0, 1.0], d.shape("N", "D")))},
    ],
)

suite.function(
    "vae_loss",
    args={
        "logits": tensor(normal("N", "D", scale=2.0)),
        "x": IMAGES,
        "mu": tensor(normal("N", "L")),
        "logvar": tensor(normal("N", "L")),
        "beta": uniform(low=0.2, high=0.8),
    },
    points=2,
    returns=("total", "reconstruction", "kl"),
    edges=[
        edge("default_beta", "beta is 1 where it is not given.", args={"beta": OMIT}),
        edge("large_beta", "beta may be larger than 1.", args={"beta": uniform(low=2.0, high=9.0)}),
        edge("no_beta", "With beta = 0 the total is the reconstruction, and kl is what it was.", args={"beta": 0.0}),
    ],
)


def expect_gradients(
    student: Any, name: str, args: dict[str, Any], wanted: Sequence[str], rng: Any, item: int | None = None
) -> None:
    """Compare the gradients that autograd finds with differences of the function's own values.

    ``item``: which of the values that it returns, where it returns several.
    """
    take = None if item is None else [item]
    leaves = [Call("@leaf", [tensor(args[key])], keep=True) for key in wanted]
    given = [Ref(wanted.index(key)) if key in wanted else value for key, value in args.items()]
    result = Ref(len(leaves), item)
    pulled = Call("@gradients", [result, [Ref(at) for at in range(len(leaves))]])
    gradients = student.calls([*leaves, Call(name, given, keep=True, take=take), pulled])[-1]
    for key, gradient in zip(wanted, gradients, strict=True):
        expect(
            gradient is not None,
            f"No gradient comes back to {key}. Compute with tensors from beginning to end: .item(), .detach(), .data, "
            ".numpy() and torch.no_grad() cut the way.",
        )
        step = 1e-6 * rng.normal(size=args[key].shape)
        ends = [{**args, key: tensor(args[key] + sign * step)} for sign in (1, -1)]
        high, low = (
            np.sum(np.asarray(value, np.float64))
            for value in student.calls([Call(name, list(end.values()), take=take) for end in ends])
        )
        slope, due = float(np.sum(np.asarray(gradient) * step)), float(high - low) / 2
        expect(
            abs(slope - due) <= 1e-4 * abs(due) + 1e-9,
            f"The gradient for {key} is not that of {name}: part of the way back is cut, by .detach(), .data or "
            "torch.no_grad().",
        )


def drawn(rng: Any, *names: str) -> dict[str, Any]:
    """Draw the tensors of a loss, by their names."""
    shapes = {"logits": (5, 7), "x": (5, 7), "mu": (5, 3), "logvar": (5, 3), "eps": (5, 3)}
    return {name: tensor(rng.uniform(size=(5, 7)) if name == "x" else rng.normal(size=shapes[name])) for name in names}


@suite.check("reparameterize", weight=2)
def gradient(student, reference, rng):
    """Lets gradients through to mu and to logvar."""
    expect_gradients(student, "reparameterize", drawn(rng, "mu", "logvar", "eps"), ["mu", "logvar"], rng)


@suite.check("kl_to_standard_normal")
def gradient(student, reference, rng):  # noqa: F811 - the same name, of another function
    """Lets gradients through to mu and to logvar."""
    expect_gradients(student, "kl_to_standard_normal", drawn(rng, "mu", "logvar"), ["mu", "logvar"], rng)


@suite.check("reconstruction_loss")
def gradient(student, reference, rng):  # noqa: F811
    """Lets gradients through to the logits, also where these are so large that a pixel is certain."""
    args = drawn(rng, "logits", "x")
    expect_gradients(student, "reconstruction_loss", args, ["logits"], rng)
    args["logits"] = tensor(30 * np.sign(args["logits"]) + args["logits"])
    expect_gradients(student, "reconstruction_loss", args, ["logits"], rng)


@suite.check("vae_loss", weight=2)
def gradient(student, reference, rng):  # noqa: F811
    """Lets gradients of the total through to logits, mu and logvar."""
    args = {**drawn(rng, "logits", "x", "mu", "logvar"), "beta": float(rng.uniform(2, 4))}
    expect_gradients(student, "vae_loss", args, ["logits", "mu", "logvar"], rng, item=0)


# The model. Its parameters are enlarged where chance is judged: what a new network draws is all nearly the same.

suite.declare("VAE", points=4, arguments=["input_dim", "hidden_dim", "latent_dim"], is_class=True)


def built(student: Any, rng: Any, sizes: Sequence[int], enlarged: float = 1.0) -> Any:
    """Build a VAE, with its parameters that many times as large as they came."""
    student.call("@seed", seed_of(rng))
    model = student.new("VAE", *sizes)
    if enlarged != 1:
        grown = {name: enlarged * value for name, value in student.call("@parameters", model).items()}
        student.call("@load", model, grown)
    return model


def images_of(rng: Any, count: int, pixels: int) -> Array:
    """Draw images, as rows of pixels between 0 and 1."""
    return rng.uniform(size=(count, pixels)).astype(np.float32)


def tensors_of(got: Any, shapes: dict[str, tuple[int, ...]], asked: str) -> list[Array]:
    """Return the tensors of an answer, if they are as many as these, of these shapes, and finite."""
    names = ", ".join(shapes)
    if len(shapes) == 1:
        got = [got]
    several = isinstance(got, (list, tuple)) and len(got) == len(shapes)
    expect(several, f"{asked} has to return {names}: a tuple of {len(shapes)} tensors.")
    for value, (name, shape) in zip(got, shapes.items(), strict=True):
        expect(is_tensor(value), f"{asked}: {name} has to be a tensor.")
        expect(value.shape == shape, f"{asked}: {name} has the shape {value.shape}; {shape} is expected.")
        expect(value.dtype == np.float32, f"{asked}: {name} is {value.dtype}; float32 is expected, as x is.")
        expect(np.isfinite(value).all(), f"{asked}: {name} is not finite everywhere.")
    return [np.asarray(value) for value in got]


def encoded(student: Any, model: Any, x: Array, latent: int) -> list[Array]:
    """Return mu and logvar of images, in eval mode."""
    shape = (len(x), latent)
    got = student.call("@outputs", model, "encode", tensor(x))
    return tensors_of(got, {"mu": shape, "logvar": shape}, f"encode(x) with x of shape {x.shape}")


def decoded(student: Any, model: Any, z: Array, pixels: int) -> Array:
    """Return the logits of some z, in eval mode."""
    got = student.call("@outputs", model, "decode", tensor(z, "float32"))
    return tensors_of(got, {"logits": (len(z), pixels)}, f"decode(z) with z of shape {z.shape}")[0]


def passed(student: Any, model: Any, x: Array, latent: int, *, training: bool = False) -> list[Array]:
    """Return what forward makes of images, in eval or in train mode."""
    model.call("train", training)
    got = student.call("@apply", model, tensor(x))
    shapes = {"logits": x.shape, "mu": (len(x), latent), "logvar": (len(x), latent)}
    return tensors_of(got, shapes, f"forward(x) with x of shape {x.shape}")


def sampled(student: Any, model: Any, n: int, seed: int, pixels: int) -> Array:
    """Return n samples."""
    return tensors_of(model.call("sample", n, seed), {"samples": (n, pixels)}, f"sample({n}, {seed})")[0]


@suite.check("VAE", main=True)
def parts(student, reference, rng):
    """encode, decode and forward fit together: the right shapes, and forward's mu and logvar are those of encode."""
    for pixels, hidden, latent, count in ((12, 9, 3, 5), (20, 16, 6, 4)):
        model, x = built(student, rng, (pixels, hidden, latent)), images_of(rng, count, pixels)
        mu, logvar = encoded(student, model, x, latent)
        expect(
            not np.allclose(mu, mu[:1]) and not np.allclose(logvar, logvar[:1]),
            f"{count} different images get the same mu or the same logvar: both have to come from the image.",
        )
        expect(not np.allclose(mu, logvar), "mu and logvar are the same numbers: each needs weights of its own.")
        logits = decoded(student, model, rng.normal(size=(count, latent)), pixels)
        expect(not np.allclose(logits, logits[:1]), f"{count} different z get the same logits.")
        _, again, also = passed(student, model, x, latent)
        expect(
            np.allclose(again, mu, atol=1e-5) and np.allclose(also, logvar, atol=1e-5),
            "forward returns another mu or logvar than encode does for the same images: the order is (logits, mu, "
            "logvar).",
        )


MANY = 8_000
WIDE = (5, 30, 3)
ENLARGED = 3.0
UNLIKELY = 7.5  # standard errors: chance goes that far once in 1e13


def certainty(logits: Array) -> Array:
    """Return the pixels' probabilities, and the products of any two of them: one column each."""
    p = 1 / (1 + np.exp(-np.clip(logits.astype(np.float64), -500, 500)))
    first, second = np.triu_indices(p.shape[1])
    return np.hstack([p, p[:, first] * p[:, second]])


def apart(one: Array, other: Array) -> bool:
    """Whether two lots of draws are of different distributions: a mean differs by more than chance allows."""
    gap = np.abs(one.mean(axis=0) - other.mean(axis=0))
    error = np.sqrt(one.var(axis=0) / len(one) + other.var(axis=0) / len(other))
    return bool((gap > UNLIKELY * error + 1e-5).any())


@suite.check("VAE", main=True)
def draws(student, reference, rng):
    """forward draws a new z for each image, with the mean and the variance that encode says, and decodes it."""
    pixels, _, latent = WIDE
    model = built(student, rng, WIDE, ENLARGED)
    for x in images_of(rng, 3, pixels):
        many = np.tile(x, (MANY, 1))
        logits, _, _ = passed(student, model, many, latent)
        mu, logvar = (part[0].astype(np.float64) for part in encoded(student, model, many[:1], latent))
        expect(
            not np.allclose(logits, logits[:1]),
            "The same image many times in a batch gets the same logits each time: draw one eps for each row.",
        )
        z = mu + np.exp(logvar / 2) * rng.normal(size=(MANY, latent))
        due = decoded(student, model, z, pixels)
        expect(
            not apart(certainty(logits), certainty(due)),
            "What forward decodes is not distributed as z should be: normal, with mean mu and standard deviation "
            "exp(logvar / 2). (One image was given many times, and your logits were compared with decode(z) for z that "
            "were drawn here.)",
        )


@suite.check("VAE")
def both_modes(student, reference, rng):
    """forward draws anew at each call, in train mode and in eval mode."""
    pixels, _, latent = WIDE
    model, x = built(student, rng, WIDE, ENLARGED), images_of(rng, 6, pixels)
    for training in (True, False):
        first, second = (passed(student, model, x, latent, training=training)[0] for _ in range(2))
        expect(
            not np.allclose(first, second, atol=1e-6),
            f"Called twice with the same images in {'train' if training else 'eval'} mode, forward gave the same "
            "logits: eps has to be drawn anew at each call, whatever the mode.",
        )


@suite.check("VAE")
def any_number(student, reference, rng):
    """mu, logvar and logits may be of either sign: no ReLU, softplus or sigmoid comes last."""
    sizes = (40, 30, 40)  # that all of 40 outputs have the same sign by chance: once in 1e12
    model = built(student, rng, sizes, ENLARGED)
    mu, logvar = encoded(student, model, images_of(rng, 30, 40), 40)
    logits = decoded(student, model, rng.normal(size=(30, 40)), 40)
    for name, values in (("mu", mu), ("logvar", logvar), ("logits", logits)):
        expect(
            values.min() < 0 < values.max(),
            f"{name} is never {'negative' if values.min() >= 0 else 'positive'}: the last layer has to be linear, with "
            "no activation after it.",
        )
    outside = (np.abs(logits) > 1).any()
    expect(outside, "The logits stay between -1 and 1: the last layer has to be linear, with no activation after it.")


@suite.check("VAE", main=True)
def samples(student, reference, rng):
    """sample gives the probabilities of the pixels, decoded from z that are standard normal."""
    pixels, _, latent = WIDE
    model = built(student, rng, WIDE, ENLARGED)
    model.call("eval")
    got = sampled(student, model, MANY, seed_of(rng), pixels)
    expect(
        got.min() >= 0 and got.max() <= 1,
        f"The samples go from {got.min():.3g} to {got.max():.3g}: probabilities are wanted, the sigmoid of the logits.",
    )
    expect(
        not np.isin(got, (0.0, 1.0)).all(),
        "The samples are all 0 and 1: return the probabilities themselves, without drawing the pixels.",
    )
    expect(not np.allclose(got, got[:1]), "All samples are the same image: draw one z for each.")
    due = decoded(student, model, rng.normal(size=(MANY, latent)), pixels)
    p = np.clip(got.astype(np.float64), 1e-12, 1 - 1e-12)
    expect(
        not apart(certainty(np.log(p) - np.log1p(-p)), certainty(due)),
        "The samples are not distributed as sigmoid(decode(z)) is for standard normal z.",
    )


@suite.check("VAE")
def same_seed(student, reference, rng):
    """The same seed gives the same samples, whatever was drawn before; another seed gives others."""
    pixels, seed = WIDE[0], seed_of(rng)
    model = built(student, rng, WIDE, ENLARGED)
    student.call("@to", model, student.device)
    model.call("eval")
    first, again, other = (sampled(student, model, 9, each, pixels) for each in (seed, seed, seed + 1))
    expect(
        np.allclose(first, again, atol=1e-6),
        "Called twice with the same seed, sample gave two different lots of images: draw from a generator with `seed`.",
    )
    expect(not np.allclose(first, other), "Two different seeds gave the same samples: use the seed.")
    for n in (1, 4):
        sampled(student, model, n, seed, pixels)


@suite.check("VAE")
def registered(student, reference, rng):
    """Everything it learns is among its parameters: with all of them 0, nothing is left."""
    pixels, latent = 12, 3
    model, x = built(student, rng, (pixels, 9, latent)), images_of(rng, 5, pixels)
    z = rng.normal(size=(5, latent))
    student.call("@zero", model)
    left = [*encoded(student, model, x, latent), decoded(student, model, z, pixels)]
    for name, values in zip(("mu", "logvar", "the logits"), left, strict=True):
        expect(
            np.allclose(values, values[:1], atol=1e-6),
            f"With all of model.parameters() at 0, {name} still differ from row to row: layers in a plain list or dict "
            "are not found. Make them attributes of self, or use nn.Sequential or nn.ModuleList.",
        )


@suite.check("VAE")
def unchanged(student, reference, rng):
    """The images it is given stay as they are."""
    model, x = built(student, rng, (12, 9, 3)), images_of(rng, 5, 12)
    for method in ("encode", "forward"):
        _, after = model.after(method, tensor(x))
        expect(np.array_equal(after[0], x), f"{method} changed the images that it was given.")


# The optimizer and the epoch: steps on networks that are known, and the parameters are looked at afterwards.

suite.declare("make_optimizer", points=1, arguments=["model"])
suite.declare("train_one_epoch", points=5, arguments=["model", "loader", "optimizer", "device"])

SMALL = {"first": ["Linear", 6, 5], "norm": ["BatchNorm1d", 5], "bend": ["ReLU"], "last": ["Linear", 5, 3]}


@suite.check("make_optimizer", main=True)
def all_parameters(student, reference, rng):
    """Its steps move all parameters of the model that it was given."""
    x = rng.normal(size=(40, 6)).astype(np.float32)
    y = x[:, :3].argmax(axis=1)
    for plan in (SMALL, [["Linear", 6, 3]]):
        model = student.new("@module", plan, seed_of(rng))
        optimizer = student.new("make_optimizer", model)
        before = student.call("@parameters", model)
        student.call("@descend", model, optimizer, tensor(x), tensor(y), 3)
        after = student.call("@parameters", model)
        still = [name for name in before if np.array_equal(before[name], after[name])]
        expect(
            not still,
            f"Three steps of your optimizer leave {', '.join(still)} where they were; all of model.parameters() have "
            "to move.",
        )
        expect(
            all(np.isfinite(value).all() for value in after.values()),
            "After three steps of your optimizer the parameters are not finite numbers any more.",
        )


def cross_entropy(logits: Array, labels: Array) -> float:
    """Return the mean cross-entropy, computed here."""
    z = logits.astype(np.float64)
    z = z - z.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(labels)), labels]))


@suite.check("make_optimizer")
def downhill(student, reference, rng):
    """Fifty steps on the same few examples make their loss smaller."""
    x = rng.normal(size=(60, 6)).astype(np.float32)
    y = x[:, :3].argmax(axis=1)
    model = student.new("@module", [["Linear", 6, 5], ["Tanh"], ["Linear", 5, 3]], seed_of(rng))
    optimizer = student.new("make_optimizer", model)
    before = cross_entropy(student.call("@apply", model, tensor(x)), y)
    student.call("@descend", model, optimizer, tensor(x), tensor(y), 50)
    after = cross_entropy(student.call("@apply", model, tensor(x)), y)
    expect(
        after < before,
        "Fifty steps of your optimizer on one and the same batch have not made the loss smaller: is the learning rate "
        "too large?",
    )


PIXELS, LATENT, COUNT = 7, 3, 23


class Epoch:
    """One epoch on 23 images in batches of 5, of a linear VAE that draws nothing, with plain SGD."""

    def __init__(self, who: Any, seed: int, x: Array, *, training: bool = True) -> None:
        self.model = who.new("@linear_vae", PIXELS, LATENT, seed)
        optimizer = who.new("@optimizer", "SGD", self.model, lr=0.1)
        loader = who.new("@loader", tensor(x), None, 5)
        self.model.call("train", training)
        self.place = who.new("@device", "cpu:0") if who.on == "cpu" else who.device
        who.call("@to", self.model, self.place)
        self.start = who.call("@parameters", self.model)
        who.call("@watch", self.model, optimizer)
        self.returned = who.call("train_one_epoch", self.model, loader, optimizer, self.place)
        self.journal = who.call("@journal", self.model)
        self.end = who.call("@parameters", self.model)

    def count(self, what: str) -> int:
        """Return how many entries of the journal are of this kind."""
        return sum(entry["what"] == what for entry in self.journal)


def epochs_of(student: Any, reference: Any, rng: Any) -> tuple[Epoch, Epoch]:
    """Return the student's epoch and the reference's."""
    seed, x = seed_of(rng), images_of(rng, COUNT, PIXELS)
    return Epoch(student, seed, x), Epoch(reference, seed, x)


@suite.check("train_one_epoch", main=True)
def steps(student, reference, rng):
    """One step for each batch, down that batch's own gradient of vae_loss: the parameters end where they should."""
    mine, due = epochs_of(student, reference, rng)
    told = f"23 images in batches of 5 are 5 batches; there were {mine.count('step')} steps. "
    moved = any(not np.array_equal(mine.end[name], mine.start[name]) for name in mine.start)
    expect(moved, f"{told}The parameters are where they were before the epoch.")
    gaps = {name: float(np.abs(mine.end[name] - due.end[name]).max()) for name in due.end}
    worst = max(gaps, key=gaps.__getitem__)
    way = float(np.abs(due.end[worst] - due.start[worst]).max())
    expect(
        gaps[worst] <= 2e-3 * way,
        f"{told}The parameters of a linear VAE do not end where one step of SGD for each batch leads: after a way of "
        f"at most {way:.3g}, {worst} is {gaps[worst]:.2g} off.",
    )


@suite.check("train_one_epoch")
def mean_loss(student, reference, rng):
    """Returns the mean loss of the epoch as a float: over all images, or over the batches."""
    rng_x, seed = images_of(rng, COUNT, PIXELS), seed_of(rng)
    got = Epoch(student, seed, rng_x).returned
    expect(not is_tensor(got), "A tensor came back, and with it all that its gradient needs: loss.item() is a float.")
    expect(isinstance(got, (int, float)), "train_one_epoch has to return one number, the mean loss.")
    # A reference that has only the first batches to learn from tells what each batch cost.
    ends = [5, 10, 15, 20, COUNT]
    sums = [Epoch(reference, seed, rng_x[:end]).returned * at for at, end in enumerate(ends, 1)]
    losses = np.diff([0.0, *sums])
    by_batches, by_images = float(np.mean(losses)), float(np.dot(losses, np.diff([0, *ends])) / COUNT)
    expect(
        np.isclose(got, by_batches, rtol=1e-4) or np.isclose(got, by_images, rtol=1e-4),
        f"The losses of the 5 batches are {', '.join(f'{loss:.4g}' for loss in losses)}: their mean is "
        f"{by_batches:.4g}, or {by_images:.4g} over all images. You returned {got:.4g}.",
    )


@suite.check("train_one_epoch")
def train_mode(student, reference, rng):
    """The model is in train mode, whatever mode it was found in."""
    epoch = Epoch(student, seed_of(rng), images_of(rng, COUNT, PIXELS), training=False)
    forwards = [entry for entry in epoch.journal if entry["what"] == "forward"]
    expect(forwards, "train_one_epoch never called the model.")
    awake = all(all(entry["modes"].values()) for entry in forwards)
    expect(awake, "The model came in eval mode, and was still in eval mode when it was called: model.train().")


@suite.check("train_one_epoch")
def on_the_device(student, reference, rng):
    """Brings every batch to the device that it is given."""
    epoch = Epoch(student, seed_of(rng), images_of(rng, COUNT, PIXELS))
    places = {"cpu:0"} if student.on == "cpu" else {student.on, f"{student.on}:0"}
    moved = sum(entry["what"] == "moved" and entry["device"] in places for entry in epoch.journal)
    expect(
        moved >= 5,
        "Not every batch was brought to `device`. Here that changes nothing; with a GPU, model and images would be in "
        "two different places.",
    )


# What it learns: digits in ink, new ones at each look, so that nothing seen at one look helps at the next.

HIDDEN, LATENTS, BATCH = 128, 16, 50
TRAIN, POSES, DRAWS = 4_000, 3, 2


def digits(rng: np.random.Generator, terms: Terms) -> Task:
    """Draw digits to learn from, and how others are drawn to be judged by: new ones at each look.

    The pixels are in an order of this sitting's own, so that digits known by heart are of little help.
    """
    if terms.data is None:
        train, test = part_digits(rng)
    else:
        train, _, test, _ = draw_files(rng, terms.data, terms.folder, TRAIN, 500)
        train, test = train[:, 0], test[:, 0]
    order = rng.permutation(train[0].size)

    def look(rng: np.random.Generator) -> Array:
        return inked(rng, np.repeat(test, POSES, axis=0))[:, order]

    return Task(inked(rng, train[rng.integers(len(train), size=TRAIN)])[:, order], None, look, None)


def negative_elbo_of(
    x: Array, mu: Array, logvar: Array, decode: Callable[[Array], Array], rng: np.random.Generator
) -> float:
    """Return the mean negative ELBO: KL from mu and logvar, pixels from what is decoded for z drawn here."""
    mu, logvar = mu.astype(np.float64), logvar.astype(np.float64)
    with np.errstate(over="ignore"):
        kl = np.sum(mu**2 + np.exp(logvar) - 1 - logvar, axis=1) / 2
        z = np.concatenate([mu + np.exp(logvar / 2) * rng.normal(size=mu.shape) for _ in range(DRAWS)])
    logits = decode(np.clip(z, -1e30, 1e30).astype(np.float32)).astype(np.float64).reshape(DRAWS, *x.shape)
    pixels = np.sum(np.logaddexp(0, logits) - x * logits, axis=2)
    return float(np.mean(pixels) + np.mean(kl))


def unseen_elbo(student: Any, second: Callable[[], Any], model: Any, task: Task, rng: np.random.Generator) -> float:
    """Return the negative ELBO on new digits: encoded where the model was trained, decoded where only weights are.

    The weights are read before the digits are shown, and no digit is shown twice.
    """
    weights = student.call("@state", model)
    x = task.x_test(rng)
    mu, logvar = encoded(student, model, x, LATENTS)
    other = second()
    twin = other.new("VAE", x.shape[1], HIDDEN, LATENTS)
    other.call("@load", twin, weights)
    return negative_elbo_of(x, mu, logvar, lambda z: decoded(other, twin, z, x.shape[1]), rng)


@suite.training(
    "train_one_epoch",
    data=digits,
    measure=unseen_elbo,
    unit="negative ELBO",
    weight=3,
    needs=("VAE.parts", "make_optimizer.all_parameters"),
)
def negative_elbo(student: Any, task: Task, rng: np.random.Generator) -> Iterator[Any]:
    """Your loss, your model, your optimizer and your epochs together: a low negative ELBO on digits never seen."""
    student.call("@seed", seed_of(rng))
    model = student.new("VAE", task.x_train.shape[1], HIDDEN, LATENTS)
    student.call("@to", model, student.device)
    optimizer = student.new("make_optimizer", model)
    loader = student.new("@loader", tensor(task.x_train), None, BATCH, seed=seed_of(rng))
    while True:
        student.call("train_one_epoch", model, loader, optimizer, student.device)
        yield model
