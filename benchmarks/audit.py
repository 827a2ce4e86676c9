"""Puts every mutant of every reference through its suite, with several seeds; nothing unmarked may survive.

    python benchmarks/audit.py [--seeds 3] [EXERCISE ...]

The tests do a share of this, with one seed. A mutant that only some seeds reject is a hole too, and is listed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from grader.audit.run import audit, default_jobs
from grader.course import load_course

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Audit; return 1 if anything survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first", type=int, default=100, help="the first seed")
    parser.add_argument("names", nargs="*", metavar="EXERCISE")
    options = parser.parse_args()
    holes = 0
    for name in options.names or [exercise.name for exercise in load_course(ROOT).exercises]:
        start, seen = time.perf_counter(), set()
        for seed in range(options.first, options.first + options.seeds):
            found = audit(ROOT, name, jobs=default_jobs(), seed=seed, naming=False)
            for mutant in found.survivors:
                seen.add(f"{mutant.function}, line {mutant.line}: {mutant.operator}: {mutant.new}")
            seen.update(f"marked without need (seed {seed}): {entry.function}: {entry.new}" for entry in found.stale)
        holes += len(seen)
        seconds = time.perf_counter() - start
        asked = f"{len(found.findings)} mutants x {options.seeds} seeds"
        print(f"{name}: {asked}, {len(found.marked)} marked, {len(seen)} holes, {seconds:.0f} s", flush=True)
        for words in sorted(seen):
            print(f"  {words}", flush=True)
    return min(holes, 1)


if __name__ == "__main__":
    sys.exit(main())
