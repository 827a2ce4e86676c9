"""A new exercise to start from: small, whole, and right as it stands, so that its author changes it step by step.

What every exercise consists of is described in docs/new-exercise.md.
"""

from __future__ import annotations

import keyword
import re
from pathlib import Path

from grader.course import Course, load_course
from grader.course_yaml import Node, compose
from grader.errors import CourseError, UsageError

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")

_CHECKS = '''"""What {exercise} asks: a function and its gradient."""

from grader.checks import Suite, edge, normal

suite = Suite()

suite.pair(
    "square",
    args={{"x": normal("N", "D")}},
    gradients=["x"],
    points=(1, 2),
    edges=[edge("vector", "x may have any number of axes.", args={{"x": normal("N")}})],
)
'''

_SOLUTION = '''"""{title}: the square of a number, as an example of a pair."""

from typing import Any

import numpy as np

Array = np.ndarray
Cache = Any


def square_forward(x: Array) -> tuple[Array, Cache]:
    """Return the square of every element of x.

    Shapes: x of any shape; out like x. The second value is the cache: whatever square_backward needs.

    Formula: out = x²

    Example: x = [1.0, -3.0] gives out = [1.0, 9.0].

    Hint: NumPy multiplies element by element.
    """
    ### BEGIN SOLUTION
    return x * x, x
    ### END SOLUTION


def square_backward(dout: Array, cache: Cache) -> Array:
    """Return the gradient for x, from the gradient for out.

    Shapes: dout and dx like x.

    Formula: dx = 2·x·dout

    Example: x = [1.0, -3.0] and dout = [1.0, 0.5] give dx = [2.0, -3.0].

    Hint: the upstream gradient dout always counts: the chain rule multiplies by it.
    """
    ### BEGIN SOLUTION
    return 2 * cache * dout
    ### END SOLUTION
'''

_HIDDEN = '''"""What {exercise} asks beyond the public checks."""

from grader.checks import Suite, edge


def extend(suite: Suite) -> None:
    """Add the hidden checks to the public ones."""
    suite.edge("square_forward", edge("zero", "The square of 0 is 0.", args={{"x": lambda d: d.normal("N", "D") * 0}}))
'''

_MISTAKES = '''"""The wrong answers people give in {exercise}; each fails the suite and explains itself."""

from grader.checks.mistakes import Mistake

MISTAKES = [
    Mistake(
        "square_forward",
        "doubled",
        "You return twice x. The square of x is x times x.",
        old="x * x, x",
        new="2 * x, x",
    ),
    Mistake(
        "square_backward",
        "no_upstream",
        "You return the function's own derivative alone. Multiply it by dout, the gradient from above.",
        old="2 * cache * dout",
        new="2 * cache",
    ),
]
'''

_HANDOUT = """# {title}

**What you write:** `{module}.py`, two functions. **What for:** the square is the smallest example of a *pair*: a
forward, and the backward that gives its gradient.

| function | meaning |
| --- | --- |
| `square_forward(x) -> (out, cache)` | x², element by element |
| `square_backward(dout, cache) -> dx` | 2·x·dout |

## A number by hand

x = −3 gives out = 9. If the loss grows by 0.5 for each unit of out, it grows by 2·(−3)·0.5 = −3 for each unit of x.

## Check your answers

```
grade check {exercise}
```

The checks look at values, gradients (with an upstream gradient that is not 1), other sizes, the dtype, and that your
functions leave their arguments as they were.

## Questions to think about

1. Why does the backward need the x of the forward, and where does it get it from?
"""


def new_exercise(course: Course, name: str, *, module: str, title: str) -> list[Path]:
    """Write the files of a new exercise and enter it in course.yaml; return what was written."""
    _refuse_bad_names(course, name, module)
    words = {"exercise": name, "module": module, "title": title}
    public, hidden = course.root / "exercises" / name, course.root / "solutions" / name
    files = {
        public / "README.md": _HANDOUT,
        public / "checks.py": _CHECKS,
        hidden / f"{module}.py": _SOLUTION,
        hidden / "hidden.py": _HIDDEN,
        hidden / "mistakes.py": _MISTAKES,
    }
    there = next((path for path in (public, hidden) if path.exists()), None)
    if there is not None:
        raise UsageError(f"{there} is there already: choose another name, or move it away.")
    entered = _entered(course.root / "course.yaml", words)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(**words), encoding="utf-8")
    (course.root / "course.yaml").write_bytes(entered)
    load_course(course.root)
    return [*files, course.root / "course.yaml"]


def _refuse_bad_names(course: Course, name: str, module: str) -> None:
    if not _NAME.match(name):
        raise UsageError(f"{name!r} cannot name an exercise: use letters, digits, - and _, such as exercise13.")
    if any(exercise.name == name for exercise in course.exercises):
        raise UsageError(f"{name} is in course.yaml already: choose another name.")
    if not module.isidentifier() or keyword.iskeyword(module):
        raise UsageError(f"{module!r} cannot name a module: use a Python name, such as softplus.")


def _entered(path: Path, words: dict[str, str]) -> bytes:
    """Return course.yaml with the new exercise behind the last one, all else as it was."""
    data = path.read_bytes()
    root = compose(data)
    items = next((value.items for key, value in (root.pairs if root else []) if key.text == "exercises"), [])
    lines = data.decode("utf-8-sig").splitlines(keepends=True)
    first = items[0].line - 1 if items else -1
    dash = re.match(r"(\s*)- ", lines[first]) if items else None
    if dash is None:
        raise CourseError(f"{path}: begin each exercise on a line of its own, `- name: …`, then try again.")
    last = max(_lines_of(items[-1]))
    if not lines[last - 1].endswith("\n"):
        lines[last - 1] += "\n"
    title = words["title"].replace('"', "'")
    margin = dash[1]
    entry = (
        f'{margin}- name: {words["exercise"]}\n{margin}  title: "{title}"\n{margin}  files: [{words["module"]}.py]\n'
        f"{margin}  allow: [numpy]\n{margin}  points: 20\n"
    )
    return "".join([*lines[:last], entry, *lines[last:]]).encode()


def _lines_of(node: Node) -> list[int]:
    inner = [*node.items, *(part for pair in node.pairs for part in pair)]
    return [node.line, *(line for part in inner for line in _lines_of(part))]
