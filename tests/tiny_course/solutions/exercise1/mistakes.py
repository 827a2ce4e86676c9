"""The wrong answers people give in exercise1."""

from grader.checks.mistakes import Mistake

MISTAKES = [
    Mistake("square_forward", "cube", "This is the third power: the square is x times x.", old="x**2", new="x**3"),
    Mistake("square_backward", "no_upstream", "Multiply by dout, the gradient from above.", old=" * dout", new=""),
    Mistake("scale", "adds", "You add the factor; multiply by it.", old="x * factor", new="x + factor"),
]
