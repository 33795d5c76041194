"""A prediction as an object: it prints, plots, becomes a table of data, saves and reloads."""

import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.citations import read_works
from ssb_model.library.units import written
from ssb_model.prediction import Prediction, load_coating, load_prediction
from ssb_model.prediction.critical import CRITICAL_CURRENT
from ssb_model.prediction.questions import PREDICTED, RESISTANCE, unit_of_question

DRAWS = 64
LAWS = [f"{CRITICAL_CURRENT}, law {k} through the founding cells" for k in ("A0", *"ABCD")]


@pytest.fixture(scope="module")
def prediction():
    """Of a shipped coating, with numbers made up."""
    normals = np.random.default_rng(4).standard_normal((3, DRAWS))
    drawn = np.exp(0.1 * normals[0] + 0.02 * normals[1])
    values = {name: (10 * drawn, unit_of_question(name)) for name in PREDICTED}
    values |= {name: (2 * drawn, "mA/cm2") for name in (CRITICAL_CURRENT, *LAWS)}
    frequency = np.logspace(7, -2, 12)
    return Prediction(
        coating=load_coating("lii-znlix"),
        cell="zhai2024",
        values=values,
        spectrum=100 + 10 * drawn / (1 + 1j * frequency[:, None] / 1e4),
        frequency=frequency,
        sources={"layer <thickness>": normals[:1].T, "garnet": normals[1:].T},
        warnings=("Few draws & rough.",),
    )


@pytest.fixture
def saved(prediction, tmp_path):
    path = tmp_path / "mine.json"
    prediction.save(path)
    return path


def test_it_is_named_in_a_line(prediction):
    assert repr(prediction) == (
        f"Prediction({prediction.coating.name!r}, cell 'zhai2024', "
        f"{len(prediction.values)} quantities, 64 draws)"
    )


def test_the_printed_table_has_every_quantity_with_interval_unit_and_cause(prediction):
    told = str(prediction)
    assert prediction.coating.name in told and told.rstrip().endswith("Few draws & rough.")
    q = prediction.quantity(RESISTANCE)
    [line] = [x for x in told.splitlines() if re.match(rf" *{RESISTANCE}  ", x)]
    share = f"layer <thickness>, {100 * q['causes'][0]['share']:.0f} %"
    for part in (f"{written(q['lower95'])} … {written(q['upper95'])}", "ohm cm2", share):
        assert part in line
    assert max(map(len, told.splitlines())) <= 100


class Cells(HTMLParser):
    """Texts of a table's body, row by row, and of everything else."""

    def __init__(self):
        super().__init__()
        self.rows, self.words = [], []

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])

    def handle_data(self, data):
        if data.strip():
            (self.rows[-1] if self.rows else self.words).append(data)


def test_a_notebook_shows_the_same_table_and_no_markup_of_its_own(prediction):
    found = Cells()
    found.feed(prediction._repr_html_())
    heading, *rows = found.rows
    assert heading[0] == "quantity" and len(rows) == len(prediction.values)
    assert "<thickness>" not in prediction._repr_html_()
    q = prediction.quantity(RESISTANCE)
    assert rows[0][:2] == [RESISTANCE, written(q["median"])]


def test_a_data_frame_has_a_row_a_quantity(prediction):
    frame = prediction.to_dataframe()
    assert list(frame.index) == list(prediction.values)
    row, q = frame.loc[RESISTANCE], prediction.quantity(RESISTANCE)
    assert (row["median"], row["lower95"], row["unit"]) == (q["median"], q["lower95"], "ohm cm2")
    assert row["main_cause"] == "layer <thickness>" and 0.9 < row["share"] <= 1


def test_its_plot_is_the_sheet_with_others_beside_it(prediction):
    figure = prediction.plot(prediction, references=[prediction])
    assert len(figure.legends[0].get_texts()) == 3
    assert figure.axes


def test_an_unknown_quantity_is_refused_with_the_nearest(prediction):
    for ask in (prediction.quantity, prediction.__getitem__):
        with pytest.raises(InputError, match="Did you mean 'cell resistance'"):
            ask("cel resistance")


def test_a_saved_prediction_comes_back_to_the_last_bit(prediction, saved):
    again = load_prediction(saved)
    assert list(again.values) == list(prediction.values)
    for name, (draws, unit) in prediction.values.items():
        np.testing.assert_array_equal(again[name], draws)
        assert again.values[name][1] == unit
    np.testing.assert_array_equal(again.spectrum, prediction.spectrum)
    np.testing.assert_array_equal(again.frequency, prediction.frequency)
    for name, rows in prediction.sources.items():
        np.testing.assert_array_equal(again.sources[name], rows)
    assert vars(again.coating) == vars(prediction.coating)
    assert again.to_json() == prediction.to_json() and str(again) == str(prediction)


def test_a_saved_prediction_needs_its_coating_file_no_more(written, tmp_path, prediction):
    path = written('name = "gone"\ntype = "mixed"\ninterface_resistance = "11 ohm cm2"\n')
    replace(prediction, coating=load_coating(path)).save(tmp_path / "a.json")
    before = load_prediction(tmp_path / "a.json").to_json()
    path.unlink()
    again = load_prediction(tmp_path / "a.json")
    assert again.to_json() == before and again.coating.resistance.value == pytest.approx(11e-4)
    assert again.plot().axes


def test_a_saved_prediction_says_what_a_summary_says(prediction, saved):
    content = json.loads(saved.read_text())
    assert {k: v for k, v in content.items() if k != "kept"} == json.loads(prediction.to_json())
    assert list(read_works(saved)) == list(prediction.works)


def test_it_is_saved_whole_or_not_at_all(prediction, saved, monkeypatch):
    before = saved.read_bytes()

    def stopped(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        prediction.save(saved)
    assert saved.read_bytes() == before
    with pytest.raises(InputError, match="cannot be written"):
        prediction.save(saved.parent / "nowhere" / "a.json")


def cut(content):
    return json.dumps(content)[:-20]


def shorter(content):
    content["kept"]["values"][RESISTANCE]["draws"].pop()
    return json.dumps(content)


def ragged(content):
    content["kept"]["spectrum"]["real"][3].pop()
    return json.dumps(content)


def without_sources(content):
    del content["kept"]["sources"]
    return json.dumps(content)


def of_a_later_format(content):
    content["kept"]["format"] = 2
    return json.dumps(content)


def summary(content):
    del content["kept"]
    return json.dumps(content)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (cut, "it is not JSON"),
        (shorter, "'interface resistance' has 63 draws, not 64"),
        (ragged, "a number for each draw and frequency"),
        (without_sources, "is damaged at sources"),
        (of_a_later_format, "is damaged at format"),
        (summary, "is not a saved prediction"),
        (lambda content: "[1, 2]", "is not a saved prediction"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_in_one_sentence(saved, damage, told):
    saved.write_text(damage(json.loads(saved.read_text())))
    with pytest.raises(InputError, match=told) as refusal:
        load_prediction(saved)
    assert "\n" not in str(refusal.value) and str(refusal.value).startswith(str(saved))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"no\.json cannot be read"):
        load_prediction(tmp_path / "no.json")
