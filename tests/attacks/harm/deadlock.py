"""Two threads that wait for each other, both of which are waited for."""
import threading
from aims import scale


def square_forward(x):
    one, two = threading.Lock(), threading.Lock()
    one.acquire(), two.acquire()
    threads = [threading.Thread(target=lock.acquire) for lock in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
