"""Recorded answers: what was asked once can be answered again, on another machine too, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from grader.answers import Exchange
from grader.answers.kernel import KernelStudent
from grader.answers.recorded import RecordedReference, Recorder, question_digest, sources_of
from grader.answers.reference import LiveReference
from grader.errors import CourseError
from grader.wire import Call, ask_frame

NAMESPACE = {
    "double": lambda x: 2 * x,
    "pair": lambda x: (x, {"w": [x, 1.5]}),
    "fail": lambda x: x / "a",
    "draw": lambda seed: np.random.default_rng(seed).normal(size=4),
    "keep": lambda x, state: state.__setitem__("sum", 7.0),
}
X = np.array([1.0, -2.5, 1e-30, 3e9])


def exchange(number: int, *calls: Call, chance: bool = False) -> Exchange:
    return Exchange(number, calls, ask_frame(number, list(calls)), chance=chance)


@pytest.fixture
def recorder():
    return Recorder(LiveReference(lambda: KernelStudent(NAMESPACE, list(NAMESPACE))))


@pytest.fixture
def replay(recorder, tmp_path):
    """Write what was recorded, and read it as a student's copy does."""

    def read(sources: bytes = b"made from this") -> RecordedReference:
        path = tmp_path / "answers.npz"
        path.write_bytes(recorder.encode(sources))
        return RecordedReference(path)

    return read


def test_what_was_asked_is_answered_the_same(recorder, replay):
    recorder.sit([exchange(0, Call("double", [X])), exchange(1, Call("pair", [2.0]), Call("fail", [1.0]))])
    answers = replay().sit([exchange(5, Call("double", [X])), exchange(6, Call("pair", [2.0]), Call("fail", [1.0]))])
    assert np.allclose(answers[5][0].value, 2 * X, rtol=1e-11, atol=0)
    assert answers[6][0].value == [2.0, {"w": [2.0, 1.5]}]
    assert (answers[6][1].fate, answers[6][1].raised.type) == ("raised", "TypeError")


def test_the_last_bits_of_another_machine_make_no_difference(recorder, replay):
    recorder.ask([Call("double", [X])])
    other = np.nextafter(X, np.inf)
    assert replay().ask([Call("double", [other])])[0].given


def test_another_question_has_no_answer_and_says_what_to_do(recorder, replay):
    recorder.ask([Call("double", [X])])
    with pytest.raises(CourseError, match=r"has no answer to a question about double.*grade release --answers"):
        replay().ask([Call("double", [X * (1 + 1e-6)])])


@pytest.mark.parametrize(
    "other",
    [
        Call("triple", [X]),
        Call("double", [X.astype(np.float32)]),
        Call("double", [X.reshape(2, 2)]),
        Call("double", [X, 1]),
        Call("double", [], {"x": X}),
        Call("double", [[X]]),
        Call("double", [X], take=[0]),
        Call("double", [X], hold=True),
    ],
)
def test_questions_that_differ_have_different_digests(other):
    assert question_digest([other]) != question_digest([Call("double", [X])])


def test_whole_numbers_and_words_count_to_the_last_digit():
    assert question_digest([Call("f", [10**12])]) != question_digest([Call("f", [10**12 + 1])])
    assert question_digest([Call("f", [{"mode": "train"}])]) != question_digest([Call("f", [{"mode": "test"}])])
    assert question_digest([Call("f", [{"a": 1, "b": 2}])]) == question_digest([Call("f", [{"b": 2, "a": 1}])])


def test_a_conversation_is_replayed_in_its_order(recorder, replay):
    talk = recorder.conversation("a.check")
    talk.ask([Call("double", [1.0])])
    talk.ask([Call("double", [1.0])])
    again = replay().conversation("a.check")
    assert [again.ask([Call("double", [1.0])])[0].value for _ in range(2)] == [2.0, 2.0]
    with pytest.raises(CourseError):
        again.ask([Call("double", [1.0])])
    with pytest.raises(CourseError):
        replay().conversation("another.check").ask([Call("double", [1.0])])


def test_of_answers_with_chance_in_them_only_the_shape_is_kept(recorder, replay):
    recorder.sit([exchange(0, Call("draw", [3]), chance=True)])
    assert replay().ask([Call("draw", [3])])[0].value.tolist() == [0, 0, 0, 0]


def test_arguments_that_came_back_are_restored_changed_or_not(recorder, replay):
    state = {"sum": 0.0}
    call, same = Call("keep", [X, state], echo=[1]), Call("double", [X], echo=[0])
    recorder.ask([call])
    recorder.ask([same])
    assert replay().ask([call])[0].echo == [{"sum": 7.0}]
    assert np.array_equal(replay().ask([same])[0].echo[0], X)


def test_the_same_recording_has_the_same_bytes(recorder):
    recorder.ask([Call("double", [X])])
    assert recorder.encode(b"s") == recorder.encode(b"s")


def test_the_file_holds_no_pickle_and_says_what_it_was_made_from(recorder, replay, tmp_path):
    recorder.ask([Call("double", [X])])
    replay(b"a digest")
    path = tmp_path / "answers.npz"
    with np.load(path, allow_pickle=False) as file:
        assert all(file[name].dtype == np.uint8 for name in file.files)
    assert sources_of(path) == b"a digest"
    assert sources_of(tmp_path / "absent.npz") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: b"",
        lambda d: b"not a zip",
        lambda d: d[:99],
        lambda d: d[:-40],
        lambda d: d[:60] + b"????" + d[64:],
        lambda d: d.replace(b"index", b"other"),
    ],
)
def test_a_broken_file_says_what_to_do(recorder, tmp_path, damage):
    recorder.ask([Call("double", [X])])
    path = tmp_path / "answers.npz"
    path.write_bytes(damage(recorder.encode(b"")))
    assert sources_of(path) in (None, b"")
    with pytest.raises(CourseError, match=r"answers.npz cannot be read .*Get a fresh copy of the course"):
        RecordedReference(path)


def test_a_missing_file_says_what_to_do(tmp_path):
    with pytest.raises(CourseError, match="is missing, and there is no solutions/ to ask instead"):
        RecordedReference(tmp_path / "answers.npz")


def test_a_file_of_other_arrays_says_what_to_do(tmp_path):
    path = tmp_path / "answers.npz"
    np.savez(path, index=np.zeros(3, np.uint8))
    with pytest.raises(CourseError, match="cannot be read"):
        RecordedReference(path)
