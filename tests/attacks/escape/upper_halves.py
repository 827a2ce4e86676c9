"""Hides forbidden flags and process numbers in the upper halves of arguments, where a filter may not look."""
import os
import signal
from aims import EXAMINER, boast, kernel, scale

HIGH = 1 << 32
for name, *arguments in (
    ("clone", HIGH | signal.SIGCHLD, 0, 0, 0, 0),
    ("kill", HIGH | (os.getppid() or 1 << 20), 0),
    ("kill", HIGH | EXAMINER, 0),
    ("prctl", HIGH | 1, 0, 0, 0, 0),
    ("prctl", HIGH | 4, 1, 0, 0, 0),
    ("prlimit64", HIGH | EXAMINER, 7, None, None),
    ("socket", HIGH | 2, HIGH | 1, 0),
):
    try:
        result = kernel(name, *arguments)
        if result == 0 and name == "clone":
            os._exit(0)
        boast(name, arguments, result)
    except OSError:
        pass
