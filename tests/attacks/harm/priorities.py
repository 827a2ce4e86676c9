"""Takes the processors from others: real-time scheduling, higher priority, other processors' affinities."""
import os
from aims import EXAMINER, attempt, kernel, scale

attempt(os.nice, -5)
attempt(os.setpriority, os.PRIO_PROCESS, 0, -10)
attempt(os.setpriority, os.PRIO_USER, 0, 5)
attempt(os.setpriority, os.PRIO_PROCESS, EXAMINER, 19)
for policy in (os.SCHED_FIFO, os.SCHED_RR):
    attempt(os.sched_setscheduler, 0, policy, os.sched_param(1))
attempt(os.sched_setaffinity, EXAMINER, {0})
attempt(kernel, "ioprio_set", 1, 0, 1 << 13)
attempt(kernel, "mlockall", 3)
attempt(kernel, "migrate_pages", EXAMINER, 64, bytes(8), bytes(8))
