"""Fills the disk with one file."""
from aims import attempt, boast, scale


def fill():
    with open("large", "wb", buffering=0) as file:
        for _ in range(8):
            file.write(bytes(1 << 20))
            if file.tell() > 6 << 20:
                return file.tell()
    raise OSError


attempt(fill)
