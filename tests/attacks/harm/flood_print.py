"""Prints without end."""
from aims import scale


def square_forward(x):
    while True:
        print("x" * 1000)
