"""The objects of a notebook's kernel answer as a bench would: through the same bytes, with words for the rest."""

from __future__ import annotations

import numpy as np
import pytest
from small_exam import REFERENCE, build, examiner, points, whole

from grader.answers.kernel import KernelStudent
from grader.wire import Call, Foreign, Ref


def test_it_knows_what_is_defined_and_answers():
    kernel = KernelStudent({"double": lambda x: 2 * x, "other": 3}, ["double", "absent"])
    assert list(kernel.defines) == ["double"]
    assert kernel.ask([Call("double", [np.ones(2)])])[0].value.tolist() == [2, 2]


def test_a_cache_lives_for_one_exchange():
    kernel = KernelStudent({"f": lambda x: (x, object()), "b": lambda cache: type(cache).__name__}, [])
    assert kernel.ask([Call("f", [1], keep=True, take=[0]), Call("b", [Ref(0, 1)])])[1].value == "object"


def test_answers_are_judged_as_a_benchs_are():
    class Sly(float):
        pass

    kernel = KernelStudent({"f": lambda: Sly(1), "g": lambda: [[0.0] * 1000] * 200}, [])
    sly, many = kernel.ask([Call("f"), Call("g")])
    assert isinstance(sly.value, Foreign)
    assert many.raised.message == "what it returned is too much to be looked at (lists of more than 100,000 values)"


def test_an_exception_is_an_answer():
    kernel = KernelStudent({"f": lambda: 1 / 0}, [])
    assert kernel.ask([Call("f")])[0].raised.type == "ZeroDivisionError"


@pytest.fixture(scope="module")
def exam(tmp_path_factory):
    with examiner(build(tmp_path_factory.mktemp("kernel"))) as made:
        yield made


def test_a_notebooks_objects_get_a_report_like_any_other(exam):
    namespace: dict = {}
    exec(REFERENCE.replace("x * factor", "x + factor"), namespace)
    kernel = KernelStudent(namespace, [target.name for target in exam.suite.targets])
    report = exam.examine_objects(kernel, whole(""))
    assert points(report) == {"line_forward": 4, "line_backward": 4, "scale": 0, "mean": 4}
    assert report.isolation == []
    kernel.close()
