"""An answer beside the right one: what counts as the same, and the words for what differs."""

from __future__ import annotations

import numpy as np
import pytest

from grader.checks.compare import difference, leaves
from grader.wire import Foreign, Handle, Scalar

A = np.array([[1.0, -2.0], [3.0, 4.0]])


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (A.copy(), A),
        (A * (1 + 1e-8), A),
        (A.astype(np.float32), A),
        (np.array([1, 2]), np.array([1.0, 2.0])),
        (np.float64(2.0), 2.0),
        (Scalar(2.0, "float64"), 2.0),
        (np.array(2.0), 2.0),
        (2, 2.0),
        (2.0, Scalar(2.0, "float64")),
        (0.0, -0.0),
        ([A, 1.0], (A, 1.0)),
        ({"a": A, "more": 1}, {"a": A}),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
        (float("inf"), float("inf")),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (None, None),
        ("test", "test"),
        (np.array([True, False]), np.array([True, False])),
    ],
)
def test_what_is_right(got, want):
    assert difference(got, want) is None


@pytest.mark.parametrize(
    ("got", "want", "kind", "words"),
    [
        (A + 1e-5, A, "value", "4 of 4 values are wrong; the worst is at index [0, 0]"),
        (A.T, A, "value", "2 of 4 values are wrong; the worst is at index [0, 1]"),
        (A[:1], A, "shape", "its shape is (1, 2), and (2, 2) is expected"),
        (A[:, :1], A, "shape", "its shape is (2, 1), and (2, 2) is expected"),
        (3.0, A, "shape", "it is one number, and an array of shape (2, 2) is expected"),
        (A.tolist(), A, "type", "it is 2 values in a list or tuple, and an array of shape (2, 2) is expected"),
        (A + 0j, A, "type", "it is an array of complex numbers, and real ones are expected"),
        (A > 0, A, "type", "it is an array of booleans, and numbers are expected"),
        (np.full((2, 2), np.nan), A, "nan", "it is nan at index [0, 0] (and at 4 of 4 in all)"),
        (np.array([1, 2, 4]), np.array([1, 2, 3]), "value", "1 of 3 values are wrong; the worst is at index [2]"),
        (A, 3.0, "type", "it is an array of shape (2, 2), and one number is expected"),
        (True, 1.0, "type", "it is the boolean True, and one number is expected"),
        (Scalar(True, "bool"), 1.0, "type", "it is one bool number, and one number is expected"),
        (float("nan"), 1.0, "nan", "it is nan"),
        (float("inf"), 1.0, "nan", "it is inf"),
        (1.001, 1.0, "value", "it is 1.001"),
        (1.0, float("inf"), "value", "it is 1"),
        (A, (A, A), "type", "it is an array of shape (2, 2), and 2 values are expected"),
        ((A,), (A, A), "length", "it has 1 values, and 2 are expected"),
        (A, {"a": A}, "type", "it is an array of shape (2, 2), and a dict is expected"),
        ({"b": A}, {"a": A}, "keys", "it has no 'a'"),
        ("x", A, "type", "it is a string, and an array of shape (2, 2) is expected"),
        (None, "x", "type", "it is None, and a string is expected"),
        (Handle(3, "generator"), 1.0, "type", "it is an object of type generator, and one number is expected"),
        (Foreign("a numpy.matrix"), A, "type", "it is a numpy.matrix, and an array of shape (2, 2) is expected"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(got, want, kind, words):
    found = difference(got, want)
    assert (found.kind, found.words) == (kind, words)


def test_the_part_that_differs_has_its_name():
    assert difference([A, A + 1], (A, A), ("dx", "dw")).path == "dw"
    assert difference([A, [A, A + 1]], (A, (A, A))).path == "[1][1]"
    assert difference({"w": [A, A + 1]}, {"w": (A, A)}).path == "['w'][1]"


def test_the_tolerance_is_relative_and_absolute_where_a_floor_is_given():
    assert difference(np.array([1e-9, 1.0]), np.array([0.0, 1.0])) is None
    assert difference(np.array([1e-9 + 1e-13]), np.array([1e-9])) is None
    assert difference(np.array([1e-4 + 1e-9]), np.array([1e-4])) is not None
    assert difference(np.array([1e-4 + 1e-9]), np.array([1e-4]), floor=1.0) is None
    assert difference(1e-20, 0.0) is None
    assert difference(1e-11, 0.0) is not None


def test_the_leaves_of_a_nested_value_have_the_names_of_their_places():
    assert [name for name, _ in leaves([1, (2, {"w": 3})])] == ["[0]", "[1][0]", "[1][1]['w']"]
