"""Judges the references of the PyTorch exercises on a GPU and on the processor: `python -m benchmarks.cuda`.

Prints what each reached, how long it took, which locks were in force, and what was left on the GPU afterwards. Where
there is no GPU it says so, and that is no failure.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from grader.bench.devices import find_device
from grader.checks.library import Library
from grader.course import Course, Exercise, load_course
from grader.errors import GraderError, MachineError
from grader.examiner import Examiner
from grader.report import Report
from grader.submission import Submission

ROOT = Path(__file__).parents[1]
SEED = 20_261_120


def main(names: list[str]) -> int:
    """Judge the exercises of these names, or all with a threshold for a GPU; return 1 where something failed."""
    try:
        find_device("cuda")
    except MachineError as err:
        print(f"Nothing to measure: {err}")
        return 0
    course = load_course(ROOT)
    chosen = [exercise for exercise in course.exercises if exercise.accuracy.cuda is not None]
    if names:
        chosen = [course.exercise(name) for name in names]
    before = on_the_gpu()
    print(f"Before: {before}")
    failures = sum(judge(course, exercise, device) for exercise in chosen for device in ("cuda", "cpu"))
    after = on_the_gpu()
    print(f"After:  {after}")
    if after != before:
        print("Something was left on the GPU, or somebody else uses it.")
    return min(failures, 1)


def judge(course: Course, exercise: Exercise, device: str) -> int:
    """Judge the reference on one device; print what it reached."""
    files = {exercise.files[0]: Library(course, exercise).reference_source().encode()}
    work = Submission(exercise=exercise.name, files=files, digest="sha256:", source="the reference")
    start = time.perf_counter()
    try:
        with Examiner(course, exercise, seed=SEED, device=device) as examiner:
            report = examiner.examine(work)
    except GraderError as err:
        print(f"{exercise.name} on {device}: {err}", flush=True)
        return 1
    print(
        f"{exercise.name} on {device}: {report.score:g} of {report.max_score:g} points, {learnt(report)}, "
        f"{time.perf_counter() - start:.1f} s ({', '.join(report.isolation) or 'no locks'})",
        flush=True,
    )
    wrong = [outcome for outcome in report.checks if outcome.status != "passed"]
    for outcome in wrong:
        print(f"    {outcome.id} {outcome.status}: {outcome.message}", flush=True)
    if wrong and report.output:
        print(f"    It printed: {report.output[-2000:]}")
    return int(bool(wrong))


def learnt(report: Report) -> str:
    """Return how far the training came, and in how many epochs."""
    words = [
        f"{outcome.detail['curve'][-1]['value']:.4g} after {len(outcome.detail['curve'])} epochs in "
        f"{outcome.duration_s:.1f} s (asked: {outcome.detail['threshold']:g})"
        for outcome in report.checks
        if outcome.detail and outcome.detail.get("curve")
    ]
    return "; ".join(words) or "nothing trained"


def on_the_gpu() -> str:
    """Return the memory in use on the GPU and the processes that compute on it, as its own tool tells."""
    if shutil.which("nvidia-smi") is None:
        return "nvidia-smi is not there to tell what is on the GPU"

    def ask(*query: str) -> str:
        done = subprocess.run(
            ["nvidia-smi", *query, "--format=csv,noheader"], capture_output=True, text=True, check=False, timeout=60
        )
        return " / ".join(done.stdout.split("\n")).strip(" /") or "none"

    return f"{ask('--query-gpu=memory.used')} in use, processes: {ask('--query-compute-apps=pid,used_memory')}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
