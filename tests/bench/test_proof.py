"""The proof of the locks: every attempt fails where they hold, and gets through where they do not."""

from __future__ import annotations

from collections import Counter

import pytest

from grader.bench import locks
from grader.bench.proof import prove

pytestmark = pytest.mark.skipif(bool(locks.missing()), reason="; ".join(locks.missing().values()))


def test_no_attempt_breaks_a_lock() -> None:
    proofs = prove("strict")
    broken = [proof for proof in proofs if not proof.held and proof.lock != "namespaces"]
    assert not broken
    assert Counter(proof.lock for proof in proofs).keys() == {"landlock", "seccomp", "namespaces", "limits"}
    assert len(proofs) > 120


def test_without_locks_the_same_attempts_get_through() -> None:
    proofs = prove("none", ["landlock", "seccomp"])
    held = [proof.attempt for proof in proofs if proof.held]
    assert len(held) < len(proofs) / 6, held
    assert {"read a file of the user", "fork", "a TCP socket", "shared memory without a file"}.isdisjoint(held)


def test_one_lock_can_be_tried_alone() -> None:
    assert {proof.lock for proof in prove("auto", ["landlock"])} == {"landlock"}
