"""What each check of a suite is worth, which others it needs, and which of them were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.checks.check import Check
from grader.checks.suite import Suite
from grader.course import Exercise
from grader.errors import UsageError, suggestion

_MILLION = 1_000_000
_MAIN_SHARE = Fraction(7, 10)
"""What a right value or gradient earns of a function's points; the other checks add the rest."""


def needs_of(check: Check, suite: Suite) -> list[str]:
    """Return the ids of the checks that have to pass before this one is judged."""
    if not check.weight:
        return []
    company = next(target.checks for target in suite.targets if target.name == check.target)
    presence = [other.id for other in company if not other.weight]
    mains = [other.id for other in company if other.main and not check.main]
    return list(dict.fromkeys([*presence, *mains[:1], *check.needs]))


def chosen(suite: Suite, only: Sequence[str]) -> tuple[list[Check], list[Check]]:
    """Return the checks that are reported, and those that are judged: what the former need, too."""
    checks = suite.checks
    if not only:
        return checks, checks
    known = {check.id for check in checks} | {check.target for check in checks}
    for name in only:
        if name not in known:
            targets = ", ".join(target.name for target in suite.targets)
            raise UsageError(f"There is no check or function {name!r}.{suggestion(name, known)} Functions: {targets}.")
    asked = [check for check in checks if check.id in only or check.target in only]
    wanted = {check.id for check in asked}
    for check in reversed(checks):
        if check.id in wanted:
            wanted.update(needs_of(check, suite))
            wanted.update(getattr(check, "also", ()))
    for check in checks:
        if check.id in wanted:
            wanted.update(needs_of(check, suite))
    return asked, [check for check in checks if check.id in wanted]


def worth_of(suite: Suite, exercise: Exercise) -> dict[str, Fraction]:
    """Return what each check is worth, exactly: a function's points over its checks."""
    points = {target.name: target.points for target in suite.targets}
    for name, value in exercise.functions.items():
        if name not in points:
            raise UsageError(
                f"course.yaml gives points to {name!r}, which {exercise.name} does not have.{suggestion(name, points)}"
            )
        points[name] = Fraction(str(value))
    total = sum(points.values(), Fraction(0)) or Fraction(1)
    factor = Fraction(str(exercise.points)) / total
    owns = _settled([points[target.name] * factor for target in suite.targets])
    worth: dict[str, Fraction] = {}
    for target, own in zip(suite.targets, owns, strict=True):
        shares = _shares(own, target.checks)
        order = sorted(shares, key=lambda name: not name.endswith(".unchanged"))  # its tenth stays a tenth
        worth |= dict(zip(order, _settled([shares[name] for name in order]), strict=True))
    return worth


def _settled(parts: Sequence[Fraction]) -> list[Fraction]:
    """Return parts of whole millionths, as a report shows them, that add up to what these do."""
    settled: list[Fraction] = []
    for end in range(1, len(parts) + 1):
        due = Fraction(round(sum(parts[:end], Fraction(0)) * _MILLION), _MILLION)
        settled.append(due - sum(settled, Fraction(0)))
    return settled


def _shares(own: Fraction, checks: Sequence[Check]) -> dict[str, Fraction]:
    """Share a function's points: exactly a tenth for leaving its arguments alone, most for being right."""
    tenth = own / 10 if any(check.kind == "unchanged" for check in checks) else Fraction(0)
    groups = [[check for check in checks if check.main], [check for check in checks if _adds(check)]]
    parts = [own * _MAIN_SHARE, own - tenth - own * _MAIN_SHARE]
    if not all(sum(check.weight for check in group) for group in groups):
        parts = [own - tenth, own - tenth]
    worth = {check.id: tenth if check.kind == "unchanged" else Fraction(0) for check in checks}
    for group, part in zip(groups, parts, strict=True):
        weights = sum(check.weight for check in group)
        worth |= {check.id: part * check.weight / weights for check in group if weights}
    return worth


def _adds(check: Check) -> bool:
    return not check.main and check.kind != "unchanged"
