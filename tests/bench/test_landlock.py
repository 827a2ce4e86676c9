"""What a bench may read and write: Landlock's lock on files."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest
from locked import AS_NOBODY, ROOT, WITHOUT_NAMESPACES, locked, says

from grader.bench import landlock

pytestmark = pytest.mark.skipif(landlock.missing() is not None, reason=str(landlock.missing()))

REFUSED = "PermissionError: [Errno 13] Permission denied"


def test_a_file_of_the_user_can_neither_be_read_nor_written_nor_removed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the solutions")
    attempts = ("open({!r})", "open({!r}, 'a')", "os.open({!r}, os.O_RDONLY | os.O_TRUNC)", "os.unlink({!r})")
    room = locked(*(f"import os; {attempt.format(str(secret))}" for attempt in attempts))
    assert all(said.startswith("PermissionError") for said in room.said), room.said
    assert secret.read_text() == "the solutions"


FOLDERS = ["/", "/etc", "/root", "/home", "/tmp", str(ROOT), "/dev", "/var"]
FILES = ["/etc/passwd", "/etc/hosts", "/proc/self/environ", "/proc/1/cmdline", "/sys/kernel/uevent_seqnum"]


def test_folders_outside_python_cannot_be_listed() -> None:
    folders = [folder for folder in FOLDERS if Path(folder).is_dir()]
    room = locked(*(f"import os; result = os.listdir({folder!r})" for folder in folders))
    assert all(said.startswith(REFUSED) for said in room.said), room.said


def test_what_the_system_says_of_itself_cannot_be_read() -> None:
    room = locked(*(f"result = open({path!r}).read()" for path in FILES))
    assert all(said.startswith(("PermissionError", "FileNotFoundError")) for said in room.said), room.said


def test_the_folder_of_packages_cannot_be_listed_but_an_allowed_package_can_be_read() -> None:
    folder = sysconfig.get_path("purelib")
    room = locked(
        f"import os; result = os.listdir({folder!r})",
        f"result = len(open({folder!r} + '/numpy/version.py').read()) > 10",
        f"result = open({folder!r} + '/click/__init__.py').read()",
        packages=("numpy",),
    )
    assert room.said[0].startswith(REFUSED)
    assert room.said[1] == "True"
    assert room.said[2].startswith(REFUSED)


def test_a_package_that_is_not_allowed_cannot_be_imported_even_from_its_folder() -> None:
    folder = sysconfig.get_path("purelib")
    said = says(f"import sys; sys.path.insert(0, {folder!r}); import click", packages=("numpy",))
    assert said.startswith(("ModuleNotFoundError", "PermissionError"))


def test_the_graders_own_files_cannot_be_read() -> None:
    assert says(f"open({str(ROOT / 'grader' / 'wire' / '__init__.py')!r})").startswith(REFUSED)


def test_python_cannot_be_changed() -> None:
    room = locked("import os; open(os.__file__, 'a')", "import json; open(json.__file__, 'a')")
    assert all(said.startswith("PermissionError") for said in room.said), room.said


def test_devices_that_a_program_needs_are_there_and_no_others() -> None:
    room = locked(
        "result = len(open('/dev/urandom', 'rb').read(4))",
        "result = open('/dev/null', 'w').write('x')",
        "open('/dev/zero', 'rb')",
        "open('/dev/tty')",
        "open('/dev/shm/file', 'w')",
    )
    assert room.said[:2] == ["4", "1"]
    assert all(said.startswith(("PermissionError", "FileNotFoundError")) for said in room.said[2:]), room.said


def test_without_a_scratch_folder_no_file_can_be_made_anywhere(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    attempts = [f"open({str(folder)!r} + '/made', 'w')" for folder in (tmp_path, "/tmp", "/mnt", "/dev/shm", ".")]
    room = locked(*attempts, "import tempfile; tempfile.TemporaryFile()", prelude=WITHOUT_NAMESPACES)
    assert room.scratch is None
    assert all(said.startswith(("PermissionError", "FileNotFoundError")) for said in room.said), room.said


def test_a_user_without_privileges_is_locked_out_as_root_is(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    room = locked(f"open({str(secret)!r})", "open('/etc/passwd')", prelude=AS_NOBODY)
    assert all(said.startswith("PermissionError") for said in room.said), room.said


def test_a_ruleset_leaves_out_a_path_that_is_not_there(tmp_path: Path) -> None:
    import os

    made = landlock.ruleset([(tmp_path / "nowhere", landlock.READ), (tmp_path, landlock.READ)])
    assert os.fstat(made)
    os.close(made)
