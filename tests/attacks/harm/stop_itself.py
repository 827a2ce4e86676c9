"""Stops itself, so that it neither answers nor dies."""
import os
import signal
import time
from aims import scale


def square_forward(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGTSTP)
    time.sleep(60)
