"""Which files a bench may read: those of Python, of the standard library, and of the packages that an exercise allows.

Never a whole site-packages: one entry for each thing that may be read, and where to load it from, for a folder that may
not be listed cannot be searched. What to do with the paths is decided in locks.py and worker.py.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import re
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_NOT_STANDARD = {"site-packages", "dist-packages", "sitecustomize.py", "usercustomize.py"}
_SUFFIXES = tuple(importlib.machinery.all_suffixes())
_LIBRARY_FOLDERS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")
_DATA = ("/etc/ld.so.cache", "/usr/lib/locale", "/usr/share/locale", "/usr/share/zoneinfo")
"""The loader's index, the locales, the time zones."""
_OWN_FOLDERS = (".dist-info", ".egg-info", ".libs")


@cache
def standard_files() -> list[Path]:
    """Return what Python itself needs: the interpreter, the standard library, shared libraries, locales, time zones."""
    found = [Path(os.path.realpath(sys.executable)), *map(Path, _DATA)]
    for folder in standard_folders():
        found += [entry for entry in _entries(folder) if entry.name not in _NOT_STANDARD]
    for name in dict.fromkeys((*_LIBRARY_FOLDERS, f"{sys.base_prefix}/lib", str(sysconfig.get_config_var("LIBDIR")))):
        found += _shared_libraries(Path(name))
    return found


@cache
def standard_paths() -> dict[str, str]:
    """Return where each module of the standard library lies, by the name it is imported by."""
    paths: dict[str, str] = {}
    for folder in standard_folders():
        for entry in [*_entries(folder), *_entries(folder / "lib-dynload")]:
            name = entry.name.split(".")[0]
            if (
                name.isidentifier()
                and not name.startswith("__py")
                and entry.name not in _NOT_STANDARD
                and _is_module(entry)
            ):
                paths.setdefault(name, str(entry))
    return paths


def standard_folders() -> list[Path]:
    """The standard library's folders, of the installation that a virtual environment was made from."""
    base = {"base": sys.base_prefix, "platbase": sys.base_exec_prefix}
    names = [
        sysconfig.get_path(kind, vars={**base, "installed_base": sys.base_prefix}) for kind in ("stdlib", "platstdlib")
    ]
    return [Path(name) for name in dict.fromkeys([*names, os.path.dirname(os.__file__)])]


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _shared_libraries(folder: Path) -> list[Path]:
    """The libraries in a folder, and its folder for this kind of machine; not Python packages, which lie there too."""
    kind = sysconfig.get_config_var("MULTIARCH")
    return [entry for entry in _entries(folder) if ".so" in entry.name or (kind and entry.name == kind)]


def _is_module(entry: Path) -> bool:
    return entry.name.endswith(_SUFFIXES) or (entry / "__init__.py").is_file()


def files_of(names: Sequence[str]) -> list[Path]:
    """Return the files and folders of these packages and of what they require; each may be read with all beneath it."""
    found = [Path(path) for path in finder_paths(names).values()]
    for package in _distributions(names):
        found += [package.root / part for part in package.parts]
    return sorted(set(found))


def roots_of(names: Sequence[str]) -> list[Path]:
    """Return the folders in which these packages are installed (they must be neither hidden nor listed)."""
    return sorted({package.root for package in _distributions(names)})


def finder_paths(names: Sequence[str]) -> dict[str, str]:
    """Return where each top-level module of these packages, and of what they require, is to be loaded from."""
    paths: dict[str, str] = {}
    for package in _distributions(names):
        for part in package.parts:
            top = part.split("/")[0]
            name = top.split(".")[0]
            entry = package.root / top
            if (
                name.isidentifier()
                and not name.startswith("__")
                and not top.endswith(_OWN_FOLDERS)
                and _is_module(entry)
            ):
                paths.setdefault(name, str(entry))
    for name in names:
        if name not in paths and name not in sys.stdlib_module_names and (place := _place(name)):
            paths[name] = place
    return paths


def _place(name: str) -> str | None:
    """Where Python itself finds a module that no distribution lists, such as one of an editable installation."""
    spec = importlib.util.find_spec(name)
    if spec is None:
        return None
    if spec.submodule_search_locations:
        return str(next(iter(spec.submodule_search_locations)))
    return spec.origin


@dataclass(frozen=True)
class _Installed:
    """What is known of an installed distribution."""

    root: Path
    """The folder in which it lies, beside others."""
    requires: tuple[str, ...]
    parts: tuple[str, ...]
    """What it has at the top of its folder; one level deeper where others put theirs beside it."""


@cache
def _descriptions() -> dict[str, Path]:
    """Where each distribution describes itself; looked up here, for importing importlib.metadata takes 13 ms."""
    found: dict[str, Path] = {}
    for folder in filter(None, sys.path):
        for entry in _entries(Path(folder)):
            if entry.suffix == ".dist-info":
                found.setdefault(_normal(entry.stem.split("-")[0]), entry)
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _installed(name: str) -> _Installed | None:
    place = _descriptions().get(_normal(name))
    if place is None or not (place / "RECORD").is_file():
        return _installed_otherwise(name)
    header = (place / "METADATA").read_text("utf-8", "replace").partition("\n\n")[0]
    requires = re.findall(r"^Requires-Dist: (.+)$", header, re.MULTILINE)
    return _Installed(place.parent, _needed(requires), _parts((place / "RECORD").read_text("utf-8", "replace")))


def _installed_otherwise(name: str) -> _Installed | None:
    """Find what a distribution's package manager described in another way, such as Debian's."""
    from importlib import metadata

    try:
        package = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None
    root = Path(str(package.locate_file("")))
    tops = (package.read_text("top_level.txt") or name).split()
    parts = (f"{top}{end}" for top in tops for end in ("", *_SUFFIXES) if (root / f"{top}{end}").exists())
    return _Installed(root, _needed(package.requires or []), tuple(parts))


def _needed(requirements: Iterable[str]) -> tuple[str, ...]:
    """The names of what is required, without extras; an environment's marker is left aside."""
    words = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements if "extra ==" not in line)
    return tuple(word.group() for word in words if word)


def _distributions(names: Sequence[str]) -> list[_Installed]:
    """The distributions of these names (of distributions or of modules) and all they require."""
    found: dict[str, _Installed] = {}
    waiting = [*names]
    for name in names:
        if name not in sys.stdlib_module_names and _installed(name) is None:
            from importlib.metadata import packages_distributions

            waiting += packages_distributions().get(name, [])
    while waiting:
        name = waiting.pop()
        package = _installed(name)
        if package is not None and _normal(name) not in found:
            found[_normal(name)] = package
            waiting += package.requires
    return list(found.values())


def _parts(record: str) -> tuple[str, ...]:
    names = [line.split(",", 1)[0].strip('"') for line in record.splitlines()]
    whole = {name.split("/")[0] for name in names if name.count("/") == 1 and name.endswith("/__init__.py")}
    parts: dict[str, None] = {}
    for name in names:
        first, _, rest = name.partition("/")
        if not first or first == ".." or os.path.isabs(name):
            continue
        alone = first in whole or first.endswith(_OWN_FOLDERS) or not rest
        parts[first if alone else f"{first}/{rest.split('/')[0]}"] = None
    return tuple(parts)
