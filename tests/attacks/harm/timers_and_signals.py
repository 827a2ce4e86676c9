"""Takes the kernel's memory in small pieces: timers, pending signals, epoll, event and timer descriptors."""
import ctypes
import os
import select
import signal
from aims import boast, scale

libc = ctypes.CDLL(None, use_errno=True)
timers = 0
while timers < 5000 and libc.timer_create(1, None, ctypes.byref(ctypes.c_void_p())) == 0:
    timers += 1
if timers >= 1000:
    boast(timers, "timers")
descriptors = []
try:
    while len(descriptors) < 1000:
        descriptors += [os.eventfd(0), select.epoll().fileno()]
except OSError:
    pass
if len(descriptors) >= 200:
    boast(len(descriptors), "descriptors")
signal.pthread_sigmask(signal.SIG_BLOCK, range(34, 65))
sent = sum(libc.sigqueue(os.getpid(), 40, None) == 0 for _ in range(5000))
if sent > 1000:
    boast(sent, "signals")
for descriptor in descriptors:
    try:
        os.close(descriptor)
    except OSError:
        pass
