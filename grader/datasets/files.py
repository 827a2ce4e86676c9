"""MNIST, Fashion-MNIST and CIFAR-10 from their usual files, where somebody has put them; nothing is ever downloaded.

Only formats of plain numbers are read. CIFAR-10 as Python "batches" is a pickle, which may run anything: it is refused.
"""

from __future__ import annotations

import gzip
import struct
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from grader.errors import CourseError

Bytes = NDArray[np.uint8]
Images = NDArray[np.float32]
Labels = NDArray[np.int64]
Split = tuple[Images, Labels, Images, Labels]

_IDX = {"mnist": ("mnist", "MNIST/raw"), "fashion-mnist": ("fashion-mnist", "FashionMNIST/raw")}
"""Data sets in files called train-images-idx3-ubyte, and the folders in which others look for them."""
_IDX_HOLDS = {3: "images", 1: "labels"}
_CIFAR = "cifar-10"
_CIFAR_FOLDER, _CIFAR_ARCHIVE, _CIFAR_PICKLES = "cifar-10-batches-bin", "cifar-10-binary.tar.gz", "cifar-10-batches-py"
_CIFAR_ROW = 1 + 3 * 32 * 32
_GREY = np.array([0.299, 0.587, 0.114], np.float32)
_LARGEST = 1 << 28

NAMES = (*_IDX, _CIFAR)


def load_files(name: str, folder: Path | None) -> tuple[Bytes, Bytes, Bytes, Bytes]:
    """Return (x_train, y_train, x_test, y_test) as the bytes of the files: x is (n, rows, columns) or (n, 3, …)."""
    if name not in NAMES:
        raise CourseError(f"There is no data set {name!r}: course.yaml can choose {', '.join(NAMES)}.")
    if folder is None:
        raise CourseError(
            f"{name} does not come along: name the folder that holds its files, as datasets: in course.yaml."
        )
    return _load_cifar(folder) if name == _CIFAR else _load_idx(name, folder)


def draw_files(rng: np.random.Generator, name: str, folder: Path | None, train: int, test: int) -> Split:
    """Return as many images as asked for, drawn at random, grey, (n, 1, S, S) from 0 to 1; the test set stays apart."""
    x_train, y_train, x_test, y_test = load_files(name, folder)
    chosen, unseen = rng.permutation(len(x_train))[:train], rng.permutation(len(x_test))[:test]
    return (
        _grey(x_train[chosen]),
        y_train[chosen].astype(np.int64),
        _grey(x_test[unseen]),
        y_test[unseen].astype(np.int64),
    )


def _grey(images: Bytes) -> Images:
    bright = images.astype(np.float32) / 255
    if bright.ndim == 4:
        bright = np.einsum("nchw,c->nhw", bright, _GREY)
    return np.asarray(bright[:, None], np.float32)


def _load_idx(name: str, folder: Path) -> tuple[Bytes, Bytes, Bytes, Bytes]:
    x_train, y_train = _idx_part(name, folder, "train")
    x_test, y_test = _idx_part(name, folder, "t10k")
    return x_train, y_train, x_test, y_test


def _idx_part(name: str, folder: Path, part: str) -> tuple[Bytes, Bytes]:
    images = read_idx(_idx_path(name, folder, f"{part}-images-idx3-ubyte"), 3)
    labels = read_idx(_idx_path(name, folder, f"{part}-labels-idx1-ubyte"), 1)
    if len(images) != len(labels):
        raise CourseError(f"{name} in {folder} has {len(images)} {part} images and {len(labels)} labels.")
    return images, labels


def _idx_path(name: str, folder: Path, file: str) -> Path:
    places = [folder / inner / (file + end) for inner in _IDX[name] for end in ("", ".gz")]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise CourseError(f"{name} needs the file {folder / _IDX[name][0] / file}.gz, which is not there.")
    return found


def read_idx(path: Path, axes: int) -> Bytes:
    """Return the numbers of an idx file of bytes, packed by gzip or not."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            data = file.read(_LARGEST)
    except (OSError, EOFError, zlib.error) as err:
        raise CourseError(f"{path} cannot be read: {err}.") from None
    start = 4 + 4 * axes
    if len(data) < start or data[:4] != bytes((0, 0, 8, axes)):
        raise CourseError(f"{path} is not an idx file of {_IDX_HOLDS[axes]}.")
    shape = struct.unpack(f">{axes}I", data[4:start])
    if int(np.prod(shape, dtype=object)) != len(data) - start:
        raise CourseError(f"{path} is cut off, or longer than it says.")
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape)


def _load_cifar(folder: Path) -> tuple[Bytes, Bytes, Bytes, Bytes]:
    names = [f"data_batch_{number}.bin" for number in range(1, 6)] + ["test_batch.bin"]
    batches = dict(_cifar_batches(folder, names))
    missing = [name for name in names if name not in batches]
    if missing:
        pickles = (folder / _CIFAR_PICKLES).exists()
        why = f" ({_CIFAR_PICKLES} holds pickles, which are never read)" if pickles else ""
        raise CourseError(
            f"cifar-10 needs its binary version, {_CIFAR_ARCHIVE}, in {folder}: {missing[0]} is not there{why}."
        )
    rows = [_cifar_rows(folder, name, batches[name]) for name in names]
    train, test = np.concatenate(rows[:-1]), rows[-1]
    return _cifar_images(train), train[:, 0], _cifar_images(test), test[:, 0]


def _cifar_batches(folder: Path, names: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        path = folder / _CIFAR_FOLDER / name
        if path.is_file():
            yield name, path.read_bytes()
    archive = folder / _CIFAR_ARCHIVE
    if not archive.is_file():
        return
    try:
        with tarfile.open(archive) as packed:
            for member in packed:
                inner = packed.extractfile(member) if member.isfile() else None
                if inner is not None and Path(member.name).name in names:
                    yield Path(member.name).name, inner.read(_LARGEST)
    except (tarfile.TarError, OSError, EOFError, zlib.error) as err:
        raise CourseError(f"{archive} cannot be read: {err}.") from None


def _cifar_rows(folder: Path, name: str, data: bytes) -> Bytes:
    if not data or len(data) % _CIFAR_ROW:
        raise CourseError(f"{name} of {folder} is cut off: its rows have {_CIFAR_ROW} bytes.")
    return np.frombuffer(data, np.uint8).reshape(-1, _CIFAR_ROW)


def _cifar_images(rows: Bytes) -> Bytes:
    return rows[:, 1:].reshape(-1, 3, 32, 32)
