"""How many wrong answers are told why they are wrong: mutants, and known mistakes as if nobody had catalogued them.

    python benchmarks/diagnosis.py [--list] [EXERCISE ...]

"named" counts hints, errors of the answer's own, and checks whose words say what is wrong. For mistakes the catalogue
is switched off, so that hints are general ones; --list prints each beside the mistake's own, to be judged by eye.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "exercises"))

from exams import ROOT, course, exercises, wrong_submission

from grader.audit.run import Finding, audit, default_jobs
from grader.course import Exercise
from grader.examiner import Examiner


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="print the general hint for each mistake")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("names", nargs="*", metavar="EXERCISE")
    options = parser.parse_args()
    chosen = [course().exercise(name) for name in options.names] or exercises()
    print(f"{'exercise':12} {'mutants rejected':>16} {'named':>6}   {'hint':>5} {'error':>5} {'words':>5}   ", end="")
    print(f"{'mistakes':>8} {'named without the catalogue':>28}")
    for exercise in chosen:
        found = audit(ROOT, exercise.name, jobs=default_jobs(), seed=options.seed)
        killed = [finding for finding in found.findings if finding.killed]
        counts = [sum(finding.named_by == how for finding in killed) for how in ("hint", "error", "message")]
        named, of = general(exercise, options.seed, options.list)
        print(
            f"{exercise.name:12} {len(killed):16} {sum(counts) / len(killed):6.0%}   {counts[0]:5} {counts[1]:5} "
            f"{counts[2]:5}   {of:8} {named / max(1, of):28.0%}",
            flush=True,
        )


def general(exercise: Exercise, seed: int, listing: bool) -> tuple[int, int]:
    """Return how many of the known mistakes are named without the catalogue, and how many there are."""
    named = 0
    with Examiner(course(), exercise, seed=seed) as examiner:
        mistakes = examiner.catalogue.mistakes
        vars(examiner.catalogue)["mistakes"] = []
        for mistake in mistakes:
            finding = Finding.of(None, examiner.examine(wrong_submission(exercise, mistake)), examiner.suite)
            named += bool(finding.named_by)
            if listing:
                print(f"{mistake.id} ({finding.named_by or 'not named'})\n  its own: {mistake.hint}")
                print(f"  general: {finding.hint or '-'}\n")
    return named, len(mistakes)


if __name__ == "__main__":
    main()
