"""The cells meet the contract of PyBaMM's model zoo, and are credited when they are made."""

import runpy
from pathlib import Path

import pybamm
import pytest
from pybamm_model_zoo import Registry
from pybamm_model_zoo.testing import contract

import ssb_model
from ssb_model.citations.cells import credited

ZOO = Path(ssb_model.__file__).parent / "zoo"
ENTRIES = Registry([], external_paths=[ZOO])
CHECKS = contract.checks_in_scope(contract.MODEL)
EXAMPLES = sorted(ZOO.glob("*/examples/*.py"))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_meets_the_contract(name, check):
    check.run(ENTRIES[name])


def test_every_cell_has_an_entry_and_waives_no_check():
    bases = {ENTRIES[name].load().__mro__[1] for name in ENTRIES}
    assert bases == {ssb_model.SymmetricCell, ssb_model.FullCell, ssb_model.BlockingCell}
    assert not any(ENTRIES[name].tests.skip_contract for name in ENTRIES)


@pytest.mark.parametrize("name", ENTRIES)
def test_the_bibliography_beside_a_manifest_is_what_the_model_registers(name):
    works = credited(ENTRIES[name].load()())
    text = "\n\n".join(work.bibtex for work in works) + "\n"
    assert (ENTRIES[name].path / "CITATION.bib").read_text("utf-8") == text


@pytest.mark.parametrize("name", ENTRIES)
def test_pybamm_prints_the_works_behind_a_model(name, capsys):
    pybamm.citations._reset()
    ENTRIES[name].load()()
    pybamm.print_citations()
    printed = capsys.readouterr().out
    assert "Extreme Mech. Lett." in printed and "10.1039/d4sc00786g" in printed


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs(path, capsys):
    runpy.run_path(str(path), run_name="__main__")
    assert capsys.readouterr().out
