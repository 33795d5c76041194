"""Impedance under current as a kind of experiment: what it tells apart, and what is refused."""

import numpy as np
import pytest

from ssb_model import CellTable, ImpedanceTable, InputError, load_fit, make_study, save_study
from ssb_model.study import ImpedanceUnderCurrentTable, load_study

EXCHANGE = "Negative face exchange-current density"
CONTACT = "Negative face contact fraction"
CONDUCTIVITY = "Garnet conductivity"
BARE = CellTable(
    type="symmetric",
    coating="bare",
    options={"leads": "series"},
    values={CONTACT: "0.02", "Negative face contact spacing": "20 um"},
)
FREQUENCIES = np.logspace(5, 0, 6)
BAND = ["1 Hz", "100 kHz"]


def under(J="1 mA/cm2", **keys):
    return ImpedanceUnderCurrentTable(**{"current_density": J, "duration": "1 h"} | keys)


def write(path, z, f=FREQUENCIES):
    rows = [f"{a:.9g},{b.real:.12g},{b.imag:.12g}" for a, b in zip(f, z, strict=True)]
    path.write_text("\n".join(["# synthetic", "frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm", *rows]) + "\n")
    return str(path)


def answers(made):
    """The model's spectra at the priors' centre."""
    problem = made.problem()
    values = problem.predictions(np.zeros((1, len(problem.space))))[0][0]
    numbers = dict(zip(problem.observables, values, strict=True))
    return [e.as_complex([numbers[name] for name in e.observables]) for e in made.experiments]


@pytest.fixture
def files(tmp_path):
    """Spectra at rest and at 1 and 3 mA/cm2 of another cell than the centre of the priors."""
    ones = write(tmp_path / "ones.csv", np.ones(len(FREQUENCIES)))
    truth = {CONTACT: "0.03", EXCHANGE: "30 mA/cm2"}
    cell = BARE.model_copy(update={"values": BARE.values | truth})
    tables = [ImpedanceTable(file=ones), under("1 mA/cm2", file=ones, name="one")]
    tables.append(under("3 mA/cm2", file=ones, name="three"))
    spectra = answers(make_study(cell, tables, [CONDUCTIVITY]))
    return [write(tmp_path / f"{k}.csv", z) for k, z in enumerate(spectra)]


def test_with_a_current_contact_and_charge_transfer_are_told_apart(files, tmp_path):
    rest, one, three = files
    tables = [ImpedanceTable(file=rest), under("1 mA/cm2", file=one), under("3 mA/cm2", file=three)]
    study = make_study(BARE, tables, [CONTACT, EXCHANGE, CONDUCTIVITY])
    fit = study.fit(starts=1)
    contact, exchange, _ = (row["value"] for row in fit.parameters())
    assert contact == pytest.approx(0.03, rel=0.01)
    assert exchange == pytest.approx(300, rel=0.01)
    assert set(fit.validations()) == {e.name for e in study.experiments}
    fit.save(tmp_path / "fit.json")
    assert load_fit(tmp_path / "fit.json").parameters() == fit.parameters()
    at = fit.plot(study.experiments[1].name).get_supxlabel()
    assert "Under 1 mA/cm², 1 h before." in " ".join(at.split())


def test_it_is_written_and_read_again(files, tmp_path):
    table = under(file=files[1], frequencies=["10 Hz", "10 kHz"])
    study = save_study(make_study(BARE, table, [CONTACT]), tmp_path / "study.toml")
    again = load_study(tmp_path / "study.toml").experiments[0]
    assert again.current_density == 10.0 and again.duration == 3600.0
    assert again.frequency.min() == 10 and study.experiments[0].name == again.name
    assert again.hours == pytest.approx(1 + 3 * np.sum(1 / again.frequency) / 3600)


def test_where_the_cell_loses_contact_in_the_meantime_there_is_no_spectrum(files):
    options = {"contact loss": "vacancies"}
    cell = BARE.model_copy(update={"options": options})
    [z] = answers(make_study(cell, under(file=files[1]), [CONTACT]))
    assert np.isnan(z).all()


def test_it_is_predicted(files):
    asked = under("2 mA/cm2", frequencies=BAND, name="more")
    fit = make_study(BARE, ImpedanceTable(file=files[0]), [CONTACT], predictions=[asked])
    rows = fit.fit(starts=1).predictions
    assert len(rows) == 2 * 51
    assert all(row["lower95"] <= row["value"] <= row["upper95"] for row in rows)


@pytest.mark.parametrize(
    ("cell", "keys", "told"),
    [
        ({}, {"current_density": "0 mA/cm2"}, "current_density must be positive"),
        ({}, {"current_density": "1 mA"}, "cannot be converted to A.m-2"),
        ({}, {"duration": "0 h"}, "duration must be positive"),
        ({}, {"duration": "1"}, "unit is missing"),
        ({"type": "full", "options": {}}, {}, "are those of a symmetric cell"),
        ({}, {"file": None}, "the key file is missing"),
        ({}, {"file": "no.csv"}, "no.csv"),
        ({}, {"frequencies": ["1 GHz", "2 GHz"]}, "no frequency lies between"),
        ({}, {"temperature": ["25 degC", "60 degC"]}, "has 1 spectra"),
        ({}, {"noise": "0.5"}, "without a unit"),
    ],
)
def test_a_mistake_is_one_sentence(files, cell, keys, told):
    asked = under(file=files[1]).model_dump(exclude_defaults=True) | keys
    table = ImpedanceUnderCurrentTable(**{k: v for k, v in asked.items() if v is not None})
    with pytest.raises(InputError, match=told) as refusal:
        make_study(CellTable(**BARE.model_dump(exclude_defaults=True) | cell), table, [CONTACT])
    assert "\n" not in str(refusal.value)
