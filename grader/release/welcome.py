"""The README.md and the .gitignore of the students' copy."""

from __future__ import annotations

from collections.abc import Sequence

from grader.course import Exercise

MARK = "<!-- Written by `grade release`: it is replaced at the next release. -->"

GITIGNORE = """\
# Written by `grade release`: what does not belong into a repository.
.venv/
__pycache__/
*.pyc
.ipynb_checkpoints/
"""

_README = """\
{mark}
# {title}

{table}

## Install, once

You need Python 3.11 or newer. In this folder:

```
python3 -m venv .venv
source .venv/bin/activate
python -m pip install {package}
```

On Windows the first two lines are `py -m venv .venv` and `.venv\\Scripts\\activate`. When you come back in a new
terminal, only activate it again.
{torch}
## Work

```
grade list               # the exercises, and how far you are
grade show {name}{gap}# what an exercise asks
grade check {name}{more}# your answers, graded and explained
```

Begin with `exercises/{name}/README.md`. Write your answers into `{path}`, in place of each
`raise NotImplementedError(...)`; keep the names and the arguments of the functions. `grade check {name} --only NAME`
looks at one function alone, `grade check {name} --watch` checks again whenever you save.

Everything else here is only for you to read and to run: your work is graded with your instructor's own copy of it, on
other numbers, and with some further checks of the same kind.
"""

_TORCH = """
Some exercises need PyTorch as well ({names}):

```
python -m pip install torch
```
"""


def readme(title: str, exercises: Sequence[Exercise], package: str) -> str:
    """Return the text that greets students: what there is, how to install it, how to work."""
    first = exercises[0]
    heavy = [exercise.name for exercise in exercises if "torch" in exercise.allow]
    return _README.format(
        mark=MARK,
        title=title,
        table=_table(exercises),
        package=f'"{package}"' if set(package) & set(" <>=@;[]&|") else package,
        torch=_TORCH.format(names=", ".join(heavy)) if heavy else "",
        name=first.name,
        gap=" " * max(1, 14 - len(first.name)),
        more=" " * max(1, 13 - len(first.name)),
        path=f"exercises/{first.name}/{first.files[0]}",
    )


def _table(exercises: Sequence[Exercise]) -> str:
    dated = any(exercise.due for exercise in exercises)
    head = ["exercise", "", "points", *(["due"] if dated else [])]
    rows = [head, ["---"] * len(head)]
    for exercise in exercises:
        link = f"[{exercise.name}](exercises/{exercise.name}/README.md)"
        due = [f"{exercise.due:%Y-%m-%d %H:%M %z}" if exercise.due else ""] if dated else []
        rows.append([link, exercise.title.replace("|", "\\|"), f"{exercise.points:g}", *due])
    return "\n".join(f"| {' | '.join(row)} |".replace("  ", " ") for row in rows)
