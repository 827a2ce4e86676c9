"""A notebook as a submission: when it counts, and what becomes of its cells."""

from __future__ import annotations

import json

import pytest
from specimens import ANSWER, LOSSES, STUB, notebook

from grader.course import Exercise
from grader.submission.notebook import read_notebook


@pytest.fixture
def named(tmp_path, hand_in):
    """Hand in this notebook by its name."""

    def hand(data: bytes):
        path = tmp_path / "my work.ipynb"
        path.write_bytes(data)
        return hand_in(path)

    return hand


def test_the_code_cells_become_the_module_in_their_order(named):
    text = {"cell_type": "markdown", "source": "# Losses"}
    submission = named(notebook("import numpy as np\n", text, ["def f(x):\n", "    return x\n"], "  \n", "y = f(1)"))
    assert submission.problem is None
    assert submission.cells == ("import numpy as np\n", "def f(x):\n    return x\n", "y = f(1)")
    assert submission.files == {
        "losses.py": b"# In [1]\nimport numpy as np\n\n# In [2]\ndef f(x):\n    return x\n\n# In [3]\ny = f(1)\n"
    }
    assert submission.source == "the notebook my work.ipynb"


def test_running_a_notebook_again_does_not_change_what_is_handed_in(named):
    ran = {
        "cell_type": "code",
        "source": "x = 1",
        "execution_count": 7,
        "outputs": [{"data": {"image/png": "A" * 9000}}],
    }
    assert named(notebook("x = 1")).digest == named(notebook(ran)).digest


def test_the_notebooks_of_old_are_read_too(named):
    old = {"nbformat": 3, "metadata": {}, "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1\n", "y"]}]}]}
    assert named(json.dumps(old).encode()).cells == ("x = 1\ny",)


def test_outputs_may_hold_nan_which_json_has_not(named):
    data = notebook({"cell_type": "code", "source": "x = 1", "outputs": [{"data": "HERE"}]}).replace(b'"HERE"', b"NaN")
    assert named(data).cells == ("x = 1",)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + notebook("x = 1"), notebook("x = 1\r\n")])
def test_a_byte_order_mark_and_windows_lines_do_not_matter(named, data):
    assert named(data).cells[0].rstrip("\n") == "x = 1"


@pytest.mark.parametrize(
    ("cell", "kept", "left_out"),
    [
        ("%matplotlib inline\nx = 1", "pass  # left out: %matplotlib inline\nx = 1", "%matplotlib inline"),
        ("!pip install torch\nx = 1", "pass  # left out: !pip install torch\nx = 1", "!pip install torch"),
        ("if x:\n    %time f()\n", "if x:\n    pass  # left out: %time f()\n", "%time f()"),
        ("files = !ls\nx", "pass  # left out: files = !ls\nx", "files = !ls"),
        ("a, b = %sql it's\nx", "pass  # left out: a, b = %sql it's\nx", "a, b = %sql it's"),
        ("np.dot?\nx", "pass  # left out: np.dot?\nx", "np.dot?"),
        ("?np.dot\nx", "pass  # left out: ?np.dot\nx", "?np.dot"),
        ("np.*dot*??\nx", "pass  # left out: np.*dot*??\nx", "np.*dot*??"),
        ("!echo (\nx = 1", "pass  # left out: !echo (\nx = 1", "!echo ("),
        ("%%time\nx = 1", "# left out: %%time\nx = 1", "%%time"),
        ("\n%%capture out\n%cd x\ny", "\n# left out: %%capture out\npass  # left out: %cd x\ny", "%%capture out"),
        ("%%bash\nrm -rf /\n", "# left out: %%bash", "the cell %%bash"),
        ("%%writefile losses.py\nx = 1\n", "# left out: %%writefile losses.py", "the cell %%writefile losses.py"),
    ],
)
def test_what_only_jupyter_understands_is_left_out_with_a_note(named, cell, kept, left_out):
    submission = named(notebook(cell, "y = 2"))
    assert submission.cells == (kept, "y = 2")
    assert submission.notes[0].startswith(
        f"What only Jupyter understands was left out of the notebook: {left_out} (In [1])"
    )


