"""A desk answers calls among a submission's own objects, and turns whatever happens there into an answer."""

from __future__ import annotations

import functools

import numpy as np
import pytest

from grader.bench.desk import Desk, describe, signature
from grader.wire import Call, Foreign, Handle, Ref, Reply, Scalar, frame, pack_call, read_answer


class Counter:
    """Counts."""

    def __init__(self, start=0):
        self.value = start

    def add(self, step):
        self.value += step
        return self.value


NAMESPACE = {
    "double": lambda x: 2 * x,
    "pair": lambda x: (x + 1, {"cache": x}),
    "use": lambda dout, cache: dout * cache["cache"],
    "triple": lambda: [1, 2, 3],
    "nothing": lambda: None,
    "Counter": Counter,
    "echo": lambda *args, **kwargs: [type(arg).__name__ for arg in args] + sorted(kwargs),
}


@pytest.fixture
def ask():
    """Ask one exchange, with the answers as the examiner reads them."""
    desk = Desk(NAMESPACE, {"test_desk.py": open(__file__, encoding="utf-8").read().splitlines()})  # noqa: SIM115

    def exchange(*calls: Call) -> list[Reply]:
        desk.begin()
        return [read_answer(frame(desk.reply(3, index, call))[4:]) for index, call in enumerate(calls)]

    return exchange


def test_a_function_is_called_by_name(ask):
    (reply,) = ask(Call("double", [np.array([1.0, 2.0])]))
    assert reply.value.tolist() == [2.0, 4.0]
    assert (reply.number, reply.call, reply.raised) == (3, 0, None)
    assert reply.seconds > 0


def test_arguments_come_as_their_own_kinds(ask):
    arguments = [np.zeros(2), Scalar(1.5, "float32"), (1, 2), [1], {"a": np.zeros(1)}, None, "s", True]
    (reply,) = ask(Call("echo", arguments, {"key": 1}))
    assert reply.value == ["ndarray", "float32", "tuple", "list", "dict", "NoneType", "str", "bool", "key"]


def test_arrays_are_the_submissions_own_copies(ask):
    NAMESPACE["spoil"] = lambda x, nested: (x.fill(9), nested[0]["v"].fill(9))
    x, nested = np.zeros(2), [{"v": np.zeros(2)}]
    ask(Call("spoil", [x, nested]))
    assert x.tolist() == nested[0]["v"].tolist() == [0, 0]


def test_a_result_is_kept_for_later_calls_of_the_exchange(ask):
    forward, backward = ask(Call("pair", [3.0], keep=True, take=[0]), Call("use", [2.0, Ref(0, 1)]))
    assert (forward.value, backward.value) == (4.0, 6.0)


def test_what_was_kept_is_forgotten_with_the_exchange(ask):
    ask(Call("pair", [3.0], keep=True, take=[0]))
    (reply,) = ask(Call("use", [2.0, Ref(0, 1)]))
    assert reply.raised.message == "it needs the result of a call that failed"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (Call("absent"), "absent is not defined"),
        (Call("nothing", take=[0]), "it returned None, where a tuple is due"),
        (Call("double", [1.0], take=[0]), "it returned a float, where a tuple is due"),
        (Call("double", [np.zeros((2, 3))], take=[0]), "it returned an array of shape (2, 3), where a tuple is due"),
        (Call("triple", take=[5]), "it returned 3 values, where 6 or more are due"),
    ],
)
def test_a_call_that_cannot_be_answered_says_why(ask, call, words):
    (reply,) = ask(call)
    assert (reply.raised.type, reply.raised.message) == ("Unanswerable", words)


def test_a_reference_to_an_item_that_is_not_there_says_why(ask):
    _, reply = ask(Call("double", [1.0], keep=True), Call("use", [1.0, Ref(0, 1)]))
    assert reply.raised.message == "the call before it returned a float, where 2 or more values are due"


def test_some_items_of_a_result_come_back(ask):
    one, several, whole = ask(Call("triple", take=[1]), Call("triple", take=[0, 2]), Call("triple"))
    assert (one.value, several.value, whole.value) == (2, [1, 3], [1, 2, 3])


def test_an_object_is_held_and_answers_calls_of_its_methods(ask):
    (made,) = ask(Call("Counter", [5], hold=True))
    assert made.value == Handle(0, "Counter")
    added, value = ask(Call("add", [2], on=made.value), Call("value", on=made.value, attribute=True))
    assert (added.value, value.value) == (7, 7)


def test_an_attribute_that_is_not_there_is_an_exception_of_the_submission(ask):
    (made,) = ask(Call("Counter", hold=True))
    (reply,) = ask(Call("count", on=made.value, attribute=True))
    assert reply.raised.type == "AttributeError"


def test_changed_arguments_are_noticed(ask):
    NAMESPACE["change"] = lambda a, b, c: (b.__setitem__(0, 9.0), c["v"].__iadd__(1))
    (reply,) = ask(Call("change", [np.zeros(2), np.zeros(2), {"v": np.zeros(2)}], guard=[0, 1, 2], echo=[1]))
    assert reply.changed == [1, 2]
    assert reply.echo[0].tolist() == [9.0, 0.0]


@pytest.mark.parametrize(
    "change",
    [lambda x: x.__setitem__(0, 0.0), lambda x: x.setflags(write=False), lambda x: x[:1]],
    ids=["the same value", "flags", "a view"],
)
def test_what_leaves_the_values_alone_is_no_change(ask, change):
    NAMESPACE["touch"] = change
    (reply,) = ask(Call("touch", [np.zeros(2)], guard=[0]))
    assert reply.changed == []


