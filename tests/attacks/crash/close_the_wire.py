"""Closes the examiner's line alone, and sleeps on."""
import os
import time
from aims import scale


def square_forward(x):
    os.closerange(3, 64)
    time.sleep(60)
