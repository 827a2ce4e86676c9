"""What is learnt from: points in the plane (points.py) and handwritten digits (digits.py). Nothing of grading here."""

from grader.datasets.digits import load_digits, split_digits
from grader.datasets.points import moons, spirals, xor_clouds

__all__ = ["load_digits", "moons", "spirals", "split_digits", "xor_clouds"]
