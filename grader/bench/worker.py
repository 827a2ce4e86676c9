"""The untrusted end of the wire: loads one submission and answers calls until the examiner hangs up.

Everything here shares a process with the submission, so nothing here is a lock and nothing it says is believed.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import io
import linecache
import os
import sys
import types
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader import wire
from grader.bench.desk import Builders, Desk, describe, signature

_HIDDEN = ("msgspec", "grader")
_FORGOTTEN: list[types.ModuleType] = []
"""The modules that are hidden: to free them would take longer than to keep them."""
_STREAMS: list[object] = []
_STANDARD = frozenset(sys.stdlib_module_names)


def serve(descriptor: int, builders: Builders | None = None) -> None:
    """Answer the examiner over ``descriptor`` until it hangs up; ``builders`` answer the calls with an @."""
    _send(descriptor, wire.frame(wire.Ready()))
    splitter = wire.Splitter()
    desk: Desk | None = None
    while data := os.read(descriptor, 1 << 18):
        for body in splitter.feed(data):
            request = wire.read_request(body)
            if isinstance(request, wire.Load):
                desk, loaded = _load(request, builders)
                _send(descriptor, wire.frame(loaded))
            elif desk is not None:
                _answer(descriptor, desk, request)
            sys.stdout.flush()


def warm_up(paths: dict[str, str]) -> None:
    """Do once, before the fork, what every bench would do again; ``paths`` is where allowed packages lie."""
    sys.meta_path.append(_Allowed(paths))
    desk = Desk({"f": lambda x: (x, object())}, {})
    ask = wire.read_request(wire.ask_frame(0, [wire.Call("f", [np.zeros((2, 2))], guard=[0], watch=True)])[4:])
    assert isinstance(ask, wire.Ask)
    wire.read_answer(wire.frame(desk.reply(0, 0, ask.calls[0]))[4:])
    signature(warm_up)
    describe(ValueError("warm"), {})


def _answer(descriptor: int, desk: Desk, request: wire.Ask) -> None:
    desk.begin()
    for index, call in enumerate(request.calls):
        reply = desk.reply(request.number, index, call)
        try:
            wire.weigh(reply)
            message = wire.frame(reply)
        except wire.WireError as err:
            words = f"what it returned is too much to be sent ({err})"
            message = wire.frame(wire.Reply(request.number, index, raised=wire.Raised("Unanswerable", words)))
        _send(descriptor, message)


def _send(descriptor: int, message: bytes) -> None:
    view = memoryview(message)
    while view:
        view = view[os.write(descriptor, view) :]


def _load(request: wire.Load, builders: Builders | None) -> tuple[Desk, wire.Loaded]:
    """Run the submission's files, and say which of the asked names are there."""
    speak_through_descriptors()
    sources = {name: data.decode("utf-8", "replace").splitlines() for name, data in request.files.items()}
    module = types.ModuleType(request.module)
    desk = Desk(module.__dict__, sources, builders)
    _hide_the_grader()
    sys.meta_path.insert(0, _Submission(request.files, module))
    sys.meta_path.append(_Refusal(request.refusal, request.allow))
    notes: list[str] = []
    raised: wire.Raised | None = None
    try:
        if request.cells is None:
            _run(f"{request.module}.py", request.files[f"{request.module}.py"], module, sources)
        else:
            raised = _run_cells(request.cells, module, sources, notes)
    except BaseException as err:  # noqa: BLE001 - SystemExit at import is an answer too
        raised = describe(err, sources)
    defines = {name: signature(module.__dict__[name]) for name in request.names if name in module.__dict__}
    return desk, wire.Loaded(defines, raised, notes)


def _run_cells(
    cells: Sequence[str], module: Any, sources: dict[str, list[str]], notes: list[str]
) -> wire.Raised | None:
    """Run a notebook's cells one after the other; one that fails does not lose the others."""
    first: wire.Raised | None = None
    for number, cell in enumerate(cells, 1):
        name = f"cell {number}"
        sources[name] = cell.splitlines()
        try:
            _run(name, cell.encode("utf-8", "replace"), module, sources)
        except BaseException as err:  # noqa: BLE001 - see above
            raised = describe(err, sources)
            first = first or raised
            notes.append(f"Cell {number} stopped with {raised.type}: {raised.message[:200]}")
    return first if not any(not name.startswith("__") for name in vars(module)) else None


def _run(name: str, data: bytes, module: types.ModuleType, sources: dict[str, list[str]]) -> None:
    sys.modules.setdefault(module.__name__, module)
    module.__dict__["__file__"] = name
    linecache.cache[name] = (len(data), None, [line + "\n" for line in sources.get(name, [])], name)
    exec(compile(data, name, "exec", dont_inherit=True), module.__dict__)


def speak_through_descriptors() -> None:
    """Print to descriptors 1 and 2, whatever they lead to by then; done before the fork, it need not be done again."""
    if sys.stdout in _STREAMS:
        return
    sys.stdin = io.StringIO()
    options = {"buffering": 1, "encoding": "utf-8", "errors": "backslashreplace", "closefd": False}
    sys.stdout = open(1, "w", **options)  # type: ignore[call-overload]  # noqa: SIM115 - open as long as the process
    sys.stderr = open(2, "w", **options)  # type: ignore[call-overload]  # noqa: SIM115
    _STREAMS.append(sys.stdout)


def _hide_the_grader() -> None:
    """Forget modules that no submission may import; not a lock, their files cannot be read either."""
    for name in [name for name in sys.modules if name.split(".")[0] in _HIDDEN]:
        _FORGOTTEN.append(sys.modules.pop(name))


class _Submission(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the submission's own files, which lie in memory."""

    def __init__(self, files: dict[str, bytes], main: types.ModuleType) -> None:
        self._files = files
        self._main = main

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if f"{fullname}.py" not in self._files:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, origin=f"{fullname}.py")

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        name = f"{module.__name__}.py"
        exec(compile(self._files[name], name, "exec", dont_inherit=True), module.__dict__)


class _Allowed(importlib.abc.MetaPathFinder):
    """Finds the allowed packages by their place, for the folder they lie in may not be listed."""

    def __init__(self, paths: dict[str, str]) -> None:
        self._paths = paths

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        place = self._paths.get(fullname)
        if place is None:
            return None
        inside = os.path.join(place, "__init__.py") if os.path.isdir(place) else place
        return importlib.util.spec_from_file_location(fullname, inside)


class _Refusal(importlib.abc.MetaPathFinder):
    """Says in a sentence what nobody else found: the last finder."""

    def __init__(self, refusal: str, allow: Sequence[str]) -> None:
        self._refusal = refusal
        self._allow = frozenset(allow)

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> None:
        top = fullname.split(".")[0]
        if top not in self._allow and top not in _STANDARD:
            raise ModuleNotFoundError(self._refusal.replace("{name}", fullname.split(".")[0]), name=fullname)
