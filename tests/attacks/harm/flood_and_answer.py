"""Prints much between honest answers: the words are cut, and the answers count."""
from aims import scale as honest


def scale(x, factor):
    print("y" * 300_000)
    return honest(x, factor) + 1
