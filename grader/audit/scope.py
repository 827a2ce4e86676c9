"""What is known of the names inside one function: parameters with defaults and annotations, and their neighbours."""

from __future__ import annotations

import ast


class Scope:
    """The names of a function or class, and of the functions inside it."""

    def __init__(self, top: ast.AST) -> None:
        self._defaults: dict[str, ast.expr | None] = {}
        self._kinds: dict[str, str] = {}
        self._neighbours: dict[str, list[str]] = {}
        self._measured: set[ast.AST] = set()
        for node in ast.walk(top):
            self._measured.update(_measured(node))
            if isinstance(node, ast.FunctionDef):
                self._read_parameters(node)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
                names = [item.id for item in node.targets[0].elts if isinstance(item, ast.Name)]
                self._introduce(names)

    def _read_parameters(self, node: ast.FunctionDef) -> None:
        arguments = node.args.args
        defaults = [None] * (len(arguments) - len(node.args.defaults)) + list(node.args.defaults)
        kinds: dict[str, list[str]] = {}
        for argument, default in zip(arguments, defaults, strict=True):
            kind = ast.unparse(argument.annotation) if argument.annotation else ""
            self._defaults[argument.arg] = default
            self._kinds[argument.arg] = kind
            kinds.setdefault(kind, []).append(argument.arg)
        for kind, names in kinds.items():
            if kind:
                self._introduce(names)

    def _introduce(self, names: list[str]) -> None:
        """Remember who stands next to whom: the last beside the first."""
        for one, other in zip(names, [*names[1:], *names[:1]], strict=True):
            if one != other and other not in self._neighbours.setdefault(one, []):
                self._neighbours[one].append(other)

    def is_measured(self, node: ast.Name) -> bool:
        """Whether only the shape counts of what stands here: in a len(), before a .size."""
        return node in self._measured

    def default_of(self, name: str) -> ast.expr | None:
        """Return a parameter's default."""
        return self._defaults.get(name)

    def kind_of(self, name: str) -> str:
        """Return a parameter's annotation; empty for another name."""
        return self._kinds.get(name, "")

    def neighbours_of(self, name: str) -> list[str]:
        """Return the names one could take for this one: the next parameter of its kind, the next of its tuple."""
        return self._neighbours.get(name, [])


def _measured(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Attribute) and node.attr in ("shape", "size", "ndim", "dtype"):
        return [node.value]
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return list(node.args) if name == "len" or name.endswith("_like") else []
    return []
