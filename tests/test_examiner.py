"""The examiner: a paper for a class, seeds, what is asked, how points add up, and what stays between runs."""

from __future__ import annotations

import shutil

import msgspec
import pytest
from small_exam import REFERENCE, build, examiner, points, right_but, whole

from grader.bench.launch import launcher
from grader.checks.paper import PUBLIC_SEED
from grader.course import load_course
from grader.errors import CourseError, SuiteError, UsageError
from grader.examiner import Examiner, fresh_seed
from grader.submission import Submission


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A course, with its answers recorded."""
    made = build(tmp_path_factory.mktemp("examiner"))
    with examiner(made) as exam:
        (made / "exercises/exercise1/answers.npz").write_bytes(exam.record())
    return made


@pytest.fixture(scope="module")
def exam(root):
    with examiner(root) as made:
        yield made


def spoil(root, tmp_path, name: str, text: str):
    """Return a copy of the course in which one file reads otherwise."""
    copy = tmp_path / "course"
    shutil.copytree(root, copy)
    (copy / name).write_text(text, encoding="utf-8")
    return copy


def test_a_right_answer_earns_all_and_the_report_says_what_was_done(exam):
    submission = right_but("")
    report = exam.examine(submission, student="ada")
    assert (report.score, report.max_score, report.passed) == (16, 16, True)
    assert (report.exercise, report.title, report.student, report.seed) == ("exercise1", "Lines", "ada", 7)
    assert (report.submission, report.digest, report.device) == ("lines.py", submission.digest, "cpu")
    assert report.isolation == list(exam._launcher.in_force)
    assert not report.public
    assert report.duration_s > 0


def test_the_same_seed_gives_the_same_report_and_another_seed_other_questions(exam, root):
    wrong = right_but("def scale(x, factor): return x + factor")

    def judged(made):
        report = made.examine(wrong)
        return [msgspec.structs.replace(outcome, duration_s=0) for outcome in report.checks]

    first = judged(exam)
    assert judged(exam) == first
    with examiner(root) as again, examiner(root, seed=8) as other:
        assert judged(again) == first
        assert judged(other) != first


def test_without_a_seed_every_run_has_its_own(root):
    with examiner(root, seed=None) as one, examiner(root, seed=None) as two:
        assert one.seed != two.seed
    assert 0 <= fresh_seed() < 2**53


def test_a_class_is_examined_with_one_reference(exam):
    asked = exam.reference._memory
    exam.examine(right_but(""))
    known = len(asked)
    reports = [exam.examine(right_but(f"# student {number}")) for number in range(5)]
    assert [report.score for report in reports] == [16] * 5
    assert len(asked) == known


def test_one_wrong_function_costs_its_points_exactly(exam):
    report = exam.examine(right_but("def mean(x): return 0.0"))
    assert (report.score, points(report)["mean"]) == (12, 0)


def test_half_credit_is_failed_with_points(exam):
    report = exam.examine(right_but(
        "def line_forward(x, w): return 2 * (x @ w), (x, w)\n"
        "def line_backward(d, c): return 2 * np.outer(d, c[1]), 2 * c[0].T @ d"
    ))  # fmt: skip
    gradient = next(outcome for outcome in report.checks if outcome.id == "line_backward.gradient")
    assert (gradient.status, gradient.points, gradient.max_points) == ("failed", 1.4, 2.8)
    assert report.score == 9.4


def test_a_known_mistake_is_named(exam):
    report = exam.examine(right_but("def mean(x): return float(np.sum(x))"))
    hint = next(outcome.hint for outcome in report.checks if outcome.id == "mean.value")
    assert hint == "This is the sum: divide by how many there are."


def test_a_wrong_answer_knows_the_line_of_its_function(exam):
    report = exam.examine(whole(REFERENCE.replace("return x * factor", "return x + factor")))
    detail = next(outcome.detail for outcome in report.checks if outcome.id == "scale.value")
    assert (detail["file"], detail["line"]) == ("lines.py", REFERENCE.split("\n").index("def scale(x, factor):") + 1)


def test_a_submission_that_cannot_be_used_gets_a_whole_report(exam):
    problem = "lines.py is a folder, not a file."
    report = exam.examine(Submission(exercise="exercise1", files={}, digest="sha256:", source="", problem=problem))
    assert report.score == 0
    assert report.checks[0].message == f"The submission could not be loaded. {problem}"
    assert len(report.checks) == len(exam.suite.checks)


def test_notes_of_the_submission_and_of_its_loading_are_in_the_report(exam):
    cells = ("import numpy as np", "1 / 0", REFERENCE)
    submission = Submission(
        exercise="exercise1",
        files={"lines.py": b""},
        cells=cells,
        digest="sha256:",
        source="n.ipynb",
        notes=["A magic."],
    )
    report = exam.examine(submission)
    assert report.score == 16
    assert report.notes == ["A magic.", "Cell 2 stopped with ZeroDivisionError: division by zero"]


def test_progress_is_told_check_by_check(exam):
    told = []
    exam.examine(right_but(""), progress=lambda *step: told.append(step))
    assert [number for number, *_ in told] == list(range(len(exam.suite.checks)))
    assert {of for _, of, _ in told} == {len(exam.suite.checks)}
    assert told[0][2] == "line_forward"


def test_only_what_is_asked_is_reported_and_counts(root):
    with examiner(root, only=["line_backward"]) as made:
        report = made.examine(right_but(""))
        assert {outcome.target for outcome in report.checks} == {"line_backward"}
        assert (report.score, report.max_score, report.passed) == (4, 4, True)
    with examiner(root, only=["scale.dtype"]) as made:
        wrong = made.examine(right_but("def scale(x, factor): return x"))
        assert [(outcome.id, outcome.status) for outcome in wrong.checks] == [("scale.dtype", "skipped")]
        assert wrong.checks[0].message == "Needs scale.value to pass first."
        assert made.examine(right_but("")).score == 0.4


def test_an_unknown_name_is_refused_with_a_suggestion(root):
    with pytest.raises(UsageError, match=r"no check or function 'skale'. Did you mean 'scale'"):
        Examiner(load_course(root), load_course(root).exercises[0], only=["skale"])


def test_points_of_functions_from_the_course_count(root, tmp_path):
    text = (root / "course.yaml").read_text().replace("points: 16", "points: 16\n    functions: {mean: 28}")
    with examiner(spoil(root, tmp_path, "course.yaml", text)) as made:
        report = made.examine(right_but("def mean(x): return 0.0"))
    assert points(report) == {"line_forward": 1.6, "line_backward": 1.6, "scale": 1.6, "mean": 0}
    assert report.score == 4.8


def test_the_public_checks_have_the_public_seed_and_need_no_solution(root, tmp_path):
    copy = tmp_path / "students"
    shutil.copytree(root, copy)
    shutil.rmtree(copy / "solutions")
    with examiner(copy, seed=None) as made:
        report = made.examine(right_but(""))
        assert (report.score, report.seed, report.public) == (16, PUBLIC_SEED, True)
        wrong = made.examine(right_but("def mean(x): return float(np.sum(x))"))
    found = next(outcome for outcome in wrong.checks if outcome.id == "mean.value")
    assert found.hint == "This is the sum: divide by how many there are."
    assert "expected:" in found.message


def test_recorded_answers_earn_half_credit_too(root):
    half = right_but(
        "def line_forward(x, w): return 2 * (x @ w), (x, w)\n"
        "def line_backward(d, c): return 2 * np.outer(d, c[1]), 2 * c[0].T @ d"
    )
    with examiner(root, seed=None, public=True) as made:
        assert points(made.examine(half))["line_backward"] == 1.4


def test_another_seed_needs_the_solutions(root):
    with pytest.raises(UsageError, match="leave --seed out"), examiner(root, public=True, seed=3):
        pass


def test_recording_twice_gives_the_same_bytes(root):
    with examiner(root, seed=1) as one, examiner(root, seed=2) as two:
        assert one.record() == two.record() == (root / "exercises/exercise1/answers.npz").read_bytes()


BROKEN = {
    "a reference that does not load": ("solutions/exercise1/lines.py", "1 / 0", SuiteError,
                                       "The reference solution cannot be loaded. ZeroDivisionError"),
    "a reference without a function": ("solutions/exercise1/lines.py", REFERENCE.replace("def mean", "def average"),
                                       SuiteError, "The reference cannot answer mean"),
    "a suite that does not run": ("exercises/exercise1/checks.py", "1 / 0", SuiteError,
                                  "checks.py cannot be run: ZeroDivisionError: division by zero"),
    "a suite that is none": ("exercises/exercise1/checks.py", "suite = 3", SuiteError, "must define `suite`, a Suite."),
    "hidden checks that are none": ("solutions/exercise1/hidden.py", "x = 3", SuiteError,
                                    "must define `extend(suite)`."),
    "recorded answers that are none": ("exercises/exercise1/answers.npz", "no", CourseError, "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_course_is_its_authors_matter(case, root, tmp_path):
    name, text, error, words = BROKEN[case]
    options = {"public": True, "seed": None} if "answers" in name else {}
    with (
        pytest.raises(error) as caught,
        examiner(spoil(root, tmp_path, name, text), **options) as made,
    ):
        made.examine(right_but(""))
    assert words in str(caught.value)


def test_a_launcher_may_be_handed_over_and_is_closed_with_the_examiner(root):
    course = load_course(root)
    exercise = course.exercises[0]
    benches = launcher(exercise.allow, "none", exercise.limits)
    with Examiner(course, exercise, benches=benches, seed=1) as made:
        report = made.examine(right_but(""))
    assert (report.score, report.isolation) == (16, benches.in_force)


TRAINING = """

