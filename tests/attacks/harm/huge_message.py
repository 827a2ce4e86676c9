"""Raises exceptions with messages of a hundred megabytes, and no message at all."""


class Silent(Exception):
    def __str__(self):
        raise self


class Wordless(Exception):
    def __str__(self):
        return None


def square_forward(x):
    raise ValueError("x\n" * (20 << 20))


def square_backward(dout, cache):
    raise Silent


def scale(x, factor):
    raise Wordless
