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
from collections.abc import Sequence
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution, packages_distributions
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
    for folder in _standard_folders():
        found += [entry for entry in _entries(folder) if entry.name not in _NOT_STANDARD]
    for name in dict.fromkeys((*_LIBRARY_FOLDERS, f"{sys.base_prefix}/lib", str(sysconfig.get_config_var("LIBDIR")))):
        found += _shared_libraries(Path(name))
    return found


@cache
def standard_paths() -> dict[str, str]:
    """Return where each module of the standard library lies, by the name it is imported by."""
    paths: dict[str, str] = {}
    for folder in _standard_folders():
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


def _standard_folders() -> list[Path]:
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
    """The libraries in a folder, and the folder of this machine's kind in it; not Python packages, which lie there too."""
    kind = sysconfig.get_config_var("MULTIARCH")
    return [entry for entry in _entries(folder) if ".so" in entry.name or (kind and entry.name == kind)]


def _is_module(entry: Path) -> bool:
    return entry.name.endswith(_SUFFIXES) or (entry / "__init__.py").is_file()


def files_of(names: Sequence[str]) -> list[Path]:
    """Return the files and folders of these packages and of what they require; each may be read with all beneath it."""
    found = [Path(path) for path in finder_paths(names).values()]
    for package in _distributions(names):
        root = Path(str(package.locate_file("")))
        found += [root / part for part in _parts(package)]
    return sorted(set(found))


def roots_of(names: Sequence[str]) -> list[Path]:
    """Return the folders in which these packages are installed (they must be neither hidden nor listed)."""
    return sorted({Path(str(package.locate_file(""))) for package in _distributions(names)})


def finder_paths(names: Sequence[str]) -> dict[str, str]:
    """Return where each top-level module of these packages, and of what they require, is to be loaded from."""
    paths: dict[str, str] = {}
    for package in _distributions(names):
        root = str(package.locate_file(""))
        for part in _parts(package):
            top = part.split("/")[0]
            name = top.split(".")[0]
            entry = Path(root, top)
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


@cache
def _distribution(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _distributions(names: Sequence[str]) -> list[Distribution]:
    """The distributions of these names (of distributions or of modules) and all they require, without extras."""
    found: dict[str, Distribution] = {}
    waiting = [*names]
    for name in names:
        if _distribution(name) is None and name not in sys.stdlib_module_names:
            waiting += packages_distributions().get(name, [])
    while waiting:
        name = waiting.pop()
        package = _distribution(name)
        key = re.sub(r"[-_.]+", "-", name).lower()
        if package is None or key in found:
            continue
        found[key] = package
        for requirement in package.requires or []:
            word = re.match(r"[A-Za-z0-9._-]+", requirement)
            if word and "extra ==" not in requirement:
                waiting.append(word.group())
    return list(found.values())


@cache
def _parts_of(path: str, record: str) -> tuple[str, ...]:
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


def _parts(package: Distribution) -> tuple[str, ...]:
    """What a distribution has at the top of its folder; one level deeper where others put theirs beside it."""
    record = package.read_text("RECORD")
    if record is None:
        tops = (package.read_text("top_level.txt") or "").split()
        root = Path(str(package.locate_file("")))
        return tuple(f"{top}{end}" for top in tops for end in ("", *_SUFFIXES) if (root / f"{top}{end}").exists())
    return _parts_of(str(package.locate_file("")), record)
