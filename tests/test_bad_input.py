"""Whatever a submission is and does, it gets one clear sentence, the points it has earned, and a complete report."""

from __future__ import annotations

import msgspec
import pytest
from small_exam import REFERENCE, build, examiner, points, right_but, whole

from grader.report import LARGEST_REPORT, Outcome, Report, encode


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return build(tmp_path_factory.mktemp("bad_input"))


@pytest.fixture(scope="module")
def exam(root):
    with examiner(root) as made:
        yield made


@pytest.fixture(scope="module")
def hasty_exam(root):
    """An examiner without patience, for what never ends."""
    with examiner(root, call=0.3) as made:
        yield made


@pytest.fixture
def sit(exam, request):
    """Examine a submission, and see that the report is complete."""

    def examine(submission, *, endless: bool = False) -> Report:
        examiner = request.getfixturevalue("hasty_exam") if endless else exam
        report = examiner.examine(submission)
        assert [outcome.id for outcome in report.checks] == [check.id for check in exam.suite.checks]
        assert msgspec.json.decode(encode(report), type=Report) == report
        assert len(encode(report)) <= LARGEST_REPORT
        assert report.score == pytest.approx(sum(outcome.points for outcome in report.checks), abs=1e-9)
        assert all(outcome.message for outcome in report.checks if outcome.status != "passed")
        return report

    return examine


def outcome_of(report: Report, name: str) -> Outcome:
    return next(outcome for outcome in report.checks if outcome.id == name)


def the_one_that_is_wrong(report: Report) -> Outcome:
    """Return the only outcome that is neither passed nor skipped."""
    (wrong,) = [outcome for outcome in report.checks if outcome.status not in ("passed", "skipped")]
    return wrong


UNLOADABLE = {
    "a syntax error": ("def f(:\n    pass", "error", "SyntaxError in line 1 of lines.py: invalid syntax"),
    "an error": ("raise ValueError('no')", "error", "ValueError in line 1 of lines.py: no"),
    "a package that may not be imported": (
        "import pandas",
        "error",
        "ModuleNotFoundError in line 1 of lines.py: pandas may not be imported: exercise1 allows the standard library "
        "and numpy.",
    ),
    "sys.exit": ("import sys; sys.exit(3)", "error", "SystemExit in line 1 of lines.py: 3"),
    "os._exit": ("import os; os._exit(3)", "error", "It ended its own process (exit code 3)."),
    "an endless loop": ("while True: pass", "timeout", "It took more than 0.3 seconds."),
    "a crash": ("import ctypes; ctypes.string_at(0)", "error", "It crashed (SIGSEGV, a segmentation fault)."),
    "closing all descriptors": ("import os; os.closerange(0, 64)", "error", "It broke the channel to the examiner"),
    "a NUL": ("x = 1\0", "error", "SyntaxError: source code string cannot contain null bytes"),
    "tabs among spaces": ("if 1:\n\tif 1:\n        x = 1", "error", "TabError in line 3 of lines.py: inconsistent use"),
    "too much memory": (
        "x = bytearray(1 << 30)",
        "error",
        "MemoryError in line 1 of lines.py: it used more than 256MiB",
    ),
}


@pytest.mark.parametrize("case", UNLOADABLE)
def test_what_cannot_be_loaded_says_why_once_and_earns_nothing(case, sit):
    source, status, sentence = UNLOADABLE[case]
    report = sit(whole(source), endless=status == "timeout")
    first, *others = [outcome for outcome in report.checks if outcome.id.endswith(".presence")]
    assert first.status == status
    assert first.message.startswith("The submission could not be loaded")
    assert sentence in first.message
    assert {(other.status, other.message) for other in others} == {
        (status, "The submission could not be loaded; see the first message.")
    }
    assert {outcome.status for outcome in report.checks} == {status, "skipped"}
    assert (report.score, report.passed) == (0, False)


def test_a_syntax_error_is_shown_with_its_line_and_caret(sit):
    first = sit(whole("x = 1\ndef f(:\n    pass")).checks[0]
    assert first.detail["traceback"] == "lines.py, line 2\n    def f(:\n          ^\nSyntaxError: invalid syntax"
    assert (first.detail["file"], first.detail["line"]) == ("lines.py", 2)


