"""Multiplies matrices that take minutes and all processors."""
import numpy as np
from aims import scale


def square_forward(x):
    m = np.ones((1200, 1200))
    while True:
        m = m @ m / 1200
