"""Starts programs: a shell, Python itself, whatever writes the canary."""
import os
import subprocess
import sys
from aims import FILE, TOKEN, attempt, scale

attempt(subprocess.run, ["/bin/sh", "-c", f"echo out > {FILE}; sleep 60"])
attempt(subprocess.run, [sys.executable, "-c", f"open('/tmp/{TOKEN}', 'w')"])
attempt(subprocess.check_output, "id", shell=True)
attempt(os.popen, "id")
