"""What was used is cited, and what was not is not."""

from pathlib import Path

import pytest
from pybtex.database import parse_string

from ssb_model.citations import cite, grouped
from ssb_model.citations.reader import uses_of
from ssb_model.cli.app import main
from ssb_model.cli.cited import CELLS, cited
from ssb_model.library import known_parameter_sets, known_published, load_published
from ssb_model.library.locate import known_described
from ssb_model.prediction import load_coating
from ssb_model.study.file.cells import read_cell
from ssb_model.study.file.tables import CellTable
from tests.ecosystem.made_up import STUDY, written


def _keys(bibtex):
    return list(parse_string(bibtex, "bibtex").entries)


def _used(target):
    """Keys of the works behind a target of the command, each with what it was used for."""
    uses = [use for one in cited(str(target)) for use in uses_of(one)]
    return {work.key: used for work, used in grouped(uses).items()}


def _cell(**table):
    return {work.key: used for work, used in grouped(_read(**table).works).items()}


def _read(**table):
    return read_cell("mine", CellTable(**table), Path("study.toml"))


def test_without_arguments_it_is_the_software_and_the_experiment_it_is_founded_on():
    assert _keys(cite([], as_bibtex=True)) == ["ssb_model", "Zhai2024"]


def test_voids_are_credited_only_in_a_cell_that_loses_contact():
    keeps = _cell(type="symmetric", coating="bare")
    loses = _cell(type="symmetric", coating="bare", options={"contact loss": "voids"})
    assert "voids" in loses["Roy2021"]["mechanism"]
    assert "voids" not in keeps["Roy2021"]["mechanism"]
    assert "Taylor2018" in loses and "Taylor2018" not in keeps


def test_a_cathode_is_credited_only_in_a_cell_that_has_one():
    cathode = {"Prada2013", "Afshar2017", "Doyle1993"}
    assert cathode <= _cell(type="full", coating="zni2-0.5").keys()
    assert not cathode & _cell(type="symmetric", coating="zni2-0.5").keys()


def test_models_and_options_of_pybamm_bring_their_own_works():
    options = {"open-circuit potential": "single", "loss of active material": "stress-driven"}
    plain = _cell(type="full", coating="zni2-0.5")
    aged = _cell(
        type="full",
        coating="zni2-0.5",
        options=options | {"particle mechanics": "swelling only"},
    )
    assert {"Ai2019", "Deshpande2012"} <= aged.keys() - plain.keys()


def test_a_value_of_ones_own_owes_nothing_to_the_source_of_the_one_it_replaces():
    own = {"Garnet conductivity": "0.5 mS/cm"}
    assert "Tsai2016" in _cell(type="symmetric", coating="bare")
    assert "Tsai2016" not in _cell(type="symmetric", coating="bare", values=own)


@pytest.mark.parametrize("name", known_published())
def test_a_published_coating_is_cited_by_its_own_source(name):
    told = " ".join(cite([name]).split())
    words = load_published(name).source.replace(", doi:", " ").split()
    assert words[0].strip(",").partition("/")[0] in told
    assert any(f"published coating {name}" in used for used in _used(name).values())


@pytest.mark.parametrize("name", [*known_parameter_sets(), *known_described(), *CELLS])
def test_everything_in_the_library_can_be_cited(name):
    assert len(_keys(cite(cited(name), as_bibtex=True))) >= 1


def test_each_work_is_listed_once_however_often_it_was_used():
    text = cite(["zhai2024", "lii", "lii-znlix", "zni2-0.5"], as_bibtex=True)
    assert text.count("@article{Zhai2024") == 1


def test_a_doi_in_a_coating_file_of_ones_own_is_cited_though_nothing_more_is_known(tmp_path):
    mine = 'name = "mine"\ntype = "mixed"\nsource = "my thesis, doi:10.9999/my.thesis.1"\n'
    text = cite(cited(str(written(tmp_path / "mine.toml", mine))))
    assert "my thesis" in text and "https://doi.org/10.9999/my.thesis.1" in text


def test_a_coating_file_without_a_source_owes_what_it_leaves_to_its_type(tmp_path):
    mine = 'name = "mine"\ntype = "none"\nexchange_current_density = "5 mA/cm2"\n'
    stated = _used(written(tmp_path / "stated.toml", mine))
    left = _used(written(tmp_path / "left.toml", mine.rpartition("exchange")[0]))
    assert "Sharafi2018" in left and "Sharafi2018" not in stated


def test_a_study_file_owes_what_its_cells_do(tmp_path):
    study = written(tmp_path / "study.toml", STUDY)
    assert _used(study) == _cell(type="symmetric", coating="bare")


def test_a_cell_file_owes_its_garnet_and_its_cathode(tmp_path):
    used = _used(written(tmp_path / "cell.toml", '[values]\n"Garnet thickness" = "0.5 mm"\n'))
    assert used.keys() == _used("llzto").keys() | _used("lfp").keys()


def test_a_sweep_file_owes_the_coating_and_the_cell_that_it_names(tmp_path):
    from ssb_model.cli.new import new_sweep

    file = tmp_path / "sweep.toml"
    new_sweep(file)
    assert 'coating = "zni2-0.5"' in file.read_text("utf-8")
    coating = {work.key for work in grouped(load_coating("zni2-0.5").works)}
    assert _used(file).keys() == coating | _used("zhai2024").keys()


def test_from_python_whatever_has_works_is_cited_beside_names():
    cell = _read(type="symmetric", coating="bare")
    assert _keys(cite([cell, "graphite"], as_bibtex=True)) == [
        "ssb_model",
        *_cell(type="symmetric", coating="bare"),
        "graphite",
    ]


def test_the_command_prints_bibtex_and_answers_a_mistake_with_code_2(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["ssb", "cite", "graphite", "--bibtex"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert _keys(capsys.readouterr().out) == ["ssb_model", "graphite"]
    monkeypatch.setattr("sys.argv", ["ssb", "cite", "graphit"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2 and capsys.readouterr().err.startswith("ssb: there is no")
