"""What a bench can see and reach: namespaces, and the scratch folder that comes with them."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from locked import AS_NOBODY, ROOT, WITHOUT_NAMESPACES, locked, says

_PROBE = locked("result = 1")
pytestmark = pytest.mark.skipif("namespaces" not in _PROBE.in_force, reason="the kernel lets us into no namespaces")

USERS = {"as it is": "", "as nobody": AS_NOBODY}


@pytest.fixture(params=list(USERS))
def prelude(request: pytest.FixtureRequest) -> str:
    return USERS[request.param]


def test_a_bench_is_alone(prelude: str) -> None:
    room = locked("import os; result = os.getpid(), os.getppid()", "import os; os.stat('/proc/self')", prelude=prelude)
    assert "namespaces" in room.in_force
    assert room.said[0] == "(1, 0)"
    assert room.said[1].startswith("FileNotFoundError")


def test_its_working_directory_is_a_scratch_folder_that_is_empty_for_each_bench(prelude: str) -> None:
    code = "import os; before = os.listdir(); open('file', 'w').write('x'); result = os.getcwd(), before, os.listdir()"
    room = locked(
        code,
        code,
        "import tempfile; tempfile.TemporaryFile().write(b'x'); result = tempfile.gettempdir()",
        prelude=prelude,
    )
    assert room.said == [repr((room.scratch, [], ["file"]))] * 2 + [repr(room.scratch)]


def test_files_in_the_scratch_folder_can_be_moved_linked_and_removed() -> None:
    said = says(
        """
        import os
        os.mkdir('a'); open('a/x', 'w').write('1'); os.rename('a/x', 'y'); os.link('y', 'z'); os.symlink('y', 's')
        os.truncate(os.open('z', os.O_RDWR), 0); os.unlink('y'); os.rmdir('a'); result = sorted(os.listdir())
        """
    )
    assert said == "['s', 'z']"


def test_the_scratch_folder_takes_no_more_than_its_limits_unlinked_files_included(prelude: str) -> None:
    room = locked(
        """
        import os
        for number in range(100):
            file = os.open('x', os.O_CREAT | os.O_RDWR); os.unlink('x'); os.write(file, bytes(1 << 20))
        """,
        "[open(f'{number}', 'w') .close() for number in range(100)]",
        "import os; file = os.open('x', os.O_CREAT | os.O_RDWR); os.posix_fallocate(file, 0, 1 << 30)",
        limits={"disk": 4 << 20, "files": 16},
        prelude=prelude,
    )
    assert room.said[0].startswith("OSError: [Errno 28]")
    assert room.said[1].startswith("OSError: [Errno 28]")
    assert room.said[2].startswith("OSError: [Errno 27]")


def test_no_program_code_is_loaded_from_the_scratch_folder() -> None:
    said = says(
        "import mmap, os; f = os.open('x', os.O_CREAT | 2); os.write(f, b'x'); mmap.mmap(f, 1, 2, mmap.PROT_EXEC)"
    )
    assert said.startswith("PermissionError")


def test_the_folder_around_the_scratch_folder_takes_nothing() -> None:
    said = says("open('../file', 'w')")
    assert said.startswith(("OSError: [Errno 30]", "PermissionError"))


def test_nothing_is_left_on_the_machine() -> None:
    room = locked("open('left', 'w').write('x')")
    assert room.scratch is not None
    assert not Path(room.scratch).exists()


def test_no_mount_hides_what_a_bench_needs(tmp_path: Path) -> None:
    from grader.bench import namespaces

    places = [Path(place) for place in namespaces._MOUNT_POINTS if Path(place).is_dir()]
    room = locked("result = 1", prelude=f"sys.path.append({str(places[0] / 'packages')!r})")
    assert room.scratch is None or not Path(room.scratch).is_relative_to(places[0])


_TELLS_ITS_BENCH = """
import os, sys, time
sys.path.insert(0, {root!r})
{prelude}
from grader.bench.locks import Limits, Locks
locks = Locks("auto")
if locks.fork() == 0:
    locks.close(Limits(), keep=[1])
    os.write(1, b"here")
    time.sleep(60)
os.wait()
"""


@pytest.mark.parametrize("prelude", ["", WITHOUT_NAMESPACES], ids=["in namespaces", "without them"])
def test_a_bench_dies_with_its_server(prelude: str) -> None:
    code = textwrap.dedent(_TELLS_ITS_BENCH).format(root=str(ROOT), prelude=prelude)
    server = subprocess.Popen([sys.executable, "-I", "-B", "-c", code], stdout=subprocess.PIPE)
    assert server.stdout is not None
    with server, server.stdout as pipe:
        assert os.read(pipe.fileno(), 10) == b"here"
        server.kill()
        assert pipe.read() == b""  # the end comes when the last process that holds the pipe is gone


def test_the_server_ends_as_the_process_in_the_namespace_ends() -> None:
    program = (
        f"import os, sys; sys.path.insert(0, {str(ROOT)!r}); from grader.bench.locks import Locks; Locks('auto'); "
    )
    for end, want in (("sys.exit(7)", 7), ("os._exit(3)", 3), ("os.abort()", None)):
        done = subprocess.run([sys.executable, "-I", "-B", "-c", program + end], check=False)
        assert done.returncode == want if want is not None else done.returncode < 0
