"""`grade cohort` as an instructor runs it: whole classes, stopped, resumed, doubled, with everything going wrong."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import pty
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from processes import COMMAND, ENVIRONMENT, alive, descendants, until

WRONG = (b"x**2, x", b"x**3, x")


@pytest.fixture
def school(tiny_course, right_answer) -> Path:
    """A class of five: right, wrong, unwritten, broken, and one that ends its process."""
    answers = {
        "anna": right_answer,
        "ben": right_answer.replace(*WRONG),
        "cleo": (tiny_course / "exercises" / "exercise1" / "squares.py").read_bytes(),
        "dan": b"def square_forward(x:\n",
        "eve": right_answer + b"\nimport os\ndef scale(x, factor):\n    os._exit(0)\n",
    }
    folder = tiny_course / "class"
    for student, answer in answers.items():
        (folder / student).mkdir(parents=True)
        (folder / student / "squares.py").write_bytes(answer)
    return folder


@pytest.fixture
def large(school, right_answer) -> Path:
    """The same, and forty more."""
    for number in range(40):
        folder = school / f"student{number:02}"
        folder.mkdir()
        (folder / "squares.py").write_bytes(right_answer.replace(*WRONG) + b"# %d\n" % number)
    return school


def scores(path: Path) -> dict[str, dict[str, str]]:
    with path.open(newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def reports(results: Path) -> dict[str, tuple[int, int]]:
    """Return the inode and time of each report."""
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in (results / "reports").glob("*.json")}


def test_a_class_is_graded_once_and_told_in_figures(grade, school, tiny_course):
    (school / "fay").mkdir()
    (school / "notes.txt").write_text("x")
    results, table = tiny_course / "results", tiny_course / "scores.csv"
    done = grade("cohort", "exercise1", "class", "--results", "results", "--csv", "scores.csv")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        "notes.txt: left out, for it is no folder, zip, notebook or Python file.",
        "fay: There is no squares.py in class/fay, neither at its top nor in exercises/exercise1: "
        "save your answer there under that name.",
    ]
    found = scores(table)
    assert {name: row["score"] for name, row in found.items()} == {
        "anna": "10.0", "ben": found["ben"]["score"], "cleo": "0.0", "dan": "0.0", "eve": "6.0", "fay": "0.0"
    }  # fmt: skip
    assert 4 < float(found["ben"]["score"]) < 10
    for name, row in found.items():
        text = (results / "reports" / f"{row['report']}.json").read_bytes()
        report = json.loads(text)
        assert (report["student"], report["score"], report["digest"]) == (name, float(row["score"]), row["digest"])
        assert {"landlock", "seccomp", "limits"} <= set(report["isolation"])
        assert report["seed"] == json.loads((results / "results.json").read_text())["seed"]
        assert not report["public"]
    assert "6 students: 6 graded in " in done.stdout
    assert "of 10 points.\n1 handed in what cannot be judged.\n" in done.stdout
    assert "      9 to 10         1  ##" in done.stdout
    assert "  1 of 6: square_forward: This is the third power: the square is x times x." in done.stdout
    assert done.stdout.endswith("\nResults: results\n")

    before, bytes_before = reports(results), table.read_bytes()
    again = grade("cohort", "exercise1", "class", "--results", "results", "--csv", "scores.csv")
    assert again.returncode == 0
    assert "6 students: 0 graded in " in again.stdout
    assert "6 known from before" in again.stdout
    assert (reports(results), table.read_bytes()) == (before, bytes_before)

    (school / "cleo" / "squares.py").write_bytes((school / "anna" / "squares.py").read_bytes())
    assert "1 graded in" in grade("cohort", "exercise1", "class", "--results", "results").stdout
    assert {name: reports(results)[name] for name in before} == before
    assert len(reports(results)) == 7

    anew = grade("cohort", "exercise1", "class", "--results", "results", "--csv", "scores.csv", "--regrade")
    assert "6 graded in" in anew.stdout
    assert scores(table)["ben"] == found["ben"]
    assert all(
        reports(results)[row["report"] + ".json"] != before[row["report"] + ".json"]
        for row in (found["ben"], found["eve"])
    )


def test_what_judges_has_changed_so_all_are_graded_again_but_seed_and_old_results_stay(grade, school, tiny_course):
    def run() -> str:
        done = grade("cohort", "exercise1", "class", "--results", "results", "--jobs", "1")
        assert done.returncode == 0, done.stderr
        return done.stdout

    for student in ("ben", "dan", "eve"):
        shutil.rmtree(school / student)
    assert "2 graded" in run()
    first, manifest = reports(tiny_course / "results"), (tiny_course / "results" / "results.json").read_bytes()
    hidden = tiny_course / "solutions" / "exercise1" / "hidden.py"
    hidden.write_text(hidden.read_text() + "\n# changed\n")
    assert "2 graded" in run()
    course = tiny_course / "course.yaml"
    course.write_text(course.read_text().replace("call: 2s", "call: 3s"))
    assert "2 graded" in run()
    course.write_text(course.read_text() + "    due: 2020-01-01T00:00:00Z\n")
    assert "0 graded" in run()
    assert len(reports(tiny_course / "results")) == 6
    assert {name: reports(tiny_course / "results")[name] for name in first} == first
    assert (tiny_course / "results" / "results.json").read_bytes() == manifest


def _kept(tiny_course: Path) -> int:
    return len(list((tiny_course / "results" / "reports").glob("*.json")))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_ended_leaves_no_process_and_the_next_one_goes_on(grade, start, large, tiny_course, number, code):
    options = ["--results", "results", "--csv", "scores.csv", "--jobs", "2"]
    process = start("cohort", "exercise1", "class", *options)
    until(lambda: _kept(tiny_course) >= 5 or process.poll() is not None)
    family = descendants(process.pid)
    assert len(family) >= 2
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == code, err
    if number != signal.SIGKILL:
        assert out == ""
        assert err == "What was graded is kept in results: the same command goes on from there.\nStopped.\n"
    until(lambda: not alive(family))
    kept = reports(tiny_course / "results")
    assert 5 <= len(kept) < 45

    done = grade("cohort", "exercise1", "class", *options)
    assert done.returncode == 0, done.stderr
    assert f"{45 - len(kept)} graded in " in done.stdout
    assert {name: reports(tiny_course / "results")[name] for name in kept} == kept
    if number == signal.SIGKILL:  # and the scores are those of a class that nobody disturbed, to the byte
        calm = tiny_course / "calm"
        calm.mkdir()
        shutil.copy(tiny_course / "results" / "results.json", calm)
        assert grade("cohort", "exercise1", "class", "--results", "calm", "--csv", "calm.csv").returncode == 0
        assert (tiny_course / "calm.csv").read_bytes() == (tiny_course / "scores.csv").read_bytes()


def test_two_runs_at_once_and_a_lost_desk_do_no_harm(start, large, tiny_course):
    runs = [start("cohort", "exercise1", "class", "--results", "results", "--csv", f"{n}.csv") for n in range(2)]
    until(lambda: _kept(tiny_course) >= 3)
    desks = descendants(runs[0].pid)
    desk = next(pid for pid in sorted(desks) if b"cohort.local" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(desk, signal.SIGKILL)
    for process in runs:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        assert "45 students: " in out
    assert (tiny_course / "0.csv").read_bytes() == (tiny_course / "1.csv").read_bytes()
    files = {path.name for path in (tiny_course / "results").rglob("*") if path.is_file()}
    listed = {row["report"] + ".json" for row in scores(tiny_course / "0.csv").values()}
    assert files == listed | {"results.json", "class.json"}
    for name in listed:
        report = json.loads((tiny_course / "results" / "reports" / name).read_bytes())
        assert {"schema", "checks", "score"} <= set(report)


@pytest.fixture
def small_disk(tmp_path):
    """A disk with room for some results, not for all."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root can make a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_a_clear_error_and_with_more_room_the_run_goes_on(grade, large, small_disk, tiny_course):
    arguments = ["cohort", "exercise1", "class", "--results", str(small_disk / "results")]
    done = grade(*arguments)
    assert done.returncode == 2
    assert done.stderr == (
        f"Error: The results cannot be written to {small_disk / 'results'}: no space left on device. What is there is "
        "kept. Make room, or name another folder with --results, and run the command again.\n"
    )
    kept = reports(small_disk / "results")
    assert 0 < len(kept) < 45
    assert not list((small_disk / "results").rglob("*.part"))
    for name in kept:
        json.loads((small_disk / "results" / "reports" / name).read_bytes())
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert f"{45 - len(kept)} graded in " in grade(*arguments).stdout
    assert {name: reports(small_disk / "results")[name] for name in kept} == kept


