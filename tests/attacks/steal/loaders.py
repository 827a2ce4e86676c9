"""Reads the secret with everything in NumPy and the standard library that opens files by itself."""
import configparser
import ctypes
import dbm.dumb
import fileinput
import importlib.machinery
import linecache
import mmap
import runpy
import shutil
import sqlite3
import tokenize
import zipfile
import numpy as np
from aims import COURSE, FILE, attempt, look, scale

attempt(np.fromfile, FILE, np.uint8)
attempt(np.memmap, FILE, np.uint8, "r")
attempt(np.loadtxt, FILE, str)
attempt(np.genfromtxt, FILE, str)
attempt(np.load, f"{COURSE}/exercises/exercise1/answers.npz", mmap_mode="r")
attempt(np.lib.format.open_memmap, FILE)
attempt(shutil.copy, FILE, "copy")
attempt(shutil.copytree, COURSE, "tree")
attempt(tokenize.open, FILE)
attempt(runpy.run_path, f"{COURSE}/solutions/exercise1/squares.py")
attempt(importlib.machinery.SourceFileLoader("found", f"{COURSE}/solutions/exercise1/squares.py").load_module)
attempt(importlib.machinery.SourceFileLoader("found", FILE).get_data, FILE)
attempt(lambda: sqlite3.connect(f"file:{FILE}?mode=ro", uri=True).execute("select 1").fetchall())
attempt(lambda: zipfile.ZipFile(f"{COURSE}/exercises/exercise1/answers.npz").namelist())
attempt(lambda: list(fileinput.input([FILE])))
attempt(dbm.dumb.open, FILE, "r")
look(linecache.getlines, FILE)
look(configparser.ConfigParser().read, FILE)
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
if libc.fopen(FILE.encode(), b"r"):
    attempt(lambda: "fopen")
if libc.opendir(COURSE.encode()):
    attempt(lambda: "opendir")
attempt(lambda: mmap.mmap(open(FILE, "rb").fileno(), 0, prot=mmap.PROT_READ)[:100])
