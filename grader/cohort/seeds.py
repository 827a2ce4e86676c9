"""Each student's own seed, made of a secret and the name. A seed that all share is drawn in results.py."""

from __future__ import annotations

import hashlib
import hmac

_BITS = 53


def seed_of(secret: bytes, exercise: str, student: str) -> int:
    """Return a student's own seed: always the same, and known to nobody without the secret."""
    message = b"".join(len(part).to_bytes(4, "big") + part for part in (exercise.encode(), student.encode()))
    digest = hmac.digest(secret, message, hashlib.sha256)
    return int.from_bytes(digest, "big") >> (8 * len(digest) - _BITS)
