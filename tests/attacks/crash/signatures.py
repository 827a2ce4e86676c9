"""Defines things whose signature never ends, raises or is nonsense."""
import os


class Endless:
    @property
    def __signature__(self):
        raise RuntimeError("no signature")

    def __call__(self, *args):
        return args

    @property
    def __code__(self):
        raise KeyboardInterrupt


square_forward = Endless()
square_backward = len


def scale(*args, passed, **kwargs):
    os.abort()


scale.__kwdefaults__ = {"passed": "\ud800"}
scale.__defaults__ = (1,) * 100
