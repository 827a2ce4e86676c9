"""A submission: what a student handed in for one exercise, read without following a link or running a thing.

`submitted.py` says what it is, `reading.py` decides what is judged; `folder.py`, `archive.py` and `repository.py` are
the places it may lie in, `notebook.py` makes a module of a notebook, `text.py` says what counts as a Python file.
"""

from grader.submission.reading import holds, read_place, read_submission
from grader.submission.submitted import Submission, digest_of

__all__ = ["Submission", "digest_of", "holds", "read_place", "read_submission"]
