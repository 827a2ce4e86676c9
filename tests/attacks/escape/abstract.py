"""Connects to an abstract Unix socket, which no file permission guards."""
import socket
from aims import ABSTRACT, attempt, scale

attempt(lambda: socket.socket(socket.AF_UNIX).connect(ABSTRACT))
attempt(lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"out", ABSTRACT))
attempt(lambda: socket.socket(socket.AF_UNIX).bind(b"\0mine"))
attempt(socket.socketpair)
