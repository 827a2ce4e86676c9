"""A zip as a submission, as students make them and as nobody should."""

from __future__ import annotations

import io
import stat
import struct
import time
import zipfile
import zlib

import pytest
from specimens import ANSWER, notebook


@pytest.fixture
def zipped(tmp_path, hand_in):
    """Hand in a zip of these members (names or ZipInfos), or these bytes as a zip."""

    def hand(members, compression=zipfile.ZIP_DEFLATED):
        path = tmp_path / "homework.zip"
        path.write_bytes(members if isinstance(members, bytes) else packed(members, compression))
        return hand_in(path)

    return hand


def packed(members, compression=zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in members.items() if isinstance(members, dict) else members:
            archive.writestr(name, data)
    return file.getvalue()


def member(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("losses.py", ""),
        ("./losses.py", ""),
        ("exercises/exercise3/losses.py", "exercises/exercise3 of "),
        ("homework/losses.py", "homework of "),
        ("course-main/exercises/exercise3/losses.py", "course-main/exercises/exercise3 of "),
        ("exercises\\exercise3\\losses.py", "exercises/exercise3 of "),
        ("übung 3/losses.py", "übung 3 of "),
    ],
)
def test_the_file_is_found_where_students_put_it(zipped, name, place):
    submission = zipped({name: ANSWER, "__MACOSX/._losses.py": b"\0", ".DS_Store": b"\0"})
    assert submission.problem is None
    assert submission.files == {"losses.py": ANSWER}
    assert submission.source == f"losses.py in {place}homework.zip"


def test_a_zip_without_its_ending_is_one_too(tmp_path, hand_in):
    (tmp_path / "upload").write_bytes(packed({"losses.py": ANSWER}))
    assert hand_in(tmp_path / "upload").files == {"losses.py": ANSWER}


def test_the_folder_and_the_zip_of_it_are_the_same_submission(zipped, homework, hand_in):
    (homework / "losses.py").write_bytes(ANSWER)
    assert zipped({"homework/losses.py": ANSWER}).digest == hand_in(homework).digest


def test_a_notebook_in_a_zip_counts_where_the_module_is_missing(zipped):
    submission = zipped({"exercise3.ipynb": notebook(ANSWER.decode())})
    assert submission.source == "the notebook exercise3.ipynb in homework.zip"
    assert submission.cells == (ANSWER.decode(),)


def test_other_members_are_never_unpacked(zipped):
    submission = zipped([("losses.py", ANSWER), ("data.bin", b"\0" * (64 << 20)), (member("x", stat.S_IFLNK), "/etc")])
    assert submission.files == {"losses.py": ANSWER}


DAMAGED = "homework.zip is not a zip that can be read: make the zip anew from your folder."
MISSING = "There is no losses.py in homework.zip, neither at its top nor in exercises/exercise3"
LEADS_OUT = "a name that leads out of it: make the zip anew from your folder."
TWICE = "more than once: make the zip anew from your folder."


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({}, MISSING),
        ({"Losses.py": ANSWER}, f"{MISSING}; rename Losses.py to losses.py."),
        ({"my/LOSSES.py": ANSWER}, f"{MISSING}; rename my/LOSSES.py to losses.py."),
        ({"../losses.py": ANSWER}, f"homework.zip holds '../losses.py', {LEADS_OUT}"),
        ({"losses.py": ANSWER, "a/../../b": b""}, f"homework.zip holds 'a/../../b', {LEADS_OUT}"),
        ({"losses.py": ANSWER, "..\\b": b""}, f"homework.zip holds '..\\b', {LEADS_OUT}"),
        ({"/losses.py": ANSWER}, f"homework.zip holds '/losses.py', {LEADS_OUT}"),
        ({"C:\\losses.py": ANSWER}, f"homework.zip holds 'C:\\losses.py', {LEADS_OUT}"),
        ([("a/losses.py", ANSWER), ("a\\losses.py", b"x = 1")], f"homework.zip holds a/losses.py {TWICE}"),
        ([("losses.py", ANSWER), ("./losses.py", b"x = 1")], f"homework.zip holds losses.py {TWICE}"),
        ([("losses.py", ANSWER), ("losses.py/x", b"x = 1")], f"homework.zip holds losses.py {TWICE}"),
        ({"losses.py/": b""}, "losses.py in homework.zip is a folder"),
        ([(member("losses.py", stat.S_IFLNK | 0o777), "/etc/passwd")], "losses.py in homework.zip is a link"),
        ([(member("losses.py", stat.S_IFIFO | 0o644), "")], "losses.py in homework.zip is not an ordinary file"),
        ({"losses.py": b""}, "losses.py in homework.zip is empty"),
        ({"losses.py": b"\xff\xff"}, "losses.py in homework.zip is not in UTF-8"),
        ({"losses.py": b" " * (100 << 20)}, "losses.py in homework.zip is larger than 4KiB: hand in the code alone."),
        ({f"{n}.txt": b"" for n in range(10_001)}, "homework.zip holds too many files: zip only the files"),
        ({f"{n:0200}.txt": b"" for n in range(6000)}, "homework.zip holds too many files: zip only the files"),
        (b"", DAMAGED),
        (b"PK\x03\x04 and nothing more", DAMAGED),
        (b"<html>not found</html>", DAMAGED),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(zipped, members, said):
    submission = zipped(members)
    assert submission.problem.startswith(said)
    assert submission.files == {}


