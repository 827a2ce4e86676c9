"""A git repository: the files of its HEAD or of another commit, by git's plumbing, but without the repository's say.

Git never runs in the repository. Its objects, and nothing else, are copied into an empty one of our own: configuration,
hooks, filters, alternates, replacements and promises of objects elsewhere stay behind: there is nothing to honour.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from grader.errors import MachineError
from grader.submission.folder import Folder
from grader.submission.place import MOST_NAMES, Kind, TooLargeError, UnusableError, shown

_LARGEST = 256 << 20
_MOST_OBJECTS = 50_000
_LARGEST_LISTING = 1 << 20
_LARGEST_REFS = 8 << 20
_LONGEST = 20.0
_MEMORY = 1 << 30
_LAST_SECOND = 253_402_300_799
_HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_KINDS: dict[str, Kind] = {"100644": "file", "100755": "file", "100664": "file", "040000": "folder", "120000": "link"}


def find_repository(folder: Folder) -> Folder | None:
    """Return the folder of a bare repository, or of a `.git` that lies alone; None where there is neither."""
    if _is_repository(folder, ""):
        return folder
    if folder.names("") == [".git"] and _is_repository(folder, ".git/"):
        return Folder(folder.path / ".git", folder.name)
    return None


def _is_repository(folder: Folder, at: str) -> bool:
    return [folder.kind(at + name) for name in ("HEAD", "objects", "refs")] == ["file", "folder", "folder"]


class Repository:
    """The files of one commit of a repository; use it in a `with`, it holds a copy of the objects.

    The commit is the one that HEAD stands for, or a branch or tag; or the last one before it that was made in time.
    """

    def __init__(self, folder: Folder, revision: str = "HEAD", until: datetime | None = None) -> None:
        if shutil.which("git") is None:
            raise MachineError("Git is needed to read a git repository: install git, or hand over a folder.")
        self._commit = _head(folder) if revision == "HEAD" else _named(folder, revision)
        self.name = f"the git repository {folder.name} (commit {self._commit[:7]})"
        self._listings: dict[str, dict[str, tuple[Kind, str]]] = {}
        self._own = Path(tempfile.mkdtemp(prefix="gradecheck-git-"))
        try:
            self._prepare(folder)
            if revision != "HEAD" or until is not None:
                self._commit = self._last(until)[0]
                self.name = f"the git repository {folder.name} (commit {self._commit[:7]})"
            self._tree = self._git("rev-parse", "--verify", "--quiet", f"{self._commit}^{{tree}}", largest=100)
        except BaseException:
            self.__exit__(None, None, None)
            raise

    def __enter__(self) -> Repository:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        shutil.rmtree(self._own, ignore_errors=True)

    @property
    def committed(self) -> datetime:
        """When the commit was made, as the machine that made it says."""
        return self._last(None)[1]

    def _last(self, until: datetime | None) -> tuple[str, datetime]:
        """Return the hash and time of the commit, or of the last one before it, on its own line, up to a moment."""
        limit = [] if until is None else [f"--min-age={int(until.timestamp())}"]
        found = self._git("rev-list", "-1", "--first-parent", "--timestamp", *limit, self._commit, largest=200)
        if not found.strip():
            assert until is not None
            raise UnusableError(
                f"{self.name} has no commit up to {until:%Y-%m-%d %H:%M}: nothing was handed in by then."
            )
        seconds, commit = found.decode().split()
        return commit, datetime.fromtimestamp(max(0, min(int(seconds), _LAST_SECOND)), UTC)

    def kind(self, path: str) -> Kind | None:
        """Return what lies at this path in the commit; a submodule is no ordinary file."""
        found = self._find(path)
        return None if found is None else found[0]

    def names(self, folder: str) -> list[str]:
        """Return what lies in this folder of the commit."""
        return list(self._listing(folder))[:MOST_NAMES]

    def read(self, path: str, largest: int) -> bytes:
        """Return the bytes of a file as they were committed."""
        found = self._find(path)
        if found is None:
            raise UnusableError(f"There is no {shown(path)} in {self.name}.")
        size = self._git("cat-file", "-s", found[1], largest=100)
        if int(size) > largest:
            raise TooLargeError
        return self._git("cat-file", "blob", found[1], largest=largest)

    def _find(self, path: str) -> tuple[Kind, str] | None:
        folder, _, name = path.rpartition("/")
        return self._listing(folder).get(name)

    def _listing(self, folder: str) -> dict[str, tuple[Kind, str]]:
        """Return what a folder of the commit holds: for each name its kind and its object."""
        if folder not in self._listings:
            found = self._find(folder) if folder else ("folder", self._tree.decode().strip())
            if found is not None and found[0] == "link":
                raise UnusableError(
                    f"{shown(folder)} in {self.name} is a link, and links are not followed: commit the folder itself."
                )
            listing: dict[str, tuple[Kind, str]] = {}
            if found is not None and found[0] == "folder":
                for entry in self._git("ls-tree", "-z", found[1], largest=_LARGEST_LISTING).split(b"\0"):
                    about, tab, name = entry.partition(b"\t")
                    if tab:
                        mode, _, identity = about.decode().split(" ")
                        listing[os.fsdecode(name)] = (_KINDS.get(mode, "other"), identity)
            self._listings[folder] = listing
        return self._listings[folder]

    def _prepare(self, folder: Folder) -> None:
        """Make the repository of our own, with copies of the objects."""
        sha256 = len(self._commit) == 64
        version = "1\n[extensions]\n\tobjectFormat = sha256" if sha256 else "0"
        (self._own / "refs").mkdir()
        (self._own / "objects").mkdir()
        (self._own / "HEAD").write_text("ref: refs/heads/none\n")
        (self._own / "config").write_text(f"[core]\n\tbare = true\n\trepositoryformatversion = {version}\n")
        if folder.kind("objects/info/alternates") is not None:
            raise UnusableError(f"{folder.name} borrows from another repository: make a full clone of it.")
        if folder.kind("shallow") == "file":  # where the history was cut off
            cut = folder.read("shallow", _LARGEST_REFS).decode("ascii", "replace").split()
            (self._own / "shallow").write_text("".join(f"{line}\n" for line in cut if _HASH.fullmatch(line)))
        left = _LARGEST
        for count, path in enumerate(_objects(folder)):
            if count == _MOST_OBJECTS:
                raise UnusableError(f"{folder.name} has too many loose objects: run git gc, or hand in a folder.")
            left -= _copy(folder, path, self._own / path, left)

    def _git(self, *arguments: str, largest: int) -> bytes:
        """Return what git prints, at most so much of it; it sees our repository, and no one's settings."""
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self._own),
            "XDG_CONFIG_HOME": str(self._own),
            "GIT_DIR": str(self._own),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOW_PROTOCOL": "none",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_OPTIONAL_LOCKS": "0",
            "LC_ALL": "C",
        }
        if "SYSTEMROOT" in os.environ:
            environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
        command = ["git", "--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", *arguments]
        with subprocess.Popen(
            command,
            cwd=self._own,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            _bound(process.pid)
            watch = threading.Timer(_LONGEST, process.kill)
            watch.start()
            try:
                assert process.stdout is not None
                data: bytes = process.stdout.read(largest + 1)
                if len(data) > largest:
                    process.kill()
                status = process.wait()
            finally:
                watch.cancel()
                process.kill()
        if status != 0:
            raise UnusableError(f"{self.name} is damaged or incomplete: make a full clone of it, or hand in a folder.")
        return data


def _bound(process: int) -> None:
    """Keep git from filling the memory with what a small object claims to unpack to."""
    try:
        import resource

        resource.prlimit(process, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    except (ImportError, AttributeError, OSError):
        return  # not Linux, or git was done before it could be bounded


def _head(folder: Folder) -> str:
    """Return the commit that HEAD stands for; the files are read here, for git would ask the repository's settings."""
    ref = _line(folder, "HEAD")
    for _ in range(5):
        if _HASH.fullmatch(ref):
            return ref
        name = ref.removeprefix("ref:").strip()
        if not ref.startswith("ref:") or not name.startswith("refs/") or not name.isprintable():
            break
        if any(part in ("", ".", "..") for part in name.split("/")):
            break
        ref = _line(folder, name) if folder.kind(name) == "file" else _packed(folder, name)
    raise UnusableError(f"{folder.name} is a git repository without a commit in HEAD: commit your files and push them.")


def _named(folder: Folder, revision: str) -> str:
    """Return what a branch, here or at the origin, or a tag stands for."""
    if revision.isprintable() and not any(part in ("", ".", "..") for part in revision.split("/")):
        for kind in ("tags", "heads", "remotes/origin"):
            ref = f"refs/{kind}/{revision}"
            found = _line(folder, ref) if folder.kind(ref) == "file" else _packed(folder, ref)
            if _HASH.fullmatch(found):
                return found
    raise UnusableError(f"{folder.name} has no branch or tag called {shown(revision)}: push it.")


def _line(folder: Folder, path: str) -> str:
    return folder.read(path, 4096).decode("utf-8", "replace").strip()


def _packed(folder: Folder, name: str) -> str:
    """Return the hash of a branch from packed-refs, an empty string if it has none."""
    if folder.kind("packed-refs") != "file":
        return ""
    for line in folder.read("packed-refs", _LARGEST_REFS).splitlines():
        identity, _, ref = line.decode("utf-8", "replace").partition(" ")
        if ref == name:
            return identity
    return ""


def _objects(folder: Folder) -> Iterator[str]:
    """Return the paths of a repository's objects: loose ones, and packs with their indexes; nothing else of it."""
    for name in folder.names("objects"):
        if re.fullmatch(r"[0-9a-f]{2}", name):
            loose = r"[0-9a-f]{38}(?:[0-9a-f]{24})?"
            yield from (
                f"objects/{name}/{rest}" for rest in folder.names(f"objects/{name}") if re.fullmatch(loose, rest)
            )
    if folder.kind("objects/pack") == "folder":
        packs = r"pack-[0-9a-f]{40,64}\.(?:pack|idx)"
        yield from (f"objects/pack/{name}" for name in folder.names("objects/pack") if re.fullmatch(packs, name))


def _copy(folder: Folder, path: str, copy: Path, left: int) -> int:
    """Copy an object unless it is larger than what is left; return its size."""
    with folder.opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > left:
            raise UnusableError(f"{folder.name} is larger than {_LARGEST >> 20} MiB: hand in a folder of your files.")
        copy.parent.mkdir(parents=True, exist_ok=True)
        with copy.open("xb") as target:
            while size and (piece := file.read(min(size, 1 << 20))):
                target.write(piece)
                size -= len(piece)
        return copy.stat().st_size
