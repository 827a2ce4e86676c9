"""Judges right answers with many seeds, and prints every failure: there must be none.

    python benchmarks/seeds.py [--seeds 1000] [--first 0] [EXERCISE ...]

The reference of every exercise, and the right answers of tests/exercises/right written in other ways.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "exercises"))

from exams import course, exercises, library, right_submissions, seeded_examiners, submission, unpassed

from grader.course import Exercise


def main() -> int:
    """Judge; return how many failures there were, 1 at most."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("names", nargs="*", metavar="EXERCISE")
    options = parser.parse_args()
    chosen = [course().exercise(name) for name in options.names] or exercises()
    failures = sum(judge(exercise, range(options.first, options.first + options.seeds)) for exercise in chosen)
    return min(failures, 1)


def judge(exercise: Exercise, seeds: range) -> int:
    """Judge the right answers to one exercise; print and return the failures."""
    start, used = time.perf_counter(), processor_time()
    reference = submission(exercise, library(exercise).reference_source(), "the reference")
    right = [
        reference,
        *(other for other in right_submissions(exercise) if other.source not in ("in_place", "global_state")),
    ]
    failures = 0
    with seeded_examiners(exercise, seeds) as examiners:
        for examiner in examiners:
            for one in right:
                for words in unpassed(examiner.examine(one)):
                    failures += 1
                    print(f"{exercise.name}, seed {examiner.seed}, {one.source}: {words}", flush=True)
    wall, cpu = time.perf_counter() - start, processor_time() - used
    each = 1000 * cpu / (len(seeds) * len(right))
    print(
        f"{exercise.name}: {len(seeds)} seeds x {len(right)} right answers, {failures} failures, "
        f"{wall:.0f} s ({cpu:.0f} s of processor time, {each:.0f} ms each)",
        flush=True,
    )
    return failures


def processor_time() -> float:
    """Return the processor time of this process and of all that it has waited for."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    sys.exit(main())
