"""The glossary's names are those of the models and of the readers."""

import re

import pytest

import ssb_model
from tests.docs.pages import DOCS

ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]]
    for line in (DOCS / "glossary.md").read_text("utf-8").splitlines()
    if line.count("|") == 5 and "---" not in line
][1:]
PYBAMM = sorted({name for row in ROWS for name in re.findall(r"`([^`]+)`", row[2])})


@pytest.fixture(scope="module")
def known():
    """Names of variables and parameters of the cells, with every mechanism the glossary has."""
    with_more = {
        "short circuit": "critical current",
        "contact loss": "voids",
        "double layer": "constant phase",
        "coverage": "partial",
    }
    kinds = ssb_model.SymmetricCell, ssb_model.FullCell
    cells = [kind(options) for kind in kinds for options in ({}, with_more)]
    cells.append(ssb_model.BlockingCell({"double layer": "constant phase"}))
    return {
        name for cell in cells for name in (*cell.variables, *cell.default_parameter_values.keys())
    }


@pytest.mark.parametrize("name", PYBAMM)
def test_a_name_is_the_model_s(name, known):
    assert name in known
