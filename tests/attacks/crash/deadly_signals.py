"""Dies of signals that processors send: an illegal instruction, a division, a wrong address, a wrong call."""
import os
import signal


def square_forward(x):
    os.kill(os.getpid(), signal.SIGILL)
    import ctypes
    import mmap

    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 7)
    page.write(b"\x0f\x0b" * 100)
    ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()


def square_backward(dout, cache):
    signal.raise_signal(signal.SIGFPE)


def scale(x, factor):
    for number in (signal.SIGBUS, signal.SIGSYS, signal.SIGTRAP, signal.SIGXCPU, 40):
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)
