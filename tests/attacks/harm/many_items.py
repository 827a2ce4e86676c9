"""Answers with ten million small things."""


def square_forward(x):
    return [0] * 10_000_000, x


def square_backward(dout, cache):
    return {str(number): None for number in range(200_000)}


def scale(x, factor):
    return [[] for _ in range(300_000)]
