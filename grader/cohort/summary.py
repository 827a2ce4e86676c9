"""The class in figures: scores, what most of them got wrong, what took long. Counted as results come, none is kept."""

from __future__ import annotations

import heapq
import math
import statistics
from collections import Counter
from collections.abc import Sequence

import msgspec

from grader.cohort.results import Result, Row

_MOST_KINDS = 2_000
_SLOWEST = 3


class Share(msgspec.Struct, frozen=True):
    """What a part of the class has in common."""

    students: int
    where: str
    """The function, or the check."""
    words: str


class Summary(msgspec.Struct, frozen=True):
    """The class in figures."""

    students: int
    reports: int
    mean: float
    median: float
    max_score: float
    distribution: list[int]
    """How many reached a tenth of the points, two tenths, and so on; the last tenth counts those with all of them."""
    late: int
    late_by_file: int
    """How many of those are late by the date of a file alone."""
    unusable: int
    """How many handed in what cannot be judged."""
    diagnoses: list[Share]
    """The most frequent diagnoses, by the number of students that got them."""
    slowest: list[tuple[str, float]]
    """Who took longest, with the seconds."""


class Tally:
    """Counts while reports come in."""

    def __init__(self) -> None:
        self._hints: Counter[tuple[str, str]] = Counter()
        self._failed: Counter[tuple[str, str]] = Counter()
        self._slowest: list[tuple[float, str]] = []
        self._reports = 0

    def add(self, row: Row, result: Result) -> None:
        """Count one student's report."""
        self._reports += 1
        heapq.heappush(self._slowest, (result.duration_s, row.student))
        if len(self._slowest) > _SLOWEST:
            heapq.heappop(self._slowest)
        if row.problem is not None:
            return
        wrong = [check for check in result.checks if check.status in ("failed", "error", "timeout")]
        self._hints.update({(check.id.partition(".")[0], check.hint) for check in wrong if check.hint})
        self._failed.update((check.id, check.title) for check in wrong)
        if len(self._hints) > _MOST_KINDS:  # what one student in thousands got is not among the most frequent
            self._hints = Counter(dict(self._hints.most_common(_MOST_KINDS // 2)))

    def summary(self, rows: Sequence[Row], most: int = 5) -> Summary:
        """Return the figures of a class whose list is whole."""
        grades = [row.grade for row in rows if row.grade is not None]
        full = max((row.max_score for row in rows if row.max_score is not None), default=0.0)
        late = [row for row in rows if row.late_days]
        common = sorted((self._hints or self._failed).items(), key=lambda item: (-item[1], item[0]))[:most]
        return Summary(
            students=len(rows),
            reports=len(grades),
            mean=statistics.fmean(grades) if grades else 0.0,
            median=statistics.median(grades) if grades else 0.0,
            max_score=full,
            distribution=_distribution(grades, full),
            late=len(late),
            late_by_file=sum(row.told_by == "file" for row in late),
            unusable=sum(row.report is not None and row.problem is not None for row in rows),
            diagnoses=[Share(count, where, words) for (where, words), count in common],
            slowest=[(student, seconds) for seconds, student in sorted(self._slowest, reverse=True)],
        )


def _distribution(grades: Sequence[float], full: float) -> list[int]:
    bins = [0] * 10
    for grade in grades:
        bins[min(9, math.floor(10 * grade / full + 1e-9)) if full else 9] += 1
    return bins