def test_the_caret_stands_right_behind_tabs_too(sit):
    first = sit(whole("if 1:\n\tx = = 2")).checks[0]
    line, caret = first.detail["traceback"].split("\n")[1:3]
    assert line.expandtabs()[caret.expandtabs().index("^")] == "="


DEADLY = {
    "an endless loop": ("while True: pass", "timeout", "scale(x, factor): it took more than 0.3 seconds."),
    "endless output": ("while True: print('x' * 999)", "timeout", "scale(x, factor): it took more than 0.3 seconds."),
    "an endless message": ("raise Endless()", "timeout", "scale(x, factor): it took more than 0.3 seconds."),
    "os._exit": ("os._exit(3)", "error", "scale(x, factor): it ended its own process (exit code 3)."),
    "a crash": ("ctypes.string_at(0)", "error", "scale(x, factor): it crashed (SIGSEGV, a segmentation fault)."),
    "abort": ("os.abort()", "error", "scale(x, factor): it crashed (SIG"),
    "closing all descriptors": ("os.closerange(0, 64)", "error", "scale(x, factor): it broke the channel to the"),
    "sys.exit": ("sys.exit('bye')", "error", "scale(x, factor) raised SystemExit: bye (line 32 of lines.py)"),
    "a forged interrupt": (
        "raise KeyboardInterrupt",
        "error",
        "scale(x, factor) raised KeyboardInterrupt: (no message)",
    ),
    "an assertion": ("assert x is None", "error", "scale(x, factor) raised AssertionError: (no message) (line 32"),
    "deep recursion": ("return scale(x, factor)", "error", "scale(x, factor) raised RecursionError: maximum recursion"),
    "too much memory": (
        "np.ones(1 << 28)",
        "error",
        "scale(x, factor) raised MemoryError: it used more than 256MiB of",
    ),
    "an unreadable message": ("raise Hostile()", "error", "raised Hostile: (its message could not be read) (line 32"),
    "a message that is no string": ("raise Numeric()", "error", "raised Numeric: (its message could not be read)"),
}
DEADLY_CODE = """\
import ctypes, os, sys
class Hostile(Exception):
    def __str__(self): raise RuntimeError("no")
class Numeric(Exception):
    def __str__(self): return 3
class Endless(Exception):
    def __str__(self):
        while True: pass
def scale(x, factor):
    {}
"""


@pytest.mark.parametrize("case", DEADLY)
def test_a_function_that_dies_or_hangs_costs_its_own_points_alone(case, sit):
    body, status, sentence = DEADLY[case]
    report = sit(right_but(DEADLY_CODE.format(body)), endless=status == "timeout")
    wrong = the_one_that_is_wrong(report)
    assert (wrong.id, wrong.status) == ("scale.value", status)
    assert sentence in wrong.message
    assert points(report) == {"line_forward": 4, "line_backward": 4, "scale": 0, "mean": 4}


def test_a_backward_that_hangs_leaves_its_forward_the_points(sit):
    report = sit(right_but("def line_backward(dout, cache):\n    while True: pass"), endless=True)
    assert outcome_of(report, "line_backward.gradient").status == "timeout"
    assert points(report) == {"line_forward": 4, "line_backward": 0, "scale": 4, "mean": 4}


def test_a_forward_that_hangs_leaves_later_functions_their_points(sit):
    report = sit(right_but("def line_forward(x, w):\n    while True: pass"), endless=True)
    assert outcome_of(report, "line_forward.value").status == "timeout"
    assert points(report) == {"line_forward": 0, "line_backward": 0, "scale": 4, "mean": 4}


def test_a_huge_message_is_cut(sit):
    wrong = the_one_that_is_wrong(sit(right_but("def scale(x, factor): raise ValueError('x' * 10**6)")))
    assert len(wrong.message) < 3000
    assert wrong.message.startswith("scale(x, factor) raised ValueError: xxx")


def test_control_sequences_and_lone_surrogates_do_not_break_the_report(sit):
    wrong = the_one_that_is_wrong(sit(right_but("def scale(x, factor): raise ValueError('\\x1b[2J\\ud800\\x00')")))
    assert "raised ValueError: \x1b[2J?" in wrong.message


def test_a_flood_of_output_is_cut_with_a_note_and_costs_nothing(sit):
    report = sit(right_but("def scale(x, factor):\n    print('x' * 9000)\n    return x * factor"))
    assert report.score == 16
    assert len(report.output) == 4096
    assert "It printed more than is shown: the rest was cut." in report.notes


