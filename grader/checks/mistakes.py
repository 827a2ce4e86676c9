"""The wrong answers people give: each a whole wrong submission, made from the reference by an edit, with its hint."""

from __future__ import annotations

import ast
from typing import Any

import msgspec

from grader.errors import SuiteError


class Mistake(msgspec.Struct, frozen=True):
    """One wrong answer that people give."""

    target: str
    """The function that is wrong."""
    name: str
    """What the mistake is called; ``target:name`` is its id."""
    hint: str
    """What a student who makes it is told."""
    old: str = ""
    """The text of the reference that the mistake has otherwise; it occurs once in ``where``."""
    new: str = ""
    """What stands there instead."""
    where: str = ""
    """The function that is edited, where it is not the target itself."""
    code: str = ""
    """Definitions that take the place of the reference's, where an edit would not do."""

    @property
    def id(self) -> str:
        """The mistake's id."""
        return f"{self.target}:{self.name}"


def apply(mistake: Mistake, reference: str) -> str:
    """Return the reference's text with the mistake in it."""
    if mistake.code:
        return f"{reference}\n\n{mistake.code}\n"
    where = mistake.where or mistake.target
    start, end = _span(reference, where, mistake)
    body = reference[start:end]
    if body.count(mistake.old) != 1:
        raise SuiteError(
            f"The mistake {mistake.id} edits {mistake.old!r}, which occurs {body.count(mistake.old)} times in {where}; "
            "it must occur once."
        )
    return reference[:start] + body.replace(mistake.old, mistake.new) + reference[end:]


def _span(source: str, name: str, mistake: Mistake) -> tuple[int, int]:
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == name:
            end = node.end_lineno or node.lineno
            return sum(map(len, lines[: node.lineno - 1])), sum(map(len, lines[:end]))
    raise SuiteError(f"The mistake {mistake.id} edits {name}, which the reference does not define.")


def mistakes_of(module: Any) -> list[Mistake]:
    """Return the entries of a mistakes.py."""
    entries = getattr(module, "MISTAKES", None)
    if not isinstance(entries, list) or not all(isinstance(entry, Mistake) for entry in entries):
        raise SuiteError("mistakes.py must define MISTAKES, a list of Mistake.")
    ids = [entry.id for entry in entries]
    if len(set(ids)) != len(ids):
        twice = next(name for name in ids if ids.count(name) > 1)
        raise SuiteError(f"mistakes.py has two entries {twice}.")
    return entries
