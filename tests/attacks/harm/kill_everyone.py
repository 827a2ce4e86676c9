"""Signals every process it can name: its parent, its group, the examiner, all of them."""
import os
import signal
from aims import EXAMINER, attempt, kernel, scale

for pid in {-1, 0, -os.getpgrp(), EXAMINER, os.getppid() or EXAMINER, 2, 3, 4, os.getpid() + 1}:
    for number in (0, signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP):
        if abs(pid) != os.getpid():
            attempt(os.kill, pid, number)
            attempt(kernel, "tkill", abs(pid), number)
            attempt(kernel, "rt_sigqueueinfo", abs(pid), number, bytes(128))
            attempt(os.killpg, abs(pid), number) if pid else None
attempt(signal.pidfd_send_signal, 3, signal.SIGKILL)
