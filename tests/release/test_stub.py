"""The stub of a source: what is marked goes, all else stays, and what cannot be cut cleanly is refused."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from grader.errors import SuiteError
from grader.release.stub import make_stub


def stub_of(source: str) -> str:
    return make_stub(dedent(source).lstrip("\n"), "losses.py")


def test_a_marked_body_becomes_an_error_that_names_its_function():
    stub = stub_of('''
        def mse(pred):
            """The mean of the squares."""
            ### BEGIN SOLUTION
            total = 0
            return total
            ### END SOLUTION


        def mae(pred):
            """Given."""
            return 1
    ''')
    assert stub == dedent('''\
        def mse(pred):
            """The mean of the squares."""
            raise NotImplementedError("mse is not written yet")


        def mae(pred):
            """Given."""
            return 1
    ''')


def test_a_method_goes_by_its_class_and_what_stands_around_the_marks_stays():
    stub = stub_of('''
        class Early:
            """Stops."""

            def update(self, loss):
                """Say whether to stop."""
                if loss is None:
                    ### BEGIN SOLUTION
                    return True
                    ### END SOLUTION
                # Now the usual case.
                ### BEGIN SOLUTION
                return loss > 1
                ### END SOLUTION
    ''')
    assert stub.splitlines()[4:] == [
        '        """Say whether to stop."""',
        "        if loss is None:",
        '            raise NotImplementedError("Early.update is not written yet")',
        "        # Now the usual case.",
        '        raise NotImplementedError("Early.update is not written yet")',
    ]


def test_a_marked_part_outside_functions_leaves_nothing_behind():
    stub = stub_of('''
        """Losses."""

        import numpy as np
        ### BEGIN SOLUTION
        from scipy import special
        ### END SOLUTION

        CLIP = 1e-12


        ### BEGIN SOLUTION
        @np.vectorize
        def _help(x):
            def inner():
                return x
            return special.expit(inner())


        ### END SOLUTION
        def sigmoid(x):
            """Squash."""
            ### BEGIN SOLUTION
            return _help(x)
            ### END SOLUTION


        ### BEGIN SOLUTION
        def _unused():
            return 1
        ### END SOLUTION
    ''')
    assert stub == dedent('''\
        """Losses."""

        import numpy as np

        CLIP = 1e-12


        def sigmoid(x):
            """Squash."""
            raise NotImplementedError("sigmoid is not written yet")
    ''')


def test_a_private_method_that_is_marked_disappears_from_its_class():
    stub = stub_of('''
        class Net:
            """A net."""

            ### BEGIN SOLUTION
            def _secret(self):
                return 1

            ### END SOLUTION
            def forward(self):
                """Go."""
                ### BEGIN SOLUTION
                return self._secret()
                ### END SOLUTION
    ''')
    assert "secret" not in stub
    assert [node.name for node in ast.parse(stub).body[0].body[1:]] == ["forward"]


def test_marks_without_indentation_still_give_a_stub_that_runs():
    stub = stub_of("""
        def mse(pred):
        ### BEGIN SOLUTION
            return 1
        ### END SOLUTION
    """)
    assert stub.splitlines()[1] == '    raise NotImplementedError("mse is not written yet")'


BODY = "def f():\n    {}\n    return 1\n    {}\n"


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        (BODY.format("### BEGIN SOLUTION", "pass"), 2, "never followed"),
        (BODY.format("pass", "### END SOLUTION"), 4, "without a ### BEGIN"),
        (BODY.format("### BEGIN SOLUTION", "### BEGIN SOLUTION"), 4, "end the one in line 2"),
        (BODY.format("### BEGIN SOLUTION", "### End Solution"), 4, "looks like a marker"),
        (BODY.format("## BEGIN SOLUTION", "### END SOLUTION"), 2, "looks like a marker"),
        (BODY.format("x = 1  ### BEGIN SOLUTION", "### END SOLUTION"), 2, "looks like a marker"),
        (BODY.format("'''\n    ### BEGIN SOLUTION\n    '''", "pass"), 3, "stands in a text"),
        (BODY.format("x = f'### BEGIN SOLUTION'", "pass"), 2, "stands in a text"),
        ("def f():\n    ### BEGIN SOLUTION\n    # nothing\n    ### END SOLUTION\n    return 1\n", 2, "nothing between"),
        ("x = [\n    ### BEGIN SOLUTION\n    1,\n    ### END SOLUTION\n]\n", 2, "within a statement"),
        (BODY.format("### BEGIN SOLUTION", "x = [\n    ### END SOLUTION\n    ]"), 5, "does not end what"),
        (
            "def f():\n    ### BEGIN SOLUTION\n    return 1\n\n\ndef g():\n    return 2\n### END SOLUTION\n",
            8,
            "does not end",
        ),
        ("class A:\n    ### BEGIN SOLUTION\n    x = 1\n    ### END SOLUTION\n", None, "no valid Python"),
        ("def f(:\n", 1, "valid Python only"),
        ("def f():\n    return 1\n", None, "nothing in it would be left"),
    ],
)
def test_what_cannot_be_cut_cleanly_is_refused_with_its_line(source, line, words):
    with pytest.raises(SuiteError, match=words) as error:
        make_stub(source, "solutions/exercise3/losses.py")
    assert str(error.value).startswith("solutions/exercise3/losses.py" + (f", line {line}:" if line else ""))
