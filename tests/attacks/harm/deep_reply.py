"""Answers with lists in lists in lists, a hundred thousand deep."""


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def square_forward(x):
    return nested(100_000), x


def square_backward(dout, cache):
    return {"a": {"b": nested(15)}}


def scale(x, factor):
    return nested(16)
