"""What exercise6 asks: dropout by its statistics, two normalisations, early stopping. It holds no answers.

Shares of dropped values are judged with Hoeffding's inequality: a right answer fails one such judgement in 10^11.
"""

from typing import Any

import numpy as np

from grader.checks import OMIT, Call, Ref, Suite, close, edge, expect, expect_close, normal, uniform

suite = Suite()

suite.declare("dropout_forward", points=3, arguments=["x", "p", "mode", "seed"])
suite.declare("dropout_backward", points=2, arguments=["dout", "cache"])


def _pair(answer: Any, name: str) -> tuple[Any, Any]:
    expect(isinstance(answer, tuple | list) and len(answer) == 2, f"{name} has to return two things: out and cache.")
    return answer[0], answer[1]


def _array(value: Any, shape: tuple[int, ...], name: str) -> Any:
    """The value, if it is an array of float64 in this shape."""
    expect(isinstance(value, np.ndarray), f"{name} has to be an array.")
    expect(value.shape == shape, f"{name} has the shape {value.shape}; expected is {shape}.")
    expect(value.dtype == np.float64, f"{name} is {value.dtype}; expected is float64.")
    return value


def _drop(student: Any, x: Any, p: float, seed: int) -> tuple[Any, Any]:
    out, cache = _pair(student.call("dropout_forward", x, p, "train", seed), "dropout_forward")
    return _array(out, x.shape, "out"), cache


def _seed(rng: Any) -> int:
    return int(rng.integers(2**31))


def _nonzero(rng: Any, *shape: int) -> Any:
    """Values that are away from 0, so that a 0 in the output was dropped."""
    return rng.uniform(0.5, 2.0, size=shape) * rng.choice([-1.0, 1.0], size=shape)


def _differs(share: float, expected: float, count: int) -> bool:
    """Whether a share among `count` independent events is off by what chance does once in 10^11."""
    return abs(share - expected) > np.sqrt(np.log(2e11) / (2 * count))


def _factor(out: Any, x: Any) -> float:
    """What the values that were not dropped were multiplied by, as a rule."""
    return float(np.median((out / x)[out != 0])) if (out != 0).any() else 0.0


@suite.check("dropout_forward", main=True)
def drops_and_scales(student, reference, rng):
    """In training a share p of the values becomes 0, and the others are divided by 1 - p."""
    for p in (0.2, float(rng.uniform(0.3, 0.42)), 0.75):
        x = _nonzero(rng, 90, 110)
        out, _ = _drop(student, x, p, _seed(rng))
        kept = out != 0
        dropped_right = not _differs(1 - kept.mean(), p, x.size)
        if dropped_right and close(out[kept], x[kept] / (1 - p)):
            continue
        plain, _ = _pair(student.call("dropout_forward", x, p, "test", 0), "dropout_forward")
        factor, at_test = _factor(out, x), _factor(_array(plain, x.shape, "out"), x)
        found = (
            f"With p = {p:.3g} you dropped a share of {1 - kept.mean():.4f} of {x.size} values and multiplied the "
            f"others by {factor:.6g} (median); in test mode, by {at_test:.6g}."
        )
        expect(dropped_right, f"{found} p is the probability that a value is dropped.")
        expect(False, f"{found} The factor has to be 1 / (1 - p) = {1 / (1 - p):.6g}.")


@suite.check("dropout_forward")
def each_value_on_its_own(student, reference, rng):
    """Whether a value is dropped does not depend on its neighbours: there is no mask for whole rows or columns."""
    p = 0.3
    x = _nonzero(rng, 100, 120)
    dropped = _drop(student, x, p, _seed(rng))[0] == 0
    for left, right, words in (
        (dropped[:, 0::2], dropped[:, 1::2], "in a row"),
        (dropped[0::2], dropped[1::2], "in a column"),
    ):
        share = (left & right).mean()
        expect(
            not _differs(share, p * p, left.size),
            f"Of neighbours {words}, a share of {share:.3f} was dropped together; on their own it would be "
            f"{p * p:.3f}. Draw as many random numbers as x has values.",
        )
    few = _nonzero(rng, 60)
    calls = [Call("dropout_forward", [few, 0.5, "train", _seed(rng)], take=[0]) for _ in range(12)]
    counts = {int(np.sum(_array(out, few.shape, "out") == 0)) for out in student.calls(calls)}
    # one number of 60 is dropped with a probability of at most 0.103; twelve times the same: below 2e-11
    expect(
        len(counts) > 1,
        f"With p = 0.5, exactly {min(counts)} of 60 values were dropped in each of twelve calls with other seeds. "
        "Where each value is dropped with probability p on its own, their number varies.",
    )


