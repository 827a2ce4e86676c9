"""Proves that the locks hold: makes every attempt of attempts.py in a locked bench, and says what came of it.

``prove`` is for `grade doctor` and the tests. It works in a process of its own, for locks cannot be taken off again.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import BenchError

if TYPE_CHECKING:  # only the process that makes the attempts needs them
    from grader.bench.attempts import Attempt, Surroundings
    from grader.bench.limits import Limits
    from grader.bench.locks import Locks

_LONGEST_S = 120
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Proof:
    """What came of one attempt."""

    lock: str
    """Which lock it was made on: landlock, seccomp, namespaces or limits."""
    attempt: str
    held: bool
    words: str
    """How it was stopped, or that it was not."""


def prove(isolation: str = "auto", locks: Sequence[str] = ()) -> list[Proof]:
    """Try to break the locks that this machine has with this isolation; with ``locks``, only those."""
    code = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from grader.bench.proof import main; main(sys.argv[1:])"
    with tempfile.TemporaryDirectory(prefix="gradecheck-") as folder:
        secret = Path(folder, "secret")
        secret.write_text("a secret", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-I", "-B", "-c", code, isolation, str(secret), *locks],
            env={"LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_LONGEST_S,
            check=False,
        )
    if done.returncode:
        raise BenchError(f"The locks could not be tried: {done.stderr.decode(errors='replace').strip()[-500:]}")
    return [Proof(**entry) for entry in json.loads(done.stdout)]


def main(arguments: Sequence[str]) -> None:
    """Make the attempts and print what came of them, as JSON."""
    from grader.bench.attempts import ATTEMPTS, Surroundings
    from grader.bench.limits import Limits
    from grader.bench.locks import Locks

    isolation, secret, *only = arguments
    home = os.path.expanduser("~")
    locks = Locks(isolation)
    allowed = Limits(cpu_s=1, memory=64 * 2**20, disk=4 * 2**20, files=32, threads=16)
    target = Surroundings(
        secret,
        home,
        place=str(locks.scratch or os.path.dirname(secret)),
        other=os.getpid() if os.getpid() > 1 else 2,  # a server that is process 1 has a bench's own number
        memory=allowed.memory,
        disk=allowed.disk,
        files=allowed.files,
        threads=allowed.threads,
    )
    proofs = [_tried(locks, allowed, target, attempt) for attempt in ATTEMPTS if not only or attempt.lock in only]
    print(json.dumps([asdict(proof) for proof in proofs]))


def _tried(locks: Locks, allowed: Limits, target: Surroundings, attempt: Attempt) -> Proof:
    reading, writing = os.pipe()
    pid = locks.fork()
    if pid == 0:
        try:
            locks.close(allowed, keep=[writing])
            outcome = _outcome(target, attempt)
        except BaseException as err:  # noqa: BLE001 - a bench that cannot be locked is a lock that does not hold
            outcome = False, f"{type(err).__name__}: {err}"
        os.write(writing, json.dumps(outcome).encode()[:4000])
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        return Proof(attempt.lock, attempt.words, attempt.kills, f"killed by signal {os.WTERMSIG(status)}")
    held, words = json.loads(said or b'[false, "the bench ended without a word"]')
    return Proof(attempt.lock, attempt.words, held and not attempt.kills, words)


def _outcome(target: Surroundings, attempt: Attempt) -> tuple[bool, str]:
    try:
        attempt.make(target)
    except MemoryError:
        return errno.ENOMEM in attempt.stopped_by, "not enough memory"
    except OSError as err:
        stopped = err.errno in attempt.stopped_by
        return stopped, f"{'refused' if stopped else 'got through, and then'}: {err.strerror}"
    return False, "it got through"
