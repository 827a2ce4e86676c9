"""Never comes back from a regular expression that tries everything."""
import re
from aims import scale


def square_forward(x):
    return re.match(r"(a*)*b", "a" * 60), x
