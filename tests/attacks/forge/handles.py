"""Returns handles that nobody gave it, to objects that do not exist or are somebody else's."""
import sys


def kinds():
    frame = sys._getframe()
    while frame is not None:
        if "Handle" in frame.f_globals:
            return frame.f_globals
        frame = frame.f_back


def square_forward(x):
    names = kinds()
    return names["Handle"](7, "ndarray"), names["Ref"](0, 0)


def square_backward(dout, cache):
    return kinds()["Handle"](2**40, "x" * 10**6)


def scale(x, factor):
    return kinds()["Ref"](0, None)
