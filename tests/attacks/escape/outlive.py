"""Clears the signal that its parent's death would send, leaves its session, and sleeps in a thread that never ends."""
import os
import threading
import time
from aims import attempt, kernel, scale

attempt(kernel, "prctl", 1, 0, 0, 0, 0)
attempt(kernel, "prctl", 36, 1, 0, 0, 0)
attempt(kernel, "prctl", 4, 1, 0, 0, 0)
attempt(kernel, "setsid")
attempt(os.setpgid, 0, 0)
threading.Thread(target=time.sleep, args=(60,)).start()
