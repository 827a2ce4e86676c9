"""A folder of results: nothing in it is half written, lost or drawn twice."""

from __future__ import annotations

import os
import resource
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from grader.cohort import identity
from grader.cohort.results import Results, Row
from grader.cohort.scores import scores_csv
from grader.cohort.seeds import seed_of
from grader.course import Late, Limits
from grader.errors import UsageError

REPORT = b'{"score": 3.0, "max_score": 10.0, "duration_s": 0.1, "checks": [{"id": "a.b", "status": "passed"}]}\n'


@pytest.fixture
def results(tmp_path) -> Results:
    return Results(tmp_path / "results", "exercise1")


def files(results: Results) -> set[str]:
    return {str(path.relative_to(results.folder)) for path in results.folder.rglob("*") if path.is_file()}


def test_a_report_that_is_kept_is_read_again(results):
    results.keep([("one", REPORT), ("two", REPORT)])
    assert results.read("one").score == 3.0
    assert results.read("three") is None
    assert files(results) == {"results.json", "reports/one.json", "reports/two.json"}


@pytest.mark.parametrize("damaged", [b"", REPORT[:-20], b"null", b'{"score": "3"}', b"\xff\x00"])
def test_a_damaged_report_is_none(results, damaged):
    results.keep([("one", REPORT)])
    (results.folder / "reports" / "one.json").write_bytes(damaged)
    assert results.read("one") is None


def test_seed_and_secret_are_drawn_once_however_many_begin_at_a_time(tmp_path):
    barrier = threading.Barrier(8)
    drawn = set()

    def begin() -> None:
        barrier.wait()
        results = Results(tmp_path / "results", "exercise1")
        drawn.add((results.seed, results.secret()))

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 1
    assert {path.name for path in (tmp_path / "results").iterdir()} == {"results.json", "secret", "reports"}
    assert (tmp_path / "results" / "secret").stat().st_mode & 0o77 == 0


def test_results_belong_to_one_exercise_and_a_damaged_manifest_is_told(results):
    with pytest.raises(UsageError, match=r"holds results of exercise1: name another folder for exercise2\."):
        Results(results.folder, "exercise2")
    (results.folder / "results.json").write_bytes(b"{")
    with pytest.raises(UsageError, match="is damaged, and its seed is lost"):
        Results(results.folder, "exercise1")


def test_what_killed_runs_left_behind_is_swept_away_but_not_what_is_being_written(results):
    for name, age in (("old", 7200), ("new", 0)):
        part = results.folder / "reports" / f".{name}.json.1.ab.part"
        part.write_bytes(b"half")
        os.utime(part, (datetime.now(UTC).timestamp() - age,) * 2)
    Results(results.folder, "exercise1")
    assert files(results) == {"results.json", "reports/.new.json.1.ab.part"}


@contextmanager
def files_end_at(size: int):
    """Let no file grow beyond so many bytes: as good as a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_cannot_be_written_leaves_what_was_there(results):
    results.keep([("one", REPORT)])
    with files_end_at(200), pytest.raises(UsageError) as caught:
        results.keep([("two", REPORT), ("one", REPORT * 100)])
    assert "cannot be written" in str(caught.value)
    assert "What is there is kept" in str(caught.value)
    assert (results.folder / "reports" / "one.json").read_bytes() == REPORT
    assert files(results) == {"results.json", "reports/one.json", "reports/two.json"}


def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    tmp_path.chmod(0o555)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        with pytest.raises(UsageError, match=r"permission denied\. .* name another folder with --results"):
            Results(tmp_path / "results", "exercise1")
    finally:
        if root:
            os.seteuid(0)
        tmp_path.chmod(0o755)


def test_the_list_of_the_class_holds_what_names_and_dates_there_are(results):
    rows = [Row(student="new\nline", report="one", score=3.0, handed_in=datetime(2026, 12, 1, tzinfo=UTC), late_days=2)]
    results.keep_class(Path("/class"), rows)
    listed = msgspec.json.decode((results.folder / "class.json").read_bytes())
    assert (listed["exercise"], listed["folder"]) == ("exercise1", "/class")
    assert msgspec.convert(listed["students"], list[Row]) == rows


def test_a_spreadsheet_runs_nothing_of_the_scores():
    names = ["=1+1", "+x", "-x", "@SUM(A1)", "\t=1", "plain", 'quo"te', "a,b", "new\nline", "nul\0"]
    text = scores_csv([Row(student=name, report=None, problem="=evil()") for name in names]).decode()
    assert "\r\n'=1+1,,,,0,0.0,,'=evil(),,\r\n" in text
    assert [
        cell
        for cell in ("'+x", "'-x", "'@SUM(A1)", "'\t=1", '"quo""te"', '"a,b"', '"new\nline"', "nul,")
        if cell not in text
    ] == []


def test_whatever_decides_a_result_is_in_its_name_and_nothing_else(tiny_course, monkeypatch):
    from grader.course import load_course

    course = load_course(tiny_course)
    exercise = course.exercises[0]

    def judging(exercise=exercise, device="cpu", isolation="strict"):
        return identity.judging_of(course, exercise, device, isolation)

    seen = [judging(), judging(device="cuda"), judging(isolation="none")]
    for change in ({"points": 5.0}, {"limits": Limits(call=1.0)}, {"functions": {"scale": 2.0}}):
        seen.append(judging(msgspec.structs.replace(exercise, **change)))
    for path in ("exercises/exercise1/checks.py", "solutions/exercise1/hidden.py", "solutions/exercise1/mistakes.py",
                 "solutions/exercise1/squares.py"):  # fmt: skip
        file = tiny_course / path
        file.write_bytes(file.read_bytes() + b"# changed\n")
        seen.append(judging())
    monkeypatch.setattr(identity, "__version__", "9.9")
    seen.append(judging())
    assert len(set(seen)) == len(seen)
    (tiny_course / "exercises" / "exercise1" / "README.md").write_text("changed")
    other = msgspec.structs.replace(exercise, title="Other", due=datetime(2026, 1, 1, tzinfo=UTC), late=Late(percent=1))
    assert judging(other) == seen[-1]
    names = {identity.name_of(seen[0], *rest) for rest in (("a", "b", 1), ("a", "b", 2), ("ab", "", 1), ("a", "c", 1))}
    assert len(names) == 4


def test_a_students_own_seed_is_made_of_secret_exercise_and_name():
    seeds = [
        seed_of(*of)
        for of in ((b"s", "e", "a"), (b"t", "e", "a"), (b"s", "f", "a"), (b"s", "e", "b"), (b"s", "ea", ""))
    ]
    assert len(set(seeds)) == 5
    assert all(0 <= seed < 2**53 for seed in seeds)
    assert seed_of(b"s", "e", "a") == seeds[0] == 4131789362229504
