"""Writes, empties, deletes, renames and makes files outside its scratch folder."""
import os
from aims import COURSE, FILE, NEIGHBOUR, TOKEN, attempt, scale

for path in (FILE, NEIGHBOUR, f"{COURSE}/course.yaml", os.__file__, os.path.join(os.path.dirname(FILE), TOKEN),
             f"/tmp/{TOKEN}", f"/dev/shm/{TOKEN}", f"/var/tmp/{TOKEN}", f"/{TOKEN}", f"/root/{TOKEN}", f"/run/{TOKEN}"):
    for flags in (os.O_WRONLY, os.O_RDWR, os.O_WRONLY | os.O_APPEND, os.O_WRONLY | os.O_TRUNC, os.O_RDONLY | os.O_TRUNC,
                  os.O_CREAT | os.O_WRONLY, os.O_CREAT | os.O_RDONLY | os.O_EXCL):
        attempt(os.open, path, flags, 0o600)
    attempt(os.truncate, path, 0)
    attempt(os.unlink, path)
    attempt(os.rename, path, path + TOKEN)
    attempt(os.mkdir, path + TOKEN)
    attempt(os.symlink, "/etc/passwd", path + TOKEN)
    attempt(os.link, path, path + TOKEN)
    attempt(os.mkfifo, path + TOKEN)
    attempt(os.rmdir, os.path.dirname(path))
attempt(os.open, os.path.dirname(FILE), os.O_TMPFILE | os.O_RDWR, 0o600)
