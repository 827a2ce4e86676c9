"""Turns the garbage collector off, makes garbage, and has callbacks run whenever it is collected."""
import gc

gc.disable()
gc.callbacks.append(lambda phase, info: 1 / 0)
gc.set_threshold(1)


def square_forward(x):
    for _ in range(10_000):
        cycle = []
        cycle.append(cycle)
    gc.collect()
    raise ReferenceError(cycle)


square_backward = scale = square_forward
