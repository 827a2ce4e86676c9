"""Takes memory without end, as arrays."""
import numpy as np
from aims import boast, scale


def square_forward(x):
    held = []
    while True:
        held += [np.ones(1 << 17)]
        if len(held) > 300:
            boast("took", len(held), "MiB")
            return x, x
