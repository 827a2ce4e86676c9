"""The lock on what a bench can see and reach at all: namespaces. Each step is taken as far as the kernel lets us.

The fork server enters those that benches can share (user, net, ipc, mount, and a PID namespace whose init it is, so
that every bench dies with it). Each bench gets a user and a mount namespace of its own, with a private scratch folder,
and is the init of its own PID namespace, so that everything it started dies with it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.bench import syscalls

NEWNS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x20000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REMOUNT, _MS_BIND, _MS_REC, _MS_PRIVATE = (
    1,
    2,
    4,
    8,
    32,
    4096,
    1 << 14,
    1 << 18,
)
_PLAIN = _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
_PR_SET_PDEATHSIG = 1

_MOUNT_POINTS = ("/mnt", "/media", "/srv", "/sys")
"""Folders that are there already and hold nothing a bench needs: a mount leaves nothing behind on any of them."""
_HIDDEN = ("/proc", "/sys")
"""What Landlock forbids to read, but not to look at (stat tells which processes there are)."""


@dataclass(frozen=True)
class Entered:
    """What the fork server has entered, and its benches need."""

    own_user: bool
    """Whether the server is in a user namespace that it made (a server with CAP_SYS_ADMIN needs none)."""
    pid: int | None
    """A descriptor of the server's own PID namespace, where each bench gets one of its own."""
    base: Path | None
    """A read-only tmpfs of the server, visible to nobody else; a bench's scratch folder is mounted in it."""

    @property
    def scratch(self) -> Path | None:
        """The folder on which each bench mounts its own."""
        return self.base / "scratch" if self.base else None


def enter(avoid: Sequence[Path] = ()) -> Entered | None:
    """Enter the namespaces that benches share, once, single-threaded; None where the kernel lets us into none.

    With a PID namespace comes a fork: what returns is its init, and the process that called waits for it and ends as it
    ends. No mount hides a path of ``avoid``.
    """
    shared = NEWNET | NEWIPC | NEWNS
    for flags in (shared | NEWPID, shared | NEWUSER | NEWPID, shared | NEWUSER, NEWNET | NEWIPC):
        if _entered(flags):
            break
    else:
        return None
    if flags & NEWPID:
        _go_on_as_init()
    base = _private_base(avoid) if flags & NEWNS else None
    pid = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC) if flags & NEWPID else None
    return Entered(bool(flags & NEWUSER), pid, base)


def _entered(flags: int) -> bool:
    user, group = os.geteuid(), os.getegid()
    try:
        syscalls.call("unshare", flags)
    except OSError:
        return False
    if flags & NEWUSER:
        _map_to_itself(user, group)
    return True


def _map_to_itself(user: int, group: int) -> None:
    for name, words in (
        ("setgroups", b"deny"),
        ("uid_map", b"%d %d 1" % (user, user)),
        ("gid_map", b"%d %d 1" % (group, group)),
    ):
        descriptor = os.open(f"/proc/self/{name}", os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.write(descriptor, words)
        finally:
            os.close(descriptor)


def _go_on_as_init() -> None:
    pid = os.fork()
    if pid == 0:
        syscalls.call("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        return
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.SIG_IGN)
    os.closerange(0, os.sysconf("SC_OPEN_MAX"))  # who waits for the server's end of a pipe must see it
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        with suppress(OSError, ValueError):
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


def _private_base(avoid: Sequence[Path]) -> Path | None:
    """Mount the server's tmpfs where it hides nothing that is needed; None where mounting is forbidden."""
    needed = [path.resolve() for path in avoid]
    places = [Path(place) for place in _MOUNT_POINTS if os.path.isdir(place)]
    for place in places:
        if any(path.is_relative_to(place.resolve()) for path in needed):
            continue
        try:
            mount(None, "/", None, _MS_REC | _MS_PRIVATE)
            mount("tmpfs", place, "tmpfs", _PLAIN, "size=4k,nr_inodes=4,mode=711")
            for name in ("scratch", "empty"):
                (place / name).mkdir(mode=0o700)
            mount(None, place, None, _MS_REMOUNT | _MS_RDONLY | _PLAIN)
            # Whether a bench will be able to mount its own is tried here, once.
            mount("tmpfs", place / "scratch", "tmpfs", _PLAIN, "size=4k,nr_inodes=2,mode=700")
            syscalls.call("umount2", os.fsencode(place / "scratch"), 0)
        except OSError:
            return None
        return place
    return None


def mount(source: str | None, target: Path | str, kind: str | None, flags: int, options: str = "") -> None:
    """Make the kernel's call mount."""
    words = [None if word is None else os.fsencode(word) for word in (source, target, kind)]
    syscalls.call("mount", *words, flags, options.encode() or None)


def fork(entered: Entered | None) -> int:
    """Fork as os.fork does; the child is the init of a PID namespace of its own, where the server has one."""
    if entered is None or entered.pid is None:
        return os.fork()
    try:
        syscalls.call("unshare", NEWPID)
    except OSError as err:
        raise OSError(err.errno, f"a bench gets no PID namespace ({err}); is user.max_pid_namespaces reached?") from err
    pid = 0
    try:
        pid = os.fork()
    finally:
        if pid or sys.exc_info()[0]:  # the server's next child shall not end up beside this one
            syscalls.call("setns", entered.pid, NEWPID)
    return pid


def close(entered: Entered, disk: int, files: int) -> bool:
    """Enter the bench's own user and mount namespaces and mount its scratch folder; True if its user is its own."""
    own_user = _own_user_namespace(bool(entered.base))
    if entered.scratch is None:
        return own_user
    if not own_user:
        syscalls.call("unshare", NEWNS)
    size, inodes = max(disk, 4096), max(files, 1) + 1  # 0 would mean: no limit
    mount("tmpfs", entered.scratch, "tmpfs", _PLAIN, f"size={size},nr_inodes={inodes},mode=700")
    for place in _HIDDEN:
        with suppress(OSError):
            mount(str(entered.scratch.with_name("empty")), place, None, _MS_BIND)
    os.chdir(entered.scratch)
    return own_user


def _own_user_namespace(with_mounts: bool) -> bool:
    user, group = os.geteuid(), os.getegid()
    try:
        syscalls.call("unshare", NEWUSER | NEWNS if with_mounts else NEWUSER)
    except OSError:
        return False
    _map_to_itself(user, group)
    return True
