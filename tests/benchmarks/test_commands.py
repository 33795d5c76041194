"""Whoever asks a benchmark what it does is told, and nothing is measured."""

import runpy
import sys

import pytest

COMMANDS = (
    *("ageing", "calibration", "device", "explore", "field", "founding_arcs", "house", "limit"),
    *("methods", "models", "predictions", "reading", "reproduction_scores", "series"),
    *("study", "sweep"),
)
PACKAGES = ("benchmarks", "benchmarks.public_files", "benchmarks.pybop", "benchmarks.wrong_models")


@pytest.mark.parametrize("module", (*PACKAGES, *(f"benchmarks.{name}" for name in COMMANDS)))
@pytest.mark.parametrize(("option", "code"), [("--help", 0), ("--hlep", 2)])
def test_a_benchmark_says_what_it_does(module, option, code, monkeypatch, capsys):
    if module == "benchmarks.explore":
        pytest.importorskip("playwright")
    monkeypatch.setattr(sys, "argv", [module, option])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(module, run_name="__main__", alter_sys=False)
    assert ended.value.code == code
    said = capsys.readouterr()
    assert f"usage: python -m {module}" in (said.out or said.err)
