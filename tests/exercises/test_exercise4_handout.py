"""The handout of exercise4 shows the numbers that its worked example really gives, and every figure it names."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
HANDOUT = ROOT / "exercises" / "exercise4" / "README.md"


@pytest.fixture
def worked_example(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    folder = ROOT / "solutions" / "exercise4"
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "dense", raising=False)
    spec = importlib.util.spec_from_file_location("worked_example", folder / "worked_example.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.delitem(sys.modules, "dense")
    return module


def test_every_row_of_the_worked_example_is_in_the_handout(worked_example: ModuleType) -> None:
    lines = HANDOUT.read_text(encoding="utf-8").splitlines()
    assert [row for row in worked_example.tables() if row not in lines] == []


def test_every_result_of_the_worked_example_is_in_the_handout(worked_example: ModuleType) -> None:
    numbers = set(re.findall(r"-?\d+\.\d+", HANDOUT.read_text(encoding="utf-8").replace("−", "-")))
    assert [result for result in worked_example.results() if result.replace("−", "-") not in numbers] == []


def test_every_figure_is_there_and_not_too_large() -> None:
    named = re.findall(r"\]\((figures/\w+\.svg)\)", HANDOUT.read_text(encoding="utf-8"))
    assert named
    for figure in named:
        assert 0 < (HANDOUT.parent / figure).stat().st_size < 150_000
    assert {Path(figure).name for figure in named} == {path.name for path in (HANDOUT.parent / "figures").iterdir()}
