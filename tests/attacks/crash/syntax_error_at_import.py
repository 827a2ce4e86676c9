"""Raises a syntax error by hand while it is imported, in column ten billion."""
raise SyntaxError("10 of 10 points", ("squares.py", 1, 10**10, "score = 10.0"))
