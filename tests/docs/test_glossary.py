"""The glossary's names are those of the models and of the readers."""

import re

import pytest

import ssb_model
from ssb_model.prediction.files.coating_file import CoatingTable
from ssb_model.study.kinds import TABLES
from ssb_model.words import WORDS, meant
from tests.docs.pages import DOCS

ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]]
    for line in (DOCS / "glossary.md").read_text("utf-8").splitlines()
    if line.count("|") == 5 and "---" not in line
][1:]
SAID = "\n".join(row[0].lower() for row in ROWS) + "\nimpedance"
KEYS = {"thickness", "c_rate", *CoatingTable.model_fields}
KINDS = {one.model_fields["kind"].annotation.__args__[0] for one in TABLES}
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
    cells.append(ssb_model.SymmetricCell({"contact loss": "vacancies"}))
    cells.append(ssb_model.BlockingCell({"double layer": "constant phase"}))
    return {
        name for cell in cells for name in (*cell.variables, *cell.default_parameter_values.keys())
    }


@pytest.mark.parametrize("name", PYBAMM)
def test_a_name_is_the_model_s(name, known):
    assert name in known


@pytest.mark.parametrize("word", sorted({*WORDS.values()}), ids=lambda word: word.term)
def test_a_word_that_refusals_understand_stands_there_and_leads_to_names_of_ours(word, known):
    assert word.term.lower() in SAID
    bare = {name.partition(" [")[0] for name in known}
    spelled = next(name for name, one in WORDS.items() if one == word)
    for name in word.names:
        assert name in KEYS | KINDS or any(b.lower().endswith(name.lower()) for b in bare), name
    assert meant(spelled, {*bare, *KEYS, *KINDS})
