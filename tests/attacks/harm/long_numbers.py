"""Computes a number of a hundred million digits, and answers with it, and with its text."""
import sys


def square_forward(x):
    return 1 << 400_000_000, x


def square_backward(dout, cache):
    sys.set_int_max_str_digits(0)
    return str(7 ** (10**8))


def scale(x, factor):
    return 2**64, -(2**63), 10**400
