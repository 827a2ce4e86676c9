"""The course itself: what it keeps has not drifted from its sources, and nothing of them reaches students."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.checks.library import Library
from grader.course import load_course
from grader.release.copy import contents
from grader.release.drift import drifted_answers, drifted_stubs
from grader.release.stub import solution_lines

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT)
NAMES = [exercise.name for exercise in COURSE.exercises]
TOLD = {
    "rng = np.random.default_rng(seed)",
    "order = rng.permutation(len(x))",
    "rng.permutation(len(x))",
    "widths = [x.shape[1], *hidden, int(y.max()) + 1]",
    "running_mean = momentum * running_mean + (1 - momentum) * mean",
    "counts[y_true, y_pred] += 1",
    '"batchnorm_forward",',
}
"""Lines that handouts, docstrings and public checks tell students themselves."""
RENEW = "run `grade release --answers {}` and commit what it writes"


@pytest.mark.parametrize("name", NAMES)
def test_the_stub_in_exercises_is_made_from_the_solution(name):
    assert drifted_stubs(COURSE, COURSE.exercise(name)) == [], RENEW.format(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_recorded_answers_are_those_of_the_solution(name):
    profiles = name == "exercise1"  # it takes long to find out what all mistakes answer
    assert drifted_answers(COURSE, COURSE.exercise(name), profiles=profiles) == [], RENEW.format(name)


@pytest.mark.parametrize("name", NAMES)
def test_recorded_answers_are_small(name):
    assert (COURSE.folder_of(COURSE.exercise(name)) / "answers.npz").stat().st_size < 250_000


@pytest.fixture(scope="module")
def released() -> dict[str, bytes]:
    """All that students get, with the recorded answers unpacked."""

    def kept(exercise) -> bytes:
        return (COURSE.folder_of(exercise) / "answers.npz").read_bytes()

    files = contents(COURSE, COURSE.exercises, "gradecheck", kept).files
    for path, data in list(files.items()):
        if path.endswith(".npz"):
            with np.load(io.BytesIO(data), allow_pickle=False) as parts:
                files[path] = b"\n".join(parts[name].tobytes() for name in parts.files)
    return files


def _secrets(name: str) -> set[str]:
    """Return the lines of an exercise that nobody may read: of solutions, hidden checks and mistakes."""
    exercise = COURSE.exercise(name)
    folder = COURSE.solution_of(exercise)
    lines = [line for file in exercise.files for line in solution_lines((folder / file).read_text(), file)]
    for mistake in Library(COURSE, exercise).mistakes():
        lines += [line for text in (mistake.old, mistake.new, mistake.code) for line in text.splitlines()]
    hidden = folder / "hidden.py"
    if hidden.is_file():
        lines += [line for line in hidden.read_text().splitlines() if not line.startswith(("import", "from"))]
    return {line.strip() for line in lines if len(re.sub(r"\W", "", line)) >= 16} - TOLD


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_a_solution_a_hidden_check_or_a_mistake_is_released(name, released):
    given = _given(name)
    found = [
        (path, line) for line in _secrets(name) - given for path, data in released.items() if line.encode() in data
    ]
    assert found == []


def _given(name: str) -> set[str]:
    """Return the lines of the public suite and of the source outside its marks: mistakes repeat some of them."""
    exercise = COURSE.exercise(name)
    source = (COURSE.solution_of(exercise) / exercise.files[0]).read_text()
    public = (COURSE.folder_of(exercise) / "checks.py").read_text()
    marked = set(solution_lines(source, exercise.files[0]))
    return {line.strip() for line in [*source.splitlines(), *public.splitlines()]} - marked


def test_only_what_students_need_is_released(released):
    kinds = {re.sub(r"exercise\d+", "E", path) for path in released}
    modules = {f"exercises/E/{file}" for exercise in COURSE.exercises for file in exercise.files}
    figures = {kind for kind in kinds if re.fullmatch(r"exercises/E/figures/\w+\.svg", kind)}
    assert kinds - figures - modules == {
        "README.md", ".gitignore", "course.yaml", "course.schema.json",
        "exercises/E/README.md", "exercises/E/checks.py", "exercises/E/answers.npz",
    }  # fmt: skip


def test_a_stub_runs_explains_everything_and_is_no_answer(released):
    for exercise in COURSE.exercises:
        if "torch" in exercise.allow:
            continue
        source = released[f"exercises/{exercise.name}/{exercise.files[0]}"].decode()
        module: dict[str, object] = {"__name__": "stub"}
        exec(compile(source, exercise.files[0], "exec"), module)  # our own text, not a submission's
        for target in Library(COURSE, exercise).suite(hidden=False).targets:
            assert getattr(module[target.name], "__doc__", None), f"{target.name} has no docstring"
            assert f'"{target.name} is not written yet"' in source or isinstance(module[target.name], type)


def test_nothing_heavy_is_imported_to_release():
    program = "import sys, grader.release.copy, grader.release.record; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=COURSE.root)
    assert done.stdout == "False\n"
