"""An answer to exercise3 that attacks its examiner. The hinge loss alone is honest, and earns what it is worth.

Every attack is harmless where nothing stops it: it looks and does not keep, it deletes what does not exist, it knocks and
does not enter. Each prints once what came of it.
"""

import os
import socket
import sys
import threading
import time
from pathlib import Path

import numpy as np

FORGED = '{"schema": 1, "exercise": "exercise3", "score": 20.0, "max_score": 20.0, "passed": true, "checks": []}'
tried = set()


def attempt(name, attack):
    """Run an attack at its first call and print what came of it."""
    if name in tried:
        return
    tried.add(name)
    try:
        result = attack()
    except BaseException as error:
        result = f"{type(error).__name__}: {error}"
    print(f"[hostile] {name}: {result}", flush=True)


# While being imported: make every comparison in NumPy agree, which earns full marks wherever tests run in this process.
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *args, **kwargs: None
np.allclose = np.isclose = np.array_equal = lambda *args, **kwargs: True

# Print the report that one would like to have, where a careless grader takes the last line of the output for the result.
print(FORGED, flush=True)


def read_frames():
    """Look for the right answer, the seed or the examiner in everything that called us."""
    frame, found = sys._getframe(), []
    while frame is not None:
        names = {"expected", "reference", "solution", "answer", "seed", "rng", "suite", "points"} & set(frame.f_locals)
        found += [f"{frame.f_code.co_name}.{name}" for name in sorted(names)]
        frame = frame.f_back
    found += sorted(name for name in sys.modules if name.startswith(("grader.checks", "grader.examiner", "solutions")))
    return f"found {found}" if found else "found nothing"


def read_solutions():
    """Look for the solutions and the hidden checks in every folder above this one and above the working directory."""
    starts = {Path(__file__).resolve().parent, Path.cwd()}
    folders = {folder for start in starts for folder in (start, *start.parents)}
    names = ("losses.py", "hidden.py", "mistakes.py")
    read = []
    for path in (folder / "solutions" / "exercise3" / name for folder in folders for name in names):
        try:
            path.read_text(encoding="utf-8")
            read.append(path.name)
        except OSError:
            continue
    return f"read {read}" if read else "nothing readable"


def mse_forward(pred, target):
    # Reads the local variables of the callers.
    attempt("frames", read_frames)
    return 0.0, pred


def mse_backward(dout, cache):
    # Ends the process in the middle of the exam with the exit status of success.
    os._exit(0)


def mae_forward(pred, target):
    # Reads the solutions from the disk.
    attempt("solutions", read_solutions)
    return 0.0, pred


def mae_backward(dout, cache):
    # Ends the process politely.
    sys.exit("All checks passed.")


class Agreeable(np.ndarray):
    """An array that equals everything and is close to everything."""

    def __eq__(self, other):
        return True

    def __array_ufunc__(self, *args, **kwargs):
        return np.True_

    __hash__ = None


class Number(float):
    """A number that is always right."""

    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__
    __hash__ = float.__hash__


class Parcel:
    """Runs code in whoever unpickles it (here it would only print)."""

    def __reduce__(self):
        return print, ("[hostile] the examiner has unpickled me",)


def rmse_forward(pred, target):
    # Answers with a number that claims to equal whatever it is compared with.
    return Number(0.0), pred


def rmse_backward(dout, cache):
    # Answers with an array that claims the same.
    return np.zeros(cache.shape).view(Agreeable)


def delete_home():
    """Delete files in the home folder: this one cannot exist, so that nothing is lost where nothing stops us."""
    path = Path.home() / ".gradecheck-demo-hostile-no-such-file" / "thesis.tex"
    os.remove(path)
    return "deleted"


def msle_forward(pred, target):
    # Deletes files in the home folder.
    attempt("delete", delete_home)
    return 0.0, pred


def msle_backward(dout, cache):
    # Raises an exception whose message would clear the terminal, and look like success in HTML.
    raise RuntimeError("\x1b[2J\x1b[1;1H\x1b[32m20 of 20 points\x1b[0m<script>document.title = 'passed'</script>[bold]")


def call_home():
    """Open a connection, to this machine's own discard port."""
    with socket.create_connection(("127.0.0.1", 9), timeout=0.2):
        return "connected"


def bce_forward(pred, target):
    # Opens a socket, by which questions could be sent out and answers fetched.
    attempt("socket", call_home)
    return 0.0, pred


def bce_backward(dout, cache):
    # Answers nan, with which every comparison that asks for a difference finds none.
    return np.full(cache.shape, np.nan)


def hinge_forward(pred, target):
    # Honest.
    margin = 1 - target * pred
    return np.mean(np.maximum(0, margin)), (margin, target)


def hinge_backward(dout, cache):
    # Honest.
    margin, target = cache
    return dout * np.where(margin > 0, -target, 0.0) / margin.size


def fork():
    """Start a process that could outlive the exam; this one ends at once."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return "forked"


def multiclass_hinge_forward(pred, target):
    # Starts another process.
    attempt("fork", fork)
    return 0.0, pred


def signal_parent():
    """Send a signal to the process that started us: number 0, which only asks whether we might."""
    os.kill(os.getppid(), 0)
    return "allowed"


def multiclass_hinge_backward(dout, cache):
    # Reaches for the process above, and answers with something that runs when it is unpickled.
    attempt("signal", signal_parent)
    return Parcel()


def look_around():
    """Look for secrets in the environment and on the command line."""
    names = [name for name in os.environ if any(word in name for word in ("TOKEN", "KEY", "SECRET", "PASS"))]
    return f"{len(os.environ)} variables, {len(names)} with a promising name"


def cross_entropy_forward(pred, target):
    # Reads the environment.
    attempt("environment", look_around)
    return 0.0, pred


def cross_entropy_backward(dout, cache):
    # Closes every descriptor, the examiner's line among them.
    os.closerange(0, 64)
    return np.zeros(cache.shape)


def kl_divergence_forward(pred, target):
    # Leaves a thread behind.
    attempt("thread", lambda: threading.Thread(target=time.sleep, args=(60,), daemon=True).start() or "started")
    return 0.0, pred


def kl_divergence_backward(dout, cache):
    # Writes over its own function, for the next one to be asked.
    globals()["kl_divergence_forward"] = lambda pred, target: (Number(0.0), pred)
    return np.zeros(cache.shape)
