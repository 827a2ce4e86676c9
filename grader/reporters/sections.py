"""A report function by function, as people read it: what is right, what to mend next, what repeats another."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from grader.report import Outcome, Report
from grader.reporters.plain import clean, one_line


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One function's outcomes."""

    target: str
    points: float
    max_points: float
    passed: tuple[Outcome, ...]
    wrong: tuple[Outcome, ...]
    """What failed, raised or ran out of time."""
    skipped: tuple[Outcome, ...]
    echo: str | None = None
    """The earlier function whose explanation this one would only repeat."""

    @property
    def right(self) -> bool:
        """Whether all that was asked of the function passed."""
        return not self.wrong and not self.skipped

    @property
    def waits_for(self) -> str:
        """Why the function's checks were skipped."""
        return next((line for outcome in self.skipped if (line := one_line(outcome.message))), "")

    @property
    def brief(self) -> str | None:
        """The whole explanation, where it is a single line."""
        explanations = {(clean(o.message), o.hint) for o in self.wrong if not (o.detail or {}).get("traceback")}
        if len(self.wrong) == 0 or len(explanations) != 1:
            return None
        message, hint = explanations.pop()
        return None if hint or not message or "\n" in message else message


def sections(report: Report) -> list[Section]:
    """Return the report's functions, in the order in which they are asked about."""
    outcomes: dict[str, list[Outcome]] = {}
    for outcome in report.checks:
        outcomes.setdefault(outcome.target, []).append(outcome)
    explained: dict[object, str] = {}
    found = []
    for target, its in outcomes.items():
        wrong = tuple(o for o in its if o.status not in ("passed", "skipped"))
        first = explained.setdefault(_explanation(target, wrong), target) if wrong else target
        found.append(
            Section(
                target=target,
                points=total(o.points for o in its),
                max_points=total(o.max_points for o in its),
                passed=tuple(o for o in its if o.status == "passed"),
                wrong=wrong,
                skipped=tuple(o for o in its if o.status == "skipped"),
                echo=None if first == target else first,
            )
        )
    return found


def next_to_mend(found: Iterable[Section]) -> Section | None:
    """Return the first function that is wrong; where all that is not right was skipped, the first of those."""
    found = list(found)
    return next((s for s in found if s.wrong), next((s for s in found if s.skipped), None))


def total(points: Iterable[float]) -> float:
    """Return the sum without float dust."""
    return round(math.fsum(p for p in points if math.isfinite(p)), 6)


def number(points: float) -> str:
    """Return points for people: at most two decimals, never rounded up to what was not earned."""
    if not math.isfinite(points):
        return "?"
    return f"{math.floor(points * 100 + 1e-6) / 100:.2f}".rstrip("0").rstrip(".")


def score(report: Report) -> str:
    """Return ``14.5 of 20 points``."""
    return of(report.score, report.max_score)


def of(points: float, max_points: float) -> str:
    """Return ``14.5 of 20 points``."""
    return f"{number(points)} of {number(max_points)} {'point' if max_points == 1 else 'points'}"


def count(how_many: int, what: str) -> str:
    """Return ``1 check`` or ``3 checks``."""
    return f"{how_many} {what}" if how_many == 1 else f"{how_many} {what}s"


def seconds(duration: float) -> str:
    """Return a duration for people."""
    return f"{duration:.2f} s" if duration < 10 else f"{duration:.0f} s"


def _explanation(target: str, wrong: Iterable[Outcome]) -> object:
    """Return what is the same where two functions are wrong in the same way."""
    return tuple(
        (o.status, o.message.replace(target, "\0"), o.hint, str((o.detail or {}).get("traceback"))) for o in wrong
    )
