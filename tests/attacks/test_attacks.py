"""Every attack of the five groups, in strict isolation: it earns, learns, touches and leaves nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec
import pytest

from grader.report import Report

sys.path.append(str(Path(__file__).parents[1] / "bench"))
import locked

GROUPS = ("steal", "forge", "escape", "harm", "crash")
HERE = Path(__file__).parent
ATTACKS = sorted(path for group in GROUPS for path in (HERE / group).glob("*.py"))
BY_COMMAND = [
    "steal/environment.py",
    "steal/solutions.py",
    "steal/other_processes.py",
    "forge/printed_report.py",
    "forge/wire_garbage.py",
    "escape/fork.py",
    "escape/tcp.py",
    "harm/memory_list.py",
    "harm/endless_import.py",
    "crash/segfault.py",
]
WITHOUT_NAMESPACES = [
    "steal/solutions.py",
    "steal/foreign_memory.py",
    "escape/abstract.py",
    "escape/fork_in_other_ways.py",
    "escape/write_outside.py",
    "harm/kill_everyone.py",
    "harm/memory_in_the_kernel.py",
    "harm/thread_bomb.py",
]


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("attack", ATTACKS, ids=_name)
def test_an_attack_gains_nothing(attack, hall):
    report, text = hall.examine(attack)
    hall.judge(attack, report, text)


@pytest.mark.parametrize("name", BY_COMMAND)
def test_an_attack_on_the_command_gains_nothing(name, hall):
    out, err, code = hall.command(HERE / name)
    assert code == 1, err
    assert err == ""
    hall.judge(HERE / name, msgspec.convert(json.loads(out), Report), out, err)


@pytest.mark.parametrize("name", WITHOUT_NAMESPACES)
def test_an_attack_gains_nothing_where_there_are_no_namespaces(name, hall):
    """As in many containers: Landlock, seccomp and limits hold alone."""
    out, err, code = hall.command(HERE / name, prelude=locked.WITHOUT_NAMESPACES)
    assert code == 1, err
    report = msgspec.convert(json.loads(out), Report)
    assert "namespaces" not in report.isolation
    hall.judge(HERE / name, report, out, err)


def test_there_are_many_attacks_and_each_says_what_it_tries():
    assert len(ATTACKS) >= 90
    sentences = [path.read_text(encoding="utf-8").split('"""')[1] for path in ATTACKS]
    assert len(set(sentences)) == len(sentences)
    assert all(sentence.endswith(".") for sentence in sentences)
