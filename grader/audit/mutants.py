"""Makes mutants: the reference with one small change, by the operators of mutation tools and those NumPy code suffers.

Each changes one place of the text: its diff is one line, and the rest of the module stays as its author wrote it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import msgspec

_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_NAMES = {
    "sum": ("mean", "max"),
    "mean": ("sum",),
    "max": ("min",),
    "min": ("max",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "exp": ("expm1",),
    "expm1": ("exp",),
    "log": ("log1p",),
    "log1p": ("log",),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "any": ("all",),
    "all": ("any",),
    "var": ("std",),
    "std": ("var",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "permutation": ("arange",),
    "append": ("insert",),
    "sin": ("cos",),
}
_WRAPPERS = {"abs", "sqrt", "square", "log1p", "round", "int", "sign", "copy", "sorted", "reversed", "flip"}
_SYMMETRIC = {"maximum", "minimum", "array_equal", "logical_and", "logical_or", "add", "multiply"}


class Mutant(msgspec.Struct, frozen=True):
    """The reference with one change."""

    function: str
    """The function or class that is changed."""
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
    """Return every mutant of a module's functions, each text once."""
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.encode()))
    data = source.encode()
    seen = {source}
    made = []
    for top in tree.body:
        if not isinstance(top, (ast.FunctionDef, ast.ClassDef)):
            continue
        for node, operator, replacement in _changes(top):
            begin = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
            text = (data[:begin] + replacement.encode() + data[end:]).decode()
            if text in seen or not _compiles(text):
                continue
            seen.add(text)
            place = node.lineno
            old, new = _lines_at(source, text, place)
            made.append(Mutant(top.name, operator, place, old, new, text))
    return made


def _lines_at(source: str, text: str, line: int) -> tuple[str, str]:
    old, new = source.splitlines(), text.splitlines()
    return old[line - 1].strip(), new[line - 1].strip() if line <= len(new) else ""


def _compiles(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _changes(top: ast.AST) -> Iterator[tuple[Any, str, str]]:
    """Yield a node, the kind of change, and the text that takes the node's place."""
    parameters = _parameters(top)
    skip = _docstrings_and_annotations(top)
    for node in ast.walk(top):
        if node in skip:
            continue
        if isinstance(node, ast.stmt):
            yield from _statement(node)
        elif isinstance(node, ast.expr):
            for operator, changed in _expression(node, parameters):
                if ast.dump(changed) == ast.dump(node):
                    continue
                yield node, operator, f"({ast.unparse(changed)})" if _needs_brackets(changed) else ast.unparse(changed)


def _needs_brackets(node: ast.AST) -> bool:
    return isinstance(node, (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.Lambda))


def _docstrings_and_annotations(top: ast.AST) -> set[ast.AST]:
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


def _parameters(top: ast.AST) -> dict[str, ast.expr | None]:
    """Return the parameters of all functions inside, each with its default."""
    found: dict[str, ast.expr | None] = {}
    for node in ast.walk(top):
        if isinstance(node, ast.FunctionDef):
            defaults = [None] * (len(node.args.args) - len(node.args.defaults)) + list(node.args.defaults)
            for argument, default in zip(node.args.args, defaults, strict=True):
                found[argument.arg] = default
    return found


def _statement(node: ast.stmt) -> Iterator[tuple[Any, str, str]]:
    if isinstance(node, ast.AugAssign):
        target, value = ast.unparse(node.target), ast.unparse(node.value)
        yield node, "an update becomes an assignment", f"{target} = {value}"
        yield node, "an update is left out", "pass"
        for other in _OPERATORS.get(type(node.op), ()):
            changed = deepcopy(node)
            changed.op = other()
            yield node, "another operator", ast.unparse(changed)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield node, "a call is left out", "pass"
    elif (isinstance(node, ast.Assign) and isinstance(node.targets[0], (ast.Subscript, ast.Attribute))) or (
        isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and _reads(node.value, node.targets[0].id)
    ):
        yield node, "an assignment is left out", "pass"
    elif isinstance(node, (ast.Break, ast.Continue)):
        yield node, "a jump is left out", "pass"


def _reads(value: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(value))


def _expression(node: ast.expr, parameters: dict[str, ast.expr | None]) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.BinOp):
        yield from _binary(node)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not, ast.Invert)):
        yield "a sign or a negation is left out", node.operand
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in _COMPARISONS.get(type(node.ops[0]), ()):
            yield "another comparison", ast.Compare(node.left, [other()], node.comparators)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield "a condition is left out", value
    elif isinstance(node, ast.IfExp):
        yield "always the first", node.body
        yield "always the second", node.orelse
    elif isinstance(node, ast.Constant):
        yield from _constant(node)
    elif isinstance(node, ast.Call):
        yield from _call(node)
    elif isinstance(node, ast.Attribute):
        if node.attr == "T":
            yield "a transposition is left out", node.value
        for name in _NAMES.get(node.attr, ()):
            yield "another function", ast.Attribute(node.value, name, node.ctx)
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) >= 2:
        yield "two values swapped", ast.Tuple([node.elts[1], node.elts[0], *node.elts[2:]], node.ctx)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        yield from _name(node, parameters)
    elif isinstance(node, ast.Slice):
        yield from _slice(node)