@suite.check("dropout_forward")
def same_seed(student, reference, rng):
    """The same seed drops the same values, another seed drops others."""
    p, seed = 0.4, _seed(rng)
    x = _nonzero(rng, 60, 50)
    one, again, other = (_drop(student, x, p, each)[0] for each in (seed, seed, seed + 1))
    expect(
        close(one, again),
        "Two calls with the same seed drop different values. Seed a generator of your own with `seed`.",
    )
    agreement = ((one != 0) == (other != 0)).mean()
    expect(
        not _differs(agreement, p**2 + (1 - p) ** 2, x.size),
        f"Two different seeds treat a share of {agreement:.3f} of the values alike; use the seed that is given.",
    )


@suite.check("dropout_forward")
def test_mode(student, reference, rng):
    """In test mode nothing is dropped and nothing is scaled."""
    for p in (0.0, 0.3, 0.8):
        x = _nonzero(rng, 7, 5)
        out, _ = _pair(student.call("dropout_forward", x, p, "test", _seed(rng)), "dropout_forward")
        expect_close(_array(out, x.shape, "out"), x, f"In test mode out is x itself; with p = {p:.3g}, out")


@suite.check("dropout_forward")
def nothing_to_drop(student, reference, rng):
    """With p = 0 everything is kept as it is."""
    x = _nonzero(rng, 6, 9)
    expect_close(_drop(student, x, 0.0, _seed(rng))[0], x, "With p = 0 out is x itself; out")


@suite.check("dropout_forward")
def any_shape(student, reference, rng):
    """x may have any number of axes, and be as small as one value."""
    p = 0.4
    for shape in ((40,), (1, 30), (5, 1), (2, 3, 4, 5), (1,)):
        x = _nonzero(rng, *shape)
        out, _ = _drop(student, x, p, _seed(rng))
        expect(
            close(out, np.where(out == 0, 0.0, x / (1 - p))),
            f"With x of the shape {shape}, out holds values that are neither 0 nor x / (1 - p).",
        )


@suite.check("dropout_forward")
def unchanged(student, reference, rng):
    """The input stays as it is."""
    x = _nonzero(rng, 8, 5)
    for mode in ("train", "test"):
        _, after = student.after("dropout_forward", x, 0.5, mode, _seed(rng))
        expect(close(after[0], x), f"dropout_forward changed x (in {mode} mode). Make a new array.")


def _back(student: Any, dout: Any, cache: Any) -> Any:
    return _array(student.call("dropout_backward", dout, cache), dout.shape, "dx")


def _dropped_and_kept(student: Any, x: Any, p: float, seed: int) -> tuple[Any, Any]:
    """A forward pass that is worth asking backward about: it drops something and keeps something."""
    out, cache = _drop(student, x, p, seed)
    expect(
        bool((out == 0).any() and (out != 0).any()),
        f"With p = {p:.3g} your dropout_forward did not drop some of {x.size} values and keep others; make that "
        "right first.",
    )
    return out, cache


# The main check goes by the student's own forward. What else backward can earn, about half, waits for that to be right.
RIGHT_FORWARD = ["dropout_forward.drops_and_scales"]