def test_what_it_prints_is_kept_in_order(sit):
    report = sit(right_but("import sys\nprint('hello')\nprint('there', file=sys.stderr)"))
    assert report.output == "hello\nthere\n"


PRESENCE = {
    "missing": ("del scale", "scale is not defined: keep the names that the exercise gives."),
    "a number": ("scale = 3.0", "scale is a value of type float; a function is expected."),
    "a class": ("class scale: pass", "scale takes (); it is called with 2: (x, factor)."),
    "too few arguments": ("def scale(x): return x", "scale takes (x); it is called with 2: (x, factor)."),
    "too many arguments": (
        "def scale(x, factor, more): return x",
        "scale takes (x, factor, more); it is called with 2: (x, factor).",
    ),
    "keyword-only": (
        "def scale(x, *, factor): return x",
        "scale demands factor by keyword; it is called with 2: (x, factor).",
    ),
}


@pytest.mark.parametrize("case", PRESENCE)
def test_a_function_that_cannot_be_called_as_it_will_be_says_so(case, sit):
    code, sentence = PRESENCE[case]
    report = sit(right_but(code))
    wrong = the_one_that_is_wrong(report)
    assert (wrong.id, wrong.status, wrong.message) == ("scale.presence", "failed", sentence)
    assert points(report) == {"line_forward": 4, "line_backward": 4, "scale": 0, "mean": 4}


KINDS = {
    # what scale returns: (the expression, what the message says of it, what the hint says)
    "nothing": (
        "None",
        "it is None, and an array of shape (5,) is expected",
        "The result is None: is a return missing?",
    ),
    "a string": ("'result'", "it is a string", None),
    "bytes": ("b'result'", "it is bytes", None),
    "a list": ("r.tolist()", "it is 5 values in a list or tuple", "The result is a list of numbers: make it an array."),
    "a list of lists": ("[[v] for v in r]", "it is 5 values in a list or tuple", "The result is a list of numbers"),
    "a dict": ("{'out': r}", "it is a dict", "The result is a dict: return the value alone."),
    "a dict with odd keys": ("{1: r}", "it is a dict with keys that are not strings", None),
    "a generator": ("(v for v in r)", "it is an object of type generator", "A function with yield is a generator"),
    "a function": (
        "np.multiply.reduce",
        "it is an object of type builtin_function_or_method",
        "forget the parentheses",
    ),
    "a tuple": (
        "(r, x)",
        "it is 2 values in a list or tuple",
        "The first of the 2 values you return is what is expected",
    ),
    "a masked array": (
        "np.ma.masked_array(r)",
        "it is a numpy.ma.MaskedArray",
        "return a plain one, as np.asarray makes",
    ),
    "a matrix": ("np.matrix(r)", "it is a numpy.matrix", "return a plain one, as np.asarray makes it."),
    "an array that lies about its shape": ("np.zeros(50).view(Liar)", "it is a lines.Liar", None),
    "an array of objects": ("r.astype(object)", "it is an array of objects", "holds objects, not numbers"),
    "an array of strings": ("r.astype(str)", "it is an array of dtype <U32", None),
    "a structured array": ("r.view([('a', float)])", "it is an array of dtype [('a', '<f8')]", None),
    "dates": ("r.astype('datetime64[s]')", "it is an array of dtype datetime64[s]", None),
    "long doubles": ("r.astype(np.longdouble)", "it is an array of dtype float128", None),
    "complex numbers": (
        "r.astype(complex)",
        "it is an array of complex numbers, and real ones are",
        "is complex: is it a",
    ),
    "booleans": (
        "r > 0",
        "it is an array of booleans, and numbers are expected",
        "turn what you compared into numbers",
    ),
    "whole numbers": (
        "r.astype(int)",
        "5 of 5 values are wrong",
        "rounded to whole numbers: it was stored as integers",
    ),
    "float16": (
        "r.astype(np.float16)",
        "5 of 5 values are wrong",
        "right to the precision of float16: compute in float64.",
    ),
    "a column": (
        "r[:, None]",
        "its shape is (5, 1), and (5,) is expected",
        "The result has the right numbers in another",
    ),
    "a row": (
        "r[None]",
        "its shape is (1, 5), and (5,) is expected",
        "The result has the right numbers in another shape",
    ),
    "nothing but nan": (
        "r * np.nan",
        "it is nan at index [0] (and at 5 of 5 in all)",
        "values that are nan or infinite",
    ),
    "infinities": ("r * np.inf", "inf at index [0] (and at 5 of 5 in all)", "values that are nan or infinite"),
    "a memoryview": ("memoryview(r)", "it is an object of type memoryview", None),
    "a huge array": ("np.zeros(6_000_000)", "it is an array of 45 MiB, which is too large", None),
    "a list in itself": ("loop", "it is a list or tuple of one value", None),
    "very many values": (
        "[0.0] * 200_000",
        "what it returned is too much to be sent (lists of more than 100,000",
        None,
    ),
}
KINDS_CODE = """\
class Liar(np.ndarray):
    shape = property(lambda self: (5,))
loop = []
loop.append(loop)
def scale(x, factor):
    r = x * factor
    return {}
"""


