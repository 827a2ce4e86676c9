"""Connects to a TCP port of this machine, and sends what it was asked."""
import socket
from aims import TCP, attempt, scale

for address in (TCP, ("localhost", TCP[1]), ("0.0.0.0", TCP[1]), ("::1", TCP[1]), ("::ffff:127.0.0.1", TCP[1])):
    attempt(socket.create_connection, address, 1)
attempt(socket.create_server, ("127.0.0.1", 0))
