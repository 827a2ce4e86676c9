"""Which device an exercise with PyTorch runs on, and what is said where it cannot."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest

from grader.bench import devices
from grader.bench.devices import find_device
from grader.bench.launch import launcher
from grader.course import Limits
from grader.errors import MachineError

INSTALLED = find_spec("torch") is not None


@pytest.mark.parametrize("wanted", ["auto", "cpu", "cuda"])
def test_without_pytorch_one_is_told_how_to_get_it(monkeypatch, wanted):
    monkeypatch.setattr(devices, "find_spec", lambda name: None)
    with pytest.raises(MachineError, match=r"pip install 'gradecheck\[torch\]'"):
        find_device(wanted)


@pytest.mark.skipif(not INSTALLED, reason="PyTorch is not installed")
def test_without_a_gpu_the_processor_is_taken_and_pytorch_not_even_asked(monkeypatch):
    monkeypatch.setattr(devices, "_there_may_be_one", lambda: False)
    before = "torch" in sys.modules
    assert find_device("auto") == find_device("cpu") == "cpu"
    with pytest.raises(MachineError, match="There is no GPU that PyTorch can use here"):
        find_device("cuda")
    assert ("torch" in sys.modules) == before


@pytest.mark.skipif(sys.platform != "linux", reason="fork servers are for Linux")
def test_a_package_that_is_not_there_is_named_by_the_server():
    benches = launcher(["numpy", "no_such_package"], "auto", Limits())
    with pytest.raises(MachineError, match="needs no_such_package, which cannot be imported: pip install"):
        assert benches.in_force
    benches.close()
