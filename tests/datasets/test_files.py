"""MNIST, Fashion-MNIST and CIFAR-10 are read from their usual files, small ones here; what is odd is said in words."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
from pathlib import Path

import numpy as np
import pytest

from grader.datasets import draw_files
from grader.datasets.files import load_files, read_idx
from grader.errors import CourseError

RNG = np.random.default_rng(11)
X, Y = RNG.integers(0, 256, (30, 28, 28), np.uint8), RNG.integers(0, 10, 30).astype(np.uint8)
COLOURS = RNG.integers(0, 256, (12, 3, 32, 32), np.uint8)


def idx(array: np.ndarray) -> bytes:
    return bytes((0, 0, 8, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def put_mnist(folder: Path, *, packed: bool = True, names: str = "mnist") -> Path:
    inner = folder / names
    inner.mkdir(parents=True)
    for part, of in (("train", slice(0, 20)), ("t10k", slice(20, 30))):
        for kind, array in (("images-idx3", X[of]), ("labels-idx1", Y[of])):
            path = inner / f"{part}-{kind}-ubyte{'.gz' * packed}"
            path.write_bytes(gzip.compress(idx(array)) if packed else idx(array))
    return inner


def cifar_rows(images: np.ndarray) -> bytes:
    return b"".join(bytes((number % 10,)) + image.tobytes() for number, image in enumerate(images))


def cifar_files() -> dict[str, bytes]:
    files = {f"data_batch_{number + 1}.bin": cifar_rows(COLOURS[2 * number : 2 * number + 2]) for number in range(5)}
    return files | {"test_batch.bin": cifar_rows(COLOURS[10:])}


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("mnist", "mnist"),
        ("mnist", "MNIST/raw"),
        ("fashion-mnist", "fashion-mnist"),
        ("fashion-mnist", "FashionMNIST/raw"),
    ],
)
def test_idx_files_are_read_packed_or_not_where_people_have_them(tmp_path, name, names, packed):
    put_mnist(tmp_path, packed=packed, names=names)
    x_train, y_train, x_test, y_test = load_files(name, tmp_path)
    assert np.array_equal(x_train, X[:20])
    assert np.array_equal(x_test, X[20:])
    assert np.array_equal(np.concatenate([y_train, y_test]), Y)


def test_drawn_images_are_floats_with_a_channel_and_keep_their_labels(tmp_path):
    put_mnist(tmp_path)
    x_train, y_train, x_test, y_test = draw_files(np.random.default_rng(0), "mnist", tmp_path, 8, 5)
    assert (x_train.shape, x_train.dtype, y_train.dtype) == ((8, 1, 28, 28), np.float32, np.int64)
    assert (x_test.shape, y_test.shape) == ((5, 1, 28, 28), (5,))
    known = {(x.astype(np.float32) / 255).tobytes(): y for x, y in zip(X, Y, strict=True)}
    assert [known[x.tobytes()] for x in x_train] == y_train.tolist()
    assert len({x.tobytes() for x in x_train}) == 8


def test_cifar_is_read_from_a_folder_and_from_its_archive_and_becomes_grey(tmp_path):
    unpacked, archived = tmp_path / "a", tmp_path / "b"
    (unpacked / "cifar-10-batches-bin").mkdir(parents=True)
    archived.mkdir()
    with tarfile.open(archived / "cifar-10-binary.tar.gz", "w:gz") as archive:
        for name, data in cifar_files().items():
            (unpacked / "cifar-10-batches-bin" / name).write_bytes(data)
            entry = tarfile.TarInfo(f"cifar-10-batches-bin/{name}")
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    for folder in (unpacked, archived):
        x_train, y_train, x_test, _ = load_files("cifar-10", folder)
        assert np.array_equal(x_train, COLOURS[:10])
        assert y_train.tolist() == [0, 1] * 5
        assert np.array_equal(x_test, COLOURS[10:])
    x_train, _, _, _ = draw_files(np.random.default_rng(0), "cifar-10", unpacked, 10, 2)
    assert x_train.shape == (10, 1, 32, 32)
    assert 0 <= x_train.min() <= x_train.max() <= 1


def test_pickles_are_never_read(tmp_path):
    batches = tmp_path / "cifar-10-batches-py"
    batches.mkdir()
    (batches / "data_batch_1").write_bytes(b"cos\nsystem\n(S'touch /tmp/opened'\ntR.")
    with pytest.raises(CourseError, match="holds pickles, which are never read"):
        load_files("cifar-10", tmp_path)


def test_what_is_missing_is_named(tmp_path):
    with pytest.raises(CourseError, match=r"train-images-idx3-ubyte\.gz, which is not there"):
        load_files("mnist", tmp_path)
    with pytest.raises(CourseError, match="datasets:"):
        load_files("mnist", None)
    with pytest.raises(CourseError, match="can choose mnist, fashion-mnist, cifar-10"):
        load_files("imagenet", tmp_path)


@pytest.mark.parametrize(
    "data",
    [b"", b"not gzip at all", gzip.compress(idx(Y)), gzip.compress(idx(X))[:-300], gzip.compress(idx(X)[:-1])],
    ids=["empty", "no gzip", "labels", "cut off", "one byte short"],
)
def test_a_broken_file_is_named_and_not_a_traceback(tmp_path, data):
    inner = put_mnist(tmp_path)
    path = inner / "train-images-idx3-ubyte.gz"
    path.write_bytes(data)
    with pytest.raises(CourseError, match=path.name):
        load_files("mnist", tmp_path)


def test_images_without_their_labels_are_refused(tmp_path):
    inner = put_mnist(tmp_path)
    (inner / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(Y[:7])))
    with pytest.raises(CourseError, match="20 train images and 7 labels"):
        load_files("mnist", tmp_path)


def test_sizes_that_multiply_beyond_all_bounds_are_no_overflow(tmp_path):
    path = tmp_path / "huge"
    path.write_bytes(bytes((0, 0, 8, 3)) + struct.pack(">3I", 2**32 - 1, 2**32 - 1, 2**32 - 1))
    with pytest.raises(CourseError, match="cut off"):
        read_idx(path, 3)
