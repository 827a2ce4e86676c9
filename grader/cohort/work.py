"""What is done at a desk where a class is graded: a batch of submissions comes in as bytes, reports go out as JSON.

`grade` is called in processes that do nothing else; between two batches its room stays open: examiner, reference and
fork server are used again.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.cohort.identity import judging_of
from grader.course import load_course
from grader.errors import BenchError, GraderError, UsageError
from grader.report import encode
from grader.submission import Submission

if TYPE_CHECKING:
    from grader.examiner import Examiner

_RETRIES = 2


class Setup(msgspec.Struct, frozen=True):
    """How a class is graded."""

    course: str
    """The folder of the course."""
    exercise: str
    device: str
    isolation: str
    judging: str
    """The digest of what judges: a desk that has another one refuses."""


class Paper(msgspec.Struct, frozen=True):
    """One student's submission, and the seed of the questions; None where only the public ones can be asked."""

    student: str
    seed: int | None
    submission: Submission


class Batch(msgspec.Struct, frozen=True):
    """What a desk is asked to do."""

    setup: Setup
    papers: list[Paper]


class Problem(msgspec.Struct, frozen=True, tag="problem"):
    """Why there is no report of one submission."""

    words: str


class Stop(msgspec.Struct, frozen=True, tag="stop"):
    """Why there can be no reports at all."""

    words: str
    exit_code: int


_batches = msgspec.msgpack.Decoder(Batch)
_rooms: dict[Setup, _Room] = {}


def grade(batch: bytes) -> bytes:
    """Grade a batch; return a JSON list with a report or a Problem for each submission, or a Stop."""
    order = _batches.decode(batch)
    try:
        return msgspec.json.encode([msgspec.Raw(_report(order.setup, paper)) for paper in order.papers])
    except GraderError as err:
        leave()
        return msgspec.json.encode(Stop(str(err), err.exit_code))


def leave() -> None:
    """Close the room: its fork server and all benches end."""
    while _rooms:
        _rooms.popitem()[1].close()


def _report(setup: Setup, paper: Paper) -> bytes:
    for attempt in range(_RETRIES):
        try:
            if setup not in _rooms:
                leave()
                _rooms[setup] = _Room(setup)
            return _rooms[setup].examine(paper)
        except BenchError as err:  # the fork server is gone: another room may fare better
            words = str(err)
            leave()
        except GraderError:
            raise
        except Exception as err:  # noqa: BLE001 - the others are graded
            words = f"Gradecheck itself failed ({type(err).__name__}: {err})."
            leave()
            if attempt == 0:
                continue
    return msgspec.json.encode(Problem(words))


class _Room:
    """One exercise, with a fork server that stays, and an examiner that stays as long as the seed does."""

    def __init__(self, setup: Setup) -> None:
        from grader.bench.launch import launcher

        self._setup = setup
        self._course = load_course(Path(setup.course))
        self._exercise = self._course.exercise(setup.exercise)
        if judging_of(self._course, self._exercise, setup.device, setup.isolation) != setup.judging:
            raise UsageError(
                f"{setup.exercise} has changed since the class was begun, or another version of Gradecheck works here: "
                "run the command again."
            )
        allow, limits = self._exercise.allow, self._exercise.limits
        self._benches = launcher(allow, setup.isolation, limits, setup.device == "cuda")
        self._examiner: Examiner | None = None
        self._seed: int | None = None

    def examine(self, paper: Paper) -> bytes:
        """Return the report of a submission."""
        return encode(self._for(paper.seed).examine(paper.submission, student=paper.student))

    def _for(self, seed: int | None) -> Examiner:
        from grader.examiner import Examiner

        if self._examiner is None or seed != self._seed:
            if self._examiner is not None:
                self._examiner.reference.close()
            self._examiner = Examiner(
                self._course,
                self._exercise,
                seed=seed,
                isolation=self._setup.isolation,
                device=self._setup.device,
                benches=self._benches,
            )
            self._seed = seed
        return self._examiner

    def close(self) -> None:
        with suppress(BenchError):
            if self._examiner is not None:
                self._examiner.reference.close()
        self._benches.close()
