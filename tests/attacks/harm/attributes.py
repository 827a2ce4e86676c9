"""Changes what is not in files, but about them: modes, owners, times, attributes, of files that it may read too."""
import os
from aims import FILE, NEIGHBOUR, attempt, kernel, scale

for path in (FILE, NEIGHBOUR, os.path.dirname(FILE), os.__file__, "."):
    attempt(os.chmod, path, 0o777)
    attempt(os.chown, path, os.getuid(), os.getgid())
    attempt(os.utime, path)
    attempt(os.setxattr, path, "user.x", b"x")
    attempt(kernel, "fchmodat", -100, path.encode(), 0o777, 0)
    attempt(kernel, "utimensat", -100, path.encode(), None, 0)
descriptor = os.open(os.__file__, os.O_RDONLY)
attempt(os.fchmod, descriptor, 0o777)
attempt(os.utime, descriptor)
attempt(os.fchown, descriptor, -1, -1)