def test_two_members_of_one_name_are_nobodys_answer(zipped):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed([("losses.py", ANSWER), ("losses.py", b"x = 1\n")])
    assert zipped(data).problem == f"homework.zip holds losses.py {TWICE}"


def changed(data: bytes, central: int, local: int | None, form: str, value: int) -> bytes:
    """Return a zip of one member with a field of its headers changed."""
    edited = bytearray(data)
    struct.pack_into(form, edited, data.index(b"PK\x01\x02") + central, value)
    if local is not None:
        struct.pack_into(form, edited, data.index(b"PK\x03\x04") + local, value)
    return bytes(edited)


def test_a_password_is_told_to_be_in_the_way(zipped):
    locked = changed(packed({"losses.py": ANSWER}), 8, 6, "<H", 1)
    assert zipped(locked).problem == "losses.py in homework.zip is protected by a password: make the zip without one."


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_only_the_ordinary_ways_of_packing_are_unpacked(zipped, method):
    said = "losses.py in homework.zip is packed in an uncommon way: make an ordinary zip."
    assert zipped({"losses.py": ANSWER}, method).problem == said


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(zipped):
    bomb = packed({"losses.py": b"x = 1\n" * (20 << 20)})
    lying = changed(bomb, 24, 22, "<L", 100)
    started = time.process_time()
    assert zipped(lying).problem == "losses.py in homework.zip is damaged: make the zip anew from your folder."
    assert time.process_time() - started < 1  # unpacking all of it would be the bomb


def test_a_changed_byte_is_noticed(zipped):
    data = packed({"losses.py": ANSWER}, zipfile.ZIP_STORED).replace(b"return 0.0", b"return 1.0")
    assert zipped(data).problem == "losses.py in homework.zip is damaged: make the zip anew from your folder."


@pytest.mark.parametrize(
    ("field", "value"), [(10, 0xFFFF), (12, 0xFFFFFFFF), (12, 200 << 20), (16, 0xFFFFFFFF), (16, 7)]
)
def test_lies_at_the_end_of_a_zip_cost_nothing(zipped, field, value):
    data = bytearray(packed({"losses.py": ANSWER}) + b"\0" * (3 << 20))
    end = data.index(b"PK\x05\x06")
    struct.pack_into("<H" if field == 10 else "<L", data, end + field, value)
    problem = zipped(bytes(data[: end + 22])).problem
    assert problem is None or problem.startswith(
        (DAMAGED, "losses.py in homework.zip is damaged", "homework.zip holds too many files")
    )


def test_zip64_that_claims_the_world_is_refused(zipped):
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 60, 1 << 60, 1 << 60, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 0, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert zipped(record + locator + end).problem == DAMAGED


def test_a_stream_cut_short_is_damaged(zipped):
    data = packed({"losses.py": ANSWER})
    packed_size = len(zlib.compress(ANSWER)) - 6
    cut = changed(data, 20, 18, "<L", packed_size // 2)
    assert zipped(cut).problem == "losses.py in homework.zip is damaged: make the zip anew from your folder."