@pytest.mark.parametrize("case", KINDS)
def test_a_result_of_the_wrong_kind_is_named_in_a_sentence(case, sit):
    expression, sentence, hint = KINDS[case]
    report = sit(right_but(KINDS_CODE.format(expression)))
    wrong = the_one_that_is_wrong(report)
    assert (wrong.id, wrong.status) == ("scale.value", "failed")
    assert sentence in wrong.message
    assert (hint in wrong.hint) if hint else wrong.hint is None
    assert wrong.detail is None or wrong.detail["line"] == 27
    assert points(report) == {"line_forward": 4, "line_backward": 4, "scale": 0, "mean": 4}


NUMBERS = {
    "a float subclass that is equal to everything": ("Sly(1.0)", "it is a lines.Sly, and one number is expected"),
    "an int subclass": ("Whole(1)", "it is a lines.Whole, and one number is expected"),
    "True": ("True", "it is the boolean True, and one number is expected"),
    "a NumPy boolean": ("np.bool_(True)", "it is one bool number, and one number is expected"),
    "a complex number": ("1j", "it is an object of type complex, and one number is expected"),
    "a long double": ("np.longdouble(1)", "it is a number of dtype float128, and one number is expected"),
    "an array of one": ("np.array([np.mean(x)])", "it is an array of shape (1,), and one number is expected"),
    "an enormous integer": ("10**30", "it is an integer of more than 64 bits, and one number is expected"),
    "nan": ("float('nan')", "it is nan"),
    "minus zero": ("-0.0", "Wrong value: it is -0."),
    "a tuple": ("(np.mean(x), 1)", "it is 2 values in a list or tuple, and one number is expected"),
}


@pytest.mark.parametrize("case", NUMBERS)
def test_what_is_not_the_one_number_that_is_due_is_wrong(case, sit):
    expression, sentence = NUMBERS[case]
    sly = "class Sly(float):\n    def __eq__(self, other): return True\n    __hash__ = None"
    report = sit(right_but(f"{sly}\nclass Whole(int): pass\ndef mean(x): return {expression}"))
    wrong = the_one_that_is_wrong(report)
    assert (wrong.id, wrong.status) == ("mean.value", "failed")
    assert sentence in wrong.message
    assert points(report) == {"line_forward": 4, "line_backward": 4, "scale": 4, "mean": 0}


GRADIENTS = {
    "one array": (
        "dout",
        "it is an array of shape (6,), and 2 values (dx, dw) are expected",
        "separated by commas: dx, dw",
    ),
    "nothing": ("None", "it is None, and 2 values (dx, dw) are expected", "The result is None: is a return missing?"),
    "one too few": ("(dx,)", "it has 1 values, and 2 are expected", "right as far as it goes: dw is missing."),
    "one too many": ("dx, dw, 3", "it has 3 values, and 2 are expected", "The first 2 are right: leave out what comes"),
    "in the wrong order": (
        "dw, dx",
        "Wrong shape in dx",
        "What you return as dx is dw: the results are in the wrong order",
    ),
    "an array of objects": (
        "np.array([dx, dw], dtype=object)",
        "it is an array of objects, and 2 values (dx, dw)",
        None,
    ),
    "None among them": ("dx, None", "Wrong kind of result in dw: it is None", "dw is None: is a return missing?"),
    "a matrix among them": ("np.matrix(dx), dw", "in dx: it is a numpy.matrix", "dx is of a special kind of array"),
}


