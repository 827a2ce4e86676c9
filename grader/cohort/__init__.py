"""A whole class: whose work lies in a folder, who has been graded already, and many submissions graded at once.

`find.py` and `handed_in.py` read the class, `results.py` keeps what came of it, `marking.py` goes from one to the other
through an engine. What is made of the results, such as lateness and the class in figures, lies in files of its own.
"""
