"""Takes memory in the buffers of pipes, made as large as they can be, and of pairs of sockets."""
import fcntl
import os
import socket
from aims import attempt, boast, scale

taken = 0
pipes = []
try:
    while True:
        reading, writing = os.pipe()
        pipes.append((reading, writing))
        attempt(fcntl.fcntl, writing, 1031, 1 << 20)
        os.set_blocking(writing, False)
        try:
            while True:
                taken += os.write(writing, bytes(1 << 16))
        except BlockingIOError:
            pass
except OSError:
    pass
if taken > 8 << 20:
    boast("pipes", taken)
attempt(socket.socketpair)
for pair in pipes:
    for end in pair:
        os.close(end)
