"""A git repository as a submission: what its HEAD holds, and nothing that it would have us do."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from specimens import ANSWER, LOSSES, STUB, notebook

from grader.errors import MachineError
from grader.submission import read_place
from grader.submission import repository as repository_module
from grader.submission.folder import Folder
from grader.submission.repository import Repository

IDENTITY = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_DATE": "2026-11-20T12:00:00Z",
    "GIT_COMMITTER_DATE": "2026-11-20T12:00:00Z",
}


def git(*arguments: str | Path) -> str:
    done = subprocess.run(
        ["git", *map(str, arguments)], env=os.environ | IDENTITY, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def work(tmp_path) -> Path:
    """A working tree with an answer in its first commit."""
    work = tmp_path / "work"
    (work / "exercises" / "exercise3").mkdir(parents=True)
    git("init", "-q", "-b", "main", work)
    (work / "exercises" / "exercise3" / "losses.py").write_bytes(ANSWER)
    commit(work)
    return work


def commit(work: Path) -> None:
    git("-C", work, "add", "-A")
    git("-C", work, "commit", "-q", "-m", "my answer")


@pytest.fixture
def bare(tmp_path, work):
    """Return a bare clone of the working tree as it now is."""

    def clone(*options: str) -> Path:
        path = tmp_path / "homework.git"
        git("clone", "-q", "--bare", "--no-local", *options, work, path)
        return path

    return clone


def test_the_head_of_a_bare_repository_is_judged(bare, work, hand_in):
    submission = hand_in(bare())
    assert submission.problem is None
    assert submission.files == {"losses.py": ANSWER}
    head = git("-C", work, "rev-parse", "HEAD")
    assert submission.source == (
        f"losses.py in exercises/exercise3 of the git repository homework.git (commit {head[:7]})"
    )


def test_a_working_tree_is_a_folder_as_it_stands(work, hand_in):
    (work / "exercises" / "exercise3" / "losses.py").write_bytes(b"changed = 1\n")
    assert hand_in(work).files == {"losses.py": b"changed = 1\n"}


def test_a_dot_git_alone_and_a_dot_git_that_is_named_are_read(work, tmp_path, hand_in):
    git("clone", "-q", "--no-checkout", work, tmp_path / "empty")
    assert hand_in(tmp_path / "empty").files == {"losses.py": ANSWER}
    assert hand_in(work / ".git").files == {"losses.py": ANSWER}


def test_packed_objects_and_packed_refs_are_read(bare, work, hand_in):
    for number in range(20):
        (work / "exercises" / "exercise3" / "losses.py").write_bytes(ANSWER * 10 + b"x = %d\n" % number)
        commit(work)
    path = bare()
    git("-C", path, "gc", "-q")
    assert (path / "packed-refs").exists()
    assert hand_in(path).files == {"losses.py": ANSWER * 10 + b"x = 19\n"}


def test_a_detached_head_is_a_commit_too(bare, work, hand_in):
    head = git("-C", work, "rev-parse", "HEAD")
    path = bare()
    (path / "HEAD").write_text(head + "\n")
    assert hand_in(path).files == {"losses.py": ANSWER}


def test_a_branch_may_have_any_name(work, bare, hand_in):
    git("-C", work, "checkout", "-q", "-b", "lösung/übung-3")
    assert hand_in(bare()).files == {"losses.py": ANSWER}


def test_a_repository_of_sha256_is_read(tmp_path, hand_in):
    work = tmp_path / "work"
    git("init", "-q", "-b", "main", "--object-format=sha256", work)
    (work / "losses.py").write_bytes(ANSWER)
    commit(work)
    assert hand_in(work / ".git").files == {"losses.py": ANSWER}


def test_a_notebook_of_the_repository_counts_where_the_module_is_the_stub(work, bare, hand_in):
    folder = work / "exercises" / "exercise3"
    (folder / "losses.py").write_bytes(STUB)
    (folder / "exercise3.ipynb").write_bytes(notebook(ANSWER.decode()))
    commit(work)
    assert hand_in(bare()).cells == (ANSWER.decode(),)


def test_links_submodules_and_large_files_are_told(work, bare, hand_in):
    place = work / "exercises" / "exercise3" / "losses.py"
    place.unlink()
    place.symlink_to("/etc/passwd")
    commit(work)
    path = bare()
    assert "is a link, and links are not followed" in hand_in(path).problem
    place.unlink()
    place.write_bytes(b"#" * (LOSSES.limits.source + 1))
    commit(work)
    git("-C", path, "fetch", "-q", work, "+main:main")
    assert hand_in(path).problem.endswith("is larger than 4KiB: hand in the code alone.")
    place.unlink()
    git("init", "-q", "-b", "main", place)
    (place / "x").write_text("x")
    commit(place)
    commit(work)
    git("-C", path, "fetch", "-q", work, "+main:main")
    assert "is not an ordinary file" in hand_in(path).problem


def test_a_linked_folder_in_a_commit_is_not_followed(work, bare, hand_in):
    (work / "exercises").rename(work / "elsewhere")
    (work / "exercises").symlink_to("elsewhere")
    commit(work)
    assert "exercises in the git repository homework.git" in hand_in(bare()).problem


def test_a_commit_without_the_file_is_told(work, bare, hand_in):
    (work / "exercises" / "exercise3" / "losses.py").rename(work / "Losses.py")
    commit(work)
    problem = hand_in(bare()).problem
    assert problem.startswith("There is no losses.py in the git repository homework.git (commit ")
    assert problem.endswith("; rename Losses.py to losses.py.")


def test_nothing_of_the_repository_is_ever_run(work, bare, tmp_path, hand_in):
    (work / ".gitattributes").write_text("*.py filter=evil diff=evil\n")
    commit(work)
    path = bare()
    ran = tmp_path / "ran"
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\necho ran >> {ran}\ncat\n")
    script.chmod(0o755)
    (path / "config").write_text(
        f"""
