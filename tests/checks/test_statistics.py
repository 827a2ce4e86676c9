"""Random weights: mean, variance, shape of the distribution, and the seed."""

from __future__ import annotations

import pytest
from small_exam import verdicts

from grader.checks import Suite, seed

HE = """
def init(fan_in, fan_out, seed):
    return np.random.default_rng(seed).normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))
"""


def suite() -> Suite:
    made = Suite()
    args = {"fan_in": lambda d: 60, "fan_out": lambda d: 50, "seed": seed()}
    made.initializer("init", args=args, variance=lambda a: 2 / a["fan_in"])
    return made


def judge(student: str, **options):
    return verdicts(suite(), HE, student, **options)


@pytest.mark.parametrize("number", range(25))
def test_a_right_initialiser_passes_whatever_the_seed(number):
    assert {verdict.status for verdict in judge(HE, seed=number).values()} == {"passed"}


def test_other_draws_than_the_references_are_right():
    other = HE.replace("normal(0, np.sqrt(2 / fan_in), (", "standard_normal((").replace(
        "fan_out))", "fan_out)) * np.sqrt(2 / fan_in)"
    )
    assert {verdict.status for verdict in judge(other).values()} == {"passed"}


WRONG = {
    "the standard deviation for the variance": (
        HE.replace("np.sqrt(2 / fan_in)", "2 / fan_in"),
        "value",
        "The variance",
    ),
    "the other fan": (HE.replace("2 / fan_in", "2 / fan_out"), "value", "for these sizes it should be 0.03333."),
    "a mean that is not 0": (HE.replace("normal(0,", "normal(0.5,"), "value", "it should be 0."),
    "zeros": ("def init(a, b, seed): return np.zeros((a, b))", "value", "The variance of 3000 weights is 0;"),
    "nan": (
        "def init(a, b, seed): return np.full((a, b), np.nan)",
        "value",
        "init returns numbers that are not finite.",
    ),
    "the wrong shape": (
        HE.replace("(fan_in, fan_out))", "(fan_out, fan_in))"),
        "value",
        "of shape (60, 50) is expected.",
    ),
    "integers": ("def init(a, b, seed): return np.ones((a, b), int)", "value", "an array of floats of shape (60, 50)"),
    "uniform": (
        HE.replace("normal(0, np.sqrt(2 / fan_in)", "uniform(-np.sqrt(6 / fan_in), np.sqrt(6 / fan_in)"),
        "normal",
        "not normally distributed: their kurtosis is 1.8",
    ),
    "no seed": (
        HE.replace("default_rng(seed)", "default_rng()"),
        "repeatable",
        "The same seed gave two different results",
    ),
    "a fixed seed": (
        HE.replace("default_rng(seed)", "default_rng(0)"),
        "repeatable",
        "Two different seeds gave the same",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_initialiser_is_told_what_is_wrong(case):
    student, kind, words = WRONG[case]
    verdict = judge(student)[f"init.{kind}"]
    assert verdict.status == "failed"
    assert words in verdict.message


def test_an_exception_is_told():
    verdict = judge("def init(a, b, seed): raise ValueError('no')")["init.value"]
    assert (verdict.status, verdict.message) == ("error", "init raised ValueError: no")
