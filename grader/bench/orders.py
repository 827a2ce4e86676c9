"""What the examiner and its fork server say to each other: few small messages, with descriptors along."""

from __future__ import annotations

import array
import socket
from typing import Any

import msgspec

from grader.bench.limits import Limits


class Order(msgspec.Struct, array_like=True):
    """What the examiner says to the server; a start brings two descriptors along."""

    verb: str
    """``set up``, ``start`` or ``kill``."""
    packages: list[str] = []
    isolation: str = "auto"
    devices: bool = False
    limits: Limits | None = None
    bench: int = 0


class Notice(msgspec.Struct, array_like=True):
    """What the server says to the examiner."""

    verb: str
    """``ready``, ``started``, ``gone`` or ``sorry``."""
    bench: int = 0
    status: int = 0
    cpu_s: float = 0.0
    peak_bytes: int = 0
    in_force: list[str] = []
    words: str = ""


def send(connection: socket.socket, message: Order | Notice, descriptors: tuple[int, ...] = ()) -> None:
    """Send one message, whole; a record of a SOCK_SEQPACKET socket."""
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
    connection.sendmsg([msgspec.msgpack.encode(message)], rights)


def receive(connection: socket.socket, kind: type[Any]) -> tuple[Any, list[int]]:
    """Return one message and the descriptors that came with it; EOFError at the end."""
    data, ancillary, _, _ = connection.recvmsg(1 << 16, socket.CMSG_SPACE(4 * 4))
    if not data:
        raise EOFError
    descriptors = array.array("i")
    for level, what, payload in ancillary:
        if level == socket.SOL_SOCKET and what == socket.SCM_RIGHTS:
            descriptors.frombytes(payload[: len(payload) - len(payload) % descriptors.itemsize])
    return msgspec.msgpack.decode(data, type=kind), list(descriptors)
