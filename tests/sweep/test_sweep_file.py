"""A sweep file says what is varied and asked; every mistake in it is one sentence with its cure."""

import pytest

from ssb_model.cli.new import new_sweep
from ssb_model.cli.sweep import sweep as sweep_command
from ssb_model.errors import InputError
from ssb_model.sweep import read_sweep
from tests.sweep import files
from tests.sweep.arcs import Arcs, make_evaluator


def read(path, text):
    path.write_text(text, encoding="utf-8")
    return read_sweep(path, Arcs())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sweep.toml"


def test_ranges_are_in_si_and_what_is_not_varied_keeps_its_value(path):
    tables = files.text().split("\n[[vary]]")
    sweep = read(path, "\n[[vary]]".join(tables[:2]))
    (thickness,) = sweep.variables
    assert (thickness.name, thickness.scale) == ("Layer thickness [m]", "log")
    assert (thickness.lower, thickness.upper) == pytest.approx((50e-9, 900e-9), rel=1e-12)
    fixed = sweep.evaluator.quantities["Layer ionic conductivity [S.m-1]"].value
    assert sweep.fixed["Layer ionic conductivity [S.m-1]"] == fixed
    assert len(sweep.fixed) == 2


def test_without_a_range_and_a_scale_the_coating_s_own_are_taken(path):
    text = files.text().replace('range = ["50 nm", "900 nm"]\nscale = "log"\n', "", 1)
    thickness = read(path, text).variables[0]
    prior = read(path, text).evaluator.quantities["Layer thickness [m]"].prior
    assert (thickness.lower, thickness.upper, thickness.scale) == (prior.lower, prior.upper, "log")


def test_every_number_of_a_chunk_lies_in_its_range(path):
    sweep = read(path, files.text())
    for variable in sweep.variables:
        values = sweep.chunk(0).columns[variable.name]
        assert variable.lower <= values.min() and values.max() <= variable.upper


@pytest.mark.parametrize("change", ["# a remark\n", files.FIGURES])
def test_remarks_titles_and_figures_make_no_other_sweep(path, change):
    before = read(path, files.text()).identity
    assert read(path, files.text().replace('"Arcs"', '"Other"') + change).identity == before


@pytest.mark.parametrize(
    "change",
    [
        ("seed = 0", "seed = 1"),
        ("chunk = 128", "chunk = 64"),
        ("candidates = 1000", "candidates = 1001"),
        ('"900 nm"', '"901 nm"'),
        (', "critical current density"]', "]"),
    ],
)
def test_whatever_decides_a_number_makes_another_sweep(path, change):
    before = read(path, files.text()).identity
    assert read(path, files.text().replace(*change)).identity != before


def test_another_model_makes_another_sweep(path):
    before = read(path, files.text()).identity
    assert read_sweep(path, Arcs("slow")).identity != before


RANGE = '["50 nm", "900 nm"]'
MISTAKES = [
    ("layer thickness", "layer thicknes", r"vary\[0\]\.name: 'layer thicknes' is not known.*Did"),
    (
        "exchange-current density",
        "contact fraction",
        r"vary\[2\]\.name: 'contact fraction' is fixed in this model and cannot be varied",
    ),
    (RANGE, '["900 nm", "50 nm"]', r"vary\[0\]\.range: .*must rise"),
    (RANGE, '["50 nm", "50 nm"]', r"vary\[0\]\.range: .*must rise"),
    (RANGE, "[]", r"vary\[0\]\.range"),
    (RANGE, '["50 nm"]', r"vary\[0\]\.range"),
    (RANGE, '["50", "900 nm"]', r"vary\[0\]\.range: the unit is missing"),
    (RANGE, "[50, 900]", r"vary\[0\]\.range\[0\]: 50 is not allowed"),
    (RANGE, '["50 nm", "900 m"]', r"vary\[0\]\.range: 900 m is outside what is physical"),
    (RANGE, '["50 nm", "900 mS/cm"]', r"vary\[0\]\.range: .*cannot be converted to m"),
    (RANGE, '["50 nm", "nan nm"]', r"vary\[0\]\.range"),
    ('scale = "log"', 'scale = "cubic"', r"vary\[0\]\.scale: 'cubic' is not allowed"),
    ('scale = "log"', 'scale = "log"\npoints = 5', r"vary\[0\]\.points: only a grid has points"),
    ('"interface resistance", ', '"interface resistence", ', r"no output 'interface resistence'"),
    ('"interface resistance", ', '"critical current density", ', r"outputs: .*there twice"),
    ("chunk = 128", "chunk = 0", r"chunk: 0 is not allowed"),
    ("chunk = 128", "chunck = 128", r"unknown key 'chunck'.*Did you mean 'chunk'"),
    ("candidates = 1000", "candidates = 0", r"design\.candidates: 0 is not allowed"),
    ("candidates = 1000", "candidates = 1e3", r"design\.candidates: 1000\.0 is not allowed"),
    ("candidates = 1000\n", "", r"design\.candidates is missing: a sobol needs it"),
    ('"sobol"', '"random"', r"design\.kind: 'random' is not allowed"),
    ("seed = 0", "seed = -1", r"design\.seed: -1 is not allowed"),
    ("[design]", "[desgin]", r"unknown key 'desgin'"),
    ('name = "layer ionic conductivity"', 'name = "Layer thickness"', r"vary: .*there twice"),
    ("title = ", "title ", r"not valid TOML"),
]


