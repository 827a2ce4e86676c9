"""Draws docs/terminal.svg, the picture in the README: a real report of demo/half, as a terminal shows it."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from grader.course import load_course
from grader.examiner import Examiner
from grader.reporters import Context, reporter
from grader.submission import read_submission

ROOT = Path(__file__).resolve().parents[1]
ONLY = ("mse_forward", "mse_backward")
COMMAND = f"$ grade check exercise3 {' '.join(f'--only {name}' for name in ONLY)}"
WIDTH = 80


def main() -> None:
    """Examine, render, draw; with one seed, and without the time it took, so that the picture stays the same."""
    course = load_course(ROOT)
    exercise = course.exercise("exercise3")
    with Examiner(course, exercise, seed=7, only=ONLY) as examiner:
        report = examiner.examine(read_submission(ROOT / "demo" / "half", exercise, ROOT))
    text = reporter("terminal").render([report], Context(course=course.title, colour=True, width=WIDTH))
    text = re.sub(r"\d+\.\d+ s ·", "0.2 s ·", text).replace("demo/half", "exercises/exercise3")
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"{COMMAND}\n\n{text}"), soft_wrap=True)
    svg = console.export_svg(title="grade check", unique_id="grade-check")
    (ROOT / "docs" / "terminal.svg").write_text(_self_contained(svg), encoding="utf-8")


def _self_contained(svg: str) -> str:
    """Leave out the fonts that would be fetched from elsewhere: the reader's own monospaced one serves."""
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)


if __name__ == "__main__":
    main()
