"""Starts threads, which each start threads, until there are none left for others."""
import threading
import time
from aims import boast

count = 0


def more():
    global count
    count += 1
    try:
        while True:
            threading.Thread(target=more, daemon=True).start()
            if count > 100:
                return
    except (RuntimeError, MemoryError):
        time.sleep(60)


threading.stack_size(1 << 16)
threading.Thread(target=more, daemon=True).start()
time.sleep(0.3)
if count > 70:
    boast(count, "threads")


def square_forward(x):
    raise MemoryError
