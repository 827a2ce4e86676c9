"""Gradecheck: exercises in neural networks, and the examiner that grades the answers."""

__version__ = "0.1.0"
