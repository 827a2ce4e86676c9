"""A submission on benches: a function that kills or hangs one is not asked again, the others are."""

from __future__ import annotations

import pytest

from grader.answers import Exchange
from grader.answers.student import Absent, BenchStudent
from grader.bench.client import Clock
from grader.bench.launch import launcher
from grader.course import Limits
from grader.wire import Call, Load, Ref, ask_frame

LIMITS = Limits(time=20, call=0.3, memory=256 << 20, output=64)
TEXT = """
import os
def good(x): return x + 1
def forward(x): return x, x
def hang(x, cache=None):
    while True: pass
def die(x): os._exit(3)
def fail(x): return x / 'a'
def greedy(x): return bytearray(1 << 30)
class Thing:
    def hang(self):
        while True: pass
    def good(self): return 1
"""


@pytest.fixture(scope="module")
def benches():
    made = launcher(["numpy"], "auto", LIMITS)
    yield made
    made.close()


@pytest.fixture
def student_of(benches):
    made = []

    def student(text: str = TEXT, clock: Clock | None = None) -> BenchStudent:
        load = Load("losses", {"losses.py": text.encode()}, None, ["good"], "{name} may not be imported.", ["numpy"])
        made.append(BenchStudent(benches, load, LIMITS, clock or Clock(20)))
        return made[-1]

    yield student
    for student in made:
        student.close()


def exchanges(*calls: list[Call], start: int = 0) -> list[Exchange]:
    numbered = enumerate(calls, start)
    return [Exchange(number, tuple(group), ask_frame(number, group)) for number, group in numbered]


def fates(answers) -> list[list[str]]:
    return [[answer.fate for answer in group] for _, group in sorted(answers.items())]


def test_many_exchanges_are_answered_by_their_numbers(student_of):
    answers = student_of().sit(exchanges(*([Call("good", [i])] for i in range(100))))
    assert [answers[i][0].value for i in range(100)] == list(range(1, 101))


def test_it_says_what_is_defined(student_of):
    student = student_of()
    assert (list(student.defines), student.problem, student.notes) == (["good"], None, [])


@pytest.mark.parametrize(("name", "fate"), [("hang", "timeout"), ("die", "died")])
def test_a_deadly_function_is_asked_once_and_the_others_go_on(student_of, name, fate):
    calls = [[Call("good", [1])], [Call(name, [1])], [Call("good", [2])], [Call(name, [2])], [Call("good", [3])]]
    answers = student_of().sit(exchanges(*calls))
    assert fates(answers) == [["answered"], [fate], ["answered"], [fate], ["answered"]]
    assert answers[3][0].words == answers[1][0].words


def test_what_comes_before_a_deadly_call_counts_and_what_comes_after_is_not_asked(student_of):
    group = [Call("forward", [1], keep=True), Call("hang", [1, Ref(0, 1)]), Call("good", [1])]
    answers = student_of().sit(exchanges(group, group))
    assert fates(answers) == [["answered", "timeout", "unasked"]] * 2
    assert answers[1][0].value == [1, 1]
    assert answers[1][2].words == "The call before it did not return."


def test_a_function_that_is_barred_is_not_asked_in_a_later_exchange_either(student_of):
    student = student_of()
    student.ask([Call("die", [1])])
    printed_before = student.cpu_s
    assert student.ask([Call("die", [1])])[0].fate == "died"
    assert student.cpu_s == printed_before
    assert student.ask([Call("good", [1])])[0].value == 2


def test_a_method_that_hangs_bars_no_function_of_its_name(student_of):
    student = student_of()
    thing = student.ask([Call("Thing", hold=True)])[0].value
    assert student.ask([Call("hang", on=thing)])[0].fate == "timeout"
    assert student.ask([Call("good", [1])])[0].value == 2


def test_an_object_of_a_bench_that_died_is_gone(student_of):
    student = student_of()
    thing = student.ask([Call("Thing", hold=True)])[0].value
    student.ask([Call("die", [1])])
    (answer,) = student.ask([Call("good", on=thing)])
    assert answer.raised.message == "it needs the Thing of a process that has ended"


def test_an_exception_is_an_answer_and_bars_nothing(student_of):
    student = student_of()
    first, second = student.ask([Call("fail", [1])])[0], student.ask([Call("fail", [2])])[0]
    assert (first.fate, first.raised.type, second.fate) == ("raised", "TypeError", "raised")


def test_a_lack_of_memory_names_the_limit(student_of):
    assert student_of().ask([Call("greedy", [1])])[0].raised.message == "it used more than 256MiB of memory."


def test_a_submissions_time_is_counted_over_all_its_benches(student_of):
    student = student_of(clock=Clock(0.5))
    fated = [student.ask([Call("hang", [1])])[0].fate, student.ask([Call("fail", [1])])[0].fate]
    student._barred.clear()
    late = student.ask([Call("hang", [1])])[0]
    assert [*fated, late.fate] == ["timeout", "raised", "overtime"]
    assert student.ask([Call("good", [1])])[0].words == "The submission used up its 0.5 seconds."


def test_a_call_may_have_more_time_than_others(student_of):
    student = student_of(
        "import time\ndef slow(x):\n    end = time.monotonic() + 0.4\n    while time.monotonic() < end: pass"
    )
    assert student.ask([Call("slow", [1])], seconds=5)[0].fate == "answered"


@pytest.mark.parametrize(
    ("text", "fate"),
    [("1 / 0", "raised"), ("while True: pass", "timeout"), ("import os; os._exit(3)", "died")],
)
def test_what_cannot_be_loaded_answers_everything_with_its_problem(student_of, text, fate):
    student = student_of(text)
    assert student.problem.fate == fate
    assert fates(student.sit(exchanges([Call("good", [1])], [Call("f"), Call("g")]))) == [[fate], [fate, fate]]


def test_what_it_printed_on_all_its_benches_is_kept_up_to_the_limit(student_of):
    student = student_of("import os\nprint('loaded')\ndef die(): os._exit(1)\ndef much(): print('x' * 100)\n")
    student.ask([Call("die")])
    student.ask([Call("much")])
    student.close()
    assert student.output == "loaded\n" + ("loaded\n" + "x" * 100)[:64]
    assert student.output_cut


def test_what_was_not_there_to_be_loaded_says_so_everywhere():
    absent = Absent("losses.py is a folder.")
    answers = absent.sit(exchanges([Call("f"), Call("g")]))
    assert fates(answers) == [["died", "died"]]
    assert answers[0][0].words == "losses.py is a folder."
    absent.close()
