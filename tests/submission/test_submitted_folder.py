"""A folder or a single file as a submission: what is judged, and what is said about what cannot be."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import msgspec
import pytest
from specimens import ANSWER, LOSSES, STUB

from grader.course import Exercise
from grader.errors import SubmissionPathError
from grader.submission import folder as folder_module
from grader.submission.folder import Folder


@pytest.fixture(params=["by descriptor", "by path"])
def each_way(request, monkeypatch):
    """Run a test both with folders that can be opened and without, as on Windows."""
    monkeypatch.setattr(folder_module, "_BY_DESCRIPTOR", request.param == "by descriptor")


def test_the_file_at_the_top_is_judged(homework, hand_in, each_way):
    (homework / "losses.py").write_bytes(ANSWER)
    submission = hand_in(homework)
    assert submission.problem is None
    assert submission.files == {"losses.py": ANSWER}
    assert submission.source == "losses.py in homework"
    assert submission.cells is None


def test_the_file_under_exercises_wins_and_the_other_one_is_mentioned(homework, hand_in, each_way):
    inner = homework / "exercises" / "exercise3"
    inner.mkdir(parents=True)
    (inner / "losses.py").write_bytes(ANSWER)
    (homework / "losses.py").write_bytes(b"other = 1\n")
    submission = hand_in(homework)
    assert submission.files == {"losses.py": ANSWER}
    assert submission.source == "losses.py in exercises/exercise3 of homework"
    assert submission.notes == ["There is a second losses.py, at the top; the one in exercises/exercise3 was judged."]


def test_one_enclosing_folder_is_looked_through(homework, hand_in):
    (homework / "my answer").mkdir()
    (homework / "my answer" / "losses.py").write_bytes(ANSWER)
    (homework / "__MACOSX").mkdir()
    (homework / ".DS_Store").write_bytes(b"x")
    submission = hand_in(homework)
    assert submission.files == {"losses.py": ANSWER}
    assert submission.source == "losses.py in my answer of homework"


def test_two_folders_enclose_nothing(homework, hand_in):
    for name in ("first", "second"):
        (homework / name).mkdir()
        (homework / name / "losses.py").write_bytes(ANSWER)
    assert hand_in(homework).problem == (
        "There is no losses.py in homework, neither at its top nor in exercises/exercise3: "
        "save your answer there under that name."
    )


def test_the_courses_own_folder_is_called_as_it_is_typed(course_root, hand_in):
    submission = hand_in(course_root / "exercises" / "exercise3")
    assert submission.source == "losses.py in exercises/exercise3"
    assert submission.files == {"losses.py": STUB}


def test_a_relative_path_is_as_good(homework, hand_in, monkeypatch):
    (homework / "losses.py").write_bytes(ANSWER)
    monkeypatch.chdir(homework)
    assert hand_in(Path()).source == "losses.py in homework"
    assert hand_in(Path("../homework/losses.py")).files == {"losses.py": ANSWER}
    (homework / "inner").mkdir()
    monkeypatch.chdir(homework / "inner")
    assert hand_in(Path("..")).source == "losses.py in homework"


def test_the_root_of_a_file_system_is_a_folder_too(hand_in):
    assert hand_in(Path("/")).problem.startswith("There is no losses.py in /, neither at its top nor in")


def test_other_files_are_never_read(homework, hand_in):
    (homework / "losses.py").write_bytes(ANSWER)
    for name in ("checks.py", "conftest.py", "course.yaml", "numpy.py", "sitecustomize.py"):
        (homework / name).symlink_to("/etc/passwd")
    submission = hand_in(homework)
    assert submission.problem is None
    assert list(submission.files) == ["losses.py"]


def test_a_file_that_is_named_is_the_module_under_any_name(homework, hand_in):
    (homework / "my losses (2).py").write_bytes(ANSWER)
    submission = hand_in(homework / "my losses (2).py")
    assert submission.files == {"losses.py": ANSWER}
    assert submission.source == "my losses (2).py"


def test_all_files_of_an_exercise_are_needed(homework, hand_in):
    two = Exercise(name="exercise3", files=("losses.py", "more/parts.py"))
    (homework / "losses.py").write_bytes(ANSWER)
    assert hand_in(homework, two).problem.startswith("There is no parts.py in homework")
    (homework / "more").mkdir()
    (homework / "more" / "parts.py").write_bytes(b"x = 1\n")
    assert hand_in(homework, two).files == {"losses.py": ANSWER, "more/parts.py": b"x = 1\n"}
    assert hand_in(homework / "losses.py", two).files == {"losses.py": ANSWER, "more/parts.py": b"x = 1\n"}


def test_a_path_where_nothing_lies_is_an_error_with_a_suggestion(homework, hand_in):
    (homework / "losses.py").write_bytes(ANSWER)
    with pytest.raises(SubmissionPathError, match=r"nothing at .*homwork\. Did you mean 'homework'\? Name a folder"):
        hand_in(homework.with_name("homwork"))
    for path in (homework / "losses.py" / "inner", homework / "none" / "at all", homework / ("x" * 5000)):
        with pytest.raises(SubmissionPathError, match="There is nothing at"):
            hand_in(path)
    with pytest.raises(SubmissionPathError, match="There is nothing at"):
        hand_in(Path("nul\0l"))


def missing(place):
    pass


def link(place):
    place.symlink_to("/etc/passwd")


def dangling(place):
    place.symlink_to("nowhere")


def folder(place):
    place.mkdir()


def pipe(place):
    os.mkfifo(place)


def listener(place):
    with socket.socket(socket.AF_UNIX) as end:
        here = Path.cwd()
        os.chdir(place.parent)
        end.bind(place.name)
        os.chdir(here)


def empty(place):
    place.write_bytes(b"")


def blank(place):
    place.write_bytes(b"\xef\xbb\xbf \r\n\n")


def huge(place):
    with place.open("wb") as file:
        file.truncate(200 << 20)


def binary(place):
    place.write_bytes(b"\x7fELF\0\0")


def utf16(place):
    place.write_bytes("x = 1".encode("utf-16"))


def latin1(place):
    place.write_bytes("x = 1\n\n# für\n".encode("latin-1"))


def latin1_at_once(place):
    place.write_bytes("# für\n".encode("latin-1"))


def unknown_encoding(place):
    place.write_bytes(b"# coding: klingon\nx = 1\n")


def wrong_encoding(place):
    place.write_bytes("# coding: ascii\n# für\n".encode())


def punycode(place):
    place.write_bytes(b"# coding: punycode\n" + b"x" * 4000)


def not_text_encoding(place):
    place.write_bytes(b"# coding: hex\n1234\n")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (missing, "There is no losses.py in homework, neither at its top nor in exercises/exercise3: save your answer"),
        (link, "losses.py in homework is a link, and links are not followed: hand in the file itself."),
        (dangling, "losses.py in homework is a link, and links are not followed: hand in the file itself."),
        (folder, "losses.py in homework is a folder: hand in a file of that name."),
        (pipe, "losses.py in homework is not an ordinary file: hand in the file itself."),
        (listener, "losses.py in homework is not an ordinary file: hand in the file itself."),
        (empty, "losses.py in homework is empty: write your answer into it, and save it before you hand it in."),
        (blank, "losses.py in homework is empty: write your answer into it, and save it before you hand it in."),
        (huge, "losses.py in homework is larger than 4KiB: hand in the code alone."),
        (binary, "losses.py in homework is not text but binary data: hand in the Python file itself."),
        (utf16, "losses.py in homework is in UTF-16: save it as UTF-8."),
        (latin1, "losses.py in homework is not in UTF-8 (byte 0xfc in line 3): save it as UTF-8."),
        (latin1_at_once, "losses.py in homework is not in UTF-8: save it as UTF-8."),
        (unknown_encoding, "losses.py in homework names an encoding that Python does not know: save it as UTF-8."),
        (wrong_encoding, "losses.py in homework is not in 'ascii', as its first lines claim (byte 0xc3 in line 2)"),
        (punycode, "losses.py in homework is in 'punycode', which is not for Python files: save it as UTF-8."),
        (not_text_encoding, "losses.py in homework cannot be read as 'hex': save it as UTF-8."),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(homework, hand_in, each_way, make, said):
    make(homework / "losses.py")
    submission = hand_in(homework)
    assert submission.problem.startswith(said)
    assert submission.files == {}


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfx = 1\n",
        b"x = 1\r\ny = 2\r\n",
        b"x = 1\ry = 2\r",
        "# coding: latin-1\n# für\n".encode("latin-1"),
        "#!/usr/bin/python\n# -*- coding: cp1252 -*-\nx = '€'\n".encode("cp1252"),
        b"this is not ( Python\n",
    ],
    ids=["BOM", "CRLF", "CR", "latin-1", "cp1252", "syntax error"],
)
def test_text_that_python_reads_is_kept_byte_by_byte(homework, hand_in, data):
    (homework / "losses.py").write_bytes(data)
    submission = hand_in(homework)
    assert submission.problem is None
    assert submission.files == {"losses.py": data}


@pytest.mark.parametrize("where", ["exercises", "exercises/exercise3"])
def test_a_linked_folder_is_not_followed(homework, tmp_path, hand_in, each_way, where):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "exercise3").mkdir(parents=True)
    (elsewhere / "losses.py").write_bytes(ANSWER)
    (elsewhere / "exercise3" / "losses.py").write_bytes(ANSWER)
    (homework / where).parent.mkdir(exist_ok=True)
    (homework / where).symlink_to(elsewhere)
    assert hand_in(homework).problem == (
        f"{where} in homework is a link, and links are not followed: hand in the folder itself."
    )


def test_a_link_to_a_whole_submission_is_not_followed(homework, tmp_path, hand_in):
    (homework / "losses.py").write_bytes(ANSWER)
    (tmp_path / "linked").symlink_to(homework)
    (tmp_path / "linked.py").symlink_to(homework / "losses.py")
    for name in ("linked", "linked.py"):
        assert hand_in(tmp_path / name).problem == (
            f"{name} is a link, and links are not followed: hand in what it leads to."
        )


def test_what_may_not_be_read_is_told(powerless, hand_in, each_way):
    place = powerless / "work"
    place.mkdir()
    (place / "losses.py").write_bytes(ANSWER)
    (place / "losses.py").chmod(0)
    assert hand_in(place).problem == (
        "losses.py in work may not be read: give yourself the permission to read it (chmod u+rX)."
    )
    place.chmod(0)
    assert "may not be read: give yourself the permission" in hand_in(place).problem
    assert "may not be read: give yourself the permission" in hand_in(place / "losses.py").problem


def test_a_device_is_not_opened(hand_in):
    assert hand_in(Path("/dev/zero")).problem == (
        "zero is neither a file nor a folder: hand in a folder, a zip or a notebook."
    )


@pytest.mark.parametrize("name", ["homework.tar.gz", "homework.txt", "homework", "losses.pyc"])
def test_another_kind_of_file_is_told_what_is_taken(tmp_path, hand_in, name):
    (tmp_path / name).write_bytes(b"\x1f\x8b\x08 something")
    assert hand_in(tmp_path / name).problem == (
        f"{name} is none of a folder, a zip, a git repository, a notebook or a Python file."
    )


@pytest.mark.parametrize(
    ("name", "meant"), [("Losses.py", "Losses.py"), ("loses.py", "loses.py"), ("losses.py.txt", None)]
)
def test_a_misspelt_file_is_named(homework, hand_in, name, meant):
    (homework / name).write_bytes(ANSWER)
    problem = hand_in(homework).problem
    if meant:
        assert problem.endswith(f"; rename {meant} to losses.py.")
    else:
        assert problem.startswith("There is no losses.py in homework")


def test_a_name_meant_for_a_terminal_is_harmless(homework, hand_in):
    (homework / "\x1b[2J\nlosses.py").write_bytes(ANSWER)
    assert "rename \\x1b[2J\\nlosses.py to losses.py" in hand_in(homework).problem
    (homework / "\x1b[2J\u202e.py").write_bytes(ANSWER)
    assert hand_in(homework / "\x1b[2J\u202e.py").source == "\\x1b[2J\\u202e.py"


def test_the_digest_is_over_names_and_bytes(homework, hand_in):
    (homework / "losses.py").write_bytes(ANSWER)
    first = hand_in(homework)
    assert hand_in(homework / "losses.py").digest == first.digest
    (homework / "losses.py").write_bytes(ANSWER + b"\n")
    assert hand_in(homework).digest != first.digest
    (homework / "losses.py").unlink()
    gone = hand_in(homework).digest
    (homework / "losses.py").mkdir()
    assert len({gone, first.digest, hand_in(homework).digest}) == 3


def test_a_submission_can_be_sent_to_another_process(homework, hand_in):
    (homework / "losses.py").write_bytes(ANSWER)
    submission = hand_in(homework)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(submission), type=type(submission)) == submission


def test_reading_leaves_no_descriptor_open(homework, hand_in):
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    (homework / "losses.py").mkdir()
    for _ in range(5):
        hand_in(homework)
        hand_in(homework / "losses.py")
    assert (len(os.listdir("/proc/self/fd")) if before else 0) == before


def test_a_file_that_grows_is_read_no_further_than_its_limit(homework):
    (homework / "losses.py").write_bytes(b"x" * 10)
    assert Folder(homework, "homework").read("losses.py", 10) == b"x" * 10
    with pytest.raises(folder_module.TooLargeError):
        Folder(homework, "homework").read("losses.py", 9)
    assert LOSSES.limits.source == 4096
