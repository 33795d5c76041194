"""What a measured file does not say is declared in the study, and stays with it."""

import numpy as np
import pytest

from ssb_model import ImpedanceTable, InputError, load_fit, load_study, make_study, read_impedance
from ssb_model.data import read_cycling
from ssb_model.study import VoltageTable, save_study
from tests.study.small import TEMPERATURES, write_small_study
from tests.study.test_from_python import CELL, FREE

ORDER = ["frequency", "real", "imaginary"]
UNITS = {"frequency": "Hz", "real": "ohm", "imaginary": "ohm"}
IN_ORDER = f"columns = {ORDER}\nunits = {{ frequency = 'Hz', real = 'ohm', imaginary = 'ohm' }}\n"


@pytest.fixture
def bare(tmp_path):
    """A small study whose spectra have lost the line that names their columns."""
    path = write_small_study(tmp_path, "0.5 %")
    whole = load_study(path)
    for T in TEMPERATURES:
        file = tmp_path / f"{T}.csv"
        file.write_text(file.read_text().split("\n", 1)[1])
    return path, whole


def declare(path, keys):
    text = path.read_text().replace('kind = "impedance"\n', f'kind = "impedance"\n{keys}')
    path.write_text(text)


def test_the_refusal_names_the_keys_that_read_the_file(bare):
    path, whole = bare
    with pytest.raises(InputError) as refused:
        load_study(path)
    asked = 'columns = ["frequency", "real", "imaginary"] and units = { frequency = "Hz", real ='
    assert str(path) in str(refused.value) and asked in str(refused.value)
    declare(path, IN_ORDER)
    for ours, theirs in zip(load_study(path).experiments, whole.experiments, strict=True):
        assert np.array_equal(ours.impedance, theirs.impedance)


def test_headers_are_declared_by_name(bare):
    path, whole = bare
    for T in TEMPERATURES:
        file = path.parent / f"{T}.csv"
        file.write_text("A,B [mOhm],C\n" + file.read_text())
    declare(
        path,
        'columns = { frequency = "A", real = "B [mOhm]", "minus imaginary" = "C" }\n'
        'units = { frequency = "kHz", "minus imaginary" = "ohm" }\n',
    )
    [ours, _], [theirs, _] = load_study(path).experiments, whole.experiments
    assert np.allclose(ours.frequency, 1e3 * theirs.frequency)
    z = 1e-3 * theirs.impedance.real - 1j * theirs.impedance.imag
    assert np.allclose(ours.impedance, z)


def test_an_impedance_per_area_takes_the_area_that_the_study_states(bare):
    path, whole = bare
    for T in TEMPERATURES:
        file = path.parent / f"{T}.csv"
        file.write_text("f/Hz,Re(Z)/ohm cm2,Im(Z)/ohm cm2\n" + file.read_text())
    with pytest.raises(InputError, match='declare that of the cell, area = "1 cm2"'):
        load_study(path)
    declare(path, 'area = "0.5 cm2"\n')
    [ours, _], [theirs, _] = load_study(path).experiments, whole.experiments
    assert np.allclose(ours.impedance, 2 * theirs.impedance)


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('columns = ["frequncy", "real", "imaginary"]\n', "'frequncy' is not a quantity"),
        (
            'columns = ["frequency", "real"]\n',
            "the order frequency, real has no real and imaginary",
        ),
        ('columns = ["frequency", "real", "imaginary", "-"]\n', "has 3 cells where you declare 4"),
        (f"columns = {ORDER}\n", r"tell no unit.*units = \{ frequency = \"Hz\""),
        ('units = { frequency = "parsek" }\n', "the unit 'parsek' is not known"),
        ('columns = "frequency"\n', "columns"),
        ('columns = { frequency = "Freq" }\n', "no line that names two columns"),
    ],
)
def test_a_slip_in_a_study_is_one_sentence_with_its_place(keys, told, bare):
    path, _ = bare
    declare(path, keys)
    with pytest.raises(InputError, match=told) as refused:
        load_study(path)
    assert str(path) in str(refused.value) and "\n" not in str(refused.value)


def test_a_declared_study_is_written_again_fitted_and_reloaded(bare, tmp_path):
    path, _ = bare
    declare(path, IN_ORDER)
    study = load_study(path)
    again = save_study(study, tmp_path / "deeper" / "again.toml")
    assert again.table.experiments[0].columns == ORDER and again.table.experiments[0].units == UNITS
    assert [e.files for e in load_study(again.path).experiments] == [
        {e.file: next(iter(one.files.values()))}
        for e, one in zip(again.table.experiments, study.experiments, strict=True)
    ]
    fit = study.fit(starts=1)
    fit.save(tmp_path / "out" / "fit.json")
    assert load_fit(tmp_path / "out" / "fit.json").fit.cost == fit.fit.cost


def test_what_was_declared_in_python_is_written_into_the_study(bare, tmp_path):
    path, whole = bare
    [spectrum] = read_impedance(path.parent / "25.csv", columns=ORDER, units=UNITS)
    table = ImpedanceTable(data=spectrum, noise="1 %")
    study = save_study(make_study({"a": CELL}, [table], FREE), tmp_path / "b" / "study.toml")
    [written] = study.table.experiments
    assert written.file == "../25.csv" and written.columns == ORDER and written.units == UNITS
    [again] = load_study(study.path).experiments
    assert np.array_equal(again.impedance, whole.experiments[0].impedance)


def test_the_sign_that_was_declared_in_python_is_written_into_the_study(tmp_path):
    file = tmp_path / "cycle.csv"
    rows = "\n".join(f"{t},{s * 0.1},{s * 0.01}" for t in range(99) for s in [2 * (t > 50) - 1])
    file.write_text(f"time/s,I/mA,Ewe/V\n{rows}\n")
    record = read_cycling(file, current_positive_on="discharge")
    table = VoltageTable(data=record, noise="1 mV")
    study = save_study(make_study({"a": CELL}, [table], FREE), tmp_path / "b" / "study.toml")
    assert study.table.experiments[0].current_positive_on == "discharge"
    [ours] = load_study(study.path).experiments
    assert np.allclose(ours.pieces.current, [-1e-4, 1e-4])


def test_a_declaration_beside_data_is_refused(bare):
    path, _ = bare
    [spectrum] = read_impedance(path.parent / "25.csv", columns=ORDER, units=UNITS)
    table = ImpedanceTable(data=spectrum, units=UNITS, noise="1 %")
    with pytest.raises(InputError, match="units is of a file"):
        make_study({"a": CELL}, [table], FREE)
