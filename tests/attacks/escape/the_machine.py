"""Asks the kernel to change the machine: restart it, load modules, set its clock and its name, swap, read its log."""
import ctypes
from aims import TOKEN, attempt, kernel, scale

attempt(kernel, "sethostname", TOKEN.encode(), len(TOKEN))
attempt(kernel, "settimeofday", ctypes.create_string_buffer(16), None)
attempt(kernel, "init_module", b"", 0, b"")
attempt(kernel, "finit_module", 0, b"", 0)
attempt(kernel, "kexec_load", 0, 0, None, 0)
attempt(kernel, "swapon", b"/nowhere", 0)
attempt(kernel, "acct", b"/nowhere")
attempt(kernel, "syslog", 3, ctypes.create_string_buffer(4096), 4096)
attempt(kernel, "reboot", 0, 0, 0, None)