@pytest.mark.parametrize(
    "cell",
    [
        "x = (7\n  % 3)",
        "x = [a,\n!= b]",
        "x = 7 \\\n  % 3",
        's = """\n%matplotlib inline\n!ls\nwhat?\n"""',
        "s = '''\"\n% \"\"\"\n'''",
        "s = '(' # it's )\ny = '\\'('\nz = x % 3",
        's = "" + """\n%a"""',
        "s = 'a\\\n%b'",
        "# what?\n# %%time\n",
        "x != y",
        "print('really?')",
    ],
)
def test_python_that_looks_like_magic_is_kept(named, cell):
    submission = named(notebook(cell))
    assert submission.cells == (cell,)
    assert submission.notes == []


def test_magic_after_a_comment_that_ends_in_a_backslash_is_magic():
    read = read_notebook(notebook("# see C:\\\n%cd x\ns = 'it'\n!ls"), "n", 4096)
    assert read.left_out == ["%cd x (In [1])", "!ls (In [1])"]


def test_many_magics_make_one_short_note(named):
    cells = [f"!echo {number} {'x' * 150}" for number in range(20)]
    (note,) = named(notebook(*cells)).notes
    assert note.endswith("... (In [3]), ….")
    assert len(note) < 400


def test_a_broken_cell_stands_beside_the_others(named):
    submission = named(notebook("def f(:", "1 / 0", ANSWER.decode()))
    assert submission.problem is None
    assert submission.cells == ("def f(:", "1 / 0", ANSWER.decode())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "my work.ipynb is not a notebook: it is not valid JSON (line 1). Save it again in Jupyter."),
        (b'{"nbformat": 4,\n "cells": [', "my work.ipynb is not a notebook: it is not valid JSON (line 2)."),
        (b"[" * 100_000, "my work.ipynb is not a notebook as Jupyter saves it"),
        (b'{"nbformat": 4, "metadata": ' + b'{"a":' * 100_000, "my work.ipynb is not a notebook: it is not valid JSON"),
        (b"\xff\xfe{\0}\0", "my work.ipynb is not a notebook that can be read"),
        (b"[]", "my work.ipynb is not a notebook as Jupyter saves it: save it again in Jupyter."),
        (b"NaN", "my work.ipynb is not a notebook as Jupyter saves it: save it again in Jupyter."),
        (b"{}", "my work.ipynb is not a notebook as Jupyter saves it: save it again in Jupyter."),
        (notebook({"cell_type": "code", "source": {"a": 1}}), "my work.ipynb is not a notebook as Jupyter saves it"),
        (notebook({"cell_type": "markdown", "source": "hi"}), "my work.ipynb holds no code: write your answer"),
        (notebook("", "\n"), "my work.ipynb holds no code: write your answer into its code cells, and save it."),
        (notebook("x" * 5000), "my work.ipynb holds more than 4KiB of code: hand in the exercise's cells alone."),
        (notebook(*["x"] * 2001), "my work.ipynb holds more than 2000 code cells"),
        (notebook("x", metadata={"kernelspec": {"language": "R"}}), "my work.ipynb is a notebook for R: hand in one"),
        (notebook("ok", "a\0b"), "In [2] of my work.ipynb holds characters that no text can hold"),
        (b" " * (9 << 20), "my work.ipynb is larger than 8MiB: clear the outputs of its cells, and save it."),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(named, data, said):
    submission = named(data)
    assert submission.problem.startswith(said)
    assert (submission.files, submission.cells) == ({}, None)


def test_a_surrogate_in_a_cell_is_no_text(named):
    assert named(notebook("x = '\ud800'")).problem is not None


def test_a_link_to_a_notebook_is_not_followed(tmp_path, hand_in):
    (tmp_path / "real.ipynb").write_bytes(notebook("x = 1"))
    (tmp_path / "a.ipynb").symlink_to(tmp_path / "real.ipynb")
    assert hand_in(tmp_path / "a.ipynb").problem == (
        "a.ipynb is a link, and links are not followed: hand in what it leads to."
    )


