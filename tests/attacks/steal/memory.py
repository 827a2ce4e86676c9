"""Searches its own memory for secrets, page by page, with a pipe that says which addresses may be read."""
import ctypes
import gc
import os
import re
from aims import CALLS, PREFIX, boast, scale

libc = ctypes.CDLL(None, use_errno=True)
reading, writing = os.pipe()
gc.unfreeze()
places = sorted({id(item) >> 12 for item in gc.get_objects()})
wanted = re.compile(PREFIX.encode() + rb"[0-9a-f]{24}")
for place in places[:20000]:
    if libc.write(writing, ctypes.c_void_p(place << 12), 4096) == 4096:
        found = wanted.search(os.read(reading, 4096))
        if found:
            boast(found.group())
