"""Rules made by a factory: closures over their defaults, a fresh config at every step, results that are views."""

import numpy as np


def make_rule(step, state=(), **defaults):
    def rule(w, dw, config=None, **options):
        merged = defaults | (config or {}) | options
        memory = {name: merged.get(name, 0.0) for name in state}
        change, memory = step(dw, merged, memory)
        moved = np.stack([w - change, w])
        return moved[0], merged | memory

    return rule


def _sgd(dw, c, _):
    return c["learning_rate"] * dw, {}


def _momentum(dw, c, memory):
    velocity = np.multiply(c["momentum"], memory["velocity"]) - c["learning_rate"] * dw
    return -velocity, {"velocity": velocity}


def _adagrad(dw, c, memory):
    cache = memory["cache"] + np.power(dw, 2)
    return c["learning_rate"] * dw / np.add(np.sqrt(cache), c["epsilon"]), {"cache": cache}


def _rmsprop(dw, c, memory):
    cache = np.average([memory["cache"] + 0 * dw, dw**2], axis=0, weights=[c["decay_rate"], 1 - c["decay_rate"]])
    return c["learning_rate"] * dw / (np.sqrt(cache) + c["epsilon"]), {"cache": cache}


def _adam(dw, c, memory):
    t = memory["t"] + 1
    m = memory["m"] - (1 - c["beta1"]) * (memory["m"] - dw)
    v = memory["v"] - (1 - c["beta2"]) * (memory["v"] - dw * dw)
    # the corrections gathered in the learning rate, and epsilon scaled along with it
    root = np.sqrt(1 - c["beta2"] ** t)
    rate = c["learning_rate"] * root / (1 - c["beta1"] ** t)
    return rate * m / (np.sqrt(v) + c["epsilon"] * root), {"m": m, "v": v, "t": t}


sgd = make_rule(_sgd, learning_rate=1e-2)
momentum = make_rule(_momentum, ["velocity"], learning_rate=1e-2, momentum=0.9)
adagrad = make_rule(_adagrad, ["cache"], learning_rate=1e-2, epsilon=1e-8)
rmsprop = make_rule(_rmsprop, ["cache"], learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8)
adam = make_rule(_adam, ["m", "v", "t"], learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8)


def step_decay(lr0, epoch, drop=0.5, every=10):
    drops, _ = divmod(epoch, every)
    return np.float64(lr0) * np.prod([drop] * drops)


exponential_decay = lambda lr0, epoch, rate: lr0 * np.e ** (-(rate * epoch))  # noqa: E731


def l2_penalty(w, strength):
    flat = w.reshape(-1)
    return strength / 2 * (flat @ flat), np.moveaxis(np.array([strength * w, w]), 0, -1)[..., 0]


def l1_penalty(w, strength):
    size = np.abs(w)
    slope = np.divide(w, size, out=np.zeros_like(w), where=size != 0)
    return np.einsum("i->", strength * size.ravel()), strength * slope
