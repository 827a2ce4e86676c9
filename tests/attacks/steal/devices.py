"""Opens devices: memory, disks, terminals, the kernel's log, virtual machines."""
import os
from aims import attempt, scale

for name in ("mem", "kmem", "port", "kmsg", "sda", "sda1", "vda", "vda1", "nvme0n1", "loop0", "loop-control", "tty", "tty0", "console",
             "ptmx", "pts/0", "fuse", "kvm", "net/tun", "mapper/control", "input/event0", "video0", "snd/timer", "dri/card0",
             "nvidia0", "nvidiactl", "vsock", "vhost-net", "userfaultfd", "shm", "zero", "full", "random"):
    attempt(os.open, f"/dev/{name}", os.O_RDONLY)
attempt(os.open, "/dev/null", os.O_RDONLY | os.O_DIRECTORY)
attempt(os.openpty)
