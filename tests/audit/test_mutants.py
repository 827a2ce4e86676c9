"""What is changed to make a mutant: one place at a time, as people and mutation tools do."""

from __future__ import annotations

import ast

import pytest

from grader.audit.mutants import mutants

HEAD = "import numpy as np\n\nArray = np.ndarray\n\n\n"


def changed(code: str) -> dict[str, str]:
    """Return the new line of every mutant of a function, with the kind of change."""
    return {mutant.new: mutant.operator for mutant in mutants(HEAD + code)}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("return x.sum(axis=0, keepdims=True)", "return x.sum(keepdims=True)"),
        ("return x.sum(axis=0, keepdims=True)", "return x.sum(axis=0)"),
        ("return x.sum(axis=0)", "return x.sum(axis=1)"),
        ("return x.sum(axis=0)", "return x.mean(axis=0)"),
        ("return x.sum(axis=0)", "return x"),
        ("return x.T @ w", "return x @ w"),
        ("return x @ w", "return (w @ x)"),
        ("return x / (w + 1)", "return x / (w)"),
        ("return x - w", "return (w - x)"),
        ("return np.where(x > 0, w, 0.0)", "return np.where((x >= 0), w, 0.0)"),
        ("return np.log(x)", "return x"),
        ("return np.maximum(x, 0)", "return 0"),
        ("return x * w", "return np.ones_like(x) * w"),
        ("return x * w", "return x * x"),
        ("return x * w", "return np.float32(x * w)"),
        ("return x[1:]", "return x[:]"),
        ("x[0] = 1.0", "pass"),
        ("x += w", "x = w"),
        ("x += w", "pass"),
    ],
)
def test_a_line_is_changed_as_people_change_it(line, wanted):
    code = f"def f(x: Array, w: Array) -> Array:\n    {line}\n    return x\n"
    assert wanted in changed(code)


@pytest.mark.parametrize(
    "wanted",
    [
        "for i in range(n - 1):",
        "for i in range(n + 1):",
        "for i in range(1, n):",
    ],
)
def test_a_loop_ends_one_too_early_or_too_late(wanted):
    code = "def f(x: Array, n: int) -> float:\n    s = 0.0\n    for i in range(n):\n        s += x[i]\n    return s\n"
    assert wanted in changed(code)


def test_a_loop_over_things_leaves_one_out_or_runs_backwards():
    code = "def f(xs: list) -> float:\n    s = 0.0\n    for x in xs:\n        s += x\n    return s\n"
    assert {"for x in list(xs)[1:]:", "for x in list(xs)[:-1]:", "for x in list(xs)[::-1]:"} <= set(changed(code))


def test_a_condition_always_or_never_holds_and_a_default_is_taken_for_the_argument():
    code = "def f(x: Array, eps: float = 1e-5) -> Array:\n    if eps > 1:\n        return x\n    return x + eps\n"
    assert {"if True:", "if False:", "return x + 1e-05"} <= set(changed(code))


def test_helper_functions_classes_and_numbers_of_the_module_are_changed_too():
    helper = "def _help(x: Array) -> Array:\n    return x + EPS\n"
    code = f"EPS = 0.5\n\n\n{helper}\n\nclass A:\n    def f(self) -> int:\n        return 3\n"
    assert {mutant.function for mutant in mutants(HEAD + code)} == {"EPS", "_help", "A"}


def test_where_only_the_shape_counts_no_argument_is_ignored():
    code = "def f(x: Array) -> Array:\n    return np.zeros_like(x) + len(x) + x.size\n"
    assert "an argument is ignored" not in changed(code).values()


def test_docstrings_annotations_and_error_messages_stay_as_they_are():
    code = 'def f(n: int) -> int:\n    """Return 1 + 1."""\n    if n < 0:\n        raise ValueError("n < 0")\n'
    for mutant in mutants(HEAD + code):
        assert '"""Return 1 + 1."""' in mutant.source
        assert 'raise ValueError("n < 0")' in mutant.source
        assert "def f(n: int) -> int:" in mutant.source


def test_every_mutant_is_another_text_that_can_be_read():
    code = "def f(x: Array, w: Array) -> Array:\n    return np.maximum(x @ w, 0) - x.mean(axis=1, keepdims=True) ** 2\n"
    made = mutants(HEAD + code)
    assert len({mutant.source for mutant in made}) == len(made) > 15
    for mutant in made:
        ast.parse(mutant.source)
        assert mutant.source != HEAD + code
        assert mutant.old != mutant.new
