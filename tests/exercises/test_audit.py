"""No mutant of a reference gets full marks, but those that are marked, with a reason, as the same function.

Here a share of every exercise's mutants, another one each week, so that the tests stay quick; all of them in
benchmarks/audit.py.
"""

from __future__ import annotations

import datetime

import pytest
from exams import ROOT, exercises

from grader.audit.run import audit

SHARE = 6
WEEK = datetime.date.today().isocalendar().week

EXERCISES = [pytest.param(ex, id=ex.name, marks=pytest.mark.xdist_group(ex.name)) for ex in exercises()]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_no_unmarked_mutant_gets_full_marks(exercise):
    found = audit(ROOT, exercise.name, jobs=1, seed=None, share=(WEEK % SHARE, SHARE), naming=False)
    survivors = [f"{m.function}, line {m.line}: {m.operator}: {m.new}" for m in found.survivors]
    assert survivors == []
    assert found.stale == []
