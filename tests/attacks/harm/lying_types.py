"""Answers with things whose type lies: a metaclass without a name, a class that is an instance of everything."""


class Meta(type):
    @property
    def __name__(cls):
        raise RuntimeError("no name")

    @property
    def __module__(cls):
        return cls

    def __instancecheck__(cls, other):
        return True


class Liar(metaclass=Meta):
    pass


def square_forward(x):
    return Liar(), x


def square_backward(dout, cache):
    return Liar


def scale(x, factor):
    return type("N" * 100_000 + "\x1b]0;passed\x07", (), {})()
