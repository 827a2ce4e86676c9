"""The kernel's calls by name, on x86-64 and aarch64: their numbers, and a way to make one that libc does not offer.

Only the calls that the locks name are here: those a bench may make (seccomp.py says under which conditions), and those
that set the locks.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from functools import cache

_ANY = """
read 0 63         write 1 64        pread64 17 67     pwrite64 18 68    readv 19 65        writev 20 66
preadv 295 69     pwritev 296 70    preadv2 327 286   pwritev2 328 287  lseek 8 62         close 3 57
close_range 436 436                 dup 32 23         dup2 33 -         dup3 292 24        pipe 22 -
stat 4 -          fstat 5 80        lstat 6 -         newfstatat 262 79  statx 332 291
statfs 137 43     fstatfs 138 44    access 21 -       faccessat 269 48  faccessat2 439 439 readlink 89 -
readlinkat 267 78 getdents64 217 61 getcwd 79 17      chdir 80 49       fchdir 81 50       creat 85 -
mkdir 83 -        mkdirat 258 34    rmdir 84 -         unlink 87 -
unlinkat 263 35   rename 82 -       renameat 264 38   renameat2 316 276 link 86 -          linkat 265 37
symlink 88 -      symlinkat 266 36  ftruncate 77 46   fallocate 285 47  fsync 74 82        fdatasync 75 83
fadvise64 221 223 copy_file_range 326 285             sendfile 40 71    umask 95 166       flock 73 32

poll 7 -          ppoll 271 73      select 23 -       pselect6 270 72   epoll_create 213 - epoll_create1 291 20
epoll_ctl 233 21  epoll_wait 232 -  epoll_pwait 281 22                  epoll_pwait2 441 441
eventfd 284 -     eventfd2 290 19   signalfd 282 -    signalfd4 289 74  timerfd_create 283 85
timerfd_settime 286 86              timerfd_gettime 287 87

brk 12 214        munmap 11 215     mprotect 10 226   mremap 25 216     madvise 28 233     msync 26 227
get_mempolicy 239 236               membarrier 324 283

futex 202 98      futex_waitv 449 449                 set_robust_list 273 99               rseq 334 293
set_tid_address 218 96              sched_yield 24 124                  sched_getaffinity 204 123
sched_getparam 143 121              sched_getscheduler 145 120          sched_get_priority_max 146 125
sched_get_priority_min 147 126      sched_rr_get_interval 148 127       sched_getattr 315 275
getcpu 309 168    getpriority 140 141                 exit 60 93        exit_group 231 94  arch_prctl 158 -

rt_sigaction 13 134                 rt_sigprocmask 14 135               rt_sigreturn 15 139
rt_sigpending 127 136               rt_sigsuspend 130 133               rt_sigtimedwait 128 137
sigaltstack 131 132                 restart_syscall 219 128             wait4 61 260       waitid 247 95

nanosleep 35 101  clock_nanosleep 230 115             clock_gettime 228 113                clock_getres 229 114
gettimeofday 96 169                 time 201 -        times 100 153     getitimer 36 102   setitimer 38 103
alarm 37 -        pause 34 -        timer_create 222 107                timer_settime 223 110
timer_gettime 224 108               timer_getoverrun 225 109            timer_delete 226 111

getrandom 318 278 uname 63 160      sysinfo 99 179    getrusage 98 165  getrlimit 97 163   setrlimit 160 164
getpid 39 172     gettid 186 178    getppid 110 173   getpgid 121 155   getpgrp 111 -      getsid 124 156
getuid 102 174    geteuid 107 175   getgid 104 176    getegid 108 177   getgroups 115 158  getresuid 118 148
getresgid 120 150 capget 125 90
"""
"""Calls that do nothing to anyone else, whatever their arguments: name, number on x86-64, number on aarch64."""

_OTHERS = """
mmap 9 222        open 2 -          openat 257 56     pipe2 293 59
clone 56 220      clone3 435 435    openat2 437 437   fcntl 72 25       ioctl 16 29        prctl 157 167
prlimit64 302 261 setpriority 141 140                 sched_setaffinity 203 122            kill 62 129
tgkill 234 131    unshare 272 97    setns 308 268     mount 165 40      capset 126 91      seccomp 317 277
landlock_create_ruleset 444 444     landlock_add_rule 445 445           landlock_restrict_self 446 446
umount2 166 39
"""
"""Calls that seccomp.py lets through under a condition or refuses in its own way, and those that set the locks."""

MACHINES = {"x86_64": 0, "aarch64": 1}
"""The processors whose numbers are here, with the column that holds them."""


def _table(text: str, column: int) -> dict[str, int]:
    words = text.split()
    rows = zip(words[0::3], words[1::3], words[2::3], strict=True)
    return {name: int(numbers[column]) for name, *numbers in rows if numbers[column] != "-"}


@cache
def machine() -> str | None:
    """Return the processor's name where its calls are known here (64 bits, Linux), else None."""
    name = platform.machine()
    return name if sys.platform == "linux" and name in MACHINES and sys.maxsize > 2**32 else None


@cache
def harmless(processor: str) -> dict[str, int]:
    """Return the calls of a processor that nobody needs to guard: name to number."""
    return _table(_ANY, MACHINES[processor])


@cache
def others(processor: str) -> dict[str, int]:
    """Return the calls of a processor that depend on their arguments, or set locks: name to number."""
    return _table(_OTHERS, MACHINES[processor])


@cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def call(name: str, *arguments: int | bytes | ctypes.Array[ctypes.c_char] | ctypes.c_void_p | None) -> int:
    """Make the kernel's call ``name``; integers are passed in full width, failure is an OSError."""
    processor = machine()
    if processor is None:
        raise OSError(38, f"{name} is not known on this machine")
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    result: int = _libc().syscall(ctypes.c_long(others(processor)[name]), *words)
    if result == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return result
