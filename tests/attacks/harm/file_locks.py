"""Locks, leases and watches the files that everybody has to read."""
import fcntl
import os
from aims import attempt, scale

descriptor = os.open(os.__file__, os.O_RDONLY)
attempt(fcntl.lockf, descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
attempt(fcntl.fcntl, descriptor, 1024, fcntl.F_RDLCK)
attempt(fcntl.fcntl, descriptor, 1026, 1)
attempt(fcntl.fcntl, descriptor, 8, os.getppid() or 2)
attempt(fcntl.fcntl, descriptor, 10, 9)
fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # allowed: nobody else locks this file, and it ends with the bench
