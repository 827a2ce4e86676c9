"""Opens a socket of every family and kind there is: netlink, packet, vsock, bluetooth, alg, can, and the unnamed."""
import socket
from aims import attempt, scale

for family in range(46):
    for kind in (1, 2, 3, 5):
        attempt(socket.socket, family, kind)
