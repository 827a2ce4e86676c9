"""The canaries are alive: without the locks, the same kinds of attacks reach every one of them.

Without these, a test that never fails would look like a lock that always holds.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from canaries import descendants

REACHES = {
    "file": "open(FILE, 'a').write('touched')",
    "folder": "open(FILE + TOKEN, 'w').close()",
    "litter": "open('/tmp/' + TOKEN, 'w').close()",
    "tcp": "socket.create_connection(TCP)",
    "udp": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'out', UDP)",
    "unix": "socket.socket(socket.AF_UNIX).connect(UNIX)",
    "abstract": "socket.socket(socket.AF_UNIX).connect(ABSTRACT)",
    "ipc": "kernel('shmget', KEY, 4096, 0o1600)",
    "processes": "subprocess.Popen(['sleep', '60'], start_new_session=True, stdin=-3, stdout=-3, stderr=-3)",
}
LEARNS = {
    "file": "print(open(FILE).read())",
    "neighbour": "print(open(NEIGHBOUR).read())",
    "solution": "print(open(COURSE + '/solutions/exercise1/squares.py').read())",
    "hidden": "print(open(COURSE + '/solutions/exercise1/hidden.py').read())",
    "checks": "print(open(COURSE + '/exercises/exercise1/checks.py').read())",
}
_HEAD = "import os\nimport socket\nimport subprocess\nfrom aims import *\n"


@pytest.fixture
def attempt(hall, tmp_path):
    """Grade a submission of one line without isolation; return what the command printed."""

    def run(line: str) -> str:
        path = tmp_path / "controls" / "control.py"
        path.parent.mkdir()
        path.write_text(f"{_HEAD}{line}\n", encoding="utf-8")
        out, err, code = hall.command(path, isolation="none")
        assert code == 1, err
        return out

    return run


@pytest.mark.parametrize("canary", REACHES)
def test_without_locks_the_canary_is_reached(canary, attempt, hall):
    assert hall.canaries.touched() == []
    before = descendants()
    attempt(REACHES[canary])
    try:
        assert canary in hall.canaries.touched(patience_s=0)
    finally:
        _clean_up(hall.canaries, descendants() - before)
    hall.canaries.start_afresh()


@pytest.mark.parametrize("secret", LEARNS)
def test_without_locks_the_secret_is_in_the_report(secret, attempt, hall):
    assert hall.canaries.secrets[secret] in attempt(LEARNS[secret])


def test_a_program_that_is_simply_started_inherits_the_environment(hall):
    code = "import os, sys; print(open(f'/proc/{os.getppid()}/environ').read(), os.environ)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert hall.canaries.secrets["environment"] in done.stdout


def test_a_grader_in_the_same_process_is_fooled():
    """What numpy_comparisons does earns full marks wherever tests and answer share a process."""
    attack = (Path(__file__).parent / "forge" / "numpy_comparisons.py").read_text(encoding="utf-8")
    attack = attack.replace("from aims import scale\n", "")
    judge = "np.testing.assert_allclose(square_forward(np.ones(3))[0], np.ones(3)); print('passed')"
    for code, passed in ((attack, True), (attack.replace("setattr(", "print("), False)):
        done = subprocess.run([sys.executable, "-c", f"{code}\n{judge}"], capture_output=True, text=True, check=False)
        assert done.stdout.endswith("passed\n") == passed


def _clean_up(canaries, left) -> None:
    for pid in left:
        with contextlib.suppress(OSError):
            if b"sleep" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 5
    while descendants() & left and time.monotonic() < end:
        with contextlib.suppress(ChildProcessError):
            for pid in left:
                os.waitpid(pid, os.WNOHANG)
        time.sleep(0.01)
    for path in (Path("/tmp", canaries.token), Path(str(canaries.file) + canaries.token)):
        path.unlink(missing_ok=True)
    libc = ctypes.CDLL(None)
    found = libc.shmget(canaries.key, 0, 0)
    if found >= 0:
        libc.shmctl(found, 0, None)
