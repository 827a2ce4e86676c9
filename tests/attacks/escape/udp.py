"""Sends a datagram to a UDP port of this machine."""
import socket
from aims import UDP, attempt, scale

for family, address in ((socket.AF_INET, UDP), (socket.AF_INET6, ("::ffff:127.0.0.1", UDP[1]))):
    attempt(lambda: socket.socket(family, socket.SOCK_DGRAM).sendto(b"out", address))
attempt(socket.getaddrinfo, "example.com", 80)
