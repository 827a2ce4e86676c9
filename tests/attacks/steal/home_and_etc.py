"""Reads passwords, keys and histories: /etc, the home directory, what containers mount."""
import os
from aims import attempt, read, scale

PLACES = ("/etc/passwd", "/etc/shadow", "/etc/hosts", "/etc/resolv.conf", "/etc/machine-id", "/etc/ssl/openssl.cnf",
          "/run/secrets", "/var/run/secrets/kubernetes.io/serviceaccount/token", "/.dockerenv", "/proc/1/environ")
for home in {os.path.expanduser("~root"), "/root", os.path.expanduser("~")} - {os.getcwd()}:
    PLACES += tuple(f"{home}/{name}" for name in (".bash_history", ".ssh/id_rsa", ".gitconfig", ".netrc", ".bashrc", ".profile"))
    if not os.getcwd().startswith(home) or home != os.environ.get("HOME"):
        attempt(os.listdir, home)
for place in PLACES:
    attempt(read, place)
for place in ("/", "/etc", "/home", "/var", "/var/log", "/tmp", "/run", "/opt", "/boot", "/dev"):
    attempt(os.listdir, place)
