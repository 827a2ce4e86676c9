"""What a class costs: throughput, processor time for a submission, and whether memory grows with the class.

    python benchmarks/cohort.py [--sizes 200 1000] [--exercise exercise3] [--jobs N]

Each class is made up of right, wrong, unwritten and hostile answers, no two the same, and graded by the command.
Processor time is that of all processes together: the command, its desks, their fork servers and the benches.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from grader.checks.library import Library
from grader.checks.mistakes import apply
from grader.course import Exercise, load_course

ROOT = Path(__file__).resolve().parents[1]
COURSE = load_course(ROOT)
HOSTILE = [
    "import os\nos._exit(0)\n",
    "import numpy as np\nnp.testing.assert_allclose = lambda *a, **k: None\nnp.allclose = lambda *a, **k: True\n",
    "import sys\nfor depth in range(20):\n    try:\n        sys._getframe(depth).f_globals.clear()\n"
    "    except ValueError:\n        break\n",
    "for _ in range(100):\n    print('x' * 100_000)\n",
    "open('/etc/passwd').read()\n",
]


def main() -> None:
    """Grade classes of each size in turn."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 1000])
    parser.add_argument("--exercise", default="exercise3")
    parser.add_argument("--jobs", type=int)
    options = parser.parse_args()
    exercise = COURSE.exercise(options.exercise)
    print(f"{exercise.name}, isolated in strict; processor time and memory of all processes together")
    print(f"{'class':>8} {'seconds':>9} {'a second':>9} {'ms each':>8} {'memory':>9} {'command':>9}   seen again")
    before = (0, 0.0)
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make_class(folder / "class", exercise, size)
            wall, cpu, (peak, own) = grade(folder, exercise, options.jobs)
            again, _, _ = grade(folder, exercise, options.jobs)
        print(
            f"{size:>8} {wall:>9.1f} {size / wall:>9.1f} {1000 * cpu / size:>8.1f} {peak / 1e6:>6.0f} MB "
            f"{own / 1e6:>6.1f} MB   {again:.1f} s",
            flush=True,
        )
        if before[0] and size > before[0]:
            each = 1000 * (cpu - before[1]) / (size - before[0])
            print(f"{'':>8} of these {each:.1f} ms for each submission more, the rest for beginning")
        before = (size, cpu)


def make_class(folder: Path, exercise: Exercise, size: int) -> None:
    """Write the submissions of a class: three in ten right, six wrong, one unwritten, and one in fifty hostile."""
    rng = random.Random(size)
    library = Library(COURSE, exercise)
    right = library.reference_source()
    edits = [mistake for mistake in library.mistakes() if mistake.old]
    stub = (COURSE.folder_of(exercise) / exercise.files[0]).read_text()
    for number in range(size):
        kind = rng.random()
        text = right
        if kind < 0.02:
            text = right + rng.choice(HOSTILE)
        elif kind < 0.12:
            text = stub
        elif kind < 0.72:
            for mistake in rng.sample(edits, rng.randint(1, 5)):
                try:
                    text = apply(mistake, text)
                except Exception:  # noqa: BLE001 - two mistakes in one line
                    continue
        place = folder / f"student{number:06}"
        place.mkdir(parents=True)
        (place / exercise.files[0]).write_text(f"{text}\n# student {number}\n")


def grade(folder: Path, exercise: Exercise, jobs: int | None) -> tuple[float, float, tuple[int, int]]:
    """Grade a class; return wall time, processor time, and the most memory: of all processes, of the command alone."""
    command = [sys.executable, "-m", "grader", "cohort", exercise.name, str(folder / "class")]
    command += ["--results", str(folder / "results"), *(["--jobs", str(jobs)] if jobs else [])]
    before = used()
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        peak = [0, 0]
        watch = threading.Thread(target=watch_memory, args=(process, peak))
        watch.start()
        code = process.wait()
        watch.join()
    if code != 0:
        raise SystemExit(f"grade cohort ended with {code}")
    return time.perf_counter() - start, used() - before, (peak[0], peak[1])


def used() -> float:
    """Return the processor time of all that this process has waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def watch_memory(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    """Note the most memory that a process and its descendants have, what they share counted once."""
    while process.poll() is None:
        used_now = {pid: memory(pid) for pid in family(process.pid)}
        peak[0], peak[1] = max(peak[0], sum(used_now.values())), max(peak[1], used_now[process.pid])
        time.sleep(0.5)


def family(root: int) -> Iterator[int]:
    """Give a process and its descendants."""
    parents = {}
    for entry in filter(str.isdigit, (path.name for path in Path("/proc").iterdir())):
        try:
            parents[int(entry)] = int(Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {root}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    yield from found


def memory(pid: int) -> int:
    """Return the memory of a process, with its share of what it shares."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
