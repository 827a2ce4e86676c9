"""PyTorch on a bench: tensors travel, trusted builders answer the calls with an @, and all the locks hold."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="PyTorch is not installed: pip install 'gradecheck[torch]'")

from grader.answers.student import BenchStudent
from grader.bench.client import Clock
from grader.bench.launch import launcher
from grader.checks import Asked, is_tensor, tensor
from grader.course import Limits
from grader.wire import Load

LIMITS = Limits(time=60, call=30)
SOURCE = """
import os
import torch
from torch import nn
from torch.nn import functional as F

def kinds(*values): return [f"{type(v).__module__}.{type(v).__name__} {getattr(v, 'dtype', '')}" for v in values]
def double(x): return 2 * x
def add_one(x):
    x += 1
    return x
def float16(x): return x.to(torch.bfloat16)
def mean(x): return x.mean()
def cube(x): return x ** 3
def net(): return nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten(), nn.Linear(4 * 36, 3))
def not_a_net(): return lambda x: x
def adam(model): return torch.optim.Adam(model.parameters(), lr=0.01)
def epoch(model, loader, optimizer, device):
    model.train()
    losses = []
    for x, y in loader:
        x, y = x.to(device), y.to(device)
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)
def batches(loader): return [batch if torch.is_tensor(batch) else [part for part in batch] for batch in loader]
def threads(): return torch.get_num_threads()
def lists(folder): return os.listdir(folder)
def spawns():
    return os.fork()
