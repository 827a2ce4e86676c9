"""Calls itself until the stack itself is full, past Python's own limit."""
import sys
import threading
from aims import scale


def square_forward(x):
    sys.setrecursionlimit(2**31 - 1)
    deep = []
    for _ in range(10_000_000):
        deep = [deep]
    return repr(deep), x


def square_backward(dout, cache):
    sys.setrecursionlimit(2**31 - 1)
    return eval("(" * 90 + "0" + ")" * 90, {}, None) or (lambda f: f(f))(lambda f: list(map(f, [f])))