@suite.check("dropout_backward", main=True, half_without=RIGHT_FORWARD)
def gradient(student, reference, rng):
    """dx is the upstream gradient times what the forward pass did to each value."""
    for p in (0.3, 0.6):
        x, dout = _nonzero(rng, 30, 20), rng.normal(size=(30, 20))
        out, cache = _dropped_and_kept(student, x, p, _seed(rng))
        dx = _back(student, dout, cache)
        example = "; ".join(
            f"of a value that was multiplied by {(out / x)[place]:.6g}, dout is {dout[place]:.6g} and your dx is "
            f"{dx[place]:.6g}"
            for place in (_first(out == 0), _first(out != 0))
        )
        expect(
            close(dx, dout * (out / x)),
            f"With p = {p:.3g}: {example}. Backward multiplies dout by what forward multiplied the value by.",
        )


def _first(places: Any) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(places)[0])


@suite.check("dropout_backward", needs=RIGHT_FORWARD)
def scale(student, reference, rng):
    """What was kept gets its upstream gradient divided by 1 - p."""
    p = 0.35
    x, dout = _nonzero(rng, 40, 15), rng.normal(size=(40, 15))
    out, cache = _dropped_and_kept(student, x, p, _seed(rng))
    dx = _back(student, dout, cache)
    advice = "If your dropout_forward scales otherwise, mend that, and this will follow."
    expect_close(dx, np.where(out == 0, 0.0, dout / (1 - p)), f"With p = {p:.3g}, dx", advice)


@suite.check("dropout_backward", needs=[*RIGHT_FORWARD, "dropout_forward.same_seed"])
def values_that_are_zero(student, reference, rng):
    """A value that is 0 already, as many are after a ReLU, has a gradient all the same, unless it was dropped."""
    p, seed = 0.4, _seed(rng)
    x, dout = _nonzero(rng, 25, 16), rng.normal(size=(25, 16))
    kept = _dropped_and_kept(student, x, p, seed)[0] != 0
    x[rng.random(x.shape) < 0.5] = 0.0
    _, cache = _drop(student, x, p, seed)
    expect_close(
        _back(student, dout, cache),
        np.where(kept, dout / (1 - p), 0.0),
        "With an x that is 0 in many places, dx",
        "Whether a value was dropped cannot be read from out being 0: keep the mask.",
    )


@suite.check("dropout_backward", needs=RIGHT_FORWARD)
def two_passes(student, reference, rng):
    """Each backward pass uses the mask of its own forward pass, also when another one came in between."""
    p = 0.5
    x, dout = _nonzero(rng, 12, 14), rng.normal(size=(12, 14))
    out, cache = _dropped_and_kept(student, x, p, _seed(rng))
    _drop(student, _nonzero(rng, 12, 14), p, _seed(rng))
    expect_close(
        _back(student, dout, cache),
        dout * (out / x),
        "After a second forward pass, for the cache of the first, dx",
        "The mask belongs into the cache, not into a global.",
    )


@suite.check("dropout_backward", needs=RIGHT_FORWARD)
def nothing_dropped(student, reference, rng):
    """With p = 0 the upstream gradient passes through."""
    x, dout = rng.normal(size=(6, 5)), rng.normal(size=(6, 5))
    _, cache = _drop(student, x, 0.0, _seed(rng))
    expect_close(_back(student, dout, cache), dout, "With p = 0 dx is dout itself; dx")


@suite.check("dropout_backward")
def unchanged(student, reference, rng):  # noqa: F811 - the same name, of another function
    """The upstream gradient stays as it is."""
    x, dout = _nonzero(rng, 8, 5), rng.normal(size=(8, 5))
    _, cache = _drop(student, x, 0.5, _seed(rng))
    _, after = student.after("dropout_backward", dout, cache)
    expect(close(after[0], dout), "dropout_backward changed dout. Make a new array.")


def _bn_param(mode: str) -> Any:
    """A spec: every key of bn_param, with hyperparameters far from their defaults."""

    def spec(d: Any) -> dict[str, Any]:
        return {
            "mode": mode,
            "eps": float(d.rng.uniform(0.1, 0.6)),
            "momentum": float(d.rng.uniform(0.2, 0.8)),
            "running_mean": d.normal("D"),
            "running_var": d.uniform("D", low=0.5, high=2.0),
        }

    return spec


