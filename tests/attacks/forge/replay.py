"""Gives back what it was asked, as the answer."""


def square_forward(x):
    return x, x


def square_backward(dout, cache):
    return cache


def scale(x, factor):
    return x
