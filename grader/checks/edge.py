"""What an author adds to a function's usual questions: a further check with arguments of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from grader.checks.draw import Sizes, Spec


class Edge(msgspec.Struct, frozen=True):
    """A further check of a function, with arguments of its own."""

    id: str
    title: str
    cases: tuple[Mapping[str, Spec], ...]
    sizes: Sizes
    of: Literal["forward", "backward"] | None


def edge(
    id: str,  # noqa: A002 - it is the id that a report shows
    title: str,
    args: Mapping[str, Any] | None = None,
    *,
    cases: Sequence[Mapping[str, Any]] = (),
    sizes: Sizes | None = None,
    of: Literal["forward", "backward"] | None = None,
) -> Edge:
    """Return a further check: ``args``, and what each of ``cases`` says beyond that, replaces usual arguments."""
    shared = dict(args or {})
    wanted = tuple(shared | dict(case) for case in cases) or (shared,)
    return Edge(id, title, wanted, dict(sizes or {}), of)
