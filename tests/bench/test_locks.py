"""All locks together: what remains possible in a bench, what is in force where, and when strict refuses."""

from __future__ import annotations

import os
import sys

import pytest
from locked import AS_NOBODY, WITHOUT_NAMESPACES, locked, says

from grader.bench import landlock, locks, seccomp
from grader.bench.locks import Locks
from grader.errors import MachineError

pytestmark = pytest.mark.skipif(bool(locks.missing()), reason="; ".join(locks.missing().values()))

ALL = ("landlock", "seccomp", "namespaces", "limits")


def test_root_and_a_user_without_privileges_have_the_same_locks() -> None:
    as_it_is = locked("result = 1").in_force
    if "namespaces" not in as_it_is:
        pytest.skip("the kernel lets us into no namespaces")
    assert as_it_is == locked("result = 1", prelude=AS_NOBODY).in_force == ALL


@pytest.mark.parametrize("prelude", [WITHOUT_NAMESPACES, AS_NOBODY + WITHOUT_NAMESPACES], ids=["as it is", "as nobody"])
def test_strict_holds_where_there_are_no_namespaces(prelude: str) -> None:
    room = locked("import os; os.fork()", "open('/etc/passwd')", isolation="strict", prelude=prelude)
    assert room.in_force == ("landlock", "seccomp", "limits")
    assert all(said.startswith("PermissionError") for said in room.said)


@pytest.mark.parametrize("module", [landlock, seccomp], ids=["landlock", "seccomp"])
def test_strict_refuses_and_says_what_is_missing_and_how_to_get_it(
    module: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "missing", lambda: "the kernel lacks it; boot another")
    with pytest.raises(MachineError, match="the kernel lacks it; boot another"):
        Locks("strict")


def test_with_none_only_the_limits_hold() -> None:
    room = locked(
        "import os; result = len(os.listdir('/')) > 0",
        "bytearray(1 << 30)",
        isolation="none",
        limits={"memory": 1 << 28},
    )
    assert room.in_force == ("limits",)
    assert room.said == ["True", "MemoryError: "]


def test_nothing_but_the_kept_descriptor_is_open() -> None:
    said = says(
        """
        import os
        found = []
        for number in range(4096):
            try:
                os.fstat(number)
            except OSError:
                continue
            found.append(number)
        os.write(1, b'nowhere'); os.write(2, b'nowhere')
        result = [n for n in found if n != writing], os.read(0, 1)
        """
    )
    assert said == "([0, 1, 2], b'')"


def test_the_environment_holds_only_what_is_the_same_everywhere() -> None:
    room = locked("import os; result = sorted(os.environ)", env={"SECRET": "x", "OMP_NUM_THREADS": "1"})
    assert room.said == ["['HOME', 'LANG', 'OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'TMPDIR']"]


def test_a_bench_has_its_own_session_and_no_privileges() -> None:
    room = locked(
        "import os; result = os.getsid(0) == os.getpid()",
        """
        import ctypes, struct
        header, data = ctypes.create_string_buffer(struct.pack('=Ii', 0x20080522, 0)), ctypes.create_string_buffer(24)
        result = ctypes.CDLL(None).capget(header, data), any(data.raw), ctypes.CDLL(None).prctl(39, 0, 0, 0, 0)
        """,
    )
    assert room.said == ["True", "(0, False, 1)"]


SKIPPED = {"antigravity", "this", "idlelib", "turtledemo", "turtle", "tkinter", "lib2to3", "__phello__", "test"}


def test_every_module_of_the_standard_library_can_still_be_imported() -> None:
    names = sorted(set(sys.stdlib_module_names) - SKIPPED)
    names = [name for name in names if not name.startswith("_")]
    before = [name for name in names if _imports(name)]
    said = says(
        f"""
        import importlib, sys, warnings
        warnings.simplefilter('ignore')
        failed = []
        for name in {before!r}:
            try:
                importlib.import_module(name)
            except BaseException as err:
                failed.append((name, repr(err)))
        result = failed
        """,
        limits={"memory": 1 << 30},
    )
    assert said == "[]"


def _imports(name: str) -> bool:
    from importlib.util import find_spec

    try:
        return find_spec(name) is not None and name not in ("_tkinter", "msilib", "winreg", "winsound", "msvcrt", "nis")
    except (ImportError, ValueError):
        return False


def test_a_package_is_whole_its_parts_that_were_not_loaded_included() -> None:
    room = locked(
        "import numpy.polynomial, numpy.ma, numpy.testing, numpy.fft as f; result = f.fft([1.0, 0.0]).tolist()",
        "import numpy as np; result = round(float(np.linalg.svd(np.eye(50))[1].sum()))",
        "import numpy as np; np.save('x.npy', np.random.default_rng().normal(size=3)); result = np.load('x.npy').shape",
        packages=("numpy",),
    )
    assert room.said[:2] == ["[(1+0j), (1+0j)]", "50"]
    assert room.said[2] == "(3,)" or room.scratch is None


def test_an_unlocked_bench_never_runs_when_a_lock_cannot_be_set() -> None:
    broken = "from grader.bench import privileges\ndef fail(): raise OSError('no')\nprivileges.drop = fail"
    ended = locked("result = 'it ran'", prelude=broken).ended[0]
    assert (ended.said, ended.code) == ("OSError('no')", 70)


def test_an_unknown_isolation_is_an_error() -> None:
    with pytest.raises(ValueError, match="loose"):
        Locks("loose")
    assert os.getpid()
