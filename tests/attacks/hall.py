"""The hall where attacks sit their exam: a course with secrets in it, a warm examiner, what must hold afterwards."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
from canaries import Canaries

from grader.bench.launch import launcher
from grader.course import load_course
from grader.examiner import Examiner
from grader.report import LARGEST_OUTPUT, LARGEST_REPORT, Report, encode
from grader.submission import read_submission

HERE = Path(__file__).parent
MARK = "I GOT THROUGH"
HONEST_POINTS = 4.0
MEMORY = 128 << 20
_GROWTH_OF_EXAMINER = 500 << 20
_PEAK_OF_BENCH = MEMORY + (192 << 20)
_COURSE = """
title: A tiny course
exercises:
  - name: exercise1
    title: Squares
    files: [squares.py, aims.py]
    allow: [numpy]
    points: 10
    limits: {time: 6s, call: 1s, memory: 128MiB, disk: 4MiB, output: 64KiB}
"""
_DONT = {"PYTHONDONTWRITEBYTECODE": "1"}


class _Watched:
    """A launcher that remembers its processes, for what the kernel says of them in the end."""

    def __init__(self, inner) -> None:
        self._inner = inner
        self.started: list = []

    @property
    def in_force(self) -> list[str]:
        return self._inner.in_force

    def start(self, patient=False):
        process = self._inner.start(patient)
        self.started.append(process)
        return process

    def close(self) -> None:
        self._inner.close()


class Hall:
    """A course, its canaries, and a warm examiner in strict isolation."""

    def __init__(self, folder: Path, tiny: Path) -> None:
        self.canaries = Canaries(folder)
        self.root = folder / "course"
        self._papers = folder / "class" / "cheat"
        self._papers.mkdir()
        self._set_up(tiny)
        places = self.canaries.places() | {"COURSE": str(self.root)}
        known = "".join(f"{name} = {value!r}\n" for name, value in places.items())
        self._aims = (HERE / "aims.py").read_text(encoding="utf-8") + "\n" + known
        course = load_course(self.root)
        self.exercise = course.exercises[0]
        os.environ["EXAMINERS_TOKEN"] = self.canaries.secrets["environment"]
        # Inheritable, as a careless program leaves it to what it starts.
        self._open_secret = os.open(self.canaries.neighbour, os.O_RDONLY)
        os.set_inheritable(self._open_secret, True)
        self.benches = _Watched(launcher(["numpy"], "strict", self.exercise.limits))
        self.examiner = Examiner(course, self.exercise, isolation="strict", benches=self.benches)
        self.whole = self._examine(self.hand_in(tiny / "solutions" / "exercise1" / "squares.py"))
        self.canaries.start_afresh()

    def _set_up(self, tiny: Path) -> None:
        shutil.copytree(tiny, self.root)
        (self.root / "course.yaml").write_text(_COURSE, encoding="utf-8")
        for place in ("exercises", "solutions"):
            shutil.copy(HERE / "aims.py", self.root / place / "exercise1" / "aims.py")
        said = self.canaries.secrets
        for name, word in (
            ("solutions/exercise1/squares.py", said["solution"]),
            ("solutions/exercise1/hidden.py", said["hidden"]),
            ("exercises/exercise1/checks.py", said["checks"]),
        ):
            with (self.root / name).open("a", encoding="utf-8") as file:
                file.write(f'\n_WORD = "{word}"\n')

    def hand_in(self, attack: Path) -> Path:
        """Return the folder of a submission: the attack, and what it knows."""
        folder = self._papers / f"{attack.parent.name}-{attack.stem}"
        folder.mkdir(exist_ok=True)
        shutil.copy(attack, folder / "squares.py")
        (folder / "aims.py").write_text(self._aims, encoding="utf-8")
        return folder

    def _examine(self, folder: Path) -> Report:
        return self.examiner.examine(read_submission(folder, self.exercise, self.root))

    def examine(self, attack: Path) -> tuple[Report, str]:
        """Examine an attack as a cohort does, and return the report with its JSON; nothing may be left over."""
        folder = self.hand_in(attack)
        del self.benches.started[:]
        _forget_the_peak()
        before = _resident("VmRSS")  # other tests of this process may have loaded PyTorch
        report = self._examine(folder)
        assert _resident("VmHWM") - before < _GROWTH_OF_EXAMINER, "the examiner itself was made to hold that much"
        for process in self.benches.started:
            ending = process.wait(0)
            assert ending is not None, "a bench was not over when the report was written"
            assert ending.peak_bytes < _PEAK_OF_BENCH
        return report, encode(report).decode()

    def command(self, attack: Path, isolation: str = "strict", prelude: str = "") -> tuple[str, str, int]:
        """Grade an attack by the command line; return what it printed on both streams, and its exit code.

        ``prelude``: lines of Python that are run in the command's process before it begins.
        """
        folder = self.hand_in(attack)
        begin = f"import os, sys; sys.path.insert(0, os.getcwd())\n{prelude}\nfrom grader.cli import main; main()"
        command = ["-c", begin, "check", "exercise1", "--format", "json", "--isolation"]
        places = ["--course", str(self.root), "--submission", str(folder)]
        done = subprocess.run(
            [sys.executable, *command, isolation, *places],
            env=os.environ | _DONT,
            capture_output=True,
            timeout=60,
            check=False,
            cwd=HERE.parents[1],
            encoding="utf-8",
        )
        return done.stdout, done.stderr, done.returncode

    def judge(self, attack: Path, report: Report, text: str, more: str = "") -> None:
        """Assert that an attack gained nothing, and touched nothing."""
        for name, word in self.canaries.secrets.items():
            assert word not in text + more, f"the secret of the {name} was stolen"
        assert MARK not in text, text[text.index(MARK) :][:500]
        touched = self.canaries.touched()
        assert not touched, f"touched: {touched}"
        honest = "scale" in _imported(attack)
        assert report.score == (HONEST_POINTS if honest else 0.0), _summary(report)
        assert all(outcome.points == 0 for outcome in report.checks if not honest or outcome.target != "scale")
        assert not report.passed
        assert [outcome.id for outcome in report.checks] == [outcome.id for outcome in self.whole.checks]
        assert report.max_score == self.whole.max_score
        assert {"landlock", "seccomp", "limits"} <= set(report.isolation)
        assert len(text.encode()) <= LARGEST_REPORT
        assert len(report.output.encode()) <= LARGEST_OUTPUT
        assert msgspec.convert(json.loads(text, parse_constant=_no_constant), Report).score == report.score

    def close(self) -> None:
        """Send everybody home."""
        self.examiner.close()
        self.canaries.close()
        os.close(self._open_secret)
        del os.environ["EXAMINERS_TOKEN"]


def _no_constant(word: str) -> float:
    raise AssertionError(f"{word} is no JSON")


def _imported(attack: Path) -> list[str]:
    tree = ast.parse(attack.read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "aims"]
    return [name.asname or name.name for node in imports for name in node.names]


def _summary(report: Report) -> str:
    return "\n".join(f"{o.id} {o.status} {o.points} {o.message[:200]}" for o in report.checks)


def _forget_the_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _resident(which: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(which))