RULE = "    due: 2020-01-01T00:00:00+01:00\n    late: {percent: 10, cap: 40}\n"


def test_late_is_marked_and_costs_what_the_rule_says_unless_there_is_an_extension(grade, school, tiny_course):
    for student in ("cleo", "dan", "eve"):
        shutil.rmtree(school / student)
    (school / "ben").rename(school / "=ben")
    shutil.copytree(school / "anna", school / "Jürgen\nvon Au")
    (tiny_course / "course.yaml").write_text((tiny_course / "course.yaml").read_text() + RULE)
    due = 1_577_833_200
    for student, after in (("anna", 0), ("=ben", 86_401), ("Jürgen\nvon Au", 86_401)):
        os.utime(school / student / "squares.py", (due + after, due + after))
    (tiny_course / "more.yaml").write_text('"Jürgen\\nvon Au": 2d\nnobody: 2d\n')
    done = grade("cohort", "exercise1", "class", "--results", "r", "--csv", "s.csv", "--extensions", "more.yaml")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "more.yaml:2: nobody handed in nothing.\n"
    assert "1 handed in late, 1 of them by the dates of files alone." in done.stdout
    found = scores(tiny_course / "s.csv")
    assert [(name, row["late_days"], row["late_percent"]) for name, row in found.items()] == [
        ("'=ben", "2", "20.0"), ("Jürgen\nvon Au", "0", "0.0"), ("anna", "0", "0.0")
    ]  # fmt: skip
    assert float(found["'=ben"]["grade"]) == pytest.approx(0.8 * float(found["'=ben"]["score"]), abs=1e-6)
    assert found["anna"]["handed_in"] == "2019-12-31T23:00:00+00:00"
    done = grade("cohort", "exercise1", "class", "--results", "r", "--csv", "s.csv", "--no-file-dates")
    assert {row["late_days"] for row in scores(tiny_course / "s.csv").values()} == {"0"}
    assert "3 known from before" in done.stdout


