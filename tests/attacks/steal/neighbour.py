"""Copies from a neighbour: lists the class's folder, and reads what another student handed in."""
import glob
import os
from aims import NEIGHBOUR, attempt, look, read, scale

attempt(read, NEIGHBOUR)
attempt(os.listdir, os.path.dirname(NEIGHBOUR))
attempt(os.scandir, os.path.dirname(os.path.dirname(NEIGHBOUR)))
look(glob.glob, os.path.dirname(os.path.dirname(NEIGHBOUR)) + "/*/*")
look(lambda: [read(path) for path in glob.glob("../*/squares.py")])
