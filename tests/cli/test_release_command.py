"""`grade release`: what a student's copy of the tiny course holds, and where it may go."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


WHOLE = {
    "README.md", ".gitignore", "course.yaml", "course.schema.json",
    "exercises/exercise1/README.md", "exercises/exercise1/squares.py", "exercises/exercise1/checks.py",
    "exercises/exercise1/answers.npz",
}  # fmt: skip


@pytest.fixture
def target(tmp_path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "students"


def test_the_copy_holds_what_students_need_and_nothing_else(grade, tiny_course, target):
    figures = tiny_course / "exercises" / "exercise1" / "figures"
    figures.mkdir()
    (figures / "square.svg").write_text("<svg/>")
    for clutter in ("exercises/exercise1/__pycache__/checks.pyc", ".git/config", "demo/half/squares.py"):
        (tiny_course / clutter).parent.mkdir(parents=True, exist_ok=True)
        (tiny_course / clutter).write_text("x")
    (tiny_course / "exercises" / "exercise1" / "notes.txt").write_text("for next year")
    done = grade("release", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(target) == WHOLE | {"exercises/exercise1/figures/square.svg"}
    assert "exercises/exercise1/notes.txt" in done.stdout
    assert "grade check exercise1" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80 + len(str(target))
    assert not [path for path in target.parent.iterdir() if path.name.startswith(".")]


def test_an_answer_in_the_instructors_exercises_is_not_handed_out(grade, hand_in, right_answer, target):
    hand_in(right_answer)
    assert grade("release", str(target)).returncode == 0
    stub = (target / "exercises" / "exercise1" / "squares.py").read_text()
    assert "x**2" not in stub
    assert "SOLUTION" not in stub
    assert stub.count("is not written yet") == 3


def test_the_copy_grades_a_stub_a_right_answer_and_a_known_mistake(grade, target, right_answer):
    grade("release", str(target))
    module = target / "exercises" / "exercise1" / "squares.py"

    def check():
        done = grade("check", "exercise1", "--format", "json", cwd=target)
        return done.returncode, json.loads(done.stdout)

    code, report = check()
    assert (code, report["score"], report["max_score"]) == (1, 0.0, 10.0)
    mains = [found["message"] for found in report["checks"] if found["id"].endswith((".value", ".gradient"))]
    assert mains == [f"{name} is not written yet." for name in ("square_forward", "square_backward", "scale")]
    module.write_bytes(right_answer)
    code, report = check()
    assert (code, report["score"], report["passed"]) == (0, 10.0, True)
    module.write_bytes(right_answer.replace(b"x * factor", b"x + factor"))
    code, report = check()
    hints = {found["id"]: found["hint"] for found in report["checks"] if found["status"] == "failed"}
    assert (code, hints["scale.value"]) == (1, "You add the factor; multiply by it.")


def test_the_readme_says_how_to_install_and_to_work(grade, target):
    grade("release", str(target), "--package", "gradecheck @ git+https://example.org/gradecheck")
    words = (target / "README.md").read_text()
    assert "# A tiny course" in words
    assert 'pip install "gradecheck @ git+https://example.org/gradecheck"' in words
    for command in ("grade list", "grade show exercise1", "grade check exercise1"):
        assert f"\n{command} " in words


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (".", "lies in the course itself"),
        ("out/students", "lies in the course itself"),
        ("..", "holds the course itself"),
        ("../taken", "is not empty"),
        ("../file", "is a file"),
        ("../no/such/folder", "there is no folder"),
    ],
)
def test_a_folder_the_copy_must_not_go_into_is_refused(grade, tiny_course, where, words):
    (tiny_course.parent / "taken").mkdir()
    (tiny_course.parent / "taken" / "thesis.tex").write_text("mine")
    (tiny_course.parent / "file").write_text("mine")
    before = tree(tiny_course.parent)
    done = grade("release", where)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert tree(tiny_course.parent) == before


def test_a_link_into_the_course_is_not_a_way_round(grade, tiny_course, target):
    target.symlink_to(tiny_course / "exercises")
    assert "lies in the course itself" in grade("release", str(target), "--force").stderr


def test_force_renews_the_release_and_leaves_all_else(grade, tiny_course, target, right_answer):
    grade("release", str(target))
    module = target / "exercises" / "exercise1" / "squares.py"
    module.write_bytes(right_answer)
    (target / "notes.txt").write_text("mine")
    handout = tiny_course / "exercises" / "exercise1" / "README.md"
    handout.write_text("# New words\n")
    assert grade("release", str(target)).returncode == 2
    done = grade("release", str(target), "--force")
    assert done.returncode == 0
    assert "somebody has written into them:\n  exercises/exercise1/squares.py" in done.stdout
    assert module.read_bytes() == right_answer
    assert (target / "notes.txt").read_text() == "mine"
    assert (target / "exercises" / "exercise1" / "README.md").read_text() == "# New words\n"
    assert tree(target) == WHOLE | {"notes.txt"}


def test_force_fills_a_fresh_repository_but_replaces_nothing_that_no_release_wrote(grade, target):
    (target / ".git").mkdir(parents=True)
    (target / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    assert grade("release", str(target), "--force").returncode == 0
    assert tree(target) == WHOLE | {".git/HEAD"}
    (target / "README.md").write_text("# Our group\n")
    (target / "course.yaml").write_text("title: Another course\n")
    done = grade("release", str(target), "--force")
    assert done.returncode == 2
    assert "no release wrote it" in done.stderr
    assert (target / "README.md").read_text() == "# Our group\n"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links")
def test_nothing_is_written_through_a_link(grade, target, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target.mkdir()
    (target / "exercises").symlink_to(elsewhere)
    done = grade("release", str(target), "--force")
    assert "is a link" in done.stderr
    assert list(elsewhere.iterdir()) == []


def test_a_solution_no_stub_can_be_made_of_is_named_and_nothing_is_written(grade, tiny_course, target):
    source = tiny_course / "solutions" / "exercise1" / "squares.py"
    source.write_text(source.read_text().replace("### END SOLUTION", "### END", 1))
    done = grade("release", str(target))
    assert done.returncode == 3
    assert "solutions/exercise1/squares.py, line 23: a second ### BEGIN SOLUTION" in done.stderr
    assert not target.exists()
    source.unlink()
    assert "exercise1 has no stub without its solution" in grade("release", str(target)).stderr


def test_a_students_copy_cannot_be_released_again(grade, tiny_course, target):
    shutil.rmtree(tiny_course / "solutions")
    for arguments in ([str(target)], ["--answers"]):
        done = grade("release", *arguments)
        assert done.returncode == 2
        assert "There is no solutions/" in done.stderr


def test_one_exercise_is_released_before_the_next_is_finished(grade, tiny_course, target):
    course = tiny_course / "course.yaml"
    course.write_text(course.read_text() + "  - name: exercise2\n    files: [cubes.py]\n")
    assert "exercise2 has no stub" in grade("release", str(target)).stderr
    assert grade("release", str(target), "--only", "exercise1").returncode == 0
    assert tree(target) == WHOLE
    assert "exercise2" not in (target / "course.yaml").read_text()