def test_a_notebook_beside_an_answer_does_not_count(homework, hand_in):
    (homework / "losses.py").write_bytes(ANSWER)
    (homework / "exercise3.ipynb").write_bytes(notebook("x = 1"))
    submission = hand_in(homework)
    assert (submission.files, submission.cells) == ({"losses.py": ANSWER}, None)


def test_a_notebook_counts_where_the_module_is_missing(homework, hand_in):
    (homework / "exercise3.ipynb").write_bytes(notebook(ANSWER.decode()))
    submission = hand_in(homework)
    assert submission.cells == (ANSWER.decode(),)
    assert submission.source == "the notebook exercise3.ipynb in homework"


@pytest.mark.parametrize("own", [False, True], ids=["an instructor's course", "the student's own copy"])
def test_a_notebook_counts_where_the_module_is_still_the_stub(homework, course_root, hand_in, own):
    folder = course_root / "exercises" / "exercise3" if own else homework
    (folder / "losses.py").write_bytes(STUB.replace(b"\n", b"\r\n"))
    (folder / "exercise3.ipynb").write_bytes(notebook("import numpy as np", ANSWER.decode()))
    submission = hand_in(folder)
    assert submission.cells == ("import numpy as np", ANSWER.decode())
    assert submission.notes == ["losses.py is still the stub, so the notebook exercise3.ipynb was judged."]


@pytest.mark.parametrize("own", [False, True], ids=["an instructor's course", "the student's own copy"])
def test_a_notebook_that_is_a_stub_too_does_not_count(homework, course_root, hand_in, own):
    folder = course_root / "exercises" / "exercise3" if own else homework
    (folder / "losses.py").write_bytes(STUB)
    (folder / "exercise3.ipynb").write_bytes(notebook("%matplotlib inline", STUB.decode(), "print(1)"))
    submission = hand_in(folder)
    assert (submission.files, submission.cells, submission.notes) == ({"losses.py": STUB}, None, [])


def test_a_module_with_an_answer_of_its_own_counts_though_the_notebook_has_more(course_root, hand_in):
    folder = course_root / "exercises" / "exercise3"
    begun = STUB + b"\n\ndef mae_forward(pred, target):\n    return 1.0, None\n"
    (folder / "losses.py").write_bytes(begun)
    (folder / "exercise3.ipynb").write_bytes(notebook(ANSWER.decode()))
    assert hand_in(folder).cells is None
    (folder / "exercise3.ipynb").write_bytes(notebook(ANSWER.decode(), begun[len(STUB) :].decode()))
    assert hand_in(folder).cells is not None


def test_an_unusable_notebook_beside_a_stub_leaves_the_stub(homework, hand_in):
    (homework / "losses.py").write_bytes(STUB)
    (homework / "exercise3.ipynb").write_bytes(b"not JSON")
    assert hand_in(homework).files == {"losses.py": STUB}


def test_an_unusable_notebook_alone_is_told_with_its_place(homework, hand_in):
    (homework / "exercise3.ipynb").write_bytes(b"not JSON")
    assert hand_in(homework).problem.startswith("exercise3.ipynb in homework is not a notebook: it is not valid JSON")


def test_a_notebook_comes_with_the_exercises_other_files_where_they_are(homework, hand_in):
    two = Exercise(name="exercise3", files=("losses.py", "parts.py"), limits=LOSSES.limits)
    (homework / "exercise3.ipynb").write_bytes(notebook("import parts"))
    assert list(hand_in(homework, two).files) == ["losses.py"]
    (homework / "parts.py").write_bytes(b"x = 1\n")
    assert list(hand_in(homework, two).files) == ["losses.py", "parts.py"]


def test_one_cell_is_not_the_same_submission_as_its_text(named, tmp_path, hand_in):
    submission = named(notebook("x = 1"))
    (tmp_path / "same.py").write_bytes(submission.files["losses.py"])
    assert hand_in(tmp_path / "same.py").digest != submission.digest
