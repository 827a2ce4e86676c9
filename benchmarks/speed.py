"""How fast exercises are judged: cold beside pytest, strict beside none, after a save, in a class.

Run it as `python -m benchmarks.speed [ROUNDS]`.

Everything is measured in turn in one run and given as a ratio of medians, for machines are shared and noisy.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUBMISSION = ROOT / "demo" / "right"
GRADE = [sys.executable, "-m", "grader", "check", "exercise3", "--submission", str(SUBMISSION), "--quiet"]


def seconds(command: list[str], folder: Path = ROOT) -> tuple[float, float]:
    """Run a command; return its wall time and its processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def in_turn(commands: dict[str, tuple[list[str], Path]], rounds: int) -> dict[str, float]:
    """Return the median wall time of each command, all of them taking turns."""
    walls: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, (command, folder) in commands.items():
            walls[name].append(seconds(command, folder)[0])
    return {name: statistics.median(times[1:]) for name, times in walls.items()}


def cold(rounds: int) -> None:
    """`grade check exercise3`, strict and not, beside pytest with hand-written tests of the same functions."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(SUBMISSION / "losses.py", folder)
        shutil.copy(ROOT / "benchmarks" / "handwritten" / "test_losses.py", folder)
        (folder / "pytest.ini").write_text("[pytest]\n")
        pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", "pytest.ini"]
        walls = in_turn(
            {
                "strict": ([*GRADE, "--isolation", "strict"], ROOT),
                "none": ([*GRADE, "--isolation", "none"], ROOT),
                "pytest": (pytest, folder),
                "python": ([sys.executable, "-c", "import numpy"], folder),
            },
            rounds,
        )
    strict, none, pytest_s = walls["strict"], walls["none"], walls["pytest"]
    print(f"bare Python and NumPy           {walls['python']:6.3f} s")
    print(f"pytest, hand-written tests      {pytest_s:6.3f} s")
    print(f"grade check exercise3, strict   {strict:6.3f} s   {strict / pytest_s:.2f} x pytest")
    print(f"grade check exercise3, none     {none:6.3f} s   strict is {strict / none:.2f} x none")


def saved(rounds: int) -> None:
    """From a save to the finished report, with --watch."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "losses.py"
        text = (SUBMISSION / "losses.py").read_text()
        file.write_text(text)
        command = [
            sys.executable,
            "-u",
            "-m",
            "grader",
            "check",
            "exercise3",
            "--watch",
            "--quiet",
            "--submission",
            name,
        ]
        watch = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert watch.stdout is not None
        times = []
        wait_for_score(watch.stdout)
        for number in range(rounds + 1):
            time.sleep(0.3)
            file.write_text(f"{text}\n# saved {number}\n")
            start = time.perf_counter()
            wait_for_score(watch.stdout)
            times.append(time.perf_counter() - start)
        watch.terminate()
        watch.wait()
    print(f"--watch, from save to report    {statistics.median(times[1:]):6.3f} s")


def wait_for_score(stream: object) -> None:
    """Read until a line tells the score."""
    for line in stream:  # type: ignore[attr-defined]
        if "points" in line:
            return
    raise SystemExit("grade check --watch ended by itself")


def warm(rounds: int) -> None:
    """One submission after the other through one examiner: processor time of examiner, server and bench together."""
    from grader.bench.launch import launcher
    from grader.course import load_course
    from grader.examiner import Examiner
    from grader.submission import read_submission

    course = load_course(ROOT / "course.yaml")
    print("\nwarm, processor time of examiner, server and bench for one submission, isolated in strict")
    for exercise in course.exercises:
        if "torch" in exercise.allow:
            continue
        folder = SUBMISSION if exercise.name == "exercise3" else course.solution_of(exercise)
        benches = launcher(exercise.allow, "strict", exercise.limits)
        with Examiner(course, exercise, benches=benches) as examiner:
            work = read_submission(folder, exercise, course.root)
            examiner.examine(work)
            start, begun, wall = time.process_time(), processor_of(benches.pid), time.perf_counter()
            for _ in range(rounds):
                examiner.examine(work)
            wall_of = (time.perf_counter() - wall) / rounds * 1000
            spent = time.process_time() - start + processor_of(benches.pid) - begun
            print(f"  {exercise.name:<12} {spent / rounds * 1000:6.1f} ms   wall {wall_of:6.1f} ms")


def processor_of(root: int) -> float:
    """Return the processor time of a process, of its descendants, and of those of them that have ended."""
    total, ticks = 0.0, os.sysconf("SC_CLK_TCK")
    family = {root}
    stats = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            stats[int(entry.name)] = (int(fields[1]), sum(map(int, fields[11:15])) / ticks)
    grown = True
    while grown:
        more = {pid for pid, (parent, _) in stats.items() if parent in family} - family
        family |= more
        grown = bool(more)
    for pid in family:
        total += stats.get(pid, (0, 0.0))[1]
    return total


def main() -> None:
    """Measure all."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    cold(rounds)
    saved(rounds)
    warm(10 * rounds)


if __name__ == "__main__":
    main()
