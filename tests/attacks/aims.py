"""What an attacker knows: where to aim, how to ask the kernel directly, how to boast. Handed in beside every attack.

The test appends the places (FILE, EXAMINER, TCP ...) when it hands this in; nothing secret stands here.
"""

import contextlib
import ctypes
import os
import platform

_COLUMN = 1 if platform.machine() == "x86_64" else 2
_NUMBERS = """
open 2 -              openat 257 56         creat 85 -            readlink 89 -         openat2 437 437
fork 57 -             vfork 58 -            clone 56 220          clone3 435 435        execve 59 221
execveat 322 281      socket 41 198         socketpair 53 199     connect 42 203        sendmsg 46 211
recvmsg 47 212        sendto 44 206         ptrace 101 117        process_vm_readv 310 270
process_vm_writev 311 271                   unshare 272 97        setns 308 268         mount 165 40
umount2 166 39        pivot_root 155 41     chroot 161 51         open_tree 428 428     move_mount 429 429
fsopen 430 430        io_uring_setup 425 425                      io_setup 206 0        bpf 321 280
perf_event_open 298 241                     userfaultfd 323 282   add_key 248 217       request_key 249 218
keyctl 250 219        memfd_create 319 279  memfd_secret 447 447  name_to_handle_at 303 264
open_by_handle_at 304 265                   pidfd_open 434 434    pidfd_getfd 438 438   pidfd_send_signal 424 424
prctl 157 167         personality 135 92    seccomp 317 277       landlock_create_ruleset 444 444
landlock_restrict_self 446 446              shmget 29 194         shmat 30 196          semget 64 190
msgget 68 186         mq_open 240 180       kill 62 129           tkill 200 130         tgkill 234 131
rt_sigqueueinfo 129 138                     kcmp 312 272          process_madvise 440 440
process_mrelease 448 448                    move_pages 279 239    migrate_pages 256 238 splice 275 76
tee 276 77            vmsplice 278 75       setuid 105 146        setgid 106 144        setresuid 117 147
setgroups 116 159     setfsuid 122 151      capset 126 91         sched_setscheduler 144 119
sched_setattr 314 274 setpriority 141 140   ioprio_set 251 30     prlimit64 302 261     fchmodat 268 53
fchownat 260 54       utimensat 280 88      setxattr 188 5        mlockall 151 230      reboot 169 142
sethostname 170 161   settimeofday 164 170  swapon 167 224        init_module 175 105   finit_module 313 273
kexec_load 246 104    acct 163 89           syslog 103 116        fanotify_init 300 262 inotify_init1 294 26
setsid 112 157        sched_setaffinity 203 122                   truncate 76 45        mknodat 259 33
"""
_WORDS = _NUMBERS.split()
CALLS = {
    name: int(numbers[_COLUMN - 1])
    for name, *numbers in zip(_WORDS[0::3], _WORDS[1::3], _WORDS[2::3], strict=True)
    if numbers[_COLUMN - 1] != "-"
}
MARK = "I GOT" + " THROUGH"
"""What a report may never show: an attack prints it when something worked that must not."""
PREFIX = "S3CR" + "3T-"
"""How every secret begins."""


def boast(*words):
    """Say that something worked."""
    print(MARK, *words, flush=True)


def attempt(action, *args, **kwargs):
    """Do what must not work; boast if it does, and return what came of it."""
    try:
        result = action(*args, **kwargs)
    except BaseException:  # noqa: BLE001 - it is for attacks, after which anything may happen
        return None
    boast(getattr(action, "__name__", action), args, repr(result)[:2000])
    return result


def look(action, *args, **kwargs):
    """Do what may work, and show what there is to see, so that a secret in it would be seen in the report."""
    with contextlib.suppress(BaseException):
        print(repr(action(*args, **kwargs))[:2000], flush=True)


def read(path):
    """Return the first bytes of a file."""
    with open(path, "rb") as file:
        return file.read(4000)


def kernel(name, *args):
    """Make a call of the kernel by its name, past libc's own functions."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in args]
    result = libc.syscall(ctypes.c_long(CALLS[name]), *words)
    if result == -1:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")
    return result


def scale(x, factor):
    """An honest answer to one of the questions: it shows that the rest of a submission is judged as ever."""
    return x * factor
