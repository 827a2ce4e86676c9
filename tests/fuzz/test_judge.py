"""The checks before answers of any kind: they judge them all, and give points for none that is wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np
import pytest
from forgeries import WRONG, Choice, Forger

from grader.checks.library import Library
from grader.course import load_course
from grader.examiner import Examiner
from grader.report import LARGEST_REPORT, Report, encode
from grader.submission import read_submission

_DRAWS = 60


@pytest.fixture(scope="module")
def course(manifold_course):
    return load_course(manifold_course)


@pytest.fixture(scope="module")
def examiner(course):
    with Examiner(course, course.exercises[0], seed=7) as examiner:
        yield examiner


@pytest.fixture(scope="module")
def judged(course, examiner):
    """Have someone judged who forges the reference's answers."""
    exercise = course.exercises[0]
    submission = read_submission(course.root / "solutions" / "exercise1", exercise, course.root)
    source = Library(course, exercise).reference_source()
    names = [target.name for target in examiner.suite.targets]

    def judge(choose: Choice, rng: random.Random | None = None) -> Report:
        with examiner.start_source(source) as honest:
            return examiner.examine_objects(Forger(honest, names, choose, rng), submission)

    return judge


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_of_this_kind_earns_nothing(name, judged):
    report = judged(lambda: WRONG[name])
    assert report.score == 0, [outcome.id for outcome in report.checks if outcome.points]
    assert not report.passed


def test_right_answers_through_the_same_hands_earn_everything(judged):
    assert judged(lambda: lambda value: value).passed


@pytest.mark.parametrize("draw", range(_DRAWS))
def test_any_mixture_of_answers_is_judged(draw, judged):
    rng = random.Random(draw)
    honest = rng.choice([0.3, 0.6, 0.9])
    kinds: Sequence[Callable[[Any], Any]] = list(WRONG.values())

    def choose() -> Callable[[Any], Any]:
        return (lambda value: value) if rng.random() < honest else rng.choice(kinds)

    report = judged(choose, rng)
    assert 0 <= report.score <= report.max_score
    assert all(0 <= outcome.points <= outcome.max_points for outcome in report.checks)
    data = encode(report)
    assert len(data) <= LARGEST_REPORT
    assert msgspec.json.decode(data, type=Report).score == report.score
    assert np.isfinite(report.score)
