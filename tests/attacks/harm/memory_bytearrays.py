"""Takes memory without end, as growing buffers."""
import numpy as np
from aims import boast, scale


def square_forward(x):
    held = []
    while True:
        held += [bytearray(b"x") * (1 << 20)]
        if len(held) > 300:
            boast("took", len(held), "MiB")
            return x, x
