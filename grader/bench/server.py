"""The fork server: holds the allowed packages loaded, and forks one locked bench for each submission. Linux only.

It starts from a clean environment and knows nothing of course, seed or solutions: its children inherit what it holds.
Single-threaded: a thread that exists before a lock would escape it.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
from contextlib import suppress

from grader.bench.limits import Limits
from grader.bench.locks import Locks
from grader.bench.orders import Notice, Order, receive, send
from grader.bench.process import BROKEN
from grader.errors import GraderError


def main(descriptor: int) -> None:
    """Serve the examiner at ``descriptor`` until it hangs up; then every bench is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    connection = socket.socket(fileno=descriptor)
    try:
        order, _ = receive(connection, Order)
        try:
            server = _Server(connection, order)
        except GraderError as err:
            send(connection, Notice("sorry", words=str(err)))
            return
        except ImportError as err:
            wanted = "gradecheck[torch]" if err.name == "torch" else err.name
            words = f"The exercise needs {err.name}, which cannot be imported: pip install '{wanted}' ({err})."
            send(connection, Notice("sorry", words=words))
            return
        send(connection, Notice("ready", in_force=list(server.locks.in_force)))
        server.serve()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


_LOADED = ("numpy", "numpy.random")  # NumPy itself loads its random numbers only when they are asked for


class _Server:
    def __init__(self, connection: socket.socket, order: Order) -> None:
        from grader.bench import equipment, packages, worker  # a fork is cheaper than an import

        self._connection = connection
        self._serve_bench = worker.serve
        self._benches: dict[int, int] = {}
        self._builders = equipment.equip([*_LOADED, *order.packages])
        worker.warm_up(packages.standard_paths() | packages.finder_paths(["numpy", *order.packages]))
        self.locks = Locks(
            order.isolation, readable=packages.files_of(["numpy", *order.packages]), device_files=order.devices
        )
        folders = packages.standard_folders()  # whatever else may be imported is found by its place
        sys.path[:] = [str(path) for folder in folders for path in (folder, folder / "lib-dynload")]
        worker.speak_through_descriptors()
        gc.collect()
        gc.freeze()

    def serve(self) -> None:
        poll = select.poll()
        poll.register(self._connection, select.POLLIN)
        try:
            while True:
                for descriptor, _ in poll.poll():
                    if descriptor == self._connection.fileno():
                        self._obey(poll)
                    else:
                        poll.unregister(descriptor)
                        self._bury(descriptor)
        finally:
            for pid in self._benches.values():
                os.kill(pid, signal.SIGKILL)

    def _obey(self, poll: select.poll) -> None:
        order, descriptors = receive(self._connection, Order)
        if order.verb == "kill":
            if order.bench in self._benches.values():
                os.kill(order.bench, signal.SIGKILL)
            return
        try:
            pid = self._fork(order.limits, descriptors)
        except OSError as err:
            send(self._connection, Notice("sorry", words=f"A bench could not be started: {err}"))
            return
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        watched = os.pidfd_open(pid)
        self._benches[watched] = pid
        poll.register(watched, select.POLLIN)
        send(self._connection, Notice("started", bench=pid))

    def _fork(self, limits: Limits | None, descriptors: list[int]) -> int:
        wire, output = descriptors
        pid = self.locks.fork()
        if pid:
            return pid
        try:
            null = os.open(os.devnull, os.O_RDONLY)
            os.dup2(null, 0)
            os.dup2(output, 1)
            os.dup2(output, 2)
            self.locks.close(limits or Limits(), keep=[0, 1, 2, wire])
            sys.modules["numpy.random"].seed()  # or every bench would draw the same numbers where nobody seeds
            self._serve_bench(wire, self._builders)
        except BaseException as err:  # noqa: BLE001 - nothing may return into the server's own code
            with suppress(BaseException):  # the submission may have closed it, and the error may be its own
                os.write(2, f"{type(err).__name__}: {err}\n"[:500].encode("utf-8", "replace"))
            os._exit(BROKEN)
        os._exit(0)

    def _bury(self, watched: int) -> None:
        pid = self._benches.pop(watched)
        _, status, usage = os.wait4(pid, 0)
        os.close(watched)
        cpu = usage.ru_utime + usage.ru_stime
        send(self._connection, Notice("gone", pid, status, cpu, usage.ru_maxrss * 1024))
