"""Starts benches: through the fork server where there is one, as plain processes elsewhere."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.bench.process import Ending, Launcher
from grader.errors import BenchError, MachineError

if TYPE_CHECKING:
    from grader.bench.limits import Limits

_ROOT = str(Path(__file__).resolve().parents[2])
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",  # else asking for a GPU would spoil it for all forks
}
_LOST = "The fork server ended unexpectedly. Run `grade doctor`, then try again."
_PASSED_ON = ("OPENBLAS_CORETYPE", "LD_LIBRARY_PATH", "SYSTEMROOT")

_PATIENCE_S = 7 * 86_400.0
"""Processor time for a bench that is trusted and serves many: the reference's."""


def launcher(allow: Sequence[str], isolation: str, limits: Any, devices: bool = False) -> Launcher:
    """Return what starts benches on this machine with this isolation; a fork server begins to warm up at once."""
    from grader.bench.limits import Limits

    packages = [name for name in allow if name != "numpy"]
    most = Limits(cpu_s=limits.time, memory=limits.memory, disk=limits.disk)
    if sys.platform == "linux" and isolation != "none":
        return ForkServer(packages, isolation, most, devices)
    if isolation == "strict":
        raise MachineError(
            "Strict isolation needs Linux with Landlock and seccomp, and this is another system. "
            "Grade on a Linux machine, or use `--isolation auto` for work you trust."
        )
    return Spawner(packages, most, devices)


def _python(code: str, descriptor: int) -> list[str]:
    program = f"import sys; sys.path.insert(0, {_ROOT!r}); {code}"
    return [sys.executable, "-I", "-B", "-c", program, str(descriptor)]


def _environment() -> dict[str, str]:
    return _ENVIRONMENT | {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


class ForkServer:
    """The examiner's end of the fork server; it starts while the examiner goes on with its own preparations."""

    def __init__(self, packages: Sequence[str], isolation: str, limits: Limits, devices: bool) -> None:
        from grader.bench import orders

        self._orders = orders
        self._limits = limits
        self._ready: list[str] | None = None
        self._endings: dict[int, Ending] = {}
        self._connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                _python("from grader.bench.server import main; main(int(sys.argv[1]))", theirs.fileno()),
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=_environment(),
                cwd="/",
                start_new_session=True,
            )
        self._tell(orders.Order("set up", packages=list(packages), isolation=isolation, devices=devices))

    @property
    def in_force(self) -> list[str]:
        """The locks that hold; waits until the server has them."""
        if self._ready is None:
            notice = self._hear()
            if notice.verb == "sorry":
                self.close()
                raise MachineError(notice.words)
            self._ready = notice.in_force
        return self._ready

    def start(self, patient: bool = False) -> ForkedProcess:
        """Fork a bench; a patient one has processor time for a class."""
        assert self.in_force is not None
        limits = replace(self._limits, cpu_s=_PATIENCE_S) if patient else self._limits
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        with theirs:
            order = self._orders.Order("start", limits=limits)
            self._tell(order, (theirs.fileno(), writing))
            os.close(writing)
        notice = self._until("started")
        return ForkedProcess(self, notice.bench, ours, reading, limits)

    @property
    def pid(self) -> int:
        """The server's process: whoever measures looks at it."""
        return self._process.pid

    def kill(self, pid: int) -> None:
        """End a bench that has not ended by itself."""
        if pid not in self._endings:
            self._tell(self._orders.Order("kill", bench=pid))

    def ending(self, pid: int, seconds: float) -> Ending | None:
        """Return how a bench ended, or None while it lives."""
        end = time.monotonic() + seconds
        while pid not in self._endings:
            self._connection.settimeout(max(0.001, end - time.monotonic()))
            try:
                self._note(self._hear())
            except TimeoutError:
                return None
            finally:
                self._connection.settimeout(None)
        return self._endings.pop(pid)

    def _until(self, verb: str) -> Any:
        while (notice := self._hear()).verb != verb:
            if notice.verb == "sorry":
                raise BenchError(notice.words)
            self._note(notice)
        return notice

    def _note(self, notice: Any) -> None:
        if notice.verb == "gone":
            code = os.waitstatus_to_exitcode(notice.status)
            self._endings[notice.bench] = Ending(code, notice.cpu_s, notice.peak_bytes)

    def _tell(self, order: Any, descriptors: tuple[int, ...] = ()) -> None:
        try:
            self._orders.send(self._connection, order, descriptors)
        except (BrokenPipeError, ConnectionResetError):
            raise BenchError(_LOST) from None

    def _hear(self) -> Any:
        try:
            return self._orders.receive(self._connection, self._orders.Notice)[0]
        except (EOFError, ConnectionResetError):
            raise BenchError(_LOST) from None

    def close(self) -> None:
        """Hang up; the server kills what is left and ends."""
        self._connection.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class ForkedProcess:
    """A bench that the fork server started."""

    def __init__(self, server: ForkServer, pid: int, connection: socket.socket, output: int, limits: Limits) -> None:
        self._server = server
        self._pid = pid
        self._ending: Ending | None = None
        self.wire = connection
        self.output = output
        self.limits = limits

    def kill(self) -> None:
        """End it and, by its namespace, all it started."""
        if self._ending is None:
            self._server.kill(self._pid)

    def wait(self, seconds: float) -> Ending | None:
        """Return how it ended."""
        if self._ending is None:
            self._ending = self._server.ending(self._pid, seconds)
        return self._ending


