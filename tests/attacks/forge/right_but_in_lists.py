"""Answers with the right numbers in lists and generators instead of arrays."""


def square_forward(x):
    return (x**2).tolist(), x


def square_backward(dout, cache):
    return (value for value in 2 * cache * dout)


def scale(x, factor):
    return [(x * factor)]
