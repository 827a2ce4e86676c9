"""The README says what is there, and its commands are those of today."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import grade
from grader.course import load_course

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.partition("#")[0].partition("|")[0].strip()
    for block in re.findall(r"^```\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("grade ")
]


def test_the_index_of_exercises_is_that_of_the_course():
    index = re.findall(r"^\| \[(exercise\d+)\]\(exercises/\1/README.md\)", README, re.MULTILINE)
    assert index == [exercise.name for exercise in load_course(ROOT).exercises]


def test_links_lead_to_files():
    links = set(re.findall(r"\]\(([^)#:]+)\)", README)) - {"SECURITY.md"}
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_are_understood(command):
    name, *arguments = shlex.split(command)[1:]
    found = grade.get_command(None, name)
    assert found is not None
    context = found.make_context(name, arguments, resilient_parsing=False)
    assert context.params


def test_the_first_help_is_short():
    assert len(CliRunner().invoke(grade, ["--help"]).output.splitlines()) <= 30