[core]
    repositoryformatversion = 1
    bare = true
    fsmonitor = {script}
    hooksPath = {tmp_path}
    pager = {script}
    sshCommand = {script}
    gitProxy = {script}
    alternateRefsCommand = {script}
[extensions]
    partialClone = origin
[remote "origin"]
    url = ext::{script}
    promisor = true
    uploadpack = {script}
[filter "evil"]
    clean = {script}
    smudge = {script}
    process = {script}
    required = true
[diff "evil"]
    textconv = {script}
[pager]
    cat-file = {script}
    ls-tree = {script}
[alias]
    cat-file = !{script}
[protocol]
    allow = always
[include]
    path = {tmp_path}/more
"""
    )
    for hook in ("post-checkout", "reference-transaction", "fsmonitor-watchman"):
        (path / "hooks" / hook).write_text(script.read_text())
        (path / "hooks" / hook).chmod(0o755)
    assert hand_in(path).files == {"losses.py": ANSWER}
    loose = git("-C", work, "rev-parse", "HEAD:exercises/exercise3/losses.py")
    git("-C", work, "config", "remote.origin.promisor", "true")
    git("-C", work, "config", "remote.origin.url", f"ext::{script}")
    (work / ".git" / "objects" / loose[:2] / loose[2:]).unlink()
    assert hand_in(work / ".git").problem.endswith(
        "is damaged or incomplete: make a full clone of it, or hand in a folder."
    )
    assert not ran.exists()


def test_our_own_settings_and_environment_do_not_matter(bare, hand_in, tmp_path, monkeypatch):
    path = bare()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    assert hand_in(path).files == {"losses.py": ANSWER}
    assert not (tmp_path / "trace").exists()


def test_replacements_are_not_honoured(bare, hand_in):
    path = bare()
    blob = git("-C", path, "rev-parse", "HEAD:exercises/exercise3/losses.py")
    other = git("-C", path, "hash-object", "-w", __file__)
    git("-C", path, "replace", blob, other)
    assert hand_in(path).files == {"losses.py": ANSWER}


def test_objects_of_another_repository_are_not_borrowed(work, tmp_path, hand_in):
    path = tmp_path / "homework.git"
    git("clone", "-q", "--bare", "--shared", work, path)
    assert hand_in(path).problem == "homework.git borrows from another repository: make a full clone of it."
    (path / "objects" / "info" / "alternates").unlink()
    (path / "objects" / "pack").rmdir()
    (path / "objects" / "pack").symlink_to(work / ".git" / "objects" / "pack")
    assert hand_in(path).problem.endswith("is damaged or incomplete: make a full clone of it, or hand in a folder.")
    (path / "objects" / "pack").unlink()
    for folder in (work / ".git" / "objects").iterdir():
        if len(folder.name) == 2:
            (path / "objects" / folder.name).symlink_to(folder)
    assert "is a link, and links are not followed" in hand_in(path).problem


def test_a_pipe_among_the_objects_is_not_waited_for(bare, hand_in):
    path = bare()
    (path / "objects" / "00").mkdir(exist_ok=True)
    os.mkfifo(path / "objects" / "00" / ("0" * 38))
    assert "is not an ordinary file" in hand_in(path).problem


@pytest.mark.parametrize(
    "head",
    [
        "",
        "ref: refs/heads/none",
        "ref: ../../etc/passwd",
        "ref: refs/../../x",
        "refs/heads/main",
        "ref: refs/heads/.invalid",
        "ref: HEAD",
        "ref: refs/heads/loop",
        "\0" * 10,
        "ref: refs/heads/" + "a/" * 1000,
        "g" * 40,
    ],
)
def test_a_head_without_a_commit_is_told(bare, hand_in, head):
    path = bare()
    (path / "HEAD").write_text(head)
    (path / "refs" / "heads").mkdir(parents=True, exist_ok=True)
    (path / "refs" / "heads" / "loop").write_text("ref: refs/heads/loop\n")
    assert hand_in(path).problem == (
        "homework.git is a git repository without a commit in HEAD: commit your files and push them."
    )


@pytest.mark.parametrize("identity", ["0" * 40, "f" * 64])
def test_a_head_that_names_no_object_is_damaged(bare, hand_in, identity):
    path = bare()
    (path / "HEAD").write_text(identity)
    assert hand_in(path).problem.endswith("is damaged or incomplete: make a full clone of it, or hand in a folder.")


def test_a_head_that_is_too_long_or_a_link_is_told(bare, hand_in, tmp_path):
    path = bare()
    (path / "HEAD").write_bytes(b"x" * 10_000)
    assert hand_in(path).problem is not None
    (path / "HEAD").unlink()
    (path / "HEAD").symlink_to("/etc/passwd")
    assert hand_in(path).problem.startswith("There is no losses.py in homework.git")


def test_damaged_objects_are_told(bare, hand_in):
    path = bare()
    for pack in (path / "objects" / "pack").glob("*.pack"):
        pack.chmod(0o644)
        pack.write_bytes(pack.read_bytes()[:30] + b"\xff" * 200)
    for loose in (path / "objects").glob("??/*"):
        loose.chmod(0o644)
        loose.write_bytes(b"\xff" * 50)
    assert hand_in(path).problem.endswith("is damaged or incomplete: make a full clone of it, or hand in a folder.")


def test_a_repository_beyond_the_limits_is_told(bare, hand_in, monkeypatch):
    path = bare()
    monkeypatch.setattr(repository_module, "_LARGEST", 100)
    assert "is larger than" in hand_in(path).problem
    monkeypatch.setattr(repository_module, "_MOST_OBJECTS", 0)
    assert "has too many loose objects" in hand_in(path).problem


def test_without_git_one_is_told_what_to_do(bare, hand_in, monkeypatch):
    path = bare()
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(MachineError, match="install git, or hand over a folder"):
        hand_in(path)


def test_no_copy_is_left_behind(bare, hand_in, tmp_path, monkeypatch):
    path = bare()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    hand_in(path)
    (path / "HEAD").write_text("0" * 40)
    hand_in(path)
    assert list(temporary.iterdir()) == []


@pytest.fixture
def dated(work, monkeypatch):
    """Commit another answer, made at this moment; return its text."""

    def commit_at(text: bytes, moment: str) -> bytes:
        monkeypatch.setitem(IDENTITY, "GIT_COMMITTER_DATE", moment)
        (work / "exercises" / "exercise3" / "losses.py").write_bytes(text)
        commit(work)
        return text

    return commit_at


def read_commit(work: Path, *commit: object):
    """Read a commit as a class is read."""
    committed = []

    @contextmanager
    def opened():
        with Repository(Folder(work / ".git", "jane"), *commit) as repository:
            committed.append(repository.committed)
            yield repository

    submission = read_place(opened, "jane", LOSSES, work)
    return submission.problem or submission.files["losses.py"], *committed


def test_a_branch_or_a_tag_can_be_named_packed_or_not(work, dated):
    git("-C", work, "checkout", "-q", "-b", "hand-in")
    branch = dated(b"branch = 1\n", "2026-12-01T12:00:00+01:00")
    git("-C", work, "tag", "-a", "-m", "a tag of its own", "final")
    later = dated(b"later = 1\n", "2026-12-02T12:00:00+01:00")
    for _ in range(2):
        assert read_commit(work, "final") == (branch, datetime(2026, 12, 1, 11, tzinfo=UTC))
        assert read_commit(work, "hand-in") == (later, datetime(2026, 12, 2, 11, tzinfo=UTC))
        git("-C", work, "pack-refs", "--all")
    for name in ("no-such", "../HEAD", "", "a\nb"):
        assert "has no branch or tag called" in read_commit(work, name)[0]


def test_the_last_commit_up_to_a_moment_counts_to_the_second_also_in_a_shallow_clone(work, dated, tmp_path):
    moment = datetime(2030, 12, 1, 11, tzinfo=UTC)
    dated(b"before = 1\n", "2030-12-01T10:00:00+00:00")
    on_time = dated(b"on_time = 1\n", "2030-12-01T12:00:00+01:00")
    dated(b"late = 1\n", "2030-12-01T11:00:01+00:00")
    assert read_commit(work, "HEAD", moment) == (on_time, moment)
    git("clone", "-q", "--depth", "2", f"file://{work}", tmp_path / "shallow")
    assert read_commit(tmp_path / "shallow", "main", moment)[0] == on_time
    assert "has no commit up to 2001-01-01 00:00" in read_commit(work, "HEAD", datetime(2001, 1, 1, tzinfo=UTC))[0]
