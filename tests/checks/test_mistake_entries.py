"""The entries of mistakes.py: an edit of the reference that has to fit, or code that wins."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from grader.checks.mistakes import Mistake, apply, mistakes_of
from grader.errors import SuiteError

REFERENCE = '''\
import numpy as np


def mse(pred, target):
    """The mean of the squares."""
    return np.mean((pred - target) ** 2)


def rmse(pred, target):
    return np.sqrt(np.mean((pred - target) ** 2))


class Stopper:
    def update(self, loss):
        return loss < 1
'''


def test_an_edit_is_made_inside_its_function_alone():
    wrong = apply(Mistake("rmse", "sum", "…", old="np.mean", new="np.sum"), REFERENCE)
    assert wrong == REFERENCE.replace("np.sqrt(np.mean", "np.sqrt(np.sum")


def test_an_edit_may_be_made_in_another_function_or_class():
    wrong = apply(Mistake("mse", "late", "…", old="loss < 1", new="loss > 1", where="Stopper"), REFERENCE)
    assert wrong == REFERENCE.replace("loss < 1", "loss > 1")


def test_code_comes_last_and_wins():
    wrong = apply(Mistake("mse", "zero", "…", code="def mse(pred, target): return 0.0"), REFERENCE)
    namespace: dict = {}
    exec(wrong, namespace)
    assert namespace["mse"](1, 2) == 0.0


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (
            Mistake("mse", "gone", "…", old="np.median", new="x"),
            "mse:gone edits 'np.median', which occurs 0 times",
        ),
        (Mistake("mse", "twice", "…", old="pred", new="x"), "mse:twice edits 'pred', which occurs 2 times in mse"),
        (Mistake("mae", "none", "…", old="a", new="b"), "mae:none edits mae, which the reference does not define"),
    ],
)
def test_an_edit_that_does_not_fit_is_its_authors_mistake(mistake, words):
    with pytest.raises(SuiteError) as caught:
        apply(mistake, REFERENCE)
    assert words in str(caught.value)


def test_entries_have_names_of_their_own():
    entry = Mistake("mse", "sum", "…", old="mean", new="sum")
    assert mistakes_of(SimpleNamespace(MISTAKES=[entry])) == [entry]
    with pytest.raises(SuiteError, match=r"mistakes.py has two entries mse:sum\."):
        mistakes_of(SimpleNamespace(MISTAKES=[entry, entry]))
    with pytest.raises(SuiteError, match="must define MISTAKES, a list of Mistake"):
        mistakes_of(SimpleNamespace(MISTAKES=["mse"]))
