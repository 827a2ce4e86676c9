"""The untrusted end of the wire, driven over a socket pair: loading, cells, imports, answers, the end."""

from __future__ import annotations

import socket
import sys

import numpy as np
import pytest

from grader import wire
from grader.bench import worker
from grader.wire import Ask, Call, Load, Loaded, Ready, Ref, Reply

REFUSAL = "{name} may not be imported: exercise1 allows numpy."


@pytest.fixture
def serve(monkeypatch):
    """Send all requests, let the worker answer them until the end, and return its answers."""
    modules = dict(sys.modules)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, getattr(sys, stream))

    def conversation(*requests: Load | Ask | bytes, chunk: int = 1 << 20):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            payload = b"".join(item if isinstance(item, bytes) else wire.frame(item) for item in requests)
            ours.sendall(payload)
            ours.shutdown(socket.SHUT_WR)
            worker.serve(theirs.fileno())
            theirs.shutdown(socket.SHUT_WR)
            answers, splitter = [], wire.Splitter()
            while data := ours.recv(1 << 20):
                answers += [wire.read_answer(body) for body in splitter.feed(data)]
        assert isinstance(answers[0], Ready)
        return answers[1:]

    yield conversation
    sys.modules.clear()
    sys.modules.update(modules)


def load(text: str = "", *names: str, cells=None, **files: str) -> Load:
    sources = {"losses.py": text.encode()} | {f"{name}.py": more.encode() for name, more in files.items()}
    return Load("losses", sources, cells, list(names), REFUSAL, ["numpy"])


def ask(number: int, *calls: Call) -> bytes:
    return wire.ask_frame(number, list(calls))


def test_it_says_that_it_is_ready_before_it_reads_anything(serve):
    assert serve() == []


def test_a_submission_is_loaded_and_its_names_are_told(serve):
    (loaded,) = serve(load("import numpy as np\ndef mse(pred, target): return 0.0\nRATE = 3", "mse", "RATE", "absent"))
    assert isinstance(loaded, Loaded)
    assert loaded.raised is None
    assert {name: found.kind for name, found in loaded.defines.items()} == {"mse": "function", "RATE": "int"}
    assert (loaded.defines["mse"].file, loaded.defines["mse"].line) == ("losses.py", 2)


def test_calls_are_answered_in_order_each_with_its_place(serve):
    text = "def double(x): return 2 * x\ndef fail(x): return x / 'a'"
    replies = serve(load(text), ask(1, Call("double", [2.0]), Call("fail", [1.0])), ask(2, Call("double", [4.0])))[1:]
    assert [(reply.number, reply.call) for reply in replies] == [(1, 0), (1, 1), (2, 0)]
    assert (replies[0].value, replies[1].raised.type, replies[2].value) == (4.0, "TypeError", 8.0)
    assert replies[1].raised.frames[0].source == "def fail(x): return x / 'a'"


def test_a_forward_and_its_backward_share_a_cache(serve):
    text = "def f(x): return x * x, lambda d: 2 * x * d\ndef b(d, cache): return cache(d)"
    _, out, gradient = serve(
        load(text), ask(0, Call("f", [np.arange(3.0)], keep=True, take=[0]), Call("b", [2.0, Ref(0, 1)]))
    )
    assert (out.value.tolist(), gradient.value.tolist()) == ([0, 1, 4], [0, 4, 8])


def test_an_error_at_import_is_told_with_its_line(serve):
    (loaded,) = serve(load("x = 1\nraise ValueError('no')", "f"))
    assert (loaded.raised.type, loaded.raised.frames[-1].line) == ("ValueError", 2)


def test_leaving_at_import_is_an_error_like_any_other(serve):
    (loaded,) = serve(load("import sys\nsys.exit(3)"))
    assert (loaded.raised.type, loaded.raised.message) == ("SystemExit", "3")


def test_a_syntax_error_is_told_with_its_column(serve):
    (loaded,) = serve(load("def f(:"))
    assert (loaded.raised.type, loaded.raised.column, loaded.raised.frames[0].file) == ("SyntaxError", 7, "losses.py")


