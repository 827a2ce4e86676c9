"""Late rules at their boundaries, and the extensions of students."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from grader.cohort.extensions import Extensions, read_extensions
from grader.cohort.late import Deadline, taken_from
from grader.course import Late
from grader.errors import UsageError

DUE = datetime.fromisoformat("2026-12-04T23:59:00+01:00")
DAY = timedelta(days=1)
RULE = Late(percent=10, grace=900, cap=25)
TICK = timedelta(microseconds=1)


@pytest.fixture
def deadline(course, exercise):
    """Make the deadline of an exercise that is due at DUE, with a rule and extensions."""

    def make(rule: Late | None = RULE, granted=None, due=DUE) -> Deadline:
        return Deadline(course, msgspec.structs.replace(exercise, due=due, late=rule), Extensions(granted))

    return make


def late(deadline: Deadline, at: datetime | None, student: str = "anna", marked: bool | None = None):
    found = deadline.lateness(student, at, marked)
    return found.days, found.percent


@pytest.mark.parametrize(
    ("after", "days", "percent"),
    [
        (-DAY, 0, 0),
        (timedelta(0), 0, 0),
        (timedelta(minutes=15), 0, 0),
        (timedelta(minutes=15) + TICK, 1, 10),
        (DAY, 1, 10),
        (DAY + TICK, 2, 20),
        (2 * DAY, 2, 20),
        (2 * DAY + TICK, 3, 25),
        (365 * DAY, 365, 25),
    ],
)
def test_days_that_have_begun_count_from_the_due_time_to_the_tick(deadline, after, days, percent):
    assert late(deadline(), DUE + after) == (days, percent)


@pytest.mark.parametrize(
    ("at", "days"),
    [
        ("2026-12-04T22:59:00+00:00", 0),
        ("2026-12-04T22:59:00.000001Z", 1),
        ("2026-12-05T03:59:00+05:00", 0),
        ("2026-12-04T14:59:00-08:00", 0),
        ("2026-12-04T15:00:00-08:00", 1),
    ],
)
def test_moments_are_compared_whatever_time_zone_they_are_told_in(deadline, at, days):
    assert late(deadline(Late(percent=10)), datetime.fromisoformat(at)) == (days, 10 * days)


def test_without_a_rule_late_is_marked_and_costs_nothing_and_without_a_due_time_nothing_is_late(deadline, course):
    assert late(deadline(None), DUE + TICK) == (1, 0)
    assert late(deadline(due=None), DUE + DAY) == (0, 0)
    assert late(deadline(), None) == (0, 0)
    whole = msgspec.structs.replace(course, late=Late(percent=50))
    exercise = msgspec.structs.replace(course.exercises[0], due=DUE)
    assert Deadline(whole, exercise).lateness("anna", DUE + DAY, None).percent == 50


def test_a_platforms_mark_counts_one_day_unless_there_is_an_extension(deadline):
    granted = {"anna": (1, timedelta(days=2))}
    assert late(deadline(), None, marked=True) == (1, 10)
    assert late(deadline(), DUE + 9 * DAY, marked=False) == (0, 0)
    assert late(deadline(granted=granted), None, marked=True) == (0, 0)


@pytest.mark.parametrize(
    ("score", "percent", "left"), [(10, 0, 10), (10, 10, 9), (7, 33, 4.69), (0, 50, 0), (5, 100, 0)]
)
def test_what_is_taken_is_a_part_of_what_was_earned(score, percent, left):
    assert taken_from(score, percent) == left


def test_an_extension_moves_the_due_time_by_name_or_by_number(deadline):
    made = deadline(granted={"anna": (1, timedelta(days=2)), "12345": (2, DUE + 7 * DAY)})
    assert made.due("anna") == DUE + 2 * DAY
    assert made.due("Jane Doe_12345") == DUE + 7 * DAY
    assert made.due("ben") == DUE
    assert late(made, DUE + 2 * DAY) == (0, 0)
    assert late(made, DUE + 3 * DAY + TICK) == (2, 20)
    assert late(made, DUE + 3 * DAY + TICK, "ben") == (4, 25)


@pytest.fixture
def written(tmp_path):
    """Write a file of extensions, and read it."""

    def read(name: str, text: str | bytes) -> Extensions:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_extensions(path)

    return read


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("e.yaml", "anna: 2d\nMüller: 48h\nben: 2026-12-06T23:59:00+01:00\n"),
        ("e.csv", "student,until\nanna,2d\nMüller,48h\nben,2026-12-06T23:59:00+01:00\n"),
        ("e.csv", "\ufeffUntil;Student;why\r\n2d;anna;ill\r\n48h;Mu\u0308ller;\r\n2026-12-06 23:59+01:00;ben;\r\n\r\n"),
    ],
)
def test_extensions_come_as_yaml_or_as_any_spreadsheets_csv(written, name, text):
    granted = written(name, text)
    assert [granted.due(student, DUE) for student in ("anna", "ben", "Müller", "cleo")] == [DUE + 2 * DAY] * 3 + [DUE]


def test_who_is_not_in_the_class_is_told(written):
    granted = written("e.yaml", "anna: 2d\nbne: 2d\n")
    assert list(granted.unknown(["anna", "ben"])) == ["e.yaml:2: bne handed in nothing. Did you mean 'ben'?"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("e.yaml", "anna: soon", "e.yaml:1: anna: expected a moment such as 2026-12-06T23:59:00+01:00, or a time"),
        ("e.yaml", "anna: 2d\nben: 2026-12-06T23:59:00", "e.yaml:2: ben: expected a time zone after it"),
        ("e.yaml", "- anna", "e.yaml:1: expected a line such as `jane: 2d`"),
        ("e.yaml", "anna: {", "e.yaml:"),
        ("e.csv", "name,days\nanna,2", "e.csv:1: expected the columns student and until, not 'name, days'"),
        ("e.csv", "student,until\nanna,2d\n\nanna,3d", "e.csv:4: anna stands twice, first in line 2"),
        ("e.csv", b"student,until\n\xff,2d", "e.csv:2: not in UTF-8"),
        ("e.csv", "", "e.csv:1: expected the columns student and until"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(written, name, text, said):
    with pytest.raises(UsageError) as caught:
        written(name, text)
    assert said in str(caught.value)


def test_an_empty_yaml_grants_nothing_and_a_missing_file_is_told(written, tmp_path):
    assert written("e.yaml", "").due("anna", datetime(2026, 1, 1, tzinfo=UTC)) == datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(UsageError, match="cannot be read: no such file"):
        read_extensions(tmp_path / "none.csv")
