"""Makes mutants: the reference with one small change; what may change is in operators.py.

Each changes one place of the text: its diff is one line, and the rest of the module stays as its author wrote it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import msgspec

from grader.audit.operators import expression_changes, statement_changes
from grader.audit.scope import Scope


class Mutant(msgspec.Struct, frozen=True):
    """The reference with one change."""

    function: str
    """The function, class or constant that is changed."""
    operator: str
    """What kind of change it is, in words."""
    line: int
    old: str
    """The line as it was, stripped."""
    new: str
    """The line as it is."""
    source: str
    """The whole module's text."""


def mutants(source: str) -> list[Mutant]:
    """Return every mutant of a module's functions, classes and numbers, each text once."""
    tree = ast.parse(source)
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line.encode()))
    data = source.encode()
    seen = {source}
    made = []
    for top in tree.body:
        for node, operator, replacement in _changes(top):
            begin = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
            text = (data[:begin] + replacement.encode() + data[end:]).decode()
            if text in seen or not _compiles(text):
                continue
            seen.add(text)
            old, new = _lines_at(source, text, node.lineno)
            made.append(Mutant(_name_of(top), operator, node.lineno, old, new, text))
    return made


def _name_of(top: ast.stmt) -> str:
    if isinstance(top, (ast.FunctionDef, ast.ClassDef)):
        return top.name
    return ast.unparse(top.targets[0]) if isinstance(top, ast.Assign) else ""


def _lines_at(source: str, text: str, line: int) -> tuple[str, str]:
    old, new = source.splitlines(), text.splitlines()
    return old[line - 1].strip(), new[line - 1].strip() if line <= len(new) else ""


def _compiles(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _changes(top: ast.stmt) -> Iterator[tuple[Any, str, str]]:
    """Yield a node, the kind of change, and the text that takes the node's place."""
    is_number = isinstance(top, ast.Assign) and isinstance(top.value, ast.Constant)
    if not is_number and not isinstance(top, (ast.FunctionDef, ast.ClassDef)):
        return
    scope = Scope(top)
    skip = _not_code(top)
    for node in ast.walk(top):
        if node in skip:
            continue
        if isinstance(node, ast.stmt):
            yield from statement_changes(node)
        elif isinstance(node, ast.expr):
            for operator, changed in expression_changes(node, scope):
                if ast.dump(changed) == ast.dump(node):
                    continue
                yield node, operator, f"({ast.unparse(changed)})" if _needs_brackets(changed) else ast.unparse(changed)


def _needs_brackets(node: ast.AST) -> bool:
    return isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.Lambda))


def _not_code(top: ast.AST) -> set[ast.AST]:
    """Return what no mutant changes: docstrings, annotations, and what is raised."""
    skip: set[ast.AST] = set()
    for node in ast.walk(top):
        parts: list[Any] = []
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                parts.append(first)
            parts += node.decorator_list
        if isinstance(node, ast.FunctionDef):
            parts += [node.returns, *(a.annotation for a in [*node.args.args, *node.args.kwonlyargs])]
        if isinstance(node, ast.AnnAssign):
            parts.append(node.annotation)
        if isinstance(node, ast.Raise):
            parts.append(node)
        for part in parts:
            if part is not None:
                skip.update(ast.walk(part))
    return skip
