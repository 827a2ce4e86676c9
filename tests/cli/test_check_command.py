"""`grade check` as a student, an instructor and a CI engineer run it: what it prints, writes and exits with."""

from __future__ import annotations

import json
import os
import shutil

import pytest

CHATTY = """
print("a student prints")
def square_forward(x):
    print("so does their function")
    return x**2, x
"""


def test_a_stub_fails_and_says_what_to_do_first(grade):
    done = grade("check", "exercise1")
    assert done.returncode == 1
    assert "square_forward is not written yet" in done.stdout
    assert "0 of 10 points" in done.stdout
    assert done.stderr == ""


def test_a_right_answer_passes(grade, hand_in, right_answer):
    hand_in(right_answer)
    done = grade("check")
    assert done.returncode == 0
    assert "10 of 10 points" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("isolation", ["auto", "none"])
def test_a_report_in_json_is_alone_on_standard_output(grade, hand_in, tiny_course, isolation):
    hand_in(CHATTY)
    checks = tiny_course / "exercises" / "exercise1" / "checks.py"
    checks.write_text('print("a suite prints")\n' + checks.read_text())
    done = grade("check", "exercise1", "--format", "json", "--isolation", isolation)
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["score"] == 3.0
    assert "so does their function" in report["output"]
    assert "a suite prints" in done.stderr


def test_several_exercises_give_an_array(grade, tiny_course, hand_in, right_answer):
    hand_in(right_answer)
    text = (tiny_course / "course.yaml").read_text()
    (tiny_course / "course.yaml").write_text(
        text + text.split("exercises:\n")[1].replace("exercise1", "exercise2"), encoding="utf-8"
    )
    for part in ("exercises", "solutions"):
        shutil.copytree(tiny_course / part / "exercise1", tiny_course / part / "exercise2")
    (tiny_course / "exercises" / "exercise2" / "squares.py").write_text("")
    done = grade("check", "--format", "json")
    assert [(report["exercise"], report["score"]) for report in json.loads(done.stdout)] == [
        ("exercise1", 10.0),
        ("exercise2", 0.0),
    ]
    assert done.returncode == 1


def test_the_same_seed_gives_the_same_report(grade, hand_in, right_answer):
    hand_in(right_answer.replace(b"x**2", b"x**3").replace(b" * dout", b""))
    first, second = (grade("check", "exercise1", "--seed", "7", "--format", "json").stdout for _ in range(2))
    assert _without_times(json.loads(first)) == _without_times(json.loads(second))
    other = grade("check", "exercise1", "--seed", "8", "--format", "json").stdout
    assert _without_times(json.loads(other)) != _without_times(json.loads(first))


def _without_times(report):
    if isinstance(report, dict):
        return {key: _without_times(value) for key, value in report.items() if key != "duration_s"}
    return [_without_times(entry) for entry in report] if isinstance(report, list) else report


def test_only_what_was_asked_for_counts(grade, hand_in, right_answer):
    hand_in(right_answer.replace(b" * dout", b""))
    done = grade("check", "exercise1", "--only", "square_forward", "--only", "scale.value", "--format", "json")
    report = json.loads(done.stdout)
    assert {check["id"].split(".")[0] for check in report["checks"]} == {"square_forward", "scale"}
    assert report["score"] == report["max_score"] < 10
    assert done.returncode == 0


def test_quiet_prints_the_score_alone(grade, hand_in, right_answer):
    hand_in(right_answer)
    assert grade("check", "-q").stdout == "exercise1: 10 of 10 points\n"


