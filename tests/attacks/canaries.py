"""The canaries: what no attack may touch, and how one sees that it was touched."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import socket
import time
from collections.abc import Iterator
from pathlib import Path

PREFIX = "S3CR3T-"
_PLACES = ("/tmp", "/dev/shm", "/var/tmp", "/mnt", "/media", "/srv", "/run", "/sys")
_PR_SET_CHILD_SUBREAPER = 36
_PATIENCE_S = 5.0


def secret() -> str:
    """Return a secret that occurs nowhere else."""
    return PREFIX + secrets.token_hex(12)


class Canaries:
    """A file, four listeners, secrets, and the traces that a process leaves on a machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token = secrets.token_hex(8)
        self.secrets = {name: secret() for name in ("file", "neighbour", "environment", "solution", "hidden", "checks")}
        self.file = folder / "outside" / "canary.txt"
        self.file.parent.mkdir()
        self.file.write_text(self.secrets["file"], encoding="utf-8")
        os.utime(self.file, (1e9, 1e9))
        self.neighbour = folder / "class" / "neighbour" / "squares.py"
        self.neighbour.parent.mkdir(parents=True)
        self.neighbour.write_text(f"# {self.secrets['neighbour']}\n", encoding="utf-8")
        self.key = int.from_bytes(secrets.token_bytes(4), "little") & 0x7FFFFFFF | 0x40000000
        self._listeners = list(self._listen())
        # What dies elsewhere comes back here: a process left over cannot hide as a child of process 1.
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self._before = self._traces()

    def _listen(self) -> Iterator[tuple[str, socket.socket]]:
        tcp = socket.create_server(("127.0.0.1", 0))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        unix = socket.socket(socket.AF_UNIX)
        unix.bind(str(self.folder / "ear"))
        unix.listen()
        abstract = socket.socket(socket.AF_UNIX)
        abstract.bind(b"\0" + self.token.encode())
        abstract.listen()
        for name, listener in (("tcp", tcp), ("udp", udp), ("unix", unix), ("abstract", abstract)):
            listener.setblocking(False)
            yield name, listener

    def places(self) -> dict[str, object]:
        """Return what an attacker may know of them."""
        ports = dict(self._listeners)
        return {
            "FILE": str(self.file),
            "NEIGHBOUR": str(self.neighbour),
            "TCP": ports["tcp"].getsockname(),
            "UDP": ports["udp"].getsockname(),
            "UNIX": str(self.folder / "ear"),
            "ABSTRACT": b"\0" + self.token.encode(),
            "TOKEN": self.token,
            "KEY": self.key,
            "EXAMINER": os.getpid(),
        }

    def touched(self, patience_s: float = _PATIENCE_S) -> list[str]:
        """Return which canaries were touched, and make them whole again."""
        found = [name for name, listener in self._listeners if _heard(listener)]
        end = time.monotonic() + patience_s
        while (now := self._traces()) != self._before and time.monotonic() < end:
            time.sleep(0.02)
        found += [name for name in now if now[name] != self._before[name]]
        if now["file"] != self._before["file"]:
            self.file.write_text(self.secrets["file"], encoding="utf-8")
            os.utime(self.file, (1e9, 1e9))
        self._before = self._traces()
        return found

    def start_afresh(self) -> None:
        """What there is now is how it should be."""
        self._before = self._traces()

    def _traces(self) -> dict[str, object]:
        return {
            "file": self._state_of_files(),
            "folder": sorted(os.listdir(self.folder)) + sorted(os.listdir(self.file.parent)),
            "litter": self._litter(),
            "processes": descendants(),
            "ipc": self._ipc(),
            "mounts": len(Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()),
            "descriptors": len(os.listdir("/proc/self/fd")),
        }

    def _state_of_files(self) -> list[object]:
        state: list[object] = []
        for path in (self.file, self.neighbour):
            with contextlib.suppress(OSError):
                found = path.stat()
                state += [path.read_bytes(), tuple(found)[:7], found.st_mtime, os.listxattr(path)]
        return state

    def _litter(self) -> list[str]:
        found = []
        for place in (*_PLACES, os.getcwd(), os.path.expanduser("~"), os.path.dirname(os.__file__)):
            with contextlib.suppress(OSError):
                found += [name for name in os.listdir(place) if self.token in name]
        return found

    def _ipc(self) -> list[str]:
        found = []
        for kind in ("shm", "sem", "msg"):
            with contextlib.suppress(OSError):
                lines = Path(f"/proc/sysvipc/{kind}").read_text(encoding="utf-8").splitlines()
                found += [kind for line in lines if line.split()[0] == str(self.key)]
        return found

    def close(self) -> None:
        """Hang up."""
        for _, listener in self._listeners:
            listener.close()


def _heard(listener: socket.socket) -> bool:
    """Whether anyone knocked since the last time."""
    heard = False
    while True:
        try:
            if listener.type == socket.SOCK_DGRAM:
                listener.recv(65536)
            else:
                listener.accept()[0].close()
        except BlockingIOError:
            return heard
        heard = True


def descendants() -> frozenset[int]:
    """Return all processes that come from this one, dead ones too that nobody has buried."""
    parents: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                stat = Path("/proc", entry, "stat").read_bytes()
                parents[int(entry)] = int(stat.rpartition(b")")[2].split()[1])
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found and pid not in found}:
        found |= more
    return frozenset(found - {os.getpid()})
