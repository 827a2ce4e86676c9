"""Sleeps, with every signal blocked and no handler left."""
import signal
import time
from aims import scale


def square_forward(x):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        time.sleep(1000)
