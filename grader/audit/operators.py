"""What a mutant changes: the operators of mutation tools, and those that NumPy code suffers from its authors.

Each takes a node of the syntax tree and yields a name for the change and what takes the node's place; where it stands
in the text, and which changes are worth a mutant, is for mutants.py.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy

from grader.audit.scope import Scope

Change = tuple[str, ast.expr]

_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.MatMult: (ast.Mult,),
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
_SYMMETRIC = {"maximum", "minimum", "array_equal", "logical_and", "logical_or", "add", "multiply"}
_NOT_LEFT_OUT = {"zeros", "ones", "empty", "full", "arange", "range", "len", "default_rng", "zeros_like", "ones_like"}
_NOT_LEFT_OUT |= {"eye", "zip", "enumerate", "isinstance", "float", "list", "asarray", "array", "normal", "integers"}
_EITHER = {"maximum", "minimum", "max", "min"}


def statement_changes(node: ast.stmt) -> Iterator[tuple[ast.AST, str, str]]:
    """Yield a node, the kind of change, and the text that takes the node's place."""
    if isinstance(node, ast.AugAssign):
        yield node, "an update becomes an assignment", f"{ast.unparse(node.target)} = {ast.unparse(node.value)}"
        yield node, "an update is left out", "pass"
        for other in _OPERATORS.get(type(node.op), ()):
            changed = deepcopy(node)
            changed.op = other()
            yield node, "another operator", ast.unparse(changed)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield node, "a call is left out", "pass"
    elif isinstance(node, ast.Assign) and _may_go(node):
        yield node, "an assignment is left out", "pass"
    elif isinstance(node, (ast.Break, ast.Continue)):
        yield node, "a jump is left out", "pass"
    elif isinstance(node, (ast.If, ast.While)):
        yield node.test, "the condition never holds", "False"
        if isinstance(node, ast.If):
            yield node.test, "the condition always holds", "True"
    elif isinstance(node, ast.For) and not (isinstance(node.iter, ast.Call) and _name_of(node.iter) == "range"):
        every = f"list({ast.unparse(node.iter)})"
        for words, part in (("leaves out the first", "1:"), ("leaves out the last", ":-1"), ("runs backwards", "::-1")):
            yield node.iter, f"a loop {words}", f"{every}[{part}]"
    elif isinstance(node, ast.Return) and node.value is not None:
        first = node.value.elts[0] if isinstance(node.value, ast.Tuple) and node.value.elts else node.value
        yield first, "a result in float32", f"np.float32({ast.unparse(first)})"


def _may_go(node: ast.Assign) -> bool:
    """Whether the code still runs without this assignment: what it sets was there before."""
    target = node.targets[0]
    if isinstance(target, ast.Name):
        return any(isinstance(inner, ast.Name) and inner.id == target.id for inner in ast.walk(node.value))
    return isinstance(target, (ast.Subscript, ast.Attribute))


def expression_changes(node: ast.expr, scope: Scope) -> Iterator[Change]:
    """Yield the kind of change and the expression that takes this one's place."""
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
        yield from _name(node, scope)
    elif isinstance(node, ast.Slice):
        yield from _slice(node)


def _slice(node: ast.Slice) -> Iterator[Change]:
    if node.lower is not None:
        yield "a slice without its start", ast.Slice(None, node.upper, node.step)
    if node.upper is not None:
        yield "a slice without its end", ast.Slice(node.lower, None, node.step)
    if node.step is not None:
        yield "a slice without its step", ast.Slice(node.lower, node.upper, None)


def _binary(node: ast.BinOp) -> Iterator[Change]:
    for other in _OPERATORS.get(type(node.op), ()):
        yield "another operator", ast.BinOp(node.left, other(), node.right)
    if isinstance(node.op, (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)):
        yield "the second term is left out", node.left
    if isinstance(node.op, (ast.Add, ast.Mult)):
        yield "the first term is left out", node.right
    if isinstance(node.op, (ast.Sub, ast.Div, ast.MatMult)):
        yield "the terms are swapped", ast.BinOp(node.right, node.op, node.left)


def _constant(node: ast.Constant) -> Iterator[Change]:
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


def _name_of(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _call(node: ast.Call) -> Iterator[Change]:
    name = _name_of(node)
    starred = any(isinstance(argument, ast.Starred) for argument in node.args)
    if len(node.args) >= 2 and not starred and name not in _SYMMETRIC:
        yield "two arguments swapped", ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)
    if name == "where" and len(node.args) == 3:
        yield "always the first", node.args[1]
        yield "always the second", node.args[2]
    elif name == "range" and not starred:
        *rest, last = node.args
        fewer, more = (ast.BinOp(last, op, ast.Constant(1)) for op in (ast.Sub(), ast.Add()))
        if len(node.args) < 3:
            yield "a loop ends too early", ast.Call(node.func, [*rest, fewer], [])
            yield "a loop ends too late", ast.Call(node.func, [*rest, more], [])
        if not rest:
            yield "a loop starts too late", ast.Call(node.func, [ast.Constant(1), last], [])
    elif name not in _NOT_LEFT_OUT and not starred:
        yield from _left_out(node, name)
    for index, keyword in enumerate(node.keywords):
        if keyword.arg is not None:
            rest_of = [*node.keywords[:index], *node.keywords[index + 1 :]]
            yield f"{keyword.arg} is left out", ast.Call(node.func, node.args, rest_of)


def _left_out(node: ast.Call, name: str) -> Iterator[Change]:
    """Yield what a function is given, in place of what it makes of it."""
    is_method = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") not in ("np", "self")
    if is_method and isinstance(node.func, ast.Attribute):
        yield f"{name} is left out", node.func.value
    elif node.args:
        yield f"{name} is left out", node.args[0]
        if name in _EITHER and len(node.args) == 2:
            yield f"{name} is left out", node.args[1]


def _name(node: ast.Name, scope: Scope) -> Iterator[Change]:
    for other in _NAMES.get(node.id, ()):
        yield "another function", ast.Name(other, node.ctx)
    default = scope.default_of(node.id)
    if isinstance(default, ast.Constant) and default.value is not None:
        yield "a parameter is ignored", default
    elif scope.kind_of(node.id) in ("float", "int"):
        yield "a parameter is ignored", ast.Constant(1.0 if scope.kind_of(node.id) == "float" else 1)
    elif scope.kind_of(node.id) == "Array" and not scope.is_measured(node):
        ones = ast.Attribute(ast.Name("np", ast.Load()), "ones_like", ast.Load())
        yield "an argument is ignored", ast.Call(ones, [node], [])
    for neighbour in scope.neighbours_of(node.id):
        yield "another variable", ast.Name(neighbour, node.ctx)
