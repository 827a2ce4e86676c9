"""SECURITY.md promises nothing for which there is no test: every test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[1]
_TEXT = (_ROOT / "SECURITY.md").read_text(encoding="utf-8")
_NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+(?:::\w+)?)`", _TEXT)))


@pytest.mark.parametrize("named", _NAMED)
def test_a_test_that_is_named_is_there(named):
    path, _, function = named.partition("::")
    assert (_ROOT / path).exists()
    assert not function or f"def {function}(" in (_ROOT / path).read_text(encoding="utf-8")


def test_every_promise_names_a_test():
    promises = [line for line in _TEXT.split("## On which machines")[0].splitlines() if line.startswith("| ")][2:]
    assert len(promises) > 8
    assert all("`tests/" in promise for promise in promises)
