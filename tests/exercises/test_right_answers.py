"""Right answers written in other ways, by other hands, get full marks for every seed."""

from __future__ import annotations

import pytest
from exams import course, marks_of, quick, right_submissions, seeded_examiners, unpassed

SEEDS = range(1_000, 1_020)
IN_PLACE = "in_place"
"""The module of this name works in place, which costs it the tenth of a function that `unchanged` is worth."""

EXERCISES = [pytest.param(ex, id=ex.name, marks=marks_of(ex)) for ex in course().exercises]


def seeds_of(exercise):
    """Return the seeds to judge with: few, where each judgement takes a training."""
    return SEEDS[:1] if quick(exercise) else SEEDS


@pytest.mark.parametrize("exercise", EXERCISES)
def test_right_answers_written_otherwise_get_full_marks(exercise):
    others = [right for right in right_submissions(exercise) if right.source != IN_PLACE]
    assert len(others) >= 5
    with seeded_examiners(exercise, seeds_of(exercise)) as examiners:
        for examiner in examiners:
            for right in others:
                report = examiner.examine(right)
                assert unpassed(report) == [], f"{right.source}, seed {examiner.seed}"
                assert report.score == exercise.points


@pytest.mark.parametrize("exercise", EXERCISES)
def test_work_in_place_costs_its_own_tenth_and_nothing_else(exercise):
    in_place = [right for right in right_submissions(exercise) if right.source == IN_PLACE]
    if not in_place:
        pytest.skip("nobody works in place here")
    with seeded_examiners(exercise, seeds_of(exercise)[:3]) as examiners:
        for examiner in examiners:
            (report,) = [examiner.examine(right) for right in in_place]
            lost = [outcome for outcome in report.checks if outcome.status != "passed"]
            assert lost, f"seed {examiner.seed}: it changes what it is given, and nobody has seen it"
            assert {outcome.id.split(".")[1] for outcome in lost} == {"unchanged"}, unpassed(report)
            for target in {outcome.target for outcome in lost}:
                own = [outcome for outcome in report.checks if outcome.target == target]
                most = sum(outcome.max_points for outcome in own)
                assert sum(outcome.points for outcome in own) == pytest.approx(0.9 * most, abs=1e-5)
