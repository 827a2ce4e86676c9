"""Answers with dicts whose keys are no words, or words that hurt: surrogates, control sequences, a megabyte."""


class Key(str):
    def __hash__(self):
        return 1

    def __eq__(self, other):
        return False


def square_forward(x):
    return {None: 1, 2.5: 2, (1, 2): 3}, x


def square_backward(dout, cache):
    return {"\ud800": 1, "\x1b[2J": 2, "k" * (1 << 20): 3, "": 4, "</script>": 5}


def scale(x, factor):
    return {Key("a"): 1, Key("a"): 2}
