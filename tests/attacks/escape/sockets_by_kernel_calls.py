"""Makes and uses sockets by the kernel's own calls, on the examiner's descriptors too."""
import ctypes
import struct
from aims import TCP, attempt, kernel, scale

address = struct.pack("=H", 2) + struct.pack(">H", TCP[1]) + bytes([127, 0, 0, 1]) + bytes(8)
attempt(kernel, "socket", 2, 1, 0)
attempt(kernel, "socket", 2 | 1 << 40, 1, 0)
attempt(kernel, "socketpair", 1, 1, 0, ctypes.create_string_buffer(8))
for number in range(64):
    attempt(kernel, "connect", number, address, 16)
    attempt(kernel, "sendmsg", number, ctypes.create_string_buffer(56), 0)
    attempt(kernel, "recvmsg", number, ctypes.create_string_buffer(56), 0x40)
    attempt(kernel, "sendto", number, b"x", 1, 0, address, 16)
