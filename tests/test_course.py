"""course.yaml as an instructor writes it: what it says, and what is said about its mistakes."""

from __future__ import annotations

import os
import pickle
import textwrap
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from grader.course import Course, Late, Limits, find_course, load_course
from grader.errors import CourseError, UsageError
from grader.quantities import read_bytes, read_seconds, write_bytes, write_seconds

WHOLE = """
title: Neural networks from scratch
exercises:
  - name: exercise3
    title: Losses
    files: [losses.py]
    allow: [numpy]
    points: 20
    functions: {mse_forward: 2, mse_backward: 0}
    due: 2026-12-04T23:59:00+01:00
    limits: {time: 2m, call: 500ms, memory: 1.5GiB, output: 64KiB, disk: 16MiB, source: 100B}
  - name: exercise9
    files: [cnn.py, blocks.py]
    allow: [numpy, torch]
    accuracy: {cpu: {at_least: 0.90, epochs: 20}, cuda: {at_most: 110, epochs: 3}}
    limits: {time: 180s}
"""


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Write a course.yaml, go into its folder, and return its path."""
    monkeypatch.chdir(tmp_path)

    def write(text: str | bytes) -> Path:
        path = tmp_path / "course.yaml"
        path.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())
        return path

    return write


@pytest.fixture
def course(written) -> Course:
    return load_course(written(WHOLE))


@pytest.fixture
def mistakes(written):
    """Return what is said about a course.yaml, a line for each mistake."""

    def said(text: str | bytes) -> list[str]:
        with pytest.raises(CourseError) as caught:
            load_course(written(text))
        assert caught.value.exit_code == 2
        return str(caught.value).splitlines()

    return said


def exercise(line: str) -> str:
    """Return a course.yaml with one exercise and this line in it, which is line 5."""
    return f"title: x\nexercises:\n  - name: exercise3\n    files: [losses.py]\n    {line}\n"


def test_an_exercise_is_what_course_yaml_says(course):
    losses = course.exercise("exercise3")
    assert (course.title, losses.title, losses.files, losses.module) == (
        "Neural networks from scratch",
        "Losses",
        ("losses.py",),
        "losses",
    )
    assert (losses.points, losses.functions) == (20.0, {"mse_forward": 2.0, "mse_backward": 0.0})
    assert losses.due == datetime(2026, 12, 4, 23, 59, tzinfo=timezone(timedelta(hours=1)))
    assert losses.limits == Limits(time=120.0, call=0.5, memory=3 << 29, output=64 << 10, disk=16 << 20, source=100)


def test_what_is_left_out_has_the_defaults_of_the_design(course):
    cnn = course.exercise("exercise9")
    assert (cnn.title, cnn.points, cnn.due, cnn.functions) == ("exercise9", 20.0, None, {})
    assert cnn.limits == Limits(time=180.0, call=10.0, memory=2 << 30, output=1 << 20, disk=64 << 20, source=256 << 10)
    assert cnn.accuracy.cpu.at_least == 0.9
    assert cnn.accuracy.cuda.at_most == 110.0
    assert course.exercise("exercise3").accuracy.cpu is None
    assert course.exercise("exercise3").allow == ("numpy",)


def test_the_folders_of_an_exercise_lie_in_the_course(course, tmp_path):
    losses = course.exercise("exercise3")
    assert course.folder_of(losses) == tmp_path / "exercises" / "exercise3"
    assert course.solution_of(losses) == tmp_path / "solutions" / "exercise3"


def test_a_course_can_be_sent_to_another_process(course):
    assert pickle.loads(pickle.dumps(course)) == course


def test_an_exercise_worth_nothing_is_a_value(written):
    assert load_course(written(exercise("points: 0"))).exercises[0].points == 0.0


def test_handing_in_late_costs_what_the_course_or_the_exercise_says(written):
    rules = "late: {percent: 10, grace: 0s}\nseeds: per-student\n"
    course = load_course(written(exercise("late: {percent: 25, grace: 2h, cap: 50}") + rules))
    assert course.exercises[0].late == Late(percent=25, grace=7200, cap=50)
    assert course.late == Late(percent=10, grace=0, cap=100)
    assert course.seeds == "per-student"
    assert load_course(written(exercise("points: 3"))).seeds == "shared"


def test_seeds_are_shared_or_each_students_own(mistakes):
    assert mistakes("title: x\nseeds: mine\n" + exercise("points: 3").split("\n", 1)[1]) == [
        "course.yaml:2: seeds: expected shared or per-student, not 'mine'."
    ]


def test_words_are_words_whatever_yaml_1_1_takes_them_for(written):
    course = load_course(written("title: no\nexercises: [{name: on, title: 2026-01-01, files: [y.py]}]"))
    assert (course.title, course.exercises[0].name, course.exercises[0].title) == ("no", "on", "2026-01-01")


def test_exercises_may_share_limits_by_an_alias(written):
    course = load_course(
        written(
            """
            title: x
            exercises:
              - {name: a, files: [one.py], limits: &small {time: 5s}}
              - {name: b, files: [two.py], limits: *small}
            """
        )
    )
    assert course.exercises[1].limits.time == 5.0


def test_all_mistakes_are_told_at_once_each_with_its_line_and_key(mistakes):
    assert mistakes(
        """\
        title: x
        titel: y
        exercises:
          - name: exercise3
            files: [losses.py]
            points: -1
            alow: [numpy]
            limits:
              memory: 2 gigs
              time: 60
          - title: no name
            files: losses.py
        """
    ) == [
        "course.yaml:2: titel: unknown key. Did you mean 'title'?",
        "course.yaml:6: exercises[0].points: expected a number of points, 0 or more, not '-1'.",
        "course.yaml:7: exercises[0].alow: unknown key. Did you mean 'allow'?",
        "course.yaml:9: exercises[0].limits.memory: expected a size such as 2GiB, 64MiB or 256KiB, not '2 gigs'.",
        "course.yaml:10: exercises[0].limits.time: expected a time such as 60s, 500ms or 2m, not '60'.",
        "course.yaml:11: exercises[1]: 'name' is missing: expected a name such as exercise3 "
        "(letters, digits, - and _; a letter first).",
        "course.yaml:12: exercises[1].files: expected a list of files such as [losses.py], not 'losses.py'.",
    ]


@pytest.mark.parametrize(
    ("line", "key", "said"),
    [
        ("points: yes", "points", "expected a number of points, 0 or more, not 'yes'"),
        ("points: true", "points", "not 'true'"),
        ("points: '20'", "points", "expected a number, not the text '20': take the quotes away"),
        ("points: .nan", "points", "not '.nan'"),
        ("points: 1e400", "points", "not '1e400'"),
        ("points: " + "9" * 5000, "points", "expected a number of points"),
        ("points: [20]", "points", "not a list"),
        ("points:", "points", "not nothing"),
        ("due: 2026-12-04T23:59:00", "due", "expected a time zone after it, such as 2026-12-04T23:59:00+01:00"),
        ("due: 2026-13-45T00:00:00Z", "due", "expected a moment such as"),
        ("due: tomorrow", "due", "expected a moment such as 2026-12-04T23:59:00+01:00, not 'tomorrow'"),
        ("limits: {time: 0s}", "limits.time", "expected a time"),
        ("limits: {memory: 1e9GiB}", "limits.memory", "expected a size"),
        ("limits: {memory: 999999999TiB}", "limits.memory", "expected a size"),
        ("limits: 3", "limits", "expected the keys time, call, memory, output, disk and source, not '3'"),
        ("limits: {tim: 3s}", "limits.tim", "unknown key. Did you mean 'time'?"),
        ("limits: {<<: {time: 3s}}", "limits.<<", "Merge keys are not read"),
        ("late: {grace: 1h}", "late", "'percent' is missing: expected percent, a number from 0 to 100"),
        ("late: {percent: 110}", "late.percent", "expected percent, a number from 0 to 100, not '110'"),
        ("late: {percent: 10, grace: a day}", "late.grace", "expected a time such as 15m or 2h, not 'a day'"),
        ("late: {percent: 10, cap: -1}", "late.cap", "expected percent"),
        ("accuracy: {cpu: {epochs: 3}}", "accuracy.cpu", "expected either 'at_least'"),
        ("accuracy: {cpu: {at_least: 1, at_most: 1, epochs: 3}}", "accuracy.cpu", "expected either 'at_least'"),
        ("accuracy: {cpu: {at_least: 0.9}}", "accuracy.cpu", "'epochs' is missing: expected a whole number"),
        ("accuracy: {cpu: {at_least: 0.9, epochs: 1.5}}", "accuracy.cpu.epochs", "expected a whole number"),
        ("accuracy: {gpu: 1}", "accuracy.gpu", "unknown key"),
        ("functions: {mse forward: 1}", "functions", "expected the name of a function"),
        ("functions: {mse: -1}", "functions.mse", "expected a number of points"),
        ("functions: [mse]", "functions", "expected a mapping, from the name of a function"),
        ("allow: [../numpy]", "allow[0]", "expected the name that Python imports, such as numpy"),
        ("allow: [losses]", "exercises[0]", "a file in 'files' hides the package 'losses'"),
        ("allow: [numpy, numpy]", "allow[1]", "'numpy' is taken, by exercises[0].allow[0]"),
        ("name: exercise4", "name", "stands twice, first in line 3"),
        ("'\\u202e\\n': 1", "'\\u202e\\n'", "unknown key"),
        ("? [a]\n    : 3", "exercises[0]", "expected a word as a key, not a list"),
    ],
)
def test_a_mistake_says_what_was_expected(mistakes, line, key, said):
    told = mistakes(exercise(line.replace("'\\u202e\\n'", '"\\u202e\\n"')))
    where = key if key == "exercises[0]" else f"exercises[0].{key}"
    assert told[0].startswith(f"course.yaml:5: {where}: ") or told[0].startswith(f"course.yaml:3: {where}: "), told
    assert said in told[0]
    assert len(told) == 1


@pytest.mark.parametrize(
    "name",
    ["../a.py", "/a.py", "a/../../b.py", "C:/a.py", "a\\b.py", "a.txt", "a-b.py", ".py", "random.py", "checks.py"],
)
def test_a_file_lies_in_the_exercise_and_can_be_imported(mistakes, name):
    told = mistakes(f"title: x\nexercises:\n  - name: a\n    files: [{name}]\n")
    assert told[0].startswith("course.yaml:4: exercises[0].files[0]: expected ")
    assert repr(name) in told[0]


def test_two_exercises_of_one_name_are_a_mistake_also_where_only_the_case_differs(mistakes):
    told = mistakes("title: x\nexercises:\n  - {name: a, files: [b.py]}\n  - {name: A, files: [c.py]}\n")
    assert told == ["course.yaml:4: exercises[1].name: 'A' is taken, by exercises[0].name."]


@pytest.mark.parametrize("text", ["", "\n\n# nothing yet\n", "---\n", "~"])
def test_an_empty_file_says_what_it_needs(mistakes, text):
    assert mistakes(text) == ["course.yaml is empty: it needs the keys title and exercises."]


def test_a_list_is_not_a_course(mistakes):
    assert mistakes("- a\n- b\n") == ["course.yaml:1: expected the keys title and exercises, not a list."]


def test_a_course_has_exercises(mistakes):
    assert mistakes("title: x\nexercises: []") == [
        "course.yaml:2: exercises: expected a list of exercises, not none of them."
    ]


def test_broken_yaml_shows_the_place(mistakes):
    told = mistakes("title: x\nexercises: [a, b\nother: }\n")
    assert told[0].startswith("course.yaml:3: is not valid YAML: ")
    assert told[1:] == ["    other: }", "         ^"]


def test_a_tab_is_told_to_be_one(mistakes):
    told = mistakes("title: x\nexercises:\n\t- name: a\n")
    assert told[0].startswith("course.yaml:3: is not valid YAML: ")
    assert "indent with spaces, not with tabs" in told[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"title: x\nother: \xff\n", "course.yaml:2: is not UTF-8 (byte 0xff): save it as UTF-8"),
        ("title: x".encode("utf-16"), "course.yaml:1: is not UTF-8 (byte 0xff): save it as UTF-8"),
        (b"title: x\n\n\x07", "course.yaml:3: holds a character that YAML does not take (U+0007): delete it"),
        (b"title: x\n---\ntitle: y\n", "course.yaml:2: holds a second document: there must be only one"),
        (b"title: !!python/object/apply:os.getcwd []", "course.yaml:1: holds a tag, 'tag:yaml.org,2002:python/"),
        (b"title: *x", "course.yaml:1: refers to *x, but no &x stands before it"),
        (b"title: &x [*x]", "course.yaml:1: refers to *x, but no &x stands before it"),
    ],
)
def test_what_is_not_plain_data_is_refused(mistakes, data, said):
    assert mistakes(data)[0].startswith(said)


def bomb() -> bytes:
    """Return ten lists, each of ten times the one before it."""
    lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bomb(), "holds more, through its aliases, than any course needs"),
        (b"[" * 200_000, "is nested deeper, or holds more, than any course needs"),
        (b"{a: " * 60_000, "is nested deeper, or holds more, than any course needs"),
        (b"- " * 100_000, "is nested deeper, or holds more, than any course needs"),
        (b"[" + b"1," * 120_000, "is nested deeper, or holds more, than any course needs"),
        (b"x" * 300_000, "course.yaml is larger than 256 KiB, which no course needs"),
        (b"exercises: [" + b"7," * 400 + b"]", "course.yaml: and 371 more mistakes."),
    ],
    ids=["aliases", "lists", "mappings", "items", "wide", "large", "mistakes"],
)
def test_a_hostile_file_is_refused_at_once(mistakes, data, said):
    started = time.process_time()
    told = mistakes(data)
    assert said in told[0] or said == told[-1]
    assert len(told) <= 32
    assert time.process_time() - started < 5  # seconds, where the naive way takes hours or all memory


def test_the_pure_python_parser_reads_the_same(written, monkeypatch):
    import yaml

    fast = load_course(written(WHOLE))
    monkeypatch.delattr(yaml, "CSafeLoader")
    assert load_course(written(WHOLE)) == fast
    with pytest.raises(CourseError, match=r"course\.yaml:2: is not valid YAML"):
        load_course(written("title: x\n\texercises: 1\n"))


def test_the_course_is_the_nearest_one_upwards(written, tmp_path, monkeypatch):
    path = written(WHOLE)
    inner = tmp_path / "exercises" / "exercise3"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert find_course() == path
    assert find_course(inner) == path
    (inner / "course.yaml").write_text("title: nearer")
    assert find_course() == inner / "course.yaml"


def test_without_a_course_one_is_told_what_to_do(tmp_path):
    with pytest.raises(
        CourseError, match=r"There is no course\.yaml in .* or above it: cd into your course, or .*--course DIR"
    ):
        find_course(tmp_path)


def test_a_course_may_be_named_by_its_folder(written):
    assert load_course(written(WHOLE).parent) == load_course(Path("course.yaml"))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "course.yaml cannot be read: no such file or directory."),
        (lambda path: path.mkdir(), "course.yaml cannot be read: it is not a file."),
        (lambda path: os.mkfifo(path), "course.yaml cannot be read: it is not a file."),
        (lambda path: path.symlink_to(path), "course.yaml cannot be read: too many levels of symbolic links."),
    ],
    ids=["missing", "folder", "pipe", "loop"],
)
def test_a_course_yaml_that_is_no_file(tmp_path, monkeypatch, make, said):
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "course.yaml")
    with pytest.raises(CourseError) as caught:
        load_course(tmp_path / "course.yaml")
    assert str(caught.value) == said


@pytest.mark.parametrize(
    "name", ["exercise03", "exercises3", "ex3", "3", "Exercise3", "exercises/exercise3/", "exercise3 "]
)
def test_an_unknown_exercise_gets_a_suggestion_and_the_list(course, name):
    with pytest.raises(UsageError, match=r"Did you mean 'exercise3'\? It has: exercise3, exercise9\."):
        course.exercise(name)


def test_a_number_no_exercise_has_gets_no_suggestion(course):
    with pytest.raises(UsageError) as caught:
        course.exercise("33")
    assert str(caught.value) == "There is no exercise '33' in this course. It has: exercise3, exercise9."


@pytest.mark.parametrize(
    ("text", "seconds"), [("60s", 60.0), ("500ms", 0.5), ("2m", 120.0), ("1.5h", 5400.0), ("90 s", 90.0)]
)
def test_times_are_read_as_people_write_them(text, seconds):
    assert read_seconds(text) == seconds
    assert read_seconds(write_seconds(seconds)) == seconds


@pytest.mark.parametrize(("text", "size"), [("2GiB", 2 << 30), ("256KiB", 256 << 10), ("0.5 MiB", 1 << 19), ("7B", 7)])
def test_sizes_are_read_as_people_write_them(text, size):
    assert read_bytes(text) == size
    assert read_bytes(write_bytes(size)) == size


@pytest.mark.parametrize("text", ["60", "s", "-1s", "1e3s", "2 gigs", "2GB", "1s2s", "١s", ""])
def test_other_quantities_are_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_seconds(text)
    with pytest.raises(ValueError, match=r".*"):
        read_bytes(text)
