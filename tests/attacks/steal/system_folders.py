"""Reads and changes what the kernel shows of itself: /sys, /proc/sys, cgroups, tracing, what a crash starts."""
import os
from aims import attempt, read, scale

for path in ("/sys/kernel/debug", "/sys/fs/cgroup", "/sys/class/net", "/sys/kernel/tracing", "/sys/devices", "/sys/firmware"):
    attempt(os.listdir, path)
for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/sys/kernel/modprobe", "/sys/power/state",
             "/sys/fs/cgroup/cgroup.procs", "/proc/self/oom_score_adj", "/proc/self/uid_map", "/proc/self/comm"):
    attempt(os.open, path, os.O_WRONLY)
for path in ("/proc/kcore", "/proc/kallsyms", "/proc/keys", "/proc/net/tcp", "/proc/mounts", "/proc/cmdline", "/proc/meminfo"):
    attempt(read, path)
