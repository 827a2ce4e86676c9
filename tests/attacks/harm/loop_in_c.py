"""Never comes back from a function written in C, which no exception and no signal handler interrupts."""
from aims import scale


def square_forward(x):
    return sum(range(10**15)), x
