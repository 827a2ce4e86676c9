"""Replaces every module that is loaded by something else, and clears the table of them."""
import sys

for name in list(sys.modules):
    if name not in ("builtins", "sys"):
        sys.modules[name] = None
sys.modules.clear()
sys.path[:] = sys.meta_path[:] = sys.path_hooks[:] = []


def square_forward(x):
    import numpy

    return numpy.square(x), x


def scale(x, factor):
    raise ImportError(__name__)
