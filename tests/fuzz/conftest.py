"""A course with every kind of check in it, small: what is judged by forged answers."""

from __future__ import annotations

import shutil
import textwrap

import pytest

_CHECKS = """
    import numpy as np
    from grader.checks import Suite, close, edge, expect, fixed, integers, labels, normal, seed

    suite = Suite()
    suite.pair("loss", args={"p": normal("N", "C"), "t": labels("N", classes="C")}, gradients=["p"],
               extremes=[{"p": normal("N", "C", scale=1e4)}], edges=[edge("one", "Works for one row.", sizes={"N": 1})])
    suite.pair("both", args={"x": normal("N", "D"), "w": normal("D", "M")}, gradients=["x", "w"])
    suite.function("counts", args={"y": integers("N", low=0, high=3)})
    suite.function("positive", args={"x": normal("N")})
    suite.function("summary", args={"x": normal("N", "D")})
    suite.initializer("weights", args={"n": fixed(40), "m": fixed(50), "seed": seed()}, variance=lambda a: 2 / a["n"])
    suite.rule("step", args={"w": normal("D"), "dw": normal("D")}, configs=[{}])
    suite.declare("batches")

    @suite.check("batches", main=True)
    def all_there(student, reference, rng):
        \"\"\"Every row is in one of the batches.\"\"\"
        x = rng.normal(size=(7, 2))
        found = student.call("batches", x, 3)
        expect(len(found) == 3, "Three batches are expected.")
        expect(close(np.concatenate(found), x), "They hold other rows.")

    suite.declare("same")

    @suite.check("same", main=True)
    def is_same(student, reference, rng):
        \"\"\"It comes back as it was, as far as an author looks who thinks of real numbers alone.\"\"\"
        x = rng.normal(size=(3, 4))
        got = student.call("same", x)
        expect(got.shape == x.shape and np.max(np.abs(got - x)) < 1e-9, "It is something else.")
"""
_ANSWERS = """
    import numpy as np

    def loss_forward(p, t):
        z = p - p.max(axis=1, keepdims=True)
        z = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return -z[np.arange(len(t)), t].mean(), (z, t)

    def loss_backward(dout, cache):
        z, t = cache
        return dout * (np.exp(z) - np.eye(z.shape[1])[t]) / len(t)

    def both_forward(x, w):
        return np.tanh(x @ w), (x, w)

    def both_backward(dout, cache):
        x, w = cache
        d = dout * (1 - np.tanh(x @ w) ** 2)
        return d @ w.T, x.T @ d

    def counts(y):
        return np.bincount(y, minlength=3)

    def positive(x):
        return x > 0

    def summary(x):
        return {"mean": x.mean(axis=0), "all": [float(x.min()), float(x.max())], "name": "x"}

    def weights(n, m, seed):
        return np.random.default_rng(seed).normal(0, np.sqrt(2 / n), (n, m))

    def step(w, dw, config=None):
        config = config or {}
        v = 0.9 * config.get("v", 0.0) - 0.1 * dw
        return w + v, {"v": v}

    def same(x):
        return x.copy()

    def batches(x, size):
        return [x[at : at + size] for at in range(0, len(x), size)]
"""


@pytest.fixture(scope="session")
def manifold_course(tmp_path_factory):
    """A course whose one exercise has every kind of check."""
    root = tmp_path_factory.mktemp("manifold") / "course"
    for place in ("exercises", "solutions"):
        (root / place / "exercise1").mkdir(parents=True)
    (root / "course.yaml").write_text(
        "title: All kinds\n"
        "exercises:\n  - {name: exercise1, title: All, files: [all.py], allow: [numpy], points: 10}\n",
        encoding="utf-8",
    )
    (root / "exercises" / "exercise1" / "checks.py").write_text(textwrap.dedent(_CHECKS), encoding="utf-8")
    (root / "solutions" / "exercise1" / "all.py").write_text(textwrap.dedent(_ANSWERS), encoding="utf-8")
    shutil.copy(root / "solutions" / "exercise1" / "all.py", root / "exercises" / "exercise1")
    return root