@pytest.mark.parametrize("case", GRADIENTS)
def test_gradients_in_the_wrong_form_are_named_in_a_sentence(case, sit):
    expression, sentence, hint = GRADIENTS[case]
    body = f"    x, w = cache\n    dx, dw = np.outer(dout, w), x.T @ dout\n    return {expression}"
    report = sit(right_but(f"def line_backward(dout, cache):\n{body}"))
    wrong = the_one_that_is_wrong(report)
    assert (wrong.id, wrong.status) == ("line_backward.gradient", "failed")
    assert sentence in wrong.message
    assert (hint in wrong.hint) if hint else wrong.hint is None
    assert points(report) == {"line_forward": 4, "line_backward": 0, "scale": 4, "mean": 4}


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [("x @ w", "line_forward(x, w): it returned an array of shape (6,), where a tuple is due."),
     ("None", "line_forward(x, w): it returned None, where a tuple is due.")],
)  # fmt: skip
def test_a_forward_without_a_cache_is_told_what_is_due(expression, sentence, sit):
    report = sit(right_but(f"def line_forward(x, w): return {expression}"))
    assert outcome_of(report, "line_forward.value").message == sentence
    assert points(report) == {"line_forward": 0, "line_backward": 0, "scale": 4, "mean": 4}


def test_a_number_where_one_element_is_due_costs_the_check_of_sizes_alone(sit):
    wrong = the_one_that_is_wrong(sit(right_but("def scale(x, factor): return np.squeeze(x * factor)")))
    assert (wrong.id, wrong.status) == ("scale.sizes", "failed")
    assert "its shape is (), and (1,) is expected" in wrong.message


def test_a_smaller_dtype_costs_the_check_of_dtypes_alone(sit):
    wrong = the_one_that_is_wrong(sit(right_but("def scale(x, factor): return (x * factor).astype(np.float32)")))
    assert (wrong.id, wrong.message) == ("scale.dtype", "scale returns float32 numbers; float64 is expected.")
    wrong = the_one_that_is_wrong(sit(right_but("def mean(x): return np.float32(np.mean(x))")))
    assert (wrong.id, wrong.message) == ("mean.dtype", "mean returns float32 numbers; float64 is expected.")


def test_a_changed_argument_costs_a_tenth(sit):
    report = sit(right_but("def scale(x, factor):\n    x *= factor\n    return x"))
    wrong = the_one_that_is_wrong(report)
    assert wrong.id == "scale.unchanged"
    assert wrong.message.startswith("scale changed x, which it was given.")
    assert report.score == 15.6


