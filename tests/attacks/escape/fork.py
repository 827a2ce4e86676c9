"""Forks, and lets the child live on in a session of its own."""
import os
import time
from aims import boast, scale

try:
    child = os.fork()
    if child == 0:
        os.setsid()
        time.sleep(60)
        os._exit(0)
    boast("forked", child)
except OSError:
    pass
