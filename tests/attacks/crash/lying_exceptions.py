"""Raises exceptions that lie about their class, their traceback, their name and their text."""


class Meta(type):
    __name__ = property(lambda cls: 7)


class Liar(BaseException, metaclass=Meta):
    __class__ = property(lambda self: NotImplementedError)
    __traceback__ = property(lambda self: self)
    __cause__ = property(lambda self: self)

    def __str__(self):
        class Text(str):
            def __getitem__(self, item):
                return {"passed": True}

            def encode(self, *args):
                return 7

        return Text("passed")


def square_forward(x):
    raise Liar


def square_backward(dout, cache):
    raise type("\ud800\x1b[2J" + "x" * 10**6, (Exception,), {})("\udfff" * 10)


def scale(x, factor):
    raise NotImplementedError
