"""Is read with another encoding than it has, and holds a form feed, a null in words, and right-to-left marks."""
word = "‮} ⁦ passed⁩ ⁦ \x00 \x0c \x85  "


def square_forward(x):
    print(word, "\x00\x07\x08\x1b]0;passed\x07\ud800")
    raise ValueError(word + "\x9b31m" + "\ufeff\ufffe" + "=HYPERLINK(\"http://example.com\")")


def square_backward(dout, cache):
    return word


def scale(x, factor):
    raise KeyError("]]>\x00<script>alert(1)</script>", word)
