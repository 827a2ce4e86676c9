"""Opens the secret by ways that know no paths: handles, openat2, trees of mounts."""
import ctypes
import struct
from aims import FILE, attempt, kernel, scale

how = struct.pack("=QQQ", 0, 0, 0)
attempt(kernel, "openat2", -100, FILE.encode(), how, len(how))
handle = ctypes.create_string_buffer(struct.pack("=Ii", 128, 0) + bytes(128))
attempt(kernel, "name_to_handle_at", -100, FILE.encode(), handle, ctypes.byref(ctypes.c_int()), 0)
attempt(kernel, "open_by_handle_at", -100, handle, 0)
attempt(kernel, "open_tree", -100, b"/", 1)
attempt(kernel, "fsopen", b"ext4", 0)
attempt(kernel, "fanotify_init", 0, 0)
attempt(kernel, "inotify_init1", 0)
attempt(kernel, "open", FILE.encode(), 0)
attempt(kernel, "openat", -100, FILE.encode(), 0)