def test_a_package_that_is_not_allowed_is_refused_in_the_examiners_words(serve):
    (loaded,) = serve(load("import a_package_nobody_has.part"))
    assert loaded.raised.message == "a_package_nobody_has may not be imported: exercise1 allows numpy."


def test_a_missing_part_of_what_is_allowed_keeps_pythons_words(serve):
    (loaded,) = serve(load("import numpy.nothing"))
    assert loaded.raised.message == "No module named 'numpy.nothing'"


def test_the_grader_itself_cannot_be_found_in_what_is_loaded(serve):
    (loaded, reply) = serve(
        load("import sys\ndef f(): return sorted(n for n in sys.modules if n.split('.')[0] in ('grader', 'msgspec'))"),
        ask(0, Call("f")),
    )
    assert loaded.raised is None
    assert reply.value == []


def test_the_submissions_other_files_can_be_imported_and_nothing_from_its_folder(serve):
    loaded, reply = serve(load("import layers\ndef f(): return layers.ONE", layers="ONE = 1"), ask(0, Call("f")))
    assert loaded.raised is None
    assert reply.value == 1


def test_the_main_block_does_not_run_and_the_module_knows_its_name(serve):
    text = "if __name__ == '__main__': raise SystemExit\ndef f(): return [__name__, __file__]"
    assert serve(load(text), ask(0, Call("f")))[1].value == ["losses", "losses.py"]


def test_what_it_prints_goes_to_its_descriptors_at_once(serve, capfd):
    serve(load("import sys\nprint('größe \\ud800')\nprint('there', file=sys.stderr)\nsys.stdin.read()"))
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("größe \\ud800\n", "there\n")


def test_cells_run_one_after_the_other_and_one_that_fails_does_not_lose_the_others(serve):
    cells = ["import numpy as np\nA = 2", "raise ValueError('no')", "def f(x): return A * x"]
    loaded, reply = serve(load("", "f", cells=cells), ask(0, Call("f", [4])))
    assert loaded.raised is None
    assert loaded.notes == ["Cell 2 stopped with ValueError: no"]
    assert (loaded.defines["f"].file, loaded.defines["f"].line) == ("cell 3", 1)
    assert reply.value == 8


def test_an_exception_in_a_cells_function_names_the_cell(serve):
    _, reply = serve(load("", cells=["x = 1", "\ndef f(): return x / 0"]), ask(0, Call("f")))
    assert [(frame.file, frame.line) for frame in reply.raised.frames] == [("cell 2", 2)]


def test_cells_of_which_none_runs_are_a_problem(serve):
    (loaded,) = serve(load("", cells=["def f(:", "1 / 0"]))
    assert loaded.raised.type == "SyntaxError"
    assert len(loaded.notes) == 2


def test_more_than_can_be_sent_is_answered_in_words(serve):
    text = "import numpy as np\ndef many(): return [[0.0] * 1000] * 200\ndef f(): return 1"
    _, many, after = serve(load(text), ask(0, Call("many"), Call("f")))
    assert many.raised.message == "what it returned is too much to be sent (lists of more than 100,000 values)"
    assert after.value == 1


def test_questions_before_a_submission_is_there_are_not_answered(serve):
    assert serve(ask(0, Call("f"))) == []


def test_it_warms_up_by_answering_once(monkeypatch):
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    worker.warm_up({"nothing_here": "/nowhere/nothing_here.py"})
    assert sys.meta_path[-1].find_spec("something_else", None) is None
    assert sys.meta_path[-1].find_spec("nothing_here", None).origin == "/nowhere/nothing_here.py"


def test_a_package_is_found_by_its_place(monkeypatch, tmp_path):
    (tmp_path / "odd_package").mkdir()
    (tmp_path / "odd_package" / "__init__.py").write_text("ONE = 1\n")
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.delitem(sys.modules, "odd_package", raising=False)
    worker.warm_up({"odd_package": str(tmp_path / "odd_package")})
    import odd_package

    assert odd_package.ONE == 1


def test_answers_are_replies(serve):
    _, reply = serve(load("def f(): pass"), ask(5, Call("f")))
    assert isinstance(reply, Reply)
    assert reply.value is None
