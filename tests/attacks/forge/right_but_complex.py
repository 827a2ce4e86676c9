"""Answers with the right numbers as complex ones."""


def square_forward(x):
    return (x**2).astype(complex), x


def square_backward(dout, cache):
    return 2 * cache * dout + 0j


def scale(x, factor):
    return x * factor + 0j