def test_minus_zero_for_zero_is_a_change(ask):
    NAMESPACE["negate"] = lambda x: np.negative(x, out=x)
    (reply,) = ask(Call("negate", [np.zeros(2)], guard=[0]))
    assert reply.changed == [0]


def test_warnings_are_told_where_they_are_watched(ask):
    NAMESPACE["overflow"] = lambda x: np.exp(x)
    (reply,) = ask(Call("overflow", [np.array([1e4])], watch=True))
    assert reply.warnings == ["overflow encountered in exp"]
    assert np.isinf(reply.value[0])


def test_warnings_are_told_of_a_call_that_failed_too(ask):
    def fail(x):
        return np.exp(x) / [][0]

    NAMESPACE["fail"] = fail
    (reply,) = ask(Call("fail", [np.array([1e4])], watch=True))
    assert (reply.raised.type, reply.warnings) == ("IndexError", ["overflow encountered in exp"])


def test_an_exception_comes_with_the_lines_of_the_submission_alone(ask):
    def broken(x):
        return np.linalg.inv(x)

    NAMESPACE["broken"] = functools.partial(broken)
    desk = Desk(NAMESPACE, {__file__: open(__file__, encoding="utf-8").read().splitlines()})  # noqa: SIM115
    raised = desk.reply(0, 0, Call("broken", [np.zeros((2, 2))])).raised
    assert (raised.type, raised.message) == ("LinAlgError", "Singular matrix")
    assert [(frame.file, frame.function, frame.source) for frame in raised.frames] == [
        ("test_desk.py", "broken", "return np.linalg.inv(x)")
    ]


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), GeneratorExit(), RecursionError("deep")])
def test_whatever_is_raised_is_an_answer(ask, error):
    def fail():
        raise error

    NAMESPACE["fail"] = fail
    (reply,) = ask(Call("fail"))
    assert reply.raised.type == type(error).__name__


def test_what_is_not_written_yet_is_known():
    assert describe(NotImplementedError("soon"), {}).unwritten
    assert not describe(type("Sub", (NotImplementedError,), {})("soon"), {}).unwritten


class HostileError(Exception):
    def __str__(self):
        raise SystemExit("no")


class NumericError(Exception):
    def __str__(self):
        return 3


@pytest.mark.parametrize("error", [HostileError(), NumericError()])
def test_a_message_that_cannot_be_read_is_said_to_be_so(error):
    assert describe(error, {}).message == "(its message could not be read)"


def test_a_long_message_is_cut_and_a_lone_surrogate_replaced():
    assert len(describe(ValueError("x" * 10**6), {}).message) == 2000
    assert describe(ValueError("a\ud800"), {}).message == "a?"


def test_a_syntax_error_has_its_line_and_column():
    with pytest.raises(SyntaxError) as caught:
        compile("x = 1\ny = = 2\n", "losses.py", "exec")
    raised = describe(caught.value, {})
    assert (raised.message, raised.column) == ("invalid syntax", 5)
    assert [(frame.file, frame.line, frame.source.rstrip()) for frame in raised.frames] == [("losses.py", 2, "y = = 2")]


def test_a_forged_handle_cannot_reach_what_was_not_held(ask):
    (reply,) = ask(Call("add", [1], on=Handle(99, "Counter")))
    assert reply.raised is not None


def test_a_submission_that_returns_a_handle_gives_it_back_as_one(ask):
    NAMESPACE["forge"] = lambda: [Handle(0, "x"), Foreign("y")]
    (reply,) = ask(Call("forge"))
    assert reply.value == [Handle(0, "x"), Foreign("y")]


def described(value):
    found = signature(value)
    return (found.kind, found.required, found.optional, found.more, found.keyword_only)


def test_what_a_name_is_and_takes():
    def plain(a, b=1, *, key):
        pass

    assert described(plain) == ("function", ["a"], ["b"], False, ["key"])
    assert described(lambda *args, **kwargs: 0) == ("function", [], [], True, [])
    assert described(functools.partial(plain, 1)) == ("function", [], ["b"], False, ["key"])
    assert described(Counter) == ("class", [], ["start"], False, [])
    assert described(Counter().add) == ("function", ["step"], [], False, [])
    assert described(3.0) == ("float", [], [], False, [])
    assert described(np.multiply)[0] == "function"


def test_where_a_name_is_defined():
    @functools.lru_cache
    def cached(x):
        return x

    found = signature(cached)
    assert found.file.endswith("test_desk.py")
    assert found.line == cached.__wrapped__.__code__.co_firstlineno
    assert signature(Counter).line == Counter.__init__.__code__.co_firstlineno
    assert (signature(np.multiply).file, signature(np.multiply).line) == ("", None)


def test_what_lies_about_itself_is_still_a_function():
    class Sly:
        def __call__(self, x):
            return x

        @property
        def __signature__(self):
            raise SystemExit("no")

        @property
        def __wrapped__(self):
            raise SystemExit("no")

    assert described(Sly()) == ("function", [], [], True, [])


def test_a_call_travels_as_it_is_asked():
    call = pack_call(Call("double", [np.zeros(2)], {"k": (1, 2)}))
    assert call.name == "double"
    assert len(call.args) == 1
