"""Batches through an executor: bounded, repeated where a worker was lost, given up where it is hopeless."""

from __future__ import annotations

import os
import signal
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from grader.cohort import identity, work
from grader.cohort.engine import Task, graded
from grader.cohort.local import LocalDesks
from grader.cohort.work import Batch, Paper, Problem, Setup, Stop
from grader.errors import GraderError, UsageError
from grader.report import Report
from grader.submission import Submission, digest_of

SETUP = Setup("/course", "exercise1", "cpu", "strict", "digest")
REPORT = {"duration_s": 0.001, "score": 1.0}


def paper(student: str, text: bytes = b"x = 1\n", seed: int | None = 7) -> Paper:
    files = {"squares.py": text}
    return Paper(student, seed, Submission(exercise="exercise1", files=files, digest=digest_of(files), source=student))


class Desks:
    """An executor's threads, with a function of the test's own behind them."""

    def __init__(self, answer, jobs: int = 2) -> None:
        self.jobs = jobs
        self.executor = ThreadPoolExecutor(jobs)
        self.answer = answer
        self.batches: list[list[str]] = []

    def grade(self, batch: bytes) -> bytes:
        students = [one.student for one in msgspec.msgpack.decode(batch, type=Batch).papers]
        self.batches.append(students)
        return msgspec.json.encode(self.answer(students))


def results(desks: Desks, students: list[str], read: list[str] | None = None):
    """Have students graded; return what came of each."""
    left = iter(students)

    def tasks():
        for student in left:
            if read is not None:
                read.append(student)
            yield Task(paper(student), student)

    found = {}
    for some in graded(tasks(), lambda: len(students) - len(found), SETUP, desks):
        found |= {task.name: reply for task, reply in some}
    return found


def test_every_paper_gets_its_own_report_in_batches_that_grow_with_the_speed():
    desks = Desks(lambda students: [REPORT | {"student": student} for student in students])
    students = [f"s{number}" for number in range(300)]
    found = results(desks, students)
    assert {name: msgspec.json.decode(reply)["student"] for name, reply in found.items()} == {s: s for s in students}
    assert len(desks.batches[0]) == 1
    assert max(map(len, desks.batches)) == 16
    assert sorted(one for batch in desks.batches for one in batch) == sorted(students)


def test_only_a_few_submissions_are_read_ahead():
    read: list[str] = []
    ahead = []

    def answer(students):
        ahead.append(len(read) - sum(map(len, desks.batches[:-1])))
        return [REPORT for _ in students]

    desks = Desks(answer, jobs=1)
    results(desks, [f"s{number}" for number in range(200)], read)
    assert max(ahead) <= 3 * 16


def test_a_lost_batch_is_done_again_and_a_submission_that_is_always_lost_is_given_up():
    def answer(students):
        if "killer" in students:
            raise BrokenExecutor("its process ended by signal 9")
        return [REPORT for _ in students]

    desks = Desks(answer)
    found = results(desks, [f"s{number}" for number in range(40)] + ["killer"] + [f"t{number}" for number in range(40)])
    assert len(found) == 81
    assert found.pop("killer") == Problem("it was lost 3 times while it was graded (its process ended by signal 9).")
    assert all(isinstance(reply, bytes) for reply in found.values())
    assert sum("killer" in batch for batch in desks.batches) == 3


@pytest.mark.parametrize(("code", "error"), [(2, UsageError), (3, GraderError)])
def test_what_stops_one_desk_stops_them_all_with_its_exit_code(code, error):
    desks = Desks(lambda students: Stop("this machine cannot", code))
    with pytest.raises(error, match="this machine cannot") as caught:
        results(desks, ["a", "b", "c"])
    assert caught.value.exit_code == code


def test_a_problem_is_passed_on_and_the_others_have_reports():
    desks = Desks(lambda students: [Problem("it failed.") if one == "b" else REPORT for one in students])
    found = results(desks, ["a", "b", "c"])
    assert found["b"] == Problem("it failed.")
    assert isinstance(found["a"], bytes)


@pytest.fixture
def setup(course, exercise):
    judging = identity.judging_of(course, exercise, "cpu", "strict")
    yield Setup(str(course.root), exercise.name, "cpu", "strict", judging)
    work.leave()


def batch(setup: Setup, *papers: Paper) -> bytes:
    return msgspec.msgpack.encode(Batch(setup, list(papers)))


def test_a_desk_refuses_where_course_or_version_are_not_those_of_the_class(setup):
    reply = work.grade(batch(msgspec.structs.replace(setup, judging="another"), paper("anna")))
    stop = msgspec.json.decode(reply, type=Stop)
    assert "has changed since the class was begun" in stop.words
    assert stop.exit_code == 2


def test_a_room_stays_open_and_a_seed_of_ones_own_gets_questions_of_its_own(setup, right_answer):
    papers = [paper("anna", right_answer, 1), paper("ben", right_answer, 2), paper("cleo", b"", 1)]
    anna, ben, cleo = msgspec.json.decode(work.grade(batch(setup, *papers)), type=list[Report])
    assert [(one.student, one.seed, one.score) for one in (anna, ben, cleo)] == [
        ("anna", 1, 10.0), ("ben", 2, 10.0), ("cleo", 1, 0.0)
    ]  # fmt: skip
    assert "landlock" in anna.isolation
    assert list(work._rooms) == [setup]


def test_a_broken_suite_stops_with_its_own_words(tiny_course):
    from grader.course import load_course

    (tiny_course / "exercises" / "exercise1" / "checks.py").write_text("suite = 3\n")
    own = load_course(tiny_course)
    judging = identity.judging_of(own, own.exercises[0], "cpu", "strict")
    reply = work.grade(batch(Setup(str(tiny_course), "exercise1", "cpu", "strict", judging), paper("anna")))
    stop = msgspec.json.decode(reply, type=Stop)
    assert stop.exit_code == 3
    assert "must define `suite`" in stop.words


def memory(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) * 1024


def test_a_desk_that_dies_costs_its_batch_and_no_other_and_its_memory_does_not_grow(setup, right_answer):
    desks = LocalDesks(1)
    wrong = right_answer.replace(b"x**2", b"x**3")

    def some(count: int, start: int) -> None:
        for number in range(start, start + count, 20):
            papers = [paper(f"s{n}", wrong + b"# %d\n" % n) for n in range(number, number + 20)]
            assert len(msgspec.json.decode(desks.grade(batch(setup, *papers)))) == 20

    try:
        some(40, 0)
        (desk,) = desks._all
        pid = desk._process.pid
        before = memory(pid)
        some(260, 40)
        assert memory(pid) - before < 4 << 20
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(BrokenExecutor, match="its process ended by signal 9"):
            desks.grade(batch(setup, paper("anna")))
        assert len(msgspec.json.decode(desks.grade(batch(setup, paper("anna"))))) == 1
    finally:
        desks.close(at_once=False)