class Spawner:
    """Starts each bench as a new Python process: no locks but a session of its own and, on Linux, the limits."""

    def __init__(self, packages: Sequence[str], limits: Limits, devices: bool = False) -> None:
        self._limits = limits
        self._order = {"packages": list(packages), "devices": devices, "parent": os.getpid()}

    @property
    def in_force(self) -> list[str]:
        """Nothing but limits."""
        return ["limits"] if sys.platform == "linux" else []

    def start(self, patient: bool = False) -> SpawnedProcess:
        """Start a bench in a process of its own; a patient one has processor time for a class."""
        limits = replace(self._limits, cpu_s=_PATIENCE_S) if patient else self._limits
        order = self._order | {"limits": asdict(limits)}
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        with theirs:
            process = subprocess.Popen(
                _python(f"from grader.bench.launch import main; main(**{order!r})", theirs.fileno()),
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                pass_fds=[theirs.fileno()],
                env=_environment(),
                cwd="/",
                start_new_session=True,
            )
            os.close(writing)
        return SpawnedProcess(process, ours, reading, self._limits)

    def close(self) -> None:
        """Each process ends with its Bench: there is nothing left to close."""


class SpawnedProcess:
    """A bench in a process of its own."""

    def __init__(
        self, process: subprocess.Popen[bytes], connection: socket.socket, output: int, limits: Limits
    ) -> None:
        self._process = process
        self.wire = connection
        self.output = output
        self.limits = limits

    def kill(self) -> None:
        """End it and its session's processes."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            self._process.poll()

    def wait(self, seconds: float) -> Ending | None:
        """Return how it ended."""
        try:
            return Ending(self._process.wait(seconds))
        except subprocess.TimeoutExpired:
            return None


def main(packages: Sequence[str], devices: bool, limits: dict[str, Any], parent: int) -> None:
    """Be a plain bench: load the packages, then answer the examiner."""
    from grader.bench import equipment, worker

    builders = equipment.equip(packages)
    worker.warm_up({})
    if sys.platform == "linux":
        _limit(limits, devices, parent)
    worker.serve(int(sys.argv[1]), builders)


def _limit(allowed: dict[str, Any], devices: bool, parent: int) -> None:
    """Set what ``in_force`` promises: the limits of a forked bench, and an end with the examiner's."""
    from grader.bench import limits, privileges

    limits.be_the_first_to_go()
    limits.enforce_once()
    others = 0 if limits.count_apart(os.getpid()) else limits.threads_of_user()
    privileges.die_with(parent)
    limits.enforce(limits.Limits(**allowed), limits.baseline(), scratch=True, others=others, devices=devices)
    privileges.drop()  # root would be above the limits
