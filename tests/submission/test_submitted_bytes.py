"""Whatever bytes are handed in, a submission comes of them: never an exception, and never more than a limit's worth."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from specimens import ANSWER, notebook

ANY = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def zip_of(data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("losses.py", data)
    return file.getvalue()


def edited(whole: bytes) -> st.SearchStrategy[bytes]:
    """Return a whole file with a few of its bytes changed, or an end of it missing."""
    changes = st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=6)

    def edit(drawn: tuple[list[tuple[int, int]], int]) -> bytes:
        data = bytearray(whole)
        for place, value in drawn[0]:
            data[place] = value
        return bytes(data[: drawn[1]])

    return st.tuples(changes, st.integers(0, len(whole))).map(edit)


NOTEBOOK_LIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["cells", "cell_type", "source", "nbformat", "worksheets", "metadata", "input"]), inner
        )
    ),
    max_leaves=20,
).map(lambda value: json.dumps(value).encode())
CELLS = st.lists(st.text(st.sampled_from("%!?()[]{}'\"\\#\n =x\t\r"), max_size=60), max_size=4).map(
    lambda cells: notebook(*cells)
)
COOKIES = st.text(max_size=12).map(lambda name: f"# coding: {name}\nx = 'ü'\n".encode("utf-8", "replace"))


@pytest.mark.parametrize(
    ("name", "strategy"),
    [
        ("a.py", st.binary(max_size=200)),
        ("a.py", COOKIES),
        ("a.ipynb", st.binary(max_size=200)),
        ("a.ipynb", NOTEBOOK_LIKE),
        ("a.ipynb", CELLS),
        ("a.ipynb", edited(notebook(ANSWER.decode()))),
        ("a.zip", st.binary(max_size=200)),
        ("a.zip", edited(zip_of(ANSWER))),
        ("a.zip", edited(zip_of(b" " * 100_000))),
        ("a", st.binary(max_size=40).map(lambda data: b"PK\x03\x04" + data)),
    ],
)
def test_any_bytes_make_a_submission(tmp_path, hand_in, name, strategy):
    @ANY
    @given(data=strategy)
    def judge(data: bytes) -> None:
        (tmp_path / name).write_bytes(data)
        submission = hand_in(tmp_path / name)
        assert (submission.problem is None) == bool(submission.files)

    judge()


@pytest.mark.parametrize(
    "name", ["utf_16", "utf-32", "utf-7", "idna", "undefined", "rot13", "zlib", "unicode_escape", "mbcs"]
)
def test_any_encoding_that_python_has_is_survived(tmp_path, hand_in, name):
    (tmp_path / "a.py").write_bytes(f"# coding: {name}\nx = 1\n".encode() + bytes(range(1, 256)))
    assert hand_in(tmp_path / "a.py").source == "a.py"


@given(names=st.lists(st.text(min_size=1, max_size=30), max_size=5))
@ANY
def test_any_names_in_a_zip_are_survived(tmp_path, hand_in, names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in dict.fromkeys(names):
            try:
                archive.writestr(name, b"x = 1\n")
            except (UnicodeEncodeError, UserWarning, IndexError):
                continue
    path = Path(tmp_path) / "a.zip"
    path.write_bytes(file.getvalue())
    assert hand_in(path).problem is not None
