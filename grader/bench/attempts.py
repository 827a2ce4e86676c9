"""What a submission might try: attempts to break each lock, made in a locked bench to prove that the lock holds.

An attempt that a lock stops raises; one that gets through returns. Who makes them, and what is said of them, is in
proof.py.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import mmap
import os
import platform
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

_REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS, errno.EROFS)

_CALLS = """
ptrace 101 117            process_vm_readv 310 270  process_vm_writev 311 271 process_madvise 440 440
process_mrelease 448 448  pidfd_open 434 434        pidfd_send_signal 424 424 pidfd_getfd 438 438
kcmp 312 272              socket 41 198             socketpair 53 199         connect 42 203
io_uring_setup 425 425    userfaultfd 323 282       memfd_create 319 279      memfd_secret 447 447
shmget 29 194             shmat 30 196              semget 64 190             msgctl 71 187
mq_open 240 180           add_key 248 217           request_key 249 218       keyctl 250 219
bpf 321 280               perf_event_open 298 241   unshare 272 97            setns 308 268
mount 165 40              umount2 166 39            pivot_root 155 41         chroot 161 51
open_tree 428 428         move_mount 429 429        fsopen 430 430            mount_setattr 442 442
swapon 167 224            reboot 169 142            kexec_load 246 104        init_module 175 105
finit_module 313 273      delete_module 176 106     settimeofday 164 170      clock_settime 227 112
adjtimex 159 171          sethostname 170 161       quotactl 179 60           name_to_handle_at 303 264
open_by_handle_at 304 265 inotify_init1 294 26      fanotify_init 300 262     fchmod 91 52
fchmodat 268 53           fchmodat2 452 452         fchown 93 55              fchownat 260 54
utimensat 280 88          setxattr 188 5            fsetxattr 190 7           removexattr 197 14
mknodat 259 33            splice 275 76             tee 276 77                vmsplice 278 75
mlock 149 228             mlockall 151 230          mbind 237 235             migrate_pages 256 238
move_pages 279 239        set_mempolicy 238 237     set_mempolicy_home_node 450 450
remap_file_pages 216 234  sched_setscheduler 144 119                          sched_setattr 314 274
ioprio_set 251 30         setresuid 117 147         setgroups 116 159         capset 126 91
personality 135 92        seccomp 317 277           landlock_create_ruleset 444 444
tkill 200 130             rt_sigqueueinfo 129 138   rt_tgsigqueueinfo 297 240 execve 59 221
execveat 322 281          clone3 435 435            openat2 437 437           setsid 112 157
io_setup 206 0            truncate 76 45            chmod 90 -                chown 92 -
utimes 235 -              mknod 133 -               iopl 172 -                modify_ldt 154 -
"""
"""Calls that are refused whatever their arguments: made with all of them -1, which does nothing where they are not."""


@dataclass(frozen=True)
class Surroundings:
    """What an attempt may aim at."""

    secret: str
    """A file that any process of this user may read and write, beside nothing that a bench may read."""
    home: str
    """The home directory."""
    place: str
    """Where a bench may make files, or would if nothing kept it from that."""
    other: int
    """The number of a process that is not the bench's own: the fork server's, where a bench can see it."""
    memory: int
    """The limits of the bench that attempts it."""
    disk: int
    files: int
    threads: int


@dataclass(frozen=True)
class Attempt:
    """One attempt on one lock."""

    lock: str
    words: str
    make: Callable[[Surroundings], object]
    stopped_by: tuple[int, ...] = _REFUSED
    """The error numbers that mean it was stopped; any other error means that it got through to the call."""
    kills: bool = False
    """Whether the lock's answer is death."""


def _call(number: int, *arguments: int) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    result: int = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    if result == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def _calls() -> list[Attempt]:
    words = _CALLS.split()
    column = 1 if platform.machine() == "x86_64" else 2
    rows = [words[start : start + 3] for start in range(0, len(words), 3)]
    return [Attempt("seccomp", f"{row[0]}()", _bare(int(row[column]))) for row in rows if row[column] != "-"]


def _bare(number: int) -> Callable[[Surroundings], int]:
    return lambda _: _call(number, *[-1] * 6)


def _fork(_: Surroundings) -> None:
    if os.fork() == 0:
        os._exit(0)


