"""A result carries the works that it used, and is cited by its file alone."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.citations import cite, grouped, works_content
from ssb_model.citations.reader import uses_of
from ssb_model.cli.compare import as_json
from ssb_model.cli.predict import _content
from ssb_model.cli.show import show
from ssb_model.critical_current import LAWS, ShortingCell
from ssb_model.field import contact_field, save_field, stripe
from ssb_model.library import load_experiment
from ssb_model.prediction import Prediction, coated_cells, load_cell, load_coating
from ssb_model.prediction.works import of_forecast, of_prediction
from ssb_model.reproduction import founding_study
from ssb_model.reproduction.works import of_laws, of_reproduction, of_shorting_cells
from ssb_model.study import load_fit, load_study
from ssb_model.study.by_products import ByProducts
from ssb_model.study.comparison import Comparison
from ssb_model.study.fit import StudyFit
from tests.ecosystem.made_up import STUDY, VERSIONS, written


def _keys(uses):
    return {work.key for work in grouped(uses)}


def _unfitted(folder, study=STUDY, **parts):
    """What a fit knows of its works before it has any number."""
    found = StudyFit(load_study(written(folder / "study.toml", study)), None, {}, **parts)
    return replace(found, versions=VERSIONS)


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """A fit, and its fit.json in a folder without its study."""
    folder = tmp_path_factory.mktemp("fitted")
    found = load_study(written(folder / "study.toml", STUDY)).fit(starts=1)
    (folder / "alone").mkdir()
    return found, written(folder / "alone" / "fit.json", found.to_json(folder / "alone"))


@pytest.fixture
def cell(tmp_path):
    """A cell that no fit stands behind."""
    return load_cell(written(tmp_path / "cell.toml", 'garnet = "llzto"\n'))


def _predicted(name, cell):
    coating = load_coating(name)
    works = of_prediction(coating, cell, coated_cells(coating, cell), forecast=True)
    draws = {"interface resistance": (np.ones(8), "ohm cm2")}
    sources = {"anything": np.linspace(0, 1, 8)[:, None]}
    return Prediction(
        coating, cell.name, draws, np.ones((1, 8)), np.ones(1), sources, works=tuple(works)
    )


def test_a_fit_json_is_cited_without_its_study_for_all_that_the_fit_used(fitted):
    found, path = fitted
    assert grouped(uses_of(path)) == grouped(found.works)
    assert {"Roy2021", "Sulzer2021", "jax2018"} <= _keys(uses_of(path))


def test_a_fit_json_of_an_earlier_version_reloads_and_is_given_its_works_when_shown(
    fitted, tmp_path
):
    found, path = fitted
    study = written(tmp_path / "study.toml", STUDY)
    content = json.loads(path.read_text("utf-8"))
    content["study"]["file"] = "study.toml"
    old = {key: value for key, value in content.items() if key != "works"}
    earlier = written(tmp_path / "fit.json", old)
    assert load_fit(earlier).fit.cost == found.fit.cost
    with pytest.raises(InputError, match="ssb show"):
        cite([earlier])
    show(earlier, study)
    assert json.loads(earlier.read_text("utf-8")) == content


def test_a_fit_owes_its_cells_its_libraries_and_the_methods_that_judged_it(tmp_path):
    plain = _unfitted(tmp_path)
    sampled = _unfitted(tmp_path, posterior=SimpleNamespace())
    advised = _unfitted(tmp_path, outlook=SimpleNamespace())
    used = {work.key: used for work, used in grouped(plain.works).items()}
    assert {"Roy2021", "Sulzer2021"} <= used.keys()
    assert used["jax2018"] == {"jax 0.10.2": []}
    assert "Virtanen2020" not in used  # scipy is not among its versions
    assert _keys(sampled.works) - used.keys() == {"Hoffman2014", "Vehtari2021"}
    assert _keys(advised.works) - used.keys() == {"Chaloner1995", "Lindley1956"}
    assert "Schonleber2014" not in used


def test_a_fit_of_a_spectrum_owes_the_test_of_its_validity(tmp_path):
    points = "\n".join(f"{10.0**k},{100 + k},{-50 - k}" for k in range(6))
    written(tmp_path / "eis.csv", f"frequency [Hz],Z' [ohm],Z'' [ohm]\n{points}\n")
    spectrum = STUDY.replace('"resistance"', '"impedance"').replace(
        'resistance = ["40 ohm cm2"]', 'file = "eis.csv"'
    )
    assert "Schonleber2014" in _keys(_unfitted(tmp_path, spectrum).works)


def test_a_comparison_owes_its_criteria_and_the_works_of_its_fits(tmp_path):
    from ssb_model.study.comparison import _works

    plain, sampled = _unfitted(tmp_path), _unfitted(tmp_path, posterior=SimpleNamespace())
    row = {"study": "a", "ordered_by": "aicc"}
    one = Comparison((row,), (), tuple(_works([plain, sampled])))
    file = written(tmp_path / "compare.json", as_json(one))
    assert {"Burnham2002", "Akaike1974", "Schwarz1978", "Roy2021"} <= _keys(uses_of(file))
    assert "Vehtari2017" not in _keys(uses_of(file))  # not both are sampled
    assert "Vehtari2017" in _keys(_works([sampled, sampled]))


def test_a_reproduction_owes_the_paper_and_the_laws_and_ramps_of_the_critical_current():
    experiment = load_experiment("zhai2024")
    plain = grouped(of_reproduction(experiment, founding_study(experiment)))
    [zhai] = [used for work, used in plain.items() if work.key == "Zhai2024"]
    assert "measured values of zhai2024" in zhai
    assert "Flatscher2020" not in _keys(of_reproduction(experiment, founding_study(experiment)))
    assert "Flatscher2020" in _keys(of_laws(LAWS))
    assert {"Flatscher2020", "Taylor2018"} <= _keys(of_shorting_cells([ShortingCell("bare")]))


def test_a_prediction_owes_the_cells_that_critical_currents_are_learnt_on(cell, tmp_path):
    content = _content([_predicted("i2", cell)], [], ByProducts())
    used = _keys(uses_of(written(tmp_path / "prediction.json", content)))
    learnt = _keys(of_forecast())
    assert len(learnt) > 30
    assert learnt | {"HairerWanner"} <= used
    coating = load_coating("i2")
    unlearnt = of_prediction(coating, cell, coated_cells(coating, cell), forecast=False)
    assert len(learnt - _keys(unlearnt)) > 30


def test_a_prediction_owes_the_source_of_its_coating_and_the_fit_of_its_cell(
    cell, fitted, tmp_path
):
    mine = 'name = "mine"\ntype = "none"\nsource = "my thesis, doi:10.9999/my.thesis.1"\n'
    coating = load_coating(written(tmp_path / "mine.toml", mine))
    in_fit = replace(cell, works=fitted[0].study.works)
    works = tuple(of_prediction(coating, in_fit, coated_cells(coating, cell), forecast=False))
    assert _keys(fitted[0].study.works) < _keys(works)
    text = cite([written(tmp_path / "prediction.json", {"works": works_content(works)})])
    assert "my thesis" in text and "https://doi.org/10.9999/my.thesis.1" in text


def test_several_predictions_carry_the_works_of_each(cell, tmp_path):
    both = [_predicted("zni2-0.5", cell), _predicted("bare", cell)]
    file = written(tmp_path / "prediction.json", _content(both, [], ByProducts()))
    assert _keys(uses_of(file)) == _keys(use for one in both for use in one.works)


def test_a_saved_field_owes_the_libraries_that_computed_it(tmp_path):
    field = contact_field(stripe(16, 0.25), period=1e-4, conductivity=0.07)
    save_field(field, tmp_path / "field.npz")
    assert _keys(uses_of(tmp_path / "field.npz")) == {"jax2018", "Harris2020"}


def test_what_is_written_is_the_same_in_every_process():
    code = (
        "import json; from ssb_model.cli.cited import cited; "
        "from ssb_model.citations import works_content; "
        "print(json.dumps(works_content(cited('Zhai2024 full')[0].works)))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "12"
    ]
    assert told[0] == told[1] and "Prada2013" in told[0]


def test_a_result_is_cited_without_pybamm(fitted):
    code = (
        "import sys; from ssb_model.citations import cite; "
        f"print(len(cite([{str(fitted[1])!r}])), 'pybamm' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split()[1] == "False"