@pytest.mark.parametrize(("old", "new", "told"), MISTAKES)
def test_a_mistake_is_one_sentence_naming_file_and_key(path, old, new, told):
    assert old in files.text()
    refused(path, files.text().replace(old, new, 1), told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("points = 5", "points = 0", r"vary\[0\]\.points: 0 is not allowed"),
        ("points = 5\n", "", r"vary\[0\]\.points is missing: a grid needs it"),
        ('"grid"', '"grid"\ncandidates = 60', r"design\.candidates: a grid has as many"),
    ],
)
def test_a_grid_has_points_and_no_number_of_candidates(path, old, new, told):
    refused(path, files.grid_text().replace(old, new, 1), told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('x = { output = "pol', 'x = { output = "Pol', r"front\[0\]\.x\.output: no output"),
        ('best = "low"', 'best = "small"', r"front\[0\]\.x\.best: 'small' is not allowed"),
        ('x = "layer thickness"', 'x = "contact fraction"', r"map\[0\]\.x: .*is not varied"),
        ('y = "layer ionic conductivity"', 'y = "layer thickness"', r"map\[0\]: x and y are both"),
        ('colour = "critical', 'colour = "critcal', r"map\[0\]\.colour: .*Did you mean"),
    ],
)
def test_a_figure_of_what_is_not_there_is_refused(path, old, new, told):
    assert old in files.FIGURES
    refused(path, files.text() + files.FIGURES.replace(old, new, 1), told)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("coating", '"zni2-0.5"'),
        ("cell", '"zhai2024"'),
        ("optimum", '[{ output = "interface resistance", best = "low" }]'),
    ],
)
def test_a_model_of_one_s_own_has_nothing_of_a_coating(path, key, value):
    told = f"{key}: a model of your own has no {key}: remove the key"
    refused(path, f"{key} = {value}\n{files.text()}", told)


def test_without_a_model_of_one_s_own_a_coating_is_needed(path):
    path.write_text(files.text())
    with pytest.raises(InputError, match="the key coating is missing: name the coating to sweep"):
        read_sweep(path)


def test_an_unknown_coating_is_one_sentence_naming_the_file(path):
    path.write_text('coating = "zni2-0,5"\n' + files.text())
    with pytest.raises(InputError, match=r"sweep\.toml: .*zni2-0,5"):
        read_sweep(path)


def test_of_a_model_with_more_outputs_those_of_the_file_are_kept(path):
    text = files.text().replace(', "critical current density"]', "]")
    sweep = read(path, text)
    assert list(sweep.outputs) == ["interface resistance", "polarisation at 0.1 mA/cm2"]
    assert set(sweep.outputs) < set(sweep.evaluator.outputs)


def test_a_quantity_that_may_be_zero_has_no_logarithmic_range_from_zero(path):
    text = files.text().replace('"1e-7 S/cm"', '"0 S/cm"')
    refused(path, text, r"vary\[1\]\.range: .*physical")


def refused(path, text, told):
    with pytest.raises(InputError, match=told) as caught:
        read(path, text)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_sweep(tmp_path / "none.toml", Arcs())


def test_the_file_to_start_from_is_a_sweep(path, monkeypatch):
    new_sweep(path)
    monkeypatch.setattr("ssb_model.prediction.make_evaluator", make_evaluator)
    sweep = read_sweep(path)
    assert sweep.candidates == 100_000 and len(sweep.table.front) == len(sweep.table.map) == 1


def test_the_sweep_of_the_page_is_one(path, repository, monkeypatch):
    page = (repository / "docs" / "how-to" / "sweep.md").read_text(encoding="utf-8")
    block = page.split("```toml\n")[1].split("```")[0]
    monkeypatch.setattr("ssb_model.prediction.make_evaluator", make_evaluator)
    path.write_text(block, encoding="utf-8")
    assert read_sweep(path).candidates == 100_000


def test_a_new_file_is_never_written_over_another(path):
    path.write_text("mine")
    with pytest.raises(InputError, match="exists already"):
        new_sweep(path)
    assert path.read_text() == "mine"


def test_workers_and_a_scheduler_are_one_too_many(path):
    with pytest.raises(InputError, match="do not go together"):
        sweep_command(path, workers=2, scheduler="tcp://127.0.0.1:1")
