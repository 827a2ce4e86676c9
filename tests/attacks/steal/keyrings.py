"""Reads the kernel's keyrings, and hides a key there for a friend."""
import ctypes
from aims import TOKEN, attempt, kernel, scale

for ring in (-1, -2, -3, -4, -5):
    attempt(kernel, "keyctl", 0, ring, 0)
    attempt(kernel, "keyctl", 11, ring, ctypes.create_string_buffer(4096), 4096)
    attempt(kernel, "add_key", b"user", TOKEN.encode(), b"hello", 5, ring)
attempt(kernel, "request_key", b"user", b"password", None, 0)