def test_each_student_may_have_questions_of_their_own_made_of_a_secret(grade, school, tiny_course):
    for student in ("cleo", "dan", "eve"):
        shutil.rmtree(school / student)
    (tiny_course / "course.yaml").write_text((tiny_course / "course.yaml").read_text() + "seeds: per-student\n")
    (tiny_course / "secret").write_text("a" * 32)
    seeds = []
    for extra in ([], [], ["--secret", "secret"]):
        done = grade("cohort", "exercise1", "class", "--results", "results", "--csv", "s.csv", *extra)
        assert done.returncode == 0, done.stderr
        rows = scores(tiny_course / "s.csv")
        assert rows["anna"]["score"] == "10.0"
        files = [tiny_course / "results" / "reports" / f"{rows[name]['report']}.json" for name in ("anna", "ben")]
        seeds.append([json.loads(file.read_bytes())["seed"] for file in files])
    assert seeds[0] == seeds[1]
    assert len({*seeds[0], *seeds[2]}) == 4
    assert (tiny_course / "results" / "secret").stat().st_mode & 0o77 == 0
    (tiny_course / "secret").write_text("short")
    assert "too short" in grade("cohort", "exercise1", "class", "--secret", "secret").stderr


def test_a_students_copy_grades_with_the_public_questions(grade, school, tiny_course):
    shutil.rmtree(tiny_course / "solutions")
    done = grade("cohort", "exercise1", "class", "--csv", "s.csv", env={"XDG_CACHE_HOME": str(tiny_course / "cache")})
    assert done.returncode == 0, done.stderr
    assert done.stderr == (
        "The solutions are not here: only the public questions are asked, and students know their answers.\n"
    )
    row = scores(tiny_course / "s.csv")["anna"]
    folder = Path(done.stdout.rpartition("Results: ")[2].strip())
    assert folder.parent == tiny_course / "cache" / "gradecheck" / "results"
    report = json.loads((folder / "reports" / f"{row['report']}.json").read_bytes())
    assert (report["score"], report["public"]) == (10.0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["exercise2", "class"], "There is no exercise 'exercise2'"),
        (["exercise1", "clas"], "There is no folder clas."),
        (["exercise1", "empty"], "empty holds no submission"),
        (["exercise1", "essays"], "Nothing in essays is a submission of exercise1"),
        (["exercise1", "exercises/exercise1"], "is itself a submission"),
        (["exercise1", "class", "--results", "/dev/null/results"], "cannot be written to /dev/null/results: not a dir"),
        (["exercise1", "class", "--csv", "no/such/folder.csv"], "there is no folder no/such"),
        (["exercise1", "class", "--revision", "due"], "exercise1 has no `due` in course.yaml"),
        (["exercise1", "class", "--secret", "course.yaml"], "this course shares its seeds"),
        (["exercise1", "class", "--extensions", "course.yaml"], "course.yaml:1: title: expected a moment"),
        (["exercise1", "class", "--jobs", "0"], "0 is not in the range"),
    ],
)
def test_what_cannot_be_done_is_one_clear_error_and_nothing_is_written(grade, school, tiny_course, arguments, said):
    (tiny_course / "empty").mkdir()
    (tiny_course / "essays" / "anna").mkdir(parents=True)
    before = sorted(tiny_course.rglob("*"))
    done = grade("cohort", *arguments, env={"XDG_CACHE_HOME": str(tiny_course / "cache")})
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert sorted(tiny_course.rglob("*")) == before


def test_a_suite_that_cannot_be_run_ends_with_3_and_its_own_words(grade, school, tiny_course):
    (tiny_course / "exercises" / "exercise1" / "checks.py").write_text("suite = undefined\n")
    done = grade("cohort", "exercise1", "class", "--results", "results")
    assert done.returncode == 3
    assert "checks.py cannot be run: NameError" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_on_a_terminal_the_progress_has_a_rate_and_the_time_left(large, tiny_course):
    ours, theirs = pty.openpty()
    command = [*COMMAND, "cohort", "exercise1", "class", "--results", "results"]
    with subprocess.Popen(
        command, cwd=tiny_course, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # the end of a terminal
            while piece := os.read(ours, 1 << 16):
                shown += piece
        os.close(ours)
        assert process.wait() == 0
    lines = [line for line in shown.decode().split("\r\x1b[K") if line]
    assert any(" a second · " in line and line.endswith(" left") and " of 45 · " in line for line in lines), lines
    assert shown.endswith(b"\r\x1b[K")
