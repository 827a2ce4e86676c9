"""Reports as the examiner makes them, from a right submission to a hostile one."""

from __future__ import annotations

from grader.report import Outcome, Report

HOSTILE = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\ \x9b2J \x90dcs\x9c \x1bc"
    "<script>alert(1)</script><img src=x onerror=alert(1)> </pre></style></title> ]]> --> &amp; \" ' "
    "\u202egnp.exe\u2066"
    "\u200b\ufeff \ud800 \uffff\x00\x08\x7f\r::error::forged\n::set-output name=x::y\n##vso[task.complete]\n"
    "| a | b |\n# heading\n[click](javascript:alert(1)) ![x](http://evil.example/x.png) `code` "
    "@everyone $x$ %0A::add-mask::x"
    "\u2028=HYPERLINK() e" + "\u0301" * 50 + " 漢字漢字 " + "W" * 300
)


def outcome(check: str, status: str = "passed", points: float | None = None, **fields: object) -> Outcome:
    """Return an outcome of one point."""
    most = float(fields.pop("max_points", 1.0))  # type: ignore[arg-type]
    got = points if points is not None else most if status == "passed" else 0.0
    fields.setdefault("title", f"{check.partition('.')[2].replace('_', ' ').capitalize()} is as it must be.")
    return Outcome(id=check, target=check.split(".")[0], status=status, points=got, max_points=most, **fields)


def report(checks: list[Outcome], **fields: object) -> Report:
    """Return a report of exercise3."""
    known = {
        "exercise": "exercise3",
        "title": "Losses",
        "submission": "losses.py in exercises/exercise3",
        "digest": "sha256:" + "0123456789abcdef" * 4,
        "score": sum(c.points for c in checks),
        "max_score": sum(c.max_points for c in checks),
        "passed": all(c.status == "passed" for c in checks),
        "seed": 5404319552844595,
        "device": "cpu",
        "isolation": ["landlock", "seccomp", "namespaces", "limits"],
        "duration_s": 0.214,
        "checks": checks,
    }
    return Report(**(known | fields))


def right() -> Report:
    names = ("mse", "mae", "rmse")
    kinds = ("presence", "value", "dtype", "unchanged", "sizes")
    return report([outcome(f"{n}_{way}.{kind}") for n in names for way in ("forward", "backward") for kind in kinds])


def half_right() -> Report:
    gradient = outcome(
        "mse_backward.gradient",
        "failed",
        0.5,
        title="The gradient is that of your own mse_forward.",
        message=(
            "The gradient for pred is wrong: 5 of 6 elements differ from the slope of your own mse_forward, "
            "the first of them at [0, 0].\n"
            "Asked: mse_backward(dout, cache) with dout = 0.73, pred of shape (5, 3), target of shape (5, 3)\n"
            "For example, with\n"
            "    pred = [[0.6, -0.3, 0.5], [1.2, 0.1875, 4.5]]\n"
            "    target = [[0., 0., 0.5], [0., 0., 0.]]\n"
            "    yours:     [[1.2, -0.6, 0.0],\n"
            "                [2.4, 0.375, 9.0]]\n"
            "    expected:  [[0.2, -0.1, 0.0],\n"
            "                [0.4, 0.0625, 1.5]]"
        ),
        hint="Your gradient is exactly 6 times too large: mse is a mean, so divide by the number of elements, N·C.",
        detail={
            "asked": "mse_backward(dout, cache) with dout = 0.73, pred of shape (5, 3), target of shape (5, 3)",
            "arguments": {"pred": "[[0.6, -0.3, 0.5], [1.2, 0.1875, 4.5]]", "target": "[[0., 0., 0.5], [0., 0., 0.]]"},
            "yours": "[[1.2, -0.6, 0.0],\n [2.4, 0.375, 9.0]]",
            "expected": "[[0.2, -0.1, 0.0],\n [0.4, 0.0625, 1.5]]",
            "your_shape": [2, 3],
            "expected_shape": [2, 3],
            "wrong_at": [[[0, 0], 1.2, 0.2], [[0, 1], -0.6, -0.1]],
            "heat": {"shape": [2, 3], "errors": [[1.0, 0.5, 0.0], [2.0, 0.3125, 7.5]]},
            "file": "losses.py",
            "line": 14,
        },
    )
    shape = outcome(
        "one_hot.value",
        "failed",
        title="The value is right.",
        message="Your shape:     (4, 1)\nExpected shape: (4, 3)",
        detail={"your_shape": [4, 1], "expected_shape": [4, 3], "yours": "[1. 0. 2. 1.]"},
    )
    raised = outcome(
        "softmax_forward.value",
        "error",
        title="The value is right.",
        message="softmax_forward raised ValueError: operands could not be broadcast together with shapes (4,3) (4,)",
        hint="Keep the axis that you sum over: keepdims=True.",
        detail={
            "traceback": '  File "losses.py", line 31, in softmax_forward\n    shifted = x - x.max(axis=-1)\n'
            "              ~~^~~~~~~~~~~~~~~\n",
            "line": 30,
            "file": "losses.py",
            "heat": {
                "shape": [64, 48],
                "errors": [
                    [None if (r, c) == (3, 4) else 0.0 if (r * c) % 3 else r * c / 400 for c in range(16)]
                    for r in range(10)
                ],
            },
        },
    )
    linear = outcome(
        "linear_backward.gradient",
        "failed",
        title="Each gradient is that of your own linear_forward.",
        message="Wrong value. In db: 2 of 2 elements differ.",
        detail={
            "arguments": {"dout": "[[1., 2.],\n [3., 4.]]", "mode": "'train'"},
            "yours": "dw = [[1., 0.],\n      [2., 1.]]\ndb = [1., 2.]",
            "expected": "dw = [[1., 0.],\n      [2., 1.]]\ndb = [4., 6.]",
            "part": "db",
            "wrong_at": [[[0], 1.0, 4.0], [[1], 2.0, 6.0]],
        },
    )
    accuracy = outcome(
        "train_mlp.digits",
        "failed",
        title="A network that you train reads at least 90 % of unseen digits.",
        message="It reads 71 % of them; 90 % are asked for.",
        detail={
            "curve": [{"epoch": e, "value": 0.1 + 0.61 * (1 - 0.8**e)} for e in range(20)],
            "threshold": 0.9,
            "confusion": [[30, 2, 0], [1, 28, 9], [4, 12, 16]],
        },
    )
    checks = [
        outcome("mse_forward.value"),
        outcome("mse_forward.dtype"),
        outcome("mse_backward.presence", max_points=0.0),
        gradient,
        *(outcome(f"mse_backward.{kind}", "skipped", message="It waits.") for kind in ("dtype", "sizes", "equal")),
        shape,
        raised,
        outcome("softmax_forward.sizes", "skipped"),
        accuracy,
        linear,
        outcome("mae_forward.presence", "failed", message="mae_forward is not written yet."),
        outcome("mae_backward.presence", "failed", message="mae_backward is not written yet."),
        outcome("kl_backward.gradient", "skipped", message="This cannot be judged before kl_forward is right."),
    ]
    notes = ["The magic %matplotlib in cell 3 was left out."]
    return report(checks, output="epoch 1\nepoch 2\n", notes=notes, student="ada")


