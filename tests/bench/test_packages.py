"""Which files belong to a package that an exercise allows, and where it is loaded from."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import numpy as np

from grader.bench import packages


def test_a_package_is_its_folder_its_libraries_and_its_description_but_never_the_folder_of_packages() -> None:
    found = packages.files_of(["numpy"])
    assert Path(np.__file__).parent in found
    assert Path(sysconfig.get_path("purelib")) not in found
    assert all(path.name.startswith("numpy") for path in found)


def test_what_a_package_requires_comes_with_it() -> None:
    assert {"rich", "pygments", "markdown_it", "mdurl"} <= packages.finder_paths(["rich"]).keys()


def test_a_package_may_be_named_as_it_is_imported() -> None:
    assert packages.finder_paths(["yaml"])["yaml"].endswith("/yaml")


def test_a_module_is_found_where_python_finds_it() -> None:
    for name, path in packages.finder_paths(["numpy", "typing_extensions"]).items():
        assert Path(path).exists(), name
    assert packages.finder_paths(["typing_extensions"])["typing_extensions"].endswith("typing_extensions.py")


def test_the_standard_library_is_named_piece_by_piece() -> None:
    files = packages.standard_files()
    assert not any(path.name in ("site-packages", "dist-packages") for path in files)
    assert not any(Path(sysconfig.get_path("purelib")).is_relative_to(path) for path in files)
    paths = packages.standard_paths()
    assert {"json", "os", "zoneinfo", "statistics"} <= paths.keys()
    assert "numpy" not in paths


def test_a_name_that_is_not_installed_brings_nothing() -> None:
    assert packages.files_of(["surely_not_installed"]) == []
