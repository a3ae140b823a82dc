from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_SPEC = importlib.util.spec_from_file_location(
    "segmentation_benchmark", Path(__file__).parents[2] / "benchmarks" / "segmentation.py"
)
assert _SPEC is not None
assert _SPEC.loader is not None
benchmark = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(benchmark)


@pytest.mark.shared
def test_meeting_8699(shared_data: Path) -> None:
    items = benchmark.speeches(shared_data / "unsc2020.tar.xz")
    joined = benchmark.record(items)
    assert joined["statements"] == 214
    assert joined["boundaries_f1"] >= 0.99
    assert joined["delegation"] >= 0.98
    alone = benchmark.one_by_one(items)
    assert alone["single"] == 1
    assert alone["delegation_where_named"] >= 0.98


@pytest.mark.parametrize("name", ["compilation.docx", "compilation.pdf"])
def test_sample_compilation(name: str) -> None:
    if not (benchmark.SAMPLE / name).is_file():
        pytest.skip("the sample compilation is not built")
    found = benchmark.sample(name)
    assert found.pop("statements") == 34
    assert set(found.values()) == {1.0}
