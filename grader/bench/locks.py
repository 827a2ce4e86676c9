"""All the locks of a bench, in the order in which they have to be set; each has its own file beside this one.

``Locks`` is made once, by the fork server. Then, for each submission: ``pid = locks.fork()``, and in the child, before
anything else, ``locks.close(limits, keep)``. Nothing that a submission does can lift them. Linux only.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from grader.bench import landlock, limits, namespaces, packages, privileges, seccomp
from grader.bench.limits import Limits
from grader.errors import MachineError

__all__ = ["Limits", "Locks", "missing"]

_DEVICES = ("/dev/nvidia0", "/dev/nvidiactl", "/dev/nvidia-uvm")
_PASSED_ON = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def missing() -> dict[str, str]:
    """Return what this machine lacks of what ``strict`` asks for: the lock's name, with why and what to do about it."""
    found = {"landlock": landlock.missing(), "seccomp": seccomp.missing()}
    return {lock: why for lock, why in found.items() if why}


class Locks:
    """The locks that this machine has, made ready once for all the benches of a fork server."""

    def __init__(self, isolation: str, readable: Sequence[Path | str] = (), device_files: bool = False) -> None:
        """Enter what benches share, and make ready what they do not.

        With a PID namespace comes a fork: the process that returns is a new one, and the caller waits for it and ends
        as it ends. What is raised is raised in the one process that goes on.
        """
        if isolation not in ("strict", "auto", "none"):
            raise ValueError(isolation)
        self._devices = device_files
        self._private = isolation != "none"
        self._number = random.SystemRandom().randrange(1 << 27)
        self._entered: namespaces.Entered | None = None
        self._ruleset: int | None = None
        self._filter: bytes | None = None
        lacking = missing()
        if isolation == "strict" and lacking:
            raise MachineError(_refusal(lacking))
        if self._private:
            self._prepare([Path(path) for path in readable], lacking)
        self._server = os.getpid()
        self._measured = limits.baseline()
        limits.enforce_once()
        self._others = 0 if self._entered else limits.threads_of_user()
        privileges.prepare()
        self._empty_the_environment()
        held = {"landlock": self._ruleset, "seccomp": self._filter, "namespaces": self._entered, "limits": True}
        self.in_force: tuple[str, ...] = tuple(lock for lock, what in held.items() if what is not None)
        """The locks that will hold, out of landlock, seccomp, namespaces and limits."""

    @property
    def scratch(self) -> Path | None:
        """The folder that each bench has for itself, empty, capped and gone with it; None: no file can be made."""
        return self._entered.scratch if self._entered else None

    def fork(self) -> int:
        """Fork as os.fork does; the child has to call ``close`` next."""
        self._number += 1
        return namespaces.fork(self._entered)

    def close(self, allowed: Limits, keep: Collection[int]) -> None:
        """Lock this process in, for good: nothing but the descriptors in ``keep`` stays open.

        Standard input, output and error lead to /dev/null where they are not kept. The working directory is the scratch
        folder, or / where there is none.
        """
        os.setsid()
        privileges.die_with(None if self._entered and self._entered.pid is not None else self._server)
        os.umask(0o077)
        os.chdir("/")
        counted = False
        if self._private:
            limits.be_the_first_to_go()
            counted = limits.count_apart(self._number)
        if self._entered is not None:
            own = namespaces.close(self._entered, allowed.disk, allowed.files)
            counted = counted or own
        others = 0 if counted else self._others
        limits.enforce(allowed, self._measured, self.scratch is not None, others, self._devices)
        if not self._private:
            _close_all_but(keep)
            return
        privileges.drop()
        if self._ruleset is not None:
            landlock.enforce(self._ruleset)
        _close_all_but(keep)
        if self._filter is not None:
            seccomp.enforce(self._filter, os.getpid())

    def _prepare(self, readable: list[Path], lacking: Collection[str]) -> None:
        python = [sys.prefix, sys.base_prefix, sys.executable, *filter(None, sys.path)]
        try:
            self._entered = namespaces.enter(avoid=[Path(__file__), *readable, *map(Path, python)])
        except OSError as err:
            raise MachineError(
                f"The namespaces were entered, but are not usable: {err}. Use `--isolation none`."
            ) from err
        if "landlock" not in lacking:
            rules: list[tuple[Path | str, int]] = [
                (path, landlock.READ) for path in (*packages.standard_files(), *readable)
            ]
            rules += [("/dev/null", landlock.DEVICE), ("/dev/urandom", landlock.READ_FILE)]
            if self.scratch is not None:
                # For what is mounted in it: it is read-only itself.
                rules.append((self.scratch.parent, landlock.SCRATCH))
            if self._devices:
                rules += [(path, landlock.DRIVER) for path in _DEVICES]
            self._ruleset = landlock.ruleset(rules)
        if "seccomp" not in lacking:
            self._filter = seccomp.program(self._devices)

    def _empty_the_environment(self) -> None:
        home = str(self.scratch or "/")
        few = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        few |= {"HOME": home, "LANG": "C.UTF-8"} | ({"TMPDIR": home} if self._private else {})
        os.environ.clear()
        os.environ.update(few)


def _refusal(lacking: dict[str, str]) -> str:
    reasons = "; and ".join(lacking.values())
    return (
        f"Strict isolation cannot be had here: {reasons}. "
        "`grade doctor` shows what this machine enforces; `--isolation auto` takes the strongest there is, for work "
        "that you trust."
    )


def _close_all_but(keep: Collection[int]) -> None:
    for descriptor in {0, 1, 2}.difference(keep):
        null = os.open(os.devnull, os.O_RDWR)
        if null != descriptor:
            os.dup2(null, descriptor)
            os.close(null)
    open_ones = sorted({0, 1, 2, *keep})
    for before, after in zip(open_ones, [*open_ones[1:], 1 << 20], strict=True):
        if after - before > 1:
            os.closerange(before + 1, after)