def test_the_course_can_be_named_from_anywhere(grade, tiny_course, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert grade("check", "-q", "--course", str(tiny_course), cwd=elsewhere).stdout == "exercise1: 0 of 10 points\n"
    done = grade("check", "-q", cwd=elsewhere)
    assert done.returncode == 2
    assert "--course DIR" in done.stderr


def test_a_student_without_solutions_is_graded_against_the_recorded_answers(
    grade, students_course, hand_in, right_answer
):
    hand_in(right_answer)
    report = json.loads(grade("check", "--format", "json").stdout)
    assert (report["public"], report["score"]) == (True, 10.0)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chekc"], "Did you mean 'check'?"),
        (["check", "exercize1"], "Did you mean 'exercise1'?"),
        (["check", "--only", "sqare_forward"], "Did you mean 'square_forward'?"),
        (["check", "--only", "scale.valeu"], "Did you mean 'scale.value'?"),
        (["check", "--seed", "-1"], "a seed is a whole number"),
        (["check", "--submission", "exercises/exercise1/squares.pi"], "Did you mean 'squares.py'?"),
        (["check", "--device", "cuda"], "leave --device out"),
        (["check", "--output", "."], "is a folder"),
        (["check", "--output", "nowhere/report.txt"], "there is no folder nowhere"),
        (["check", "--output", "/dev/full"], "No space left"),
        (["check", "--watch", "--format", "json"], "leave --format json out"),
        (["check", "--colour"], "No such option"),
    ],
)
def test_what_cannot_be_done_as_asked_says_so_and_exits_with_2(grade, arguments, words):
    done = grade(*arguments)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_folder_that_may_not_be_written_is_said_before_anything_is_lost(grade, tiny_course):
    done = grade("check", "--output", "/proc/report.txt")
    assert done.returncode == 2
    assert "/proc/report.txt cannot be written" in done.stderr


def test_an_output_file_is_written_whole_and_keeps_its_link(grade, tiny_course, hand_in, right_answer):
    hand_in(right_answer)
    (tiny_course / "link.json").symlink_to("report.json")
    (tiny_course / "report.json").write_text("old")
    done = grade("check", "--format", "json", "--output", "link.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads((tiny_course / "report.json").read_text())["score"] == 10.0
    assert (tiny_course / "link.json").is_symlink()
    assert not [name for name in os.listdir(tiny_course) if name.startswith(".")]


def test_nothing_is_written_but_what_was_asked_for(grade, tiny_course, tmp_path):
    before = sorted(tiny_course.rglob("*"))
    grade(
        "check",
        env={"HOME": str(tmp_path / "home"), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": ""},
    )
    assert sorted(tiny_course.rglob("*")) == before
    assert not (tmp_path / "home").exists()


def test_a_reader_who_has_seen_enough_is_no_error(tiny_course, grade, hand_in, right_answer):
    hand_in(right_answer)
    reading, writing = os.pipe()
    os.close(reading)
    done = grade_into(writing, tiny_course)
    os.close(writing)
    assert done == (0, "")


def grade_into(descriptor, course):
    import subprocess

    from processes import COMMAND, ENVIRONMENT

    done = subprocess.run(
        [*COMMAND, "check", "-v"], cwd=course, env=ENVIRONMENT, stdout=descriptor, stderr=subprocess.PIPE, check=False
    )
    return done.returncode, done.stderr.decode()


def test_a_full_disk_behind_a_redirection_is_said(tiny_course):
    with open("/dev/full", "wb") as full:
        code, words = grade_into(full.fileno(), tiny_course)
    assert code == 2
    assert "cannot be printed: No space left" in words


def test_in_ci_strict_is_the_default(grade):
    report = json.loads(grade("check", "--format", "json", env={"CI": "true"}).stdout)
    assert {"landlock", "seccomp", "limits"} <= set(report["isolation"])


def test_without_isolation_the_report_says_so(grade, hand_in, right_answer):
    hand_in(right_answer)
    report = json.loads(grade("check", "--format", "json", "--isolation", "none").stdout)
    assert (report["isolation"], report["score"]) == (["limits"], 10.0)


def test_a_broken_suite_is_the_graders_fault_and_names_its_file(grade, tiny_course):
    (tiny_course / "exercises" / "exercise1" / "checks.py").write_text("suite = nothing\n")
    done = grade("check")
    assert done.returncode == 3
    assert "checks.py cannot be run: NameError" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in grade("check", "--debug").stderr


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["check", "--help"], ["doctor", "--help"]])
def test_help_fits_a_terminal(grade, arguments):
    done = grade(*arguments)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "grade" in done.stdout


def test_the_version_is_told(grade):
    from grader import __version__

    assert grade("--version").stdout == f"grade, version {__version__}\n"