def _slice(node: ast.Slice) -> Iterator[tuple[str, ast.expr]]:
    if node.lower is not None:
        yield "a slice without its start", ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield "a slice without its end", ast.Slice(node.lower, None, node.step)
    if node.step is not None:
        yield "a slice without its step", ast.Slice(node.lower, node.upper, None)


def _binary(node: ast.BinOp) -> Iterator[tuple[str, ast.expr]]:
    for other in _OPERATORS.get(type(node.op), ()):
        yield "another operator", ast.BinOp(node.left, other(), node.right)
    if isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)):
        yield "the second term is left out", node.left
    if isinstance(node.op, (ast.Add, ast.Mult)):
        yield "the first term is left out", node.right
    if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult)):
        yield "the terms are swapped", ast.BinOp(node.right, node.op, node.left)


def _constant(node: ast.Constant) -> Iterator[tuple[str, ast.expr]]:
    value = node.value
    if isinstance(value, bool):
        yield "true and false swapped", ast.Constant(not value)
    elif isinstance(value, int):
        yield "a constant plus one", ast.Constant(value + 1)
        if value:
            yield "a constant minus one", ast.Constant(value - 1)
    elif isinstance(value, float):
        yield "another constant", ast.Constant(value * 2 if value else 1.0)
        yield "another constant", ast.Constant(value / 2 if value else -1.0)


def _call(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    name = (
        node.func.attr
        if isinstance(node.func, ast.Attribute)
        else node.func.id
        if isinstance(node.func, ast.Name)
        else ""
    )
    starred = any(isinstance(argument, ast.Starred) for argument in node.args)
    if len(node.args) >= 2 and not starred and name not in _SYMMETRIC:
        yield "two arguments swapped", ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)
    if name == "where" and len(node.args) == 3:
        yield "always the first", node.args[1]
        yield "always the second", node.args[2]
    if name in _WRAPPERS:
        inner = node.func.value if name == "copy" and isinstance(node.func, ast.Attribute) and not node.args else None
        if inner is not None or node.args:
            yield f"{name} is left out", inner if inner is not None else node.args[0]
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is not None:
            rest = [*node.keywords[:index], *node.keywords[index + 1 :]]
            yield f"{keyword.arg} is left out", ast.Call(node.func, node.args, rest)


def _name(node: ast.Name, parameters: dict[str, ast.expr | None]) -> Iterator[tuple[str, ast.expr]]:
    if node.id in _NAMES:
        for other in _NAMES[node.id]:
            yield "another function", ast.Name(other, node.ctx)
    default = parameters.get(node.id)
    if isinstance(default, ast.Constant) and default.value is not None:
        yield "a parameter is ignored", default
