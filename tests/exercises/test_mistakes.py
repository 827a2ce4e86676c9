"""Every entry of every mistakes.py is rejected, by a check of the function it is about, and named as itself."""

from __future__ import annotations

import pytest
from exams import course, library, marks_of, quick, students_course, wrong_submission

from grader.examiner import Examiner

MISTAKES = [
    pytest.param(exercise, mistake, id=f"{exercise.name}-{mistake.id}", marks=marks_of(exercise))
    for exercise in course().exercises
    for mistake in library(exercise).mistakes()
]


@pytest.fixture(scope="module")
def examiner_of():
    """Return the examiner of an exercise; the one before has gone home."""
    open_now: dict[str, Examiner] = {}

    def get(exercise):
        if exercise.name not in open_now:
            for examiner in open_now.values():
                examiner.close()
            open_now.clear()
            open_now[exercise.name] = Examiner(course(), exercise, seed=20_250_131, only=quick(exercise))
        return open_now[exercise.name]

    yield get
    for examiner in open_now.values():
        examiner.close()


@pytest.fixture(scope="module")
def students_examiner_of(tmp_path_factory):
    """Return the examiner that a student has, with recorded answers and without solutions."""
    open_now: dict[str, Examiner] = {}

    def get(exercise):
        if exercise.name not in open_now:
            for examiner in open_now.values():
                examiner.close()
            open_now.clear()
            as_student = students_course(exercise, tmp_path_factory.mktemp(exercise.name))
            own = as_student.exercise(exercise.name)
            open_now[exercise.name] = Examiner(as_student, own, only=quick(exercise, hidden=False))
        return open_now[exercise.name]

    yield get
    for examiner in open_now.values():
        examiner.close()


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
def test_a_known_mistake_is_rejected_and_named_as_itself(exercise, mistake, examiner_of):
    report = examiner_of(exercise).examine(wrong_submission(exercise, mistake))
    failed = [o for o in report.checks if o.target == mistake.target and o.status not in ("passed", "skipped")]
    assert failed, f"{mistake.id} gets full marks for {mistake.target}"
    assert mistake.hint in [o.hint for o in failed]


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES)
def test_a_student_without_solutions_is_told_the_same(exercise, mistake, students_examiner_of):
    report = students_examiner_of(exercise).examine(wrong_submission(exercise, mistake))
    failed = [o for o in report.checks if o.target == mistake.target and o.status not in ("passed", "skipped")]
    assert not failed or mistake.hint in [o.hint for o in failed]
