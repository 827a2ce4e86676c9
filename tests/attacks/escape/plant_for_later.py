"""Plants code that a later run would import: .pth, sitecustomize, compiled files, a numpy beside the course."""
import os
import site
import sys
from aims import COURSE, NEIGHBOUR, attempt, scale

import numpy

TEXT = b"import os; os.write(1, b'planted')\n"
folders = {os.path.dirname(os.__file__), os.path.dirname(numpy.__file__), COURSE, f"{COURSE}/exercises/exercise1",
           f"{COURSE}/solutions/exercise1", os.path.dirname(NEIGHBOUR), *sys.path, *site.getsitepackages(), site.getusersitepackages()}
for folder in folders - {"", os.getcwd()}:
    for name in ("sitecustomize.py", "usercustomize.py", "planted.pth", "numpy.py", "conftest.py", "checks.py", "__pycache__/os.cpython-311.pyc"):
        attempt(os.open, f"{folder}/{name}", os.O_CREAT | os.O_WRONLY)
attempt(lambda: open(numpy.__file__, "ab").write(TEXT))
