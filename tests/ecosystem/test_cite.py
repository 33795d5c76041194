"""What was used is cited, and what was not is not."""

from pathlib import Path

import pytest

from ssb_model.citations import cite, grouped
from ssb_model.citations.bibtex import entries
from ssb_model.citations.cells import of_cell
from ssb_model.citations.find import CELLS, uses_of
from ssb_model.cli.app import main
from ssb_model.library import known_parameter_sets, known_published, load_published
from ssb_model.library.locate import known_described
from ssb_model.study.file.cells import read_cell
from ssb_model.study.file.tables import CellTable
from tests.ecosystem.made_up import VERSIONS, saved_fit, written


def _used(target):
    """Keys of the works behind a target, each with what it was used for."""
    return {work.key: used for work, used in grouped(uses_of(str(target))).items()}


def _cell(**table):
    cell = read_cell("mine", CellTable(**table), Path("study.toml"))
    return {work.key: " ".join(used) for work, used in grouped(of_cell(cell)).items()}


def test_without_arguments_it_is_the_software_and_the_experiment_it_is_founded_on():
    assert list(entries(cite([], as_bibtex=True))) == ["ssb_model", "Zhai2024"]


def test_voids_are_credited_only_in_a_cell_that_loses_contact():
    keeps = _cell(type="symmetric", coating="bare")
    loses = _cell(type="symmetric", coating="bare", options={"contact loss": "voids"})
    assert "voids" in loses["Roy2021"] and "voids" not in keeps["Roy2021"]
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
    assert any(
        f"published coating {name}" in used for used in _used(name).values() for used in used
    )


@pytest.mark.parametrize("name", [*known_parameter_sets(), *known_described(), *CELLS])
def test_everything_in_the_library_can_be_cited(name):
    assert len(entries(cite([name], as_bibtex=True))) >= 1


def test_each_work_is_listed_once_however_often_it_was_used():
    text = cite(["zhai2024", "lii", "lii-znlix", "zni2-0.5"], as_bibtex=True)
    assert text.count("@article{Zhai2024") == 1


def test_a_doi_in_a_coating_file_of_ones_own_is_cited_though_nothing_more_is_known(tmp_path):
    mine = 'name = "mine"\ntype = "mixed"\nsource = "my thesis, doi:10.9999/my.thesis.1"\n'
    text = cite([str(written(tmp_path / "mine.toml", mine))])
    assert "my thesis" in text and "https://doi.org/10.9999/my.thesis.1" in text


def test_a_coating_file_without_a_source_owes_what_it_leaves_to_its_type(tmp_path):
    mine = 'name = "mine"\ntype = "none"\nexchange_current_density = "5 mA/cm2"\n'
    stated = _used(written(tmp_path / "stated.toml", mine))
    left = _used(written(tmp_path / "left.toml", mine.rpartition("exchange")[0]))
    assert "Sharafi2018" in left and "Sharafi2018" not in stated


def test_a_fit_owes_its_cells_its_libraries_and_the_methods_that_judged_it(tmp_path):
    plain = _used(saved_fit(tmp_path))
    judged = {"samples": {"u": [], "log_noise": [], "divergent": [], "steps": [], "failures": 0}}
    sampled = _used(saved_fit(tmp_path, posterior=judged))
    assert {"Roy2021", "Sulzer2021", "jax2018"} <= plain.keys()
    assert plain["jax2018"] == ("jax 0.10.2",)
    assert "Virtanen2020" not in plain  # scipy is not among its versions
    assert sampled.keys() - plain.keys() == {"Hoffman2014", "Vehtari2021"}
    assert "Schonleber2014" not in plain
    assert "Schonleber2014" in _used(saved_fit(tmp_path, validity_of_spectra={"mine": "Valid."}))


def test_a_reproduction_owes_the_paper_and_the_laws_of_the_critical_current(tmp_path):
    content = {"experiment": "zhai2024", "citation": "", "versions": VERSIONS, "rows": []}
    plain = _used(written(tmp_path / "reproduce.json", content))
    content["critical_current_laws"] = [{"law": "C"}]
    lawful = _used(written(tmp_path / "reproduce.json", content))
    assert "measured values of zhai2024" in plain["Zhai2024"]
    assert "Flatscher2020" in lawful and "Flatscher2020" not in plain


def test_a_prediction_owes_the_cells_that_critical_currents_are_learnt_on(tmp_path):
    content = {"type": "ionic", "cell": "zhai2024", "versions": VERSIONS, "quantities": []}
    used = _used(written(tmp_path / "prediction.json", content))
    assert "mos2" in used and "Zhai2024" in used and "graphite" not in used


def test_sweep_file_and_its_result_owe_the_same(tmp_path):
    file = tmp_path / "sweep.toml"
    from ssb_model.cli.new import new_sweep

    new_sweep(file)
    content = {"coating": "zni2-0.5"}
    swept = {"content": content, "versions": {}, "chunks": []}
    result = written(tmp_path / "sweep.json", swept)
    assert 'coating = "zni2-0.5"' in file.read_text("utf-8")
    assert _used(file) == _used(result)


def test_the_command_prints_bibtex_and_answers_a_mistake_with_code_2(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["ssb", "cite", "graphite", "--bibtex"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert list(entries(capsys.readouterr().out)) == ["ssb_model", "graphite"]
    monkeypatch.setattr("sys.argv", ["ssb", "cite", "graphit"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2 and capsys.readouterr().err.startswith("ssb: there is no")