def clouds(rng):
    y = rng.integers(0, 2, 200)
    x = rng.normal(size=(200, 2)) + 6.0 * y[:, None]
    return Task(x[:100], y[:100], x[100:], y[100:])


suite.accuracy("fit", "clouds", "Tells two clouds apart.", data=clouds, train={}, predict="scores", at_least=0.9)
"""
LEARNER = """
def fit(x, y, seed): return [x[y == label].mean(axis=0) for label in (0, 1)]
def scores(x, centres): return -((x[:, None] - np.stack(centres)) ** 2).sum(axis=2), None
"""
CHEAT = """
SEEN = []
def fit(x, y, seed):
    SEEN.append((x, y))
    return [np.zeros(2)] * 2
def scores(x, centres):
    assert not SEEN, "the labels are here"
    return np.zeros((len(x), 2)), None
"""


def test_what_was_trained_is_judged_on_a_bench_that_has_seen_nothing(root, tmp_path):
    checks = (root / "exercises/exercise1/checks.py").read_text().replace("import Suite", "import Suite, Task")
    copy = spoil(root, tmp_path, "exercises/exercise1/checks.py", checks + TRAINING)
    with examiner(copy, only=["fit"]) as made:
        assert made.examine(right_but(LEARNER)).passed
        cheated = made.examine(right_but(CHEAT))
    outcome = cheated.checks[-1]
    assert (outcome.id, outcome.status) == ("fit.clouds", "failed")
    assert "of 100 unseen points are right; 0.900 is needed" in outcome.message


def test_a_course_without_its_checks_is_incomplete(root, tmp_path):
    copy = spoil(root, tmp_path, "course.yaml", (root / "course.yaml").read_text())
    (copy / "exercises/exercise1/checks.py").unlink()
    with pytest.raises(CourseError, match=r"checks.py cannot be read .*get a fresh copy of the course"), examiner(copy):
        pass