def _without(*keys: str, mode: str = "train") -> Any:
    """A spec: bn_param without some keys."""

    def spec(d: Any) -> dict[str, Any]:
        return {key: value for key, value in _bn_param(mode)(d).items() if key not in keys}

    return spec


CONSTANT_COLUMN = edge(
    "constant_column",
    "A feature that is the same in the whole batch has variance 0, and eps keeps the division finite.",
    args={"x": lambda d: np.column_stack([np.full(d.size("N"), d.normal()), d.normal("N", "D")[:, 1:]])},
)

suite.pair(
    "batchnorm",
    args={
        "x": normal("N", "D", mean=1.0, scale=1.5),
        "gamma": normal("D"),
        "beta": normal("D"),
        "bn_param": _bn_param("train"),
    },
    gradients=["x", "gamma", "beta"],
    sizes={"N": (4, 9)},
    points=(4, 4),
    may_change=["bn_param"],
    state=["bn_param"],
    edges=[
        edge(
            "default_eps",
            "eps is 1e-5 where it is missing, alone or with everything else but the mode.",
            of="forward",
            cases=[
                {"bn_param": _without("eps"), "x": normal("N", "D", scale=0.01)},
                {"bn_param": lambda d: {"mode": "train"}, "x": normal("N", "D", scale=0.01)},
            ],
        ),
        edge(
            "test_mode",
            "In test mode the running statistics are used instead of the batch's.",
            of="forward",
            cases=[
                {"bn_param": _bn_param("test")},
                {"bn_param": _without("eps", "momentum", mode="test")},
            ],
        ),
        edge(
            "one_in_test_mode",
            "One example is enough in test mode.",
            of="forward",
            sizes={"N": 1},
            args={"bn_param": _bn_param("test")},
        ),
        CONSTANT_COLUMN,
    ],
)

suite.pair(
    "layernorm",
    args={
        "x": normal("N", "D", mean=1.0, scale=1.5),
        "gamma": normal("D"),
        "beta": normal("D"),
        "eps": uniform(low=0.1, high=0.6),
    },
    gradients=["x", "gamma", "beta"],
    sizes={"D": (4, 9)},
    points=(2, 3),
    edges=[
        edge(
            "default_eps",
            "eps is 1e-5 where it is not given.",
            of="forward",
            args={"eps": OMIT, "x": normal("N", "D", scale=0.01)},
        ),
        edge(
            "constant_row",
            "An example whose features are all the same has variance 0, and eps keeps the division finite.",
            args={"x": lambda d: np.vstack([np.full((1, d.size("D")), d.normal()), d.normal("N", "D")[1:]])},
        ),
    ],
)


RUNNING = ("running_mean", "running_var")


def _learned(who: Any, x: Any, gamma: Any, beta: Any, bn_param: dict[str, Any]) -> list[Any]:
    """The running statistics that bn_param holds after a call."""
    _, after = who.after("batchnorm_forward", x, gamma, beta, bn_param)
    for key in RUNNING:
        expect(key in after[3], f"After a batch in {bn_param['mode']} mode, bn_param has to hold {key}.")
    return [after[3][key] for key in RUNNING]


def _expect_learned(student: Any, reference: Any, rng: Any, bn_param: dict[str, Any], situation: str) -> None:
    """The running statistics move as the reference's do."""
    x, gamma, beta = rng.normal(1.0, 2.0, size=(6, 4)), rng.normal(size=4), rng.normal(size=4)
    got, want = (_learned(who, x, gamma, beta, bn_param) for who in (student, reference))
    for key, mine, due in zip(RUNNING, got, want, strict=True):
        expect_close(mine, due, f"{situation} after a batch in {bn_param['mode']} mode, {key}")


def _some_statistics(rng: Any) -> dict[str, Any]:
    return {"running_mean": rng.normal(size=4), "running_var": rng.uniform(0.5, 2.0, size=4)}