def _clone(_: Surroundings) -> None:
    if _call(56 if platform.machine() == "x86_64" else 220, signal.SIGCHLD, 0, 0, 0, 0) == 0:
        os._exit(0)


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _larger_pipe(_: Surroundings) -> None:
    fcntl.fcntl(os.pipe()[0], 1031, 1 << 20)


def _machine_code(code: bytes) -> int:
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    function = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    return int(function())


def _another_gate(_: Surroundings) -> None:
    _machine_code(bytes.fromhex("b814000000cd80c3"))  # mov eax, 20 (getpid of i386); int 0x80; ret


def _allocate(at: Surroundings) -> None:
    bytearray(at.memory + 2**20)


def _allocate_in_pieces(at: Surroundings) -> None:
    kept = [mmap.mmap(-1, 2**22, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) for _ in range(at.memory // 2**22 + 1)]
    del kept


def _page_tables(_: Surroundings) -> None:
    mmap.mmap(-1, 2**40, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_READ)


def _many_threads(at: Surroundings) -> None:
    threading.stack_size(2**16)
    try:
        for _ in range(at.threads):
            threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
    except RuntimeError as err:
        raise OSError(errno.EAGAIN, str(err)) from err


def _many_descriptors(_: Surroundings) -> None:
    for _unused in range(1000):
        os.dup(0)


def _fill(at: Surroundings) -> None:
    """Unlinked files count too, and a sparse one costs nothing until it is written."""
    written = 0
    while written <= at.disk:
        descriptor = os.open(f"{at.place}/filling", os.O_CREAT | os.O_WRONLY)
        os.unlink(f"{at.place}/filling")
        written += os.write(descriptor, bytes(2**20))


def _many_files(at: Surroundings) -> None:
    for number in range(at.files + 1):
        os.close(os.open(f"{at.place}/file{number}", os.O_CREAT | os.O_WRONLY))


def _work_on(_: Surroundings) -> None:
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while time.process_time() < 3:
        pass


def _shared_file(_: Surroundings) -> None:
    os.close(os.open("/dev/shm/gradecheck", os.O_CREAT | os.O_WRONLY))
    os.unlink("/dev/shm/gradecheck")


def _see_others(_: Surroundings) -> None:
    if os.getpid() == 1:
        raise OSError(errno.EPERM, "it is process 1, and sees no other")


def _see_the_machine(_: Surroundings) -> None:
    os.stat("/proc/self")


def _more(which: int) -> Callable[[Surroundings], None]:
    def raise_limit(_: Surroundings) -> None:
        hard = resource.getrlimit(which)[1]
        try:
            resource.setrlimit(which, (hard + 1, hard + 1))
        except ValueError as err:  # that is how Python says EPERM here
            raise OSError(errno.EPERM, str(err)) from err

    return raise_limit


def _interpreter() -> list[str]:
    return [os.path.realpath(sys.executable), "-c", ""]


_SHARED = mmap.MAP_SHARED | mmap.MAP_ANONYMOUS
_NO_MEMORY = (errno.ENOMEM,)

ATTEMPTS: tuple[Attempt, ...] = (
    Attempt("landlock", "read a file of the user", lambda at: open(at.secret, "rb").close()),
    Attempt("landlock", "write to a file of the user", lambda at: open(at.secret, "ab").close()),
    Attempt("landlock", "empty a file of the user", lambda at: os.open(at.secret, os.O_RDONLY | os.O_TRUNC)),
    Attempt("landlock", "delete a file of the user", lambda at: os.unlink(at.secret)),
    Attempt("landlock", "make a file beside it", lambda at: open(f"{at.secret}.new", "wb").close()),
    Attempt("landlock", "list the home directory", lambda at: os.listdir(at.home), (*_REFUSED, errno.ENOENT)),
    Attempt("landlock", "list /", lambda _: os.listdir("/")),
    Attempt("landlock", "read /etc/passwd", lambda _: open("/etc/passwd", "rb").close()),
    Attempt("landlock", "list site-packages", lambda at: os.listdir(os.path.dirname(os.path.dirname(os.__file__)))),
    Attempt("landlock", "read the grader", lambda _: open(__file__, "rb").close()),
    Attempt("landlock", "change Python", lambda _: open(os.__file__, "r+b").close()),
    Attempt("landlock", "make a file in /dev/shm", _shared_file, (*_REFUSED, errno.ENOENT)),
    Attempt(
        "landlock", "read /proc/1/environ", lambda _: open("/proc/1/environ", "rb").close(), (*_REFUSED, errno.ENOENT)
    ),
    Attempt("landlock", "list /sys", lambda _: os.listdir("/sys/kernel"), (*_REFUSED, errno.ENOENT)),
    *_calls(),
    Attempt("seccomp", "a TCP socket", lambda _: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
    Attempt("seccomp", "a UDP socket", lambda _: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
    Attempt("seccomp", "a Unix socket", lambda _: socket.socket(socket.AF_UNIX)),
    Attempt("seccomp", "a netlink socket", lambda _: socket.socket(16, socket.SOCK_RAW)),
    Attempt("seccomp", "fork", _fork),
    Attempt("seccomp", "clone without CLONE_THREAD", _clone),
    Attempt("seccomp", "start a program", lambda _: subprocess.run(_interpreter(), check=False)),
    Attempt("seccomp", "signal the server", lambda at: os.kill(at.other, 0)),
    Attempt("seccomp", "signal every process", lambda _: os.kill(-1, 0)),
    Attempt(
        "seccomp",
        "change the limits of another process",
        lambda at: resource.prlimit(at.other, resource.RLIMIT_CORE, (0, 0)),
    ),
    Attempt(
        "seccomp", "change the priority of another process", lambda at: os.setpriority(os.PRIO_PROCESS, at.other, 5)
    ),
    Attempt("seccomp", "change the processors of another process", lambda at: os.sched_setaffinity(at.other, {0})),
    Attempt("seccomp", "shared memory without a file", lambda _: mmap.mmap(-1, 4096, _SHARED)),
    Attempt("seccomp", "shared memory that is only read", lambda _: mmap.mmap(-1, 4096, _SHARED, mmap.PROT_READ)),
    Attempt("seccomp", "a larger pipe", _larger_pipe),
    Attempt("seccomp", "signals to another process by F_SETOWN", lambda at: fcntl.fcntl(0, 8, at.other)),
    Attempt("seccomp", "another signal by F_SETSIG", lambda _: fcntl.fcntl(0, 10, signal.SIGKILL)),
    Attempt("seccomp", "a lease by F_SETLEASE", lambda _: fcntl.fcntl(0, 1024, fcntl.F_RDLCK)),
    Attempt("seccomp", "type into a terminal by TIOCSTI", lambda _: fcntl.ioctl(0, 0x5412, b"x")),
    Attempt("seccomp", "a pipe of packets", lambda _: os.pipe2(os.O_DIRECT)),
    Attempt("seccomp", "outlive the server (PR_SET_PDEATHSIG)", lambda _: _prctl(1, 0)),
    Attempt("seccomp", "be looked into (PR_SET_DUMPABLE)", lambda _: _prctl(4, 1)),
    Attempt("namespaces", "see other processes", _see_others),
    Attempt("namespaces", "see which processes there are", _see_the_machine, (*_REFUSED, errno.ENOENT)),
    Attempt("namespaces", "write more than the scratch folder takes", _fill, (*_REFUSED, errno.ENOSPC, errno.EFBIG)),
    Attempt("namespaces", "make more files than the scratch folder takes", _many_files, (*_REFUSED, errno.ENOSPC)),
    Attempt("limits", "take more memory at once", _allocate, _NO_MEMORY),
    Attempt("limits", "take more memory in pieces", _allocate_in_pieces, _NO_MEMORY),
    Attempt("limits", "take memory for page tables", _page_tables, _NO_MEMORY),
    Attempt("limits", "start more threads", _many_threads, (errno.EAGAIN,)),
    Attempt("limits", "open more descriptors", _many_descriptors, (errno.EMFILE,)),
    Attempt("limits", "raise the limit on memory", _more(resource.RLIMIT_DATA)),
    Attempt("limits", "raise the limit on processor time", _more(resource.RLIMIT_CPU)),
    Attempt("limits", "use more processor time", _work_on, kills=True),
)

if platform.machine() == "x86_64":
    ATTEMPTS += (
        Attempt("seccomp", "a call through int 0x80", _another_gate, kills=True),
        Attempt("seccomp", "a call by x32's number", lambda _: _call(0x40000000 + 39)),
    )
