"""Grades three submissions of exercise3, and shows what a student sees and what an instructor sees: `make demo`."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "build" / "demo" / "exercise3.html"
EXERCISE = "exercise3"
SUBMISSIONS = {
    "right": "an answer that is right",
    "half": "an answer that is half right, with mistakes that people make",
    "hostile": "an answer that tries to cheat, to spy and to break out",
}
RULE = "─" * 80


def main() -> None:
    """Show both sides; that submissions fail is what they are here for."""
    for name, words in SUBMISSIONS.items():
        title(f"What a student sees: {words}")
        command = ["check", EXERCISE, "--submission", f"demo/{name}"]
        print(f"$ grade {' '.join(command)}\n", flush=True)
        done = subprocess.run([sys.executable, "-m", "grader", *command], cwd=ROOT, check=False)
        if done.returncode not in (0, 1):
            sys.exit(done.returncode)
    title("What an instructor sees: the class")
    show_class()


def title(words: str) -> None:
    print(f"\n{RULE}\n{words}\n{RULE}\n")


def show_class() -> None:
    """Grade all three with one examiner: the same questions for everybody, and one page with all reports."""
    from grader.course import load_course
    from grader.examiner import Examiner
    from grader.reporters import Context, reporter
    from grader.submission import read_submission

    course = load_course(ROOT)
    exercise = course.exercise(EXERCISE)
    with Examiner(course, exercise) as examiner:
        reports = [
            examiner.examine(read_submission(ROOT / "demo" / name, exercise, ROOT), student=name)
            for name in SUBMISSIONS
        ]
    print(f"{'student':<10}{'score':>14}   {'passed':>6} {'failed':>6} {'skipped':>7}   {'time':>6}")
    for report in reports:
        found = Counter(check.status for check in report.checks)
        failed = found.total() - found["passed"] - found["skipped"]
        score = f"{report.score:.2f} of {report.max_score:g}"
        counts = f"{found['passed']:>6} {failed:>6} {found['skipped']:>7}"
        print(f"{report.student:<10}{score:>14}   {counts}   {report.duration_s:4.1f} s")
    locks = ", ".join(reports[0].isolation) or "nothing, for Gradecheck knows no locks of this system"
    print(f"\nLocked in by: {locks}")
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(reporter("html").render(reports, Context(course=course.title)), encoding="utf-8")
    print(f"All reports on one page: {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