@suite.check("batchnorm_forward")
def first_batch(student, reference, rng):
    """Running statistics that are missing start at zeros."""
    _expect_learned(student, reference, rng, {"mode": "train", "momentum": 0.6}, "Starting without running statistics,")
    for key, value in _some_statistics(rng).items():
        _expect_learned(student, reference, rng, {"mode": "train", key: value}, f"Starting with {key} alone,")


@suite.check("batchnorm_forward")
def default_momentum(student, reference, rng):
    """momentum is 0.9 where it is missing."""
    _expect_learned(
        student, reference, rng, {"mode": "train", "eps": 0.3, **_some_statistics(rng)}, "Without momentum,"
    )


@suite.check("batchnorm_forward")
def extreme_momentum(student, reference, rng):
    """With momentum = 0 only the last batch counts, with momentum = 1 the running statistics never move."""
    for momentum in (1.0, 0.0):
        param = {"mode": "train", "momentum": momentum, **_some_statistics(rng)}
        _expect_learned(student, reference, rng, param, f"With momentum = {momentum:g},")


@suite.check("batchnorm_forward")
def nothing_learned_in_test_mode(student, reference, rng):
    """Test mode leaves the running statistics as they are."""
    _expect_learned(student, reference, rng, {"mode": "test", "momentum": 0.6, **_some_statistics(rng)}, "As given,")


@suite.check("batchnorm_forward")
def several_batches(student, reference, rng):
    """After several batches, test mode normalises with what was learned from all of them."""
    gamma, beta = rng.normal(size=(2, 4))
    batches = rng.normal(2.0, 3.0, size=(3, 6, 4))
    new = rng.normal(2.0, 3.0, size=(5, 4))

    def run(who):
        param = {"mode": "train", "momentum": 0.7, "eps": 0.01}
        for x in batches:
            param.update(zip(RUNNING, _learned(who, x, gamma, beta, param), strict=True))
        out, _ = _pair(who.call("batchnorm_forward", new, gamma, beta, {**param, "mode": "test"}), "batchnorm_forward")
        return param["running_mean"], param["running_var"], out

    got, want = run(student), run(reference)
    for name, mine, due in zip((*RUNNING, "out in test mode"), got, want, strict=True):
        expect_close(mine, due, f"After three batches in training, {name}")


@suite.check("batchnorm_forward")
def separate_layers(student, reference, rng):
    """Two layers, each with its own bn_param, do not know of each other."""
    gamma, beta = rng.normal(size=(2, 3))
    batches = rng.normal(size=(4, 5, 3))

    def run(who):
        params = [{"mode": "train", "momentum": 0.5}, {"mode": "train", "momentum": 0.5}]
        for i, x in enumerate(batches):
            mine = params[i % 2]
            mine.update(zip(RUNNING, _learned(who, x, gamma, beta, mine), strict=True))
        return [param[key] for param in params for key in RUNNING]

    situation = "With two layers that are trained in turn, each with its own bn_param,"
    for key, mine, due in zip(RUNNING * 2, run(student), run(reference), strict=True):
        expect_close(mine, due, f"{situation} {key}", "What a layer remembers belongs into its bn_param.")


suite.declare("EarlyStopping", points=3, arguments=["patience", "min_delta"], is_class=True)


def _weights(rng: Any) -> list[Any]:
    return [rng.normal(size=(3, 4)), rng.normal(size=4)]


def _truths(answers: list[Any], losses: list[float]) -> list[bool]:
    """What update said, if these were truth values."""
    for answer, loss in zip(answers, losses, strict=True):
        expect(
            isinstance(answer, bool | np.bool_),
            f"update has to return True or False; with loss {loss:g} it returned {answer!r:.60}.",
        )
    return [bool(answer) for answer in answers]