RIGHT = {
    "non-contiguous": "def scale(x, factor): return np.repeat(x * factor, 2)[::2]",
    "negative strides": "def scale(x, factor): return (x * factor)[::-1].copy()[::-1]",
    "read-only": "def scale(x, factor):\n    r = x * factor\n    r.flags.writeable = False\n    return r",
    "big-endian": "def scale(x, factor): return (x * factor).astype('>f8')",
    "a view": "def scale(x, factor): return (x * factor).reshape(-1, 1)[:, 0]",
    "its own argument": "def scale(x, factor): return x if factor == 1 else x * factor",
    "Fortran order": "def line_backward(d, c): return np.asfortranarray(np.outer(d, c[1])), c[0].T @ d",
    "broadcast": "def line_backward(d, c): return np.broadcast_to(d[:, None], c[0].shape) * c[1], c[0].T @ d",
    "a namedtuple": "from collections import namedtuple\nG = namedtuple('G', 'dx dw')\n"
    "def line_backward(d, c): return G(np.outer(d, c[1]), c[0].T @ d)",
    "a list of gradients": "def line_backward(d, c): return [np.outer(d, c[1]), c[0].T @ d]",
    "a list of out and cache": "def line_forward(x, w): return [x @ w, (x, w)]",
    "a cache that is a closure": "def line_forward(x, w): return x @ w, lambda d: (np.outer(d, w), x.T @ d)\n"
    "def line_backward(dout, cache): return cache(dout)",
    "a cache that is an object": "class C: pass\ndef line_forward(x, w):\n    c = C(); c.x, c.w = x, w\n"
    "    return x @ w, c\n"
    "def line_backward(d, c): return np.outer(d, c.w), c.x.T @ d",
    "a cache that is a generator": "def line_forward(x, w):\n    def g():\n        d = yield\n"
    "        yield np.outer(d, w), x.T @ d\n    i = g(); next(i)\n    return x @ w, i\n"
    "def line_backward(dout, cache): return cache.send(dout)",
    "a cache that is a dict of anything": "def line_forward(x, w): return x @ w, {1: x, None: w}\n"
    "def line_backward(d, c): return np.outer(d, c[None]), c[1].T @ d",
    "a NumPy scalar": "def mean(x): return np.mean(x)",
    "a 0-d array": "def mean(x): return np.array(np.mean(x))",
    "printing": "def scale(x, factor):\n    print('scaling', x)\n    return x * factor",
    "a warning": "import warnings\ndef scale(x, factor):\n    warnings.warn('hm')\n    return x * factor",
    "a lambda": "scale = lambda x, factor: x * factor",
    "a partial": "import functools\nscale = functools.partial(lambda c, x, factor: x * factor, 3)",
    "a callable object": "class S:\n    def __call__(self, x, factor): return x * factor\nscale = S()",
    "a bound method": "class S:\n    def scale(self, x, factor): return x * factor\nscale = S().scale",
    "a ufunc": "scale = np.multiply",
    "decorated": "def deco(f):\n    def g(*args): return f(*args)\n    return g\nscale = deco(scale)",
    "decorated with wraps": "import functools\ndef deco(f):\n    @functools.wraps(f)\n"
    "    def g(*a, **k): return f(*a, **k)\n"
    "    return g\n@deco\ndef scale(x, factor): return x * factor",
    "cached": "import functools\n@functools.lru_cache\ndef one(n): return 1.0\n"
    "def scale(x, factor): return x * factor * one(3)",
    "a default argument": "def scale(x, factor=2.0, more=None): return x * factor",
    "annotated": "def scale(x: np.ndarray, factor: float) -> np.ndarray: return x * factor",
    "a main block": "if __name__ == '__main__':\n    raise SystemExit('it ran')",
    "unicode names": "def scale(x, factor):\n    größe = x * factor\n    return größe",
    "globals": "COUNT = 0\ndef scale(x, factor):\n    global COUNT\n    COUNT += 1\n    return x * factor",
    "a dataclass": "from dataclasses import dataclass\n@dataclass\nclass P:\n    a: float\n"
    "def scale(x, factor): return x * P(factor).a",
    "a patched NumPy": "np.testing.assert_allclose = np.allclose = lambda *a, **k: True",
    "a thread that sleeps": "import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()",
    "its own standard output": "import io, sys\nsys.stdout = io.StringIO()",
}


@pytest.mark.parametrize("case", RIGHT)
def test_a_right_answer_in_an_unusual_form_is_right(case, sit):
    report = sit(right_but(RIGHT[case]))
    assert [outcome.message for outcome in report.checks if outcome.status != "passed"] == []
    assert (report.score, report.passed) == (16, True)


TEXTS = {
    "with CRLF": REFERENCE.replace("\n", "\r\n").encode(),
    "with a byte order mark": b"\xef\xbb\xbf" + REFERENCE.encode(),
    "indented with tabs": REFERENCE.replace("    ", "\t").encode(),
    "with a future import": b"from __future__ import annotations\n" + REFERENCE.encode(),
    "with form feeds": REFERENCE.replace("\n\n\n", "\n\f\n").encode(),
    "in Latin-1, declared": b"# coding: latin-1\n" + REFERENCE.encode() + b"\n# gr\xf6\xdfe\n",
}


@pytest.mark.parametrize("case", TEXTS)
def test_a_right_answer_in_an_unusual_text_is_right(case, sit):
    assert sit(whole(TEXTS[case])).passed


@pytest.mark.parametrize("cache", ["None", "len(KEPT)"])
def test_a_cache_kept_in_a_global_fails_where_forwards_are_interleaved(cache, sit):
    code = f"KEPT = []\ndef line_forward(x, w):\n    KEPT[:] = [x, w]\n    return x @ w, {cache}\n"
    report = sit(right_but(code + "def line_backward(d, c): return np.outer(d, KEPT[1]), KEPT[0].T @ d"))
    wrong = the_one_that_is_wrong(report)
    assert wrong.target == "line_backward"
    assert wrong.title == "Uses the cache it is given, also when another forward came in between."
    assert 15 < report.score < 16
