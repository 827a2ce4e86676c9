"""Arguments are left as they were: arrays, and arrays in lists and dicts, however they are changed."""

from __future__ import annotations

import pytest
from small_exam import verdicts

from grader.checks import Suite, labels, normal, uniform

SCALE = "def scale(x, factor): return x * factor"


def scale_suite(**options) -> Suite:
    suite = Suite()
    suite.function("scale", args={"x": normal("N"), "factor": uniform(low=2, high=3)}, **options)
    return suite


@pytest.mark.parametrize(
    "change", ["x *= 1.5; y = x * factor / 1.5", "y = x * factor; x[0] = 7", "y = x * factor; x.sort()",
               "y = x * factor; x[...] = y", "y = x * factor; x.shape = (-1, 1)"]
)  # fmt: skip
def test_a_changed_array_is_named(change):
    verdict = verdicts(scale_suite(), SCALE, f"def scale(x, factor):\n    {change}\n    return y")["scale.unchanged"]
    assert verdict.status == "failed"
    assert verdict.message == (
        "scale changed x, which it was given. Work on a copy: an assignment such as x[…] = … or x *= … writes into the "
        "caller's array."
    )


@pytest.mark.parametrize("code", ["x = x * 1.0; x *= factor; return x", "y = x; y = y * factor; return y"])
def test_a_copy_may_be_changed(code):
    found = verdicts(scale_suite(), SCALE, f"def scale(x, factor):\n    {code}")
    assert found["scale.unchanged"].status == "passed"


def test_an_argument_that_may_change_may_change():
    found = verdicts(scale_suite(may_change=["x"]), SCALE, "def scale(x, factor):\n    x *= factor\n    return x")
    assert found["scale.unchanged"].status == "passed"


def test_what_is_changed_only_on_an_edge_is_found_too():
    from grader.checks import edge

    suite = scale_suite(edges=[edge("negative", "Negative ones.", {"factor": uniform(low=-3, high=-2)})])
    student = "def scale(x, factor):\n    y = x * factor\n    if factor < 0: x[0] = 0\n    return y"
    assert verdicts(suite, SCALE, student)["scale.unchanged"].status == "failed"


def test_arrays_inside_lists_and_dicts_are_watched():
    suite = Suite()
    suite.function(
        "step", args={"params": lambda d: [(d.normal("N"), d.normal(2))], "config": lambda d: {"v": d.normal("N")}}
    )
    reference = "def step(params, config): return params[0][0] + config['v']"
    changes = {
        "params[0][1][0] = 9": "params",
        "params.append(3)": "params",
        "config['v'] += 1": "config",
        "config['new'] = 1": "config",
        "del config['v']": "config",
    }
    for change, name in changes.items():
        student = f"def step(params, config):\n    y = params[0][0] + config['v']\n    {change}\n    return y"
        found = verdicts(suite, reference, student)["step.unchanged"]
        assert found.message.startswith(f"step changed {name},"), change


def test_the_upstream_gradient_is_watched():
    suite = Suite()
    suite.pair("double", args={"x": normal("N", "D")}, gradients=["x"])
    reference = "def double_forward(x): return 2 * x, None\ndef double_backward(dout, cache): return 2 * dout"
    student = reference.replace("): return 2 * dout", "):\n    dout *= 2\n    return dout")
    found = verdicts(suite, reference, student)
    assert found["double_backward.gradient"].status == "passed"
    assert found["double_backward.unchanged"].message.startswith("double_backward changed dout,")
    assert found["double_forward.unchanged"].status == "passed"


def test_an_integer_array_is_watched():
    suite = Suite()
    suite.function("shift", args={"y": labels("N", classes="C")})
    reference = "def shift(y): return y + 1"
    found = verdicts(suite, reference, "def shift(y):\n    y += 1\n    return y")
    assert found["shift.unchanged"].status == "failed"