def hostile() -> Report:
    detail = {
        "asked": HOSTILE,
        "arguments": {HOSTILE: HOSTILE, "x": 3},
        "yours": HOSTILE,
        "expected": f"[{HOSTILE}]",
        "your_shape": [HOSTILE],
        "expected_shape": [-1, 10**40],
        "wrong_at": [[[0], float("nan"), None], [[10**40], float("inf"), 1.0]],
        "heat": {"shape": "x", "errors": [[float("nan"), float("inf")], [-1.0, 1e308]]},
        "traceback": HOSTILE,
        "curve": [{"epoch": 1, "value": float("nan")}, {"epoch": 2, "value": 1e308}],
        "threshold": float("-inf"),
        "confusion": [[1, 2], [3]],
        "line": -3,
        "file": HOSTILE,
        HOSTILE: object(),
    }
    checks = [
        outcome(f"f{place}.{HOSTILE}", status, title=HOSTILE, message=HOSTILE + str(place), hint=HOSTILE, detail=detail)
        for place, status in enumerate(("failed", "error", "timeout", "skipped", "passed"))
    ]
    checks.append(
        outcome("f9.x", "failed", message="m", detail={"heat": [], "yours": 3, "traceback": None, "line": "7"})
    )
    fields = {"student": HOSTILE, "submission": HOSTILE, "output": HOSTILE, "notes": [HOSTILE], "isolation": [HOSTILE]}
    return report(checks, passed=False, title=HOSTILE, digest=HOSTILE, device=HOSTILE, **fields)


def syntax_error() -> Report:
    message = (
        "losses.py cannot be imported: SyntaxError: '(' was never closed (losses.py, line 12)\n"
        "    return float(np.mean((pred - target) ** 2), None\n"
        "                ^"
    )
    names = ("mse_forward", "mse_backward", "mae_forward", "mae_backward", "kl_divergence_backward")
    checks = []
    for name in names:
        checks.append(outcome(f"{name}.presence", "error", message=message, detail={"file": "losses.py", "line": 12}))
        checks += [outcome(f"{name}.{kind}", "skipped") for kind in ("value", "dtype", "sizes")]
    return report(checks)


def timeout() -> Report:
    slow = outcome(
        "mse_forward.value", "timeout", message="mse_forward took more than 10 s and was stopped.", duration_s=10.01
    )
    return report([slow, outcome("mse_forward.sizes", "skipped"), outcome("mae_forward.value")], duration_s=10.2)


def all_skipped() -> Report:
    return report(
        [outcome(f"mse_{way}.{kind}", "skipped") for way in ("forward", "backward") for kind in ("value", "dtype")]
    )


def many() -> Report:
    checks = []
    for function in range(30):
        for check in range(10):
            status = "passed" if (function + check) % 3 else "failed"
            message = (
                f"Case {function}: got {check}, and a sentence that says at some length what was expected in its place."
            )
            checks.append(
                outcome(f"function_{function}.case_{check}", status, message="" if status == "passed" else message)
            )
    return report(checks)


MAKERS = {
    "right": right,
    "half_right": half_right,
    "hostile": hostile,
    "syntax_error": syntax_error,
    "timeout": timeout,
    "all_skipped": all_skipped,
    "many": many,
}
