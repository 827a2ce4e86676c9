"""Has threads switch never, or always, while hundreds of them wait."""
import sys
import threading

sys.setswitchinterval(1e9)
threads = []
for _ in range(40):
    thread = threading.Thread(target=lambda: sum(range(10**12)), daemon=True)
    try:
        thread.start()
    except RuntimeError:
        break


def square_forward(x):
    return x, x
