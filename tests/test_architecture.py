"""The house keeps its shape: imports go one way, nothing heavy comes along uninvited, and files stay short."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "grader"
FILES = sorted(PACKAGE.rglob("*.py"))

LEAVES = {
    "errors", "report", "fit", "quantities", "cache", "datasets",
    "course", "course_file", "course_schema", "course_values", "course_yaml", "submission",
}  # fmt: skip
"""What everybody may import; among themselves they may too."""
FLOORS = [
    {"wire"},
    {"bench"},
    {"answers"},
    {"checks"},
    {"examiner"},
    {"cohort", "notebooks", "reporters", "release", "audit", "machine", "skeleton"},
    {"cli"},
    {"__main__"},
]
"""From the ground up; a room imports from the floors beneath its own."""
LONGEST = 350
LONGER: dict[str, int] = {}
"""What has outgrown it; it may shrink."""
HEAVY = ("torch", "nbgrader", "jinja2", "rich", "matplotlib", "scipy", "hypothesis", "IPython", "dask")


def _room(module: str) -> str:
    return module.split(".")[1] if "." in module else "__init__"


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> Iterator[str]:
    """Give every module of ours that a file imports, wherever in it, also for types alone."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "grader")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            if node.module == "grader":
                yield from (f"grader.{alias.name}" for alias in node.names)
            elif node.module and node.module.startswith("grader."):
                yield node.module


def _floor(room: str) -> int:
    if room in LEAVES:
        return -1
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


@pytest.mark.parametrize("path", FILES, ids=_module)
def test_imports_go_one_way(path):
    room = _room(_module(path))
    for imported in _imports(path):
        theirs = _room(imported)
        if theirs in (room, "__version__", "__init__"):
            continue
        if room in LEAVES:
            assert theirs in LEAVES, f"{path.name}, which everybody imports, imports {imported}"
        else:
            assert _floor(theirs) < _floor(room), f"{path.relative_to(ROOT)} imports {imported}"


def test_every_room_has_its_floor():
    rooms = {_room(_module(path)) for path in FILES} - {"__init__"}
    assert rooms <= LEAVES.union(*FLOORS)


def test_the_untrusted_end_knows_nothing_but_the_wire():
    end = [
        PACKAGE / "bench" / f"{name}.py" for name in ("worker", "desk", "equipment", "workshop", "builders", "journal")
    ]
    allowed = {"grader.wire", "grader.wire.messages", "grader.bench", *map(_module, end)}
    for path in filter(Path.exists, end):
        assert set(_imports(path)) <= allowed, path.name


def test_what_travels_knows_nobody():
    for path in (PACKAGE / "wire").glob("*.py"):
        assert all(name.startswith("grader.wire") for name in _imports(path)), path.name


def _loaded(*arguments: str) -> set[str]:
    """Return the top-level packages that a fresh `grade` imports before it exits."""
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: print('\\n' + ' '.join(sys.modules), file=sys.stderr))\n"
        "sys.argv[0] = 'grade'\n"
        "from grader.__main__ import main\n"
        "main()\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTEST_"))}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    modules = done.stderr.rstrip().splitlines()[-1].split()
    assert "sys" in modules, done.stderr
    return {name.split(".")[0] for name in modules}


def test_a_check_loads_nothing_heavy():
    loaded = _loaded("check", "exercise3", "--submission", "demo/right")
    assert "numpy" in loaded
    assert not loaded.intersection(HEAVY)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
def test_help_does_not_even_load_numpy(arguments):
    assert not _loaded(*arguments).intersection((*HEAVY, "numpy", "yaml", "msgspec"))


@pytest.mark.parametrize("path", FILES, ids=_module)
def test_files_are_short_and_begin_by_saying_what_lives_in_them(path):
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(PACKAGE).as_posix()
    assert len(text.splitlines()) <= LONGER.get(name, LONGEST), name
    assert ast.get_docstring(ast.parse(text)), f"{name} says nothing about itself"
