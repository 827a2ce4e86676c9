"""Puts links to the secret into its scratch folder, by name and by inode, and reads through them."""
import os
from aims import COURSE, FILE, attempt, look, read, scale

look(os.symlink, FILE, "soft")
attempt(read, "soft")
look(os.symlink, COURSE, "folder")
attempt(os.listdir, "folder")
attempt(read, "folder/solutions/exercise1/squares.py")
attempt(os.link, FILE, "hard")
attempt(os.rename, FILE, "moved")
attempt(os.replace, os.path.dirname(FILE), "moved")
attempt(read, "hard")
attempt(read, "../../../../../../../../../.." + FILE)
attempt(read, "/proc/self/cwd/../../.." + FILE)
place = os.open("/", os.O_PATH)
attempt(os.open, FILE.lstrip("/"), os.O_RDONLY, dir_fd=place)
os.fchdir(place) if place else None
attempt(read, FILE.lstrip("/"))
inner = os.open(FILE, os.O_PATH)
attempt(read, f"/proc/self/fd/{inner}")
attempt(os.read, inner, 100)
