"""Right answers written in other ways, by other hands, get full marks for every seed."""

from __future__ import annotations

import pytest
from exams import course, marks_of, quick, right_submissions, seeded_examiners, unpassed

SEEDS = range(1_000, 1_020)
COSTS = {"in_place": "unchanged", "global_state": "own_cache"}
"""Modules of these names have a flaw, by design, which one kind of check sees, and no other."""

EXERCISES = [pytest.param(ex, id=ex.name, marks=marks_of(ex)) for ex in course().exercises]


def seeds_of(exercise):
    """Return the seeds to judge with: few, where each judgement takes a training."""
    return SEEDS[:1] if quick(exercise) else SEEDS


@pytest.mark.parametrize("exercise", EXERCISES)
def test_right_answers_written_otherwise_get_full_marks(exercise):
    others = [right for right in right_submissions(exercise) if right.source not in COSTS]
    assert len(others) >= 5
    with seeded_examiners(exercise, seeds_of(exercise)) as examiners:
        for examiner in examiners:
            for right in others:
                report = examiner.examine(right)
                assert unpassed(report) == [], f"{right.source}, seed {examiner.seed}"
                assert report.score == exercise.points


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_flaw_costs_what_its_own_check_is_worth_and_nothing_else(exercise):
    flawed = [right for right in right_submissions(exercise) if right.source in COSTS]
    if not flawed:
        pytest.skip("nobody works in place here")
    with seeded_examiners(exercise, SEEDS[:3]) as examiners:
        for examiner in examiners:
            for right in flawed:
                report = examiner.examine(right)
                lost = [outcome for outcome in report.checks if outcome.status != "passed"]
                assert {outcome.id.split(".")[1] for outcome in lost} == {COSTS[right.source]}, unpassed(report)
                if right.source == "in_place":
                    for target in {outcome.target for outcome in lost}:
                        own = [outcome for outcome in report.checks if outcome.target == target]
                        most = sum(outcome.max_points for outcome in own)
                        assert sum(outcome.points for outcome in own) == pytest.approx(0.9 * most, abs=1e-5)