def _follow(student: Any, patience: int, losses: list[float], expected: str, **options: float) -> Any:
    """Tell a new stopper these losses and compare what it says: a letter per update, S to stop and g to go on."""
    stopper = student.new("EarlyStopping", patience, *options.values())
    weights = [np.zeros((2, 3)), np.zeros(3)]
    told = _truths(stopper.each("update", [(loss, weights) for loss in losses]), losses)
    due = [letter == "S" for letter in expected]
    given = "".join(f", {key} = {value:g}" for key, value in options.items())
    expect(
        told == due,
        f"With patience = {patience}{given} and the losses {_listed(losses)}, update returned {_listed(told)}; "
        f"expected is {_listed(due)}.",
    )
    return stopper


def _same_weights(got: Any, want: list[Any]) -> bool:
    return (
        isinstance(got, list | tuple)
        and len(got) == len(want)
        and all(close(a, b) for a, b in zip(got, want, strict=True))
    )


def _transcript(
    who: Any, patience: int, min_delta: float, losses: list[float], history: list[Any]
) -> tuple[list[bool], list[Any], list[Any]]:
    """After each update: what it said, the best loss, the best weights."""
    stopper = Ref(0)
    calls = [Call("EarlyStopping", [patience, min_delta], keep=True)]
    for loss, weights in zip(losses, history, strict=True):
        calls.append(Call("update", [loss, weights], on=stopper))
        calls += [Call(name, on=stopper, attribute=True) for name in ("best_loss", "best_weights")]
    answers = who.calls(calls)[1:]
    return _truths(answers[::3], losses), answers[1::3], answers[2::3]


@suite.check("EarlyStopping", main=True)
def stops_and_remembers(student, reference, rng):
    """update says when to stop, and the best loss and its weights are kept, over a whole training."""
    for patience, min_delta in ((2, 0.25), (3, 0.125), (2, 0.5), (1, 0.0)):
        # Eighths around a slow descent: improvements, near misses and exact ties with min_delta all come up.
        noisy = rng.integers(-8, 9, size=20) / 8 + 3 - np.arange(20) // 4
        losses = [5.0, 6.0, 4.0, 6.0, 3.875, 3.75, 3.875, 3.9375, *noisy.tolist()]
        history = [_weights(rng) for _ in losses]
        mine, due = (_transcript(who, patience, min_delta, losses, history) for who in (student, reference))
        asked = f"With patience = {patience}, min_delta = {min_delta:g} and the losses {_listed(losses)},"
        for name, got, want in zip(("update returned", "best_loss was"), mine, due, strict=False):
            right = all(map(close, got, want))
            expect(right, f"{asked} {name} {_listed(got)}; expected is {_listed(want)}.")
        wrong = [step for step, (a, b) in enumerate(zip(mine[2], due[2], strict=True), 1) if not _same_weights(a, b)]
        expect(
            not wrong,
            f"{asked} best_weights was not the list of weights of the best loss after update {_listed(wrong)}.",
        )


def _listed(values: Any) -> str:
    return ", ".join(str(value) if isinstance(value, bool) else f"{value:g}" for value in values)


@suite.check("EarlyStopping")
def before_the_first(student, reference, rng):
    """Before the first update best_loss is infinite, so that any loss improves on it."""
    best = student.new("EarlyStopping", 3).get("best_loss")
    expect(
        isinstance(best, int | float | np.number | np.ndarray) and bool(np.all(np.asarray(best) == np.inf)),
        "Before the first update best_loss has to be infinity.",
    )
    stopper = _follow(student, 1, [1e6], "g")
    expect(close(stopper.get("best_loss"), 1e6), "The first loss is an improvement, however large it is.")


@suite.check("EarlyStopping")
def patience_counts(student, reference, rng):
    """It stops with the update that is the patience-th in a row without an improvement, and not before."""
    for patience in (1, 2, 4):
        _follow(student, patience, [3.0] + [4.0] * patience, "g" * patience + "S")


@suite.check("EarlyStopping")
def keeps_saying_stop(student, reference, rng):
    """While no improvement comes, the answer stays True."""
    _follow(student, 2, [1.0, 2.0, 2.0, 2.0, 5.0, 1.5], "ggSSSS")


