"""Forks until nothing else can, in every process that comes of it."""
import os
from aims import boast, scale

for _ in range(1000):
    try:
        if os.fork() >= 0:
            boast("forked")
            break
    except OSError:
        continue
