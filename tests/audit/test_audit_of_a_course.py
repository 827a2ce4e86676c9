"""Mutants put through a suite: which survive, which are marked, and what becomes of one that hangs."""

from __future__ import annotations

import pytest

from grader.audit.run import audit

REFERENCE = '''"""One function."""

import numpy as np

Array = np.ndarray


def halves(x: Array, n: int) -> Array:
    """Return x halved n times."""
    if n > 9:
        return np.zeros_like(x)
    while n > 0:
        x = x / 2
        n -= 1
    return x
'''
SUITE = '''"""What is asked."""

from grader.checks import Suite, fixed, normal

suite = Suite()
suite.function("halves", args={"x": normal("N"), "n": fixed(2)})
'''
MARKED = """from grader.audit.run import Equivalent

EQUIVALENT = [
    Equivalent("halves", "if n > 9:", "if False:", "A number so large is never asked for."),
    Equivalent("halves", "while n > 0:", "while n:", "n is no less than 0."),
]
"""


@pytest.fixture
def course(tmp_path):
    """A course of one exercise whose reference has a loop."""
    (tmp_path / "course.yaml").write_text(
        "title: T\nexercises:\n  - name: exercise1\n    title: Halves\n    files: [halves.py]\n    allow: [numpy]\n"
        "    points: 1\n    limits: {call: 500ms}\n"
    )
    for folder in ("exercises", "solutions"):
        (tmp_path / folder / "exercise1").mkdir(parents=True)
    (tmp_path / "exercises" / "exercise1" / "checks.py").write_text(SUITE)
    (tmp_path / "solutions" / "exercise1" / "halves.py").write_text(REFERENCE)
    return tmp_path


@pytest.fixture
def found(course):
    """The audit of it."""
    return audit(course, "exercise1", jobs=1, seed=1)


def test_a_mutant_that_hangs_is_rejected_at_the_price_of_one_call(found):
    hanging = [finding for finding in found.findings if finding.mutant.new == "n = 1"]
    assert [finding.killed for finding in hanging] == [True]
    assert hanging[0].named_by == "error"


def test_what_the_suite_does_not_ask_survives(found):
    assert "if False:" in {mutant.new for mutant in found.survivors}
    assert all(finding.killed for finding in found.findings if finding.mutant.new == "x = (x * 2)")


def test_what_is_rejected_is_told_why(found):
    (doubled,) = [finding for finding in found.findings if finding.mutant.new == "x = (x * 2)"]
    assert (doubled.named_by, doubled.check) == ("hint", "halves.value")
    assert "16 times too large" in doubled.hint


def test_a_mark_with_its_reason_takes_a_mutant_off_the_list_and_a_needless_one_is_reported(course, found):
    (course / "solutions" / "exercise1" / "equivalents.py").write_text(MARKED)
    again = audit(course, "exercise1", jobs=1, seed=1)
    assert len(again.survivors) == len(found.survivors) - 1
    assert [mutant.new for mutant, _ in again.marked] == ["if False:"]
    assert [entry.new for entry in again.stale] == ["while n:"]


def test_a_share_is_every_nth_mutant_and_says_nothing_about_marks(course, found):
    parts = [audit(course, "exercise1", jobs=1, seed=1, share=(k, 2), naming=False) for k in (0, 1)]
    assert sum(len(part.findings) for part in parts) == len(found.findings)
    assert all(part.stale == [] for part in parts)
