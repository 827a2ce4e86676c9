"""Takes memory that no process has: memfd, shared memory of both kinds, semaphores, queues, keys."""
import ctypes
import os
from aims import KEY, TOKEN, attempt, kernel, scale

attempt(kernel, "memfd_create", b"x", 0)
attempt(kernel, "shmget", KEY, 1 << 28, 0o1600)
attempt(kernel, "shmget", 0, 1 << 28, 0o1600)
attempt(kernel, "semget", KEY, 100, 0o1600)
attempt(kernel, "msgget", KEY, 0o1600)
attempt(kernel, "mq_open", TOKEN.encode(), 0o102, 0o600, None)
libc = ctypes.CDLL(None, use_errno=True)
if libc.shm_open(f"/{TOKEN}".encode(), os.O_CREAT | os.O_RDWR, 0o600) >= 0:
    attempt(lambda: "shm_open")
if libc.sem_open(f"/{TOKEN}".encode(), os.O_CREAT, 0o600, 1) not in (0, -1):
    attempt(lambda: "sem_open") if os.path.exists(f"/dev/shm/sem.{TOKEN}") else None
