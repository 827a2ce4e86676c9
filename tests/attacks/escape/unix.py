"""Connects to Unix sockets: the canary's, and those of daemons that would do anything for root."""
import socket
from aims import UNIX, attempt, scale

for path in (UNIX, "/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/private", "/dev/log"):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        attempt(lambda: socket.socket(socket.AF_UNIX, kind).connect(path))
