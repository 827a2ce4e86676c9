"""Leaves threads that go on working, printing and writing on the wire after the answer."""
import os
import threading
import time


def work():
    while True:
        for descriptor in range(1, 12):
            try:
                os.write(descriptor, b"\0")
            except OSError:
                continue
        time.sleep(0.001)


def square_forward(x):
    for _ in range(20):
        threading.Thread(target=work, daemon=True).start()
    time.sleep(0.1)
    return x, x
