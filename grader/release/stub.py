"""Makes the module that students fill in from the one source: what is marked as solution goes, all else stays.

    ### BEGIN SOLUTION
    ...
    ### END SOLUTION

Inside a function a marked part becomes a NotImplementedError that names it; anywhere else it leaves nothing behind.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

import msgspec

from grader.errors import SuiteError

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
_MEANT = re.compile(r"\b(begin|end)[ _-]*solution\b", re.IGNORECASE)


class _Part(msgspec.Struct, frozen=True):
    """A marked part: the lines of its markers, counted from 1, its indentation, and the function it is in."""

    begin: int
    end: int
    indent: int
    function: str | None


def make_stub(source: str, name: str) -> str:
    """Return the text of the stub of a source; ``name`` is what errors call the file."""
    tree = _parsed(source, name)
    lines = source.splitlines()
    parts = [_placed(tree, begin, end, name) for begin, end in _marked(source, name)]
    if not parts:
        raise SuiteError(f"{name} has no {BEGIN}: nothing in it would be left for students to write.")
    kept: list[str] = []
    at = 0
    for part in parts:
        kept += lines[at : part.begin - 1]
        at = part.end
        if part.function is None:
            at = _close_gap(kept, lines, at)
        else:
            kept.append(f'{" " * part.indent}raise NotImplementedError("{part.function} is not written yet")')
    stub = "\n".join([*kept, *lines[at:]]).strip("\n") + "\n"
    _check_result(stub, name)
    return stub


def solution_lines(source: str, name: str) -> list[str]:
    """Return the lines that a stub must not show, without their indentation."""
    lines = source.splitlines()
    return [line.strip() for begin, end in _marked(source, name) for line in lines[begin : end - 1] if line.strip()]


def _parsed(source: str, name: str) -> ast.Module:
    try:
        return ast.parse(source)
    except SyntaxError as err:
        raise SuiteError(f"{name}, line {err.lineno}: {err.msg}. A stub is made from valid Python only.") from None


def _marked(source: str, name: str) -> list[tuple[int, int]]:
    """Return the lines of each pair of markers."""
    pairs: list[tuple[int, int]] = []
    begin = 0
    for line, marker in _markers(source, name):
        if marker == BEGIN and begin:
            raise SuiteError(f"{name}, line {line}: a second {BEGIN}; end the one in line {begin} first.")
        if marker == END and not begin:
            raise SuiteError(f"{name}, line {line}: {END} without a {BEGIN} before it.")
        if marker == END:
            pairs.append((begin, line))
        begin = line if marker == BEGIN else 0
    if begin:
        raise SuiteError(f"{name}, line {begin}: {BEGIN} is never followed by {END}.")
    return pairs


def _markers(source: str, name: str) -> Iterator[tuple[int, str]]:
    """Give each marker with its line; what only looks like one would give a solution away, and is refused."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError) as err:
        raise SuiteError(f"{name} cannot be read as Python: {err}.") from None
    for token in tokens:
        if token.type in _LAYOUT or not (meant := _MEANT.search(token.string)):
            continue
        line = token.start[0] + token.string.count("\n", 0, meant.start())
        if token.type != tokenize.COMMENT:
            raise SuiteError(f"{name}, line {line}: a solution's marker stands in a text, where it marks nothing.")
        if token.string.rstrip() not in (BEGIN, END) or token.line[: token.start[1]].strip():
            raise SuiteError(
                f"{name}, line {line}: {token.string.strip()[:60]!r} looks like a marker. Write {BEGIN} or {END}, on a "
                "line of its own."
            )
        yield line, token.string.rstrip()


_LAYOUT = {tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE, tokenize.NL, tokenize.ENDMARKER}


def _placed(tree: ast.Module, begin: int, end: int, name: str) -> _Part:
    """Return a marked part with the function around it; a part that cuts a statement in two is refused."""
    around: list[ast.AST] = [tree]
    while True:
        spans = [(node, *_span(node)) for node in _statements(around[-1])]
        inside = [node for node, first, last in spans if begin < first and last < end]
        outer = next((node for node, first, last in spans if first < begin < last), None)
        if any(begin < first < end <= last for _, first, last in spans) or (outer is not None and inside):
            raise SuiteError(f"{name}, line {end}: {END} does not end what {BEGIN} in line {begin} begins.")
        if outer is None:
            break
        if not any(_statements(outer)):
            raise SuiteError(f"{name}, line {begin}: {BEGIN} stands within a statement.")
        around.append(outer)
    if not inside:
        raise SuiteError(f"{name}, line {begin}: there is nothing between {BEGIN} and {END}.")
    named = [node for node in around if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
    in_function = bool(named) and not isinstance(named[-1], ast.ClassDef)
    return _Part(begin, end, inside[0].col_offset, ".".join(node.name for node in named) if in_function else None)


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Give the statements right below a node, those of its `except`s and `case`s too."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, (ast.excepthandler, ast.match_case)):
            yield from _statements(child)


def _span(node: ast.stmt) -> tuple[int, int]:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(item.lineno for item in decorators)]), node.end_lineno or node.lineno


def _close_gap(kept: list[str], lines: list[str], at: int) -> int:
    """Leave as many blank lines where a part was as there were on one side of it; return where to go on."""
    before = 0
    while kept and not kept[-1].strip():
        kept.pop()
        before += 1
    start = at
    while at < len(lines) and not lines[at].strip():
        at += 1
    kept.extend([""] * max(before, at - start))
    return at


def _check_result(stub: str, name: str) -> None:
    try:
        compile(stub, name, "exec", dont_inherit=True)
    except SyntaxError as err:
        raise SuiteError(
            f"{name}: without its solution it is no valid Python, in line {err.lineno} ({err.msg})."
        ) from None