def hungry(): return torch.zeros(3 << 30, dtype=torch.uint8).sum().item()
"""


@pytest.fixture(scope="module")
def benches():
    made = launcher(["numpy", "torch"], "auto", LIMITS)
    yield made
    made.close()


class RefusedError(Exception):
    """A question was not answered."""


@pytest.fixture
def student(benches):
    """Someone on a bench with PyTorch; what is not answered raises its words."""

    def refuse(answer, text):
        raised = answer.raised
        return RefusedError(f"{text} {raised.type}: {raised.message}" if raised else answer.words)

    load = Load("work", {"work.py": SOURCE.encode()}, None, [], "{name} may not be imported.", ["numpy", "torch"])
    with BenchStudent(benches, load, LIMITS, Clock(60)) as made:
        assert made.problem is None
        yield Asked(made.ask, refuse)


X = np.arange(12, dtype=np.float32).reshape(3, 4)


def test_tensors_arrive_as_tensors_of_their_dtype_and_arrays_as_arrays(student):
    kinds = student.call("kinds", tensor(X), tensor([1, 2]), tensor(X, "float64"), X)
    assert kinds == [
        "torch.Tensor torch.float32",
        "torch.Tensor torch.int64",
        "torch.Tensor torch.float64",
        "numpy.ndarray float32",
    ]


def test_tensors_come_back_as_arrays_that_know_what_they_were(student):
    got = student.call("double", tensor(X))
    assert is_tensor(got)
    assert got.dtype == np.float32
    assert np.array_equal(got, 2 * X)
    assert not is_tensor(student.call("double", X))
    assert float(student.call("mean", tensor(X))) == 5.5


def test_a_tensor_that_numpy_does_not_know_is_named(student):
    assert student.call("float16", tensor(X)).kind == "a tensor without plain numbers"


def test_a_tensor_that_is_changed_is_noticed(student):
    from grader.wire import Call

    (answer,) = student.exchange([Call("add_one", [tensor(X)], echo=[0], guard=[0])])
    assert answer.changed == [0]
    assert np.array_equal(answer.echo[0], X + 1)
    (answer,) = student.exchange([Call("double", [tensor(X)], guard=[0])])
    assert answer.changed == []


def test_gradients_are_taken_by_autograd_where_a_leaf_is_asked_for(student):
    leaf, other = student.new("@leaf", tensor(X)), student.new("@leaf", tensor(X))
    cubes = student.new("cube", leaf)
    gradient, none = student.call("@gradients", cubes, [leaf, other])
    assert np.allclose(gradient, 3 * X**2)
    assert none is None
    assert np.allclose(student.call("@value", cubes), X**3)


@pytest.mark.parametrize(("seed", "alike"), [(None, True), (5, False)])
def test_a_loader_brings_every_example_once_and_shuffles_anew_for_each_epoch(student, seed, alike):
    x, y = np.arange(10, dtype=np.float32), np.arange(10)
    loader = student.new("@loader", tensor(x), tensor(y), 4, seed=seed)
    epochs = [student.call("batches", loader) for _ in range(2)]
    for batches in epochs:
        assert [len(labels) for _, labels in batches] == [4, 4, 2]
        assert sorted(int(label) for _, labels in batches for label in labels) == list(range(10))
        assert all(np.array_equal(images, labels) for images, labels in batches)
    assert np.array_equal(epochs[0][0][1], epochs[1][0][1]) == alike
    again = student.call("batches", student.new("@loader", tensor(x), tensor(y), 4, seed=seed))
    assert all(np.array_equal(one[1], other[1]) for one, other in zip(again, epochs[0], strict=True))


def test_a_loader_without_labels_yields_tensors_and_not_tuples(student):
    batches = student.call("batches", student.new("@loader", tensor(X), None, 2))
    assert [batch.shape for batch in batches] == [(2, 4), (1, 4)]
    assert all(is_tensor(batch) for batch in batches)


def test_a_model_is_built_from_a_plan_and_the_seed_decides_its_parameters(student):
    plan = {"body": [["Linear", 4, 3], ["BatchNorm1d", 3], ["ReLU"]], "head": ["Linear", 3, 2, {"bias": False}]}
    one, same, other = (student.new("@module", plan, seed) for seed in (1, 1, 2))
    assert student.call("@layers", one) == {
        "": "Sequential",
        "body": "Sequential",
        "body.0": "Linear",
        "body.1": "BatchNorm1d",
        "body.2": "ReLU",
        "head": "Linear",
    }
    assert student.call("@count", one) == 4 * 3 + 3 + 2 * 3 + 3 * 2
    weights = [student.call("@parameters", model)["body.0.weight"] for model in (one, same, other)]
    assert np.array_equal(weights[0], weights[1])
    assert not np.array_equal(weights[0], weights[2])


def test_parameters_and_running_statistics_are_read_and_written(student):
    model = student.new("@module", [["Linear", 4, 3], ["BatchNorm1d", 3]])
    student.call("@load", model, {"0.bias": tensor([1, 2, 3], "float32"), "1.running_mean": tensor([4.0, 5.0, 6.0])})
    state = student.call("@state", model)
    assert state["0.bias"].tolist() == [1, 2, 3]
    assert state["1.running_mean"].tolist() == [4, 5, 6]
    assert set(student.call("@requires_grad", model)) == {"0.weight", "0.bias", "1.weight", "1.bias"}


def test_logits_are_those_of_eval_mode_and_the_modes_are_put_back(student):
    model = student.new("@module", {"drop": ["Dropout", 0.9], "norm": ["BatchNorm1d", 4], "last": ["Linear", 4, 2]})
    mixed = {"": True, "drop": False, "norm": True, "last": False}
    student.call("@set_modes", model, mixed)
    before = student.call("@state", model)
    whole, parts = (student.call("@logits", model, tensor(X), batch) for batch in (250, 1))
    assert whole.shape == (3, 2)
    assert np.allclose(whole, parts)
    assert student.call("@modes", model) == mixed
    after = student.call("@state", model)
    assert all(np.array_equal(before[name], after[name]) for name in before)


def test_convolutions_in_use_are_told_from_those_that_are_not(student):
    images = tensor(np.random.default_rng(0).normal(size=(2, 1, 8, 8)), "float32")
    model = student.new("net")
    assert not np.allclose(student.call("@logits", model, images), student.call("@without_convolutions", model, images))
    dense = student.new("@module", [["Flatten"], ["Linear", 64, 3]])
    assert np.allclose(student.call("@logits", dense, images), student.call("@without_convolutions", dense, images))
    assert student.call("@zero", model, "conv") == 4 * 9 + 4
    assert student.call("@zero", model) == student.call("@count", model)
    assert not student.call("@logits", model, images).any()


def test_an_optimizer_says_what_it_moves(student):
    model, other = (student.new("@module", [["Linear", 4, 3], ["Linear", 3, 2]]) for _ in "ab")
    optimizer = student.new("adam", model)
    told = student.call("@optimized", optimizer, model)
    assert told["names"] == ["0.weight", "0.bias", "1.weight", "1.bias"]
    assert (told["others"], told["groups"][0]["lr"]) == (0, 0.01)
    assert student.call("@optimized", optimizer, other) | {"groups": []} == {"names": [], "others": 4, "groups": []}


def test_the_journal_of_an_epoch_tells_modes_gradients_steps_and_moves(student):
    model = student.new("@module", {"drop": ["Dropout", 0.5], "last": ["Linear", 4, 3]})
    student.call("@set_modes", model, {"": False, "drop": False, "last": False})
    optimizer = student.new("@optimizer", "SGD", model, lr=0.1)
    loader = student.new("@loader", tensor(X), tensor([0, 1, 2]), 2)
    student.call("@watch", model, optimizer)
    loss = student.call("epoch", model, loader, optimizer, student.new("@device", "cpu:0"))
    journal = student.call("@journal", model)
    assert isinstance(loss, float)
    assert [entry["what"] for entry in journal] == ["moved", "moved", "zero_grad", "forward", "backward", "step"] * 2
    forwards = [entry for entry in journal if entry["what"] == "forward"]
    assert [entry["examples"] for entry in forwards] == [2, 1]
    assert all(entry["grad"] and entry["training"] and all(entry["modes"].values()) for entry in forwards)
    assert {entry["device"] for entry in journal if entry["what"] == "moved"} == {"cpu:0"}
    assert student.call("@journal", model) == []


def test_what_is_no_model_is_named_as_what_it_is(student):
    strange = student.new("not_a_net")
    with pytest.raises(RefusedError, match="What not_a_net returned Unanswerable: it is a function, and a Module"):
        student.call("@logits", strange, tensor(X))


def test_a_submission_cannot_be_called_by_the_name_of_a_builder(student):
    with pytest.raises(RefusedError, match="@nothing is not defined"):
        student.call("@nothing")


def test_what_a_seed_makes_repeatable(student):
    drawn = []
    for seed in (3, 3, 4):
        student.call("@seed", seed)
        drawn.append(student.call("@parameters", student.new("net"))["0.weight"])
    assert np.array_equal(drawn[0], drawn[1])
    assert not np.array_equal(drawn[0], drawn[2])


def test_a_network_learns_on_one_thread_under_all_the_locks(student, benches):
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 120)
    x = rng.normal(size=(120, 1, 8, 8)) + y[:, None, None, None]
    model = student.new("net")
    optimizer = student.new("adam", model)
    loader = student.new("@loader", tensor(x, "float32"), tensor(y), 20, seed=1)
    losses = [student.call("epoch", model, loader, optimizer, student.device) for _ in range(4)]
    assert losses[-1] < 0.5 * losses[0]
    assert student.call("threads") == 1
    if "landlock" in benches.in_force:
        with pytest.raises(RefusedError, match="PermissionError"):
            student.call("lists", "/etc")
    if "seccomp" in benches.in_force:
        with pytest.raises(RefusedError, match=r"PermissionError|BlockingIOError"):
            student.call("spawns")


def _parent_of(number: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


@pytest.mark.skipif(sys.platform != "linux", reason="fork servers are for Linux")
def test_no_server_has_a_thread_that_would_escape_the_locks(student):
    tasks = {int(path.parent.name): path for path in Path("/proc").glob("[0-9]*/task")}
    ours = {os.getpid()}
    for _ in range(4):  # generations
        ours |= {number for number in tasks if _parent_of(number) in ours}
    servers = []
    for number in ours:
        with suppress(OSError):
            if b"grader.bench.server" in Path(f"/proc/{number}/cmdline").read_bytes():
                servers.append(len(list(tasks[number].iterdir())))
    assert servers
    assert set(servers) == {1}


def test_memory_is_limited_for_tensors_too(student):
    with pytest.raises(RefusedError, match=r"allocate|memory"):
        student.call("hungry")
