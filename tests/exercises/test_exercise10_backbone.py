"""The network that exercise10 hands out: small, whole, and good at the digits it says it knows; and its handout."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="exercise10 needs PyTorch")

ROOT = Path(__file__).parents[2]
HANDED_OUT = ROOT / "exercises" / "exercise10"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    path = ROOT / "solutions" / "exercise10" / "make_backbone.py"
    spec = importlib.util.spec_from_file_location("make_backbone", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_is_small_and_has_every_number_of_the_model(maker: ModuleType) -> None:
    assert maker.FILE.stat().st_size < 100_000
    due = {name: value.shape for name, value in maker.build_model().state_dict().items() if "num_batches" not in name}
    with np.load(maker.FILE, allow_pickle=False) as file:
        assert {name: file[name].shape for name in file.files} == due


def test_it_reads_the_old_digits(maker: ModuleType) -> None:
    x, y = maker.draw(np.random.default_rng(1), 300, posed=False)
    model = maker.load_model().eval()
    with torch.no_grad():
        assert (model(x).argmax(dim=1) == y).double().mean() > 0.95


def test_the_handout_shows_every_figure() -> None:
    named = re.findall(r"\]\((figures/\w+\.svg)\)", (HANDED_OUT / "README.md").read_text(encoding="utf-8"))
    assert {Path(figure).name for figure in named} == {path.name for path in (HANDED_OUT / "figures").iterdir()}
    for figure in named:
        assert 0 < (HANDED_OUT / figure).stat().st_size < 150_000
