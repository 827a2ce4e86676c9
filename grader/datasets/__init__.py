"""What is learnt from: points, digits, digits on a canvas or in ink, and files that somebody has put there.

Each has its file beside this one. Nothing of grading here.
"""

from grader.datasets.canvas import draw_canvas
from grader.datasets.digits import load_digits, split_digits
from grader.datasets.files import draw_files
from grader.datasets.ink import inked, part_digits
from grader.datasets.points import moons, spirals, xor_clouds

__all__ = [
    "draw_canvas",
    "draw_files",
    "inked",
    "load_digits",
    "moons",
    "part_digits",
    "spirals",
    "split_digits",
    "xor_clouds",
]