@suite.check("EarlyStopping")
def recovers(student, reference, rng):
    """An improvement ends the waiting and the count begins anew, also after it has said stop."""
    _follow(student, 2, [5.0, 6.0, 4.0, 6.0, 3.0, 6.0, 6.0, 2.0, 6.0, 6.0], "ggggggSggS")


@suite.check("EarlyStopping")
def smallest_change(student, reference, rng):
    """An improvement is more than min_delta below the best loss; exactly min_delta is none."""
    stopper = _follow(student, 2, [1.0, 0.75, 0.75], "ggS", min_delta=0.25)
    expect(
        close(stopper.get("best_loss"), 1.0),
        "A loss that is exactly min_delta better is no improvement: best_loss stays.",
    )
    stopper = _follow(student, 2, [1.0, 0.875, 0.8125, 0.625, 0.5], "ggSgg", min_delta=0.25)
    expect(close(stopper.get("best_loss"), 0.625), "Only an improvement moves best_loss; smaller steps do not.")


@suite.check("EarlyStopping")
def default_change(student, reference, rng):
    """min_delta is 0 where it is not given: any smaller loss improves, an equal one does not."""
    _follow(student, 2, [1.0, 1.0 - 2**-30, 1.0 - 2**-29, 1.0 - 2**-29, 1.0 - 2**-29], "ggggS")


@suite.check("EarlyStopping")
def negative_losses(student, reference, rng):
    """Losses may be negative, as log-likelihoods are."""
    _follow(student, 2, [-1.0, -1.25, -1.375, -1.75, -1.5], "ggSgg", min_delta=0.5)


@suite.check("EarlyStopping")
def keeps_a_copy(student, reference, rng):
    """best_weights stays as it was when training goes on and changes the weights in place."""
    first, later = _weights(rng), _weights(rng)
    answers = student.exchange(
        [
            Call("EarlyStopping", [3], keep=True),
            Call("update", [0.5, first], on=Ref(0)),
            Call("best_weights", on=Ref(0), attribute=True, keep=True),
            # Arrays that stay on the bench, so that something can be done to them there: copies of what it remembers.
            Call("copy", on=Ref(2, 0), keep=True),
            Call("copy", on=Ref(2, 1), keep=True),
            Call("update", [0.25, [Ref(3), Ref(4)]], on=Ref(0)),
            Call("fill", [float(later[0][0, 0])], on=Ref(3)),
            Call("fill", [float(later[0][0, 0])], on=Ref(4)),
            Call("best_weights", on=Ref(0), attribute=True),
        ]
    )
    expect(all(answer.given for answer in answers), "best_weights has to be a list of arrays, as many as were given.")
    expect(
        _same_weights(answers[-1].value, first),
        "The training loop changed its weights in place, and best_weights changed with them. Copy each array.",
    )


@suite.check("EarlyStopping")
def two_at_once(student, reference, rng):
    """Two of them do not know of each other."""
    first, second = student.new("EarlyStopping", 1), student.new("EarlyStopping", 1)
    ours, theirs = _weights(rng), _weights(rng)
    first.call("update", 1.0, ours)
    expect(
        not second.call("update", 2.0, theirs),
        "The first update of a second EarlyStopping has to be an improvement of its own.",
    )
    expect(
        close(first.get("best_loss"), 1.0) and _same_weights(first.get("best_weights"), ours),
        "A second EarlyStopping changed what the first one remembers. Set attributes on self, in __init__.",
    )


@suite.check("EarlyStopping")
def unchanged(student, reference, rng):  # noqa: F811 - the same name, of another function
    """The weights it is given stay as they are."""
    stopper = student.new("EarlyStopping", 1)
    for loss, answer in ((1.0, "go on"), (2.0, "stop")):
        weights = _weights(rng)
        _, after = stopper.after("update", loss, weights)
        same = isinstance(after[1], list) and len(after[1]) == 2 and all(map(np.array_equal, after[1], weights))
        expect(same, f"update changed the weights it was given (in an update that says {answer}). Only read them.")
