"""The JSON Schema of course.yaml, made from its structs: editors complete, explain and check the file with it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import msgspec

from grader.course import CourseFile
from grader.quantities import BYTES_PATTERN, SECONDS_PATTERN, write_bytes, write_seconds

_QUANTITIES: dict[str, Callable[[Any], str]] = {SECONDS_PATTERN: write_seconds, BYTES_PATTERN: write_bytes}


def course_schema() -> dict[str, Any]:
    """Return the JSON Schema that `grade doctor --schema` prints and course.schema.json holds."""
    (shape,), definitions = msgspec.json.schema_components([CourseFile], ref_template="#/$defs/{name}")
    for definition in definitions.values():
        _as_written(definition)
    for struct in _structs(CourseFile):
        for key, sentence in _sentences(struct).items():
            if key in definitions[struct.__name__]["properties"]:
                definitions[struct.__name__]["properties"][key]["description"] = sentence
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "course.yaml of Gradecheck",
        **shape,
        "$defs": definitions,
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(schema))
    return plain


def _as_written(schema: Any) -> None:
    """Turn a schema of the structs' numbers into one of the file's words, in place."""
    if isinstance(schema, list):
        for part in schema:
            _as_written(part)
    elif isinstance(schema, dict):
        for part in list(schema.values()):
            _as_written(part)
        _without_null(schema)
        write = _QUANTITIES.get(schema.get("pattern", ""))
        if write is not None:
            schema["type"] = "string"
            for bound in ("minimum", "maximum", "exclusiveMinimum"):
                schema.pop(bound, None)
            if "default" in schema:
                schema["default"] = write(schema["default"])


def _without_null(schema: dict[str, Any]) -> None:
    """A key may be left out, but not be empty: take the null that stands for an absent key away."""
    arms = [arm for arm in schema.get("anyOf", []) if arm != {"type": "null"}]
    if len(arms) == 1:
        del schema["anyOf"]
        schema.update(arms[0])
    if schema.get("default", ...) in (None, {}, "") or "$ref" in schema:
        schema.pop("default", None)


def _structs(shape: Any) -> list[type[msgspec.Struct]]:
    """Return the structs a course.yaml is made of."""
    found: list[type[msgspec.Struct]] = []

    def visit(part: Any) -> None:
        if isinstance(part, msgspec.inspect.StructType) and part.cls not in found:
            found.append(part.cls)
            for field in part.fields:
                visit(field.type)
        elif isinstance(part, msgspec.inspect.VarTupleType):
            visit(part.item_type)
        elif isinstance(part, msgspec.inspect.UnionType):
            for arm in part.types:
                visit(arm)
        elif isinstance(part, msgspec.inspect.Metadata):
            visit(part.type)

    visit(msgspec.inspect.type_info(shape))
    return found


def _sentences(struct: type[msgspec.Struct]) -> dict[str, str]:
    """Return the sentence under each attribute of a struct, as its source has it."""
    tree = ast.parse(inspect.getsource(struct))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    sentences = {}
    for attribute, below in pairwise(body):
        match attribute, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(sentence))):
                sentences[name] = re.sub(r"\s+", " ", sentence).strip()
    return sentences
