"""docs/new-exercise.md is followed to the letter: its files written, its commands run, their output looked for."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "new-exercise.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)


@pytest.fixture
def course(tmp_path):
    """A course with one exercise, as small as an instructor's may be."""
    for folder in ("exercises/exercise1", "solutions/exercise1"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    text = (ROOT / "course.yaml").read_text(encoding="utf-8")
    (tmp_path / "course.yaml").write_text(text[: text.index("  - name: exercise2")], encoding="utf-8")
    return tmp_path


def run(command, folder):
    words = shlex.split(command)
    assert words[0] == "grade"
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "grader", *words[1:]],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_page_makes_an_exercise_that_is_whole_and_proven(course):
    for kind, path, text in BLOCK.findall(PAGE):
        if path:
            (course / path).write_text(text, encoding="utf-8")
        elif kind == "console":
            for part in text.split("$ ")[1:]:
                command, *due = part.splitlines()
                done = run(command, course)
                for line in due:
                    assert line in done.stdout, f"{command}: {done.stdout}{done.stderr}"
                assert done.returncode == (1 if "--public" in command else 0), f"{command}: {done.stdout}{done.stderr}"
    stub = (course / "exercises/exercise13/softplus.py").read_text(encoding="utf-8")
    assert "softplus_forward is not written yet" in stub
    assert "np.log1p" not in stub


def test_every_mistake_of_the_page_fails_and_is_named(course):
    for _, path, text in BLOCK.findall(PAGE):
        if path:
            (course / path).parent.mkdir(parents=True, exist_ok=True)
            (course / path).write_text(text, encoding="utf-8")
    with (course / "course.yaml").open("a") as file:
        file.write("  - name: exercise13\n    files: [softplus.py]\n")
    from grader.checks.mistakes import apply
    from grader.course import load_course
    from grader.examiner import Examiner
    from grader.submission import Submission

    loaded = load_course(course)
    with Examiner(loaded, loaded.exercise("exercise13")) as examiner:
        for mistake in examiner.catalogue.mistakes:
            source = apply(mistake, (course / "solutions/exercise13/softplus.py").read_text(encoding="utf-8"))
            work = Submission(
                exercise="exercise13", files={"softplus.py": source.encode()}, digest="", source="a mistake"
            )
            hints = [outcome.hint for outcome in examiner.examine(work).checks if outcome.target == mistake.target]
            assert mistake.hint in hints, mistake.id


@pytest.mark.parametrize("name", ["exercise1", "two words", "../up", ""])
def test_a_name_that_cannot_be_or_is_taken_is_refused(course, name):
    before = (course / "course.yaml").read_bytes()
    done = run(f"grade new {shlex.quote(name)}", course)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert (course / "course.yaml").read_bytes() == before


def test_a_module_needs_a_python_name(course):
    done = run("grade new exercise13 --module class", course)
    assert done.returncode == 2
    assert "'class' cannot name a module" in done.stderr
    assert not (course / "exercises/exercise13").exists()
