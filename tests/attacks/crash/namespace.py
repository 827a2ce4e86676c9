"""Makes a namespace in which looking up a name raises, and names that are no names."""
import sys


class Names(dict):
    def __getitem__(self, name):
        raise SystemExit(0)

    __contains__ = __iter__ = __getitem__


globals()["\ud800\x1b[2J"] = globals()[""] = 7
globals().update({f"name{number}": number for number in range(100_000)})
sys.modules[__name__].__class__ = type("Module", (type(sys),), {"__getattr__": lambda self, name: 1 / 0})
square_forward = Names()
square_backward = Names
del globals()["__builtins__"]
