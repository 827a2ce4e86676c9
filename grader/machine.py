"""What this machine can do for a course: the locks it has, proved by trying to break them, and the programs it has.

It finds out and says so; `grade doctor` prints it.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import msgspec

from grader.cache import cache_folder
from grader.course import Course, Limits
from grader.errors import GraderError

_EXTRAS = {"torch": "torch", "nbgrader": "instructor"}
_SHARES = {
    "landlock": "files",
    "seccomp": "calls to the kernel",
    "namespaces": "processes, network, scratch folder",
    "limits": "memory, processor, threads, descriptors",
}
"""What each lock is for."""


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at."""

    name: str
    state: Literal["good", "absent", "bad"]
    """Absent: it is not there, and nothing that was asked of this machine needs it."""
    words: str
    advice: str = ""
    """What to do."""
    details: tuple[str, ...] = ()
    """What else there is to know, a line each."""


def isolation() -> Iterator[Finding]:
    """Find the locks; each that is in force is proved by attempts to get round it."""
    if sys.platform != "linux":
        yield Finding(
            "strict",
            "bad",
            "cannot be enforced: this is not Linux.",
            "Check your own work here; grade other people's on Linux (on Windows: in WSL).",
        )
        return
    from grader.bench.launch import launcher
    from grader.bench.locks import missing
    from grader.bench.proof import prove

    lacking = missing()
    benches = launcher(["numpy"], "auto", Limits())
    try:
        in_force = benches.in_force
    finally:
        benches.close()
    proofs = prove("auto", in_force)
    for lock, share in _SHARES.items():
        if lock not in in_force:
            why = lacking.get(lock, "the kernel lets this user into none")
            state: Literal["absent", "bad"] = "bad" if lock in lacking else "absent"
            yield Finding(lock, state, f"not in force: {why}.", "" if lock in lacking else "Strict does without.")
            continue
        own = [proof for proof in proofs if proof.lock == lock]
        held = sum(proof.held for proof in own)
        details = tuple(f"{'held' if p.held else 'BROKEN'}: {p.attempt} ({p.words})" for p in own)
        words = f"{share}{_edition(lock)}: {len(own) - held or 'none'} of {len(own)} attempts got through"
        if held == len(own):
            yield Finding(lock, "good", words, details=details)
        else:
            broken = ", ".join(proof.attempt for proof in own if not proof.held)
            advice = f"These got through: {broken}. Grade no strangers here, and report it (see SECURITY.md)."
            yield Finding(lock, "bad", words, advice, details)
    if lacking:
        advice = "`--isolation auto` takes the strongest there is, for work that you trust."
        yield Finding("strict", "bad", f"cannot be enforced without {' and '.join(lacking)}.", advice)
    else:
        yield Finding("strict", "good", "can be enforced")


def _edition(lock: str) -> str:
    from grader.bench import landlock

    return f" (ABI {landlock.abi()})" if lock == "landlock" else ""


def programs(course: Course | None) -> Iterator[Finding]:
    """Find Python, the packages that the course needs, and a GPU."""
    yield _versioned("Python", platform.python_version(), metadata_value("Requires-Python"), "a newer Python")
    wanted: dict[str, list[str]] = {"numpy": [], "torch": [], "nbgrader": []}
    for exercise in course.exercises if course else ():
        for package in exercise.allow:
            wanted.setdefault(package, []).append(exercise.name)
    for package, exercises in wanted.items():
        yield _package(package, exercises)
    yield _gpu()


def metadata_value(key: str) -> str:
    """Return a line of this distribution's own description, empty where it is not installed."""
    try:
        return metadata("gradecheck")[key] or ""
    except (PackageNotFoundError, KeyError):
        return ""


def _package(name: str, exercises: Sequence[str]) -> Finding:
    if find_spec(name) is None:
        extra = f"pip install 'gradecheck[{_EXTRAS[name]}]'" if name in _EXTRAS else f"pip install {name}"
        if exercises:
            return Finding(name, "bad", f"not installed, and {_list(exercises)} cannot do without it.", extra)
        return Finding(name, "absent", f"not installed, and nothing here asks for it: {extra}")
    try:
        found = version(name)
    except PackageNotFoundError:
        return Finding(name, "good", "installed")
    return _versioned(name, found, _bounds(name), f"pip install '{name}{_bounds(name)}'")


def _versioned(name: str, found: str, bounds: str, advice: str) -> Finding:
    if not bounds:
        return Finding(name, "good", found)
    if within(found, bounds):
        return Finding(name, "good", f"{found} (tested: {bounds})")
    return Finding(name, "bad", f"{found} is not among the versions that are tested: {bounds}.", advice)


def _bounds(name: str) -> str:
    try:
        lines = requires("gradecheck") or []
    except PackageNotFoundError:
        return ""
    for line in lines:
        match = re.match(rf"{re.escape(name)}\s*\(?([<>=!~][^;)]*)", line, re.IGNORECASE)
        if match:
            return ",".join(sorted(match[1].replace(" ", "").split(","), reverse=True))
    return ""


def within(found: str, bounds: str) -> bool:
    """Return whether a version lies within bounds such as ``>=2.6,<2.14``."""
    mine = _numbers(found)
    for bound in bounds.split(","):
        match = re.match(r"(>=|<=|<|>)(.+)", bound)
        if match is None:
            continue
        theirs = _numbers(match[2])
        own = mine[: len(theirs)] if match[1] in ("<", "<=") else mine
        if not {">=": own >= theirs, "<=": own <= theirs, "<": own < theirs, ">": own > theirs}[match[1]]:
            return False
    return True


def _numbers(text: str) -> tuple[int, ...]:
    match = re.match(r"\d+(\.\d+)*", text)
    return tuple(int(part) for part in match[0].split(".")) if match else ()


def _gpu() -> Finding:
    if find_spec("torch") is None:
        driver = os.path.exists("/dev/nvidiactl")
        words = "its driver is there, but PyTorch is not installed" if driver else "none found"
        return Finding("GPU", "absent", words)
    import torch

    if not torch.cuda.is_available():
        return Finding("GPU", "absent", "none that PyTorch can use: everything runs on the CPU")
    names = [torch.cuda.get_device_name(number) for number in range(torch.cuda.device_count())]
    return Finding("GPU", "good", _list(names))


def places(course: Course | GraderError | None) -> Iterator[Finding]:
    """Find the course and the cache."""
    if course is None:
        yield Finding("course", "absent", "no course.yaml here or above: cd into yours, or use --course DIR")
    elif isinstance(course, GraderError):
        yield Finding("course", "bad", str(course))
    else:
        count = f"{len(course.exercises)} exercise{'s' if len(course.exercises) != 1 else ''}"
        yield Finding("course", "good", f"{course.title}, {count}: {course.root}")
        for exercise in course.exercises:
            folder = course.folder_of(exercise)
            recorded = (folder / "answers.npz").is_file() or course.solution_of(exercise).is_dir()
            lost = "checks.py" if not (folder / "checks.py").is_file() else "" if recorded else "answers.npz"
            if lost:
                yield Finding(exercise.name, "bad", f"{folder / lost} is missing.", "Get a fresh copy of the course.")
    yield _cache(cache_folder())


def _cache(folder: Path) -> Finding:
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return Finding("cache", "good", str(folder))
    return Finding("cache", "bad", f"{folder} cannot be written.", "Set XDG_CACHE_HOME to a folder that can.")


def _list(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
