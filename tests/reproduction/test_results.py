"""A reproduction prints, draws, is saved and reloaded, without a fit."""

from dataclasses import asdict

import numpy as np
import pytest

from ssb_model import InputError
from ssb_model.field import ContactField
from ssb_model.reproduction import FIGURES, load_reproduction
from ssb_model.reproduction.curves import load_curves, save_curves


def alike(one, other):
    """Whether two trees of dicts, lists and arrays hold the same to the last bit."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, ContactField):
        return alike(asdict(one), asdict(other))
    if one is None or other is None:
        return one is other
    return np.array_equal(np.asarray(one), np.asarray(other), equal_nan=True)


def test_what_is_saved_is_reloaded_to_the_last_bit(reproduction, tmp_path):
    reproduction.save(tmp_path)
    again = load_reproduction(tmp_path)
    assert again.rows == reproduction.rows
    assert again.undetermined == reproduction.undetermined
    assert again.to_json() == reproduction.to_json()
    assert alike(again.curves, reproduction.curves)
    assert again.plot("fig2c_nyquist").axes


def test_curves_keep_names_with_slashes_complex_numbers_and_gaps(tmp_path):
    curves = {
        "spectra": {"0.1 mA/cm2": np.array([1 + 2j, np.nan]), "hours": 3.5},
        "lives": [{"current": 0.1, "empty": np.zeros((0, 2))} for _ in range(12)],
    }
    save_curves(curves, tmp_path / "curves.npz")
    assert alike(load_curves(tmp_path / "curves.npz"), curves)


def test_it_prints_every_row_with_its_verdict(reproduction):
    frame = reproduction.to_dataframe()
    assert list(frame.index) == [row.id for row in reproduction.rows]
    for shown in (repr(reproduction), reproduction._repr_html_()):
        assert "interface resistance, bare" in shown
        assert "NaN" not in shown


@pytest.mark.parametrize("name", ["residuals", "ratios"])
def test_its_figures_are_drawn_by_name(reproduction, name):
    assert name in FIGURES
    assert reproduction.plot(name).axes


def test_an_unknown_figure_is_one_sentence(reproduction):
    with pytest.raises(InputError, match=r"no figure 'nyqist'.*fig2c_nyquist"):
        reproduction.plot("nyqist")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("reproduce.json", None, "cannot be read"),
        ("reproduce.json", "{", "no whole reproduction"),
        ("reproduce.json", '{"rows": []}', "no whole reproduction"),
        ("curves.npz", None, "cannot be read"),
        ("curves.npz", "not an archive", "damaged"),
    ],
)
def test_a_missing_or_damaged_file_is_one_sentence(reproduction, tmp_path, name, content, sentence):
    reproduction.save(tmp_path)
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=f"{name}.*{sentence}"):
        load_reproduction(tmp_path)
