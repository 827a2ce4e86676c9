"""Uses what a notebook could: a shell by get_ipython, a kernel's sockets, a display that prints a report."""
import sys
from aims import attempt, scale

attempt(lambda: get_ipython().system("id"))
attempt(lambda: __import__("IPython").get_ipython().run_cell("!id"))
attempt(lambda: __import__("ipykernel"))
attempt(lambda: __import__("nbgrader").__version__)
attempt(lambda: __import__("zmq").Context())
sys.displayhook({"score": 10.0, "passed": True})
