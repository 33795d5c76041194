"""Your own files on the page's axes: scaled by what you give, refused in one sentence."""

import numpy as np
import pytest

from ssb_model.errors import InputError
from ssb_model.explore.overlay import MOST_DISCHARGES, read_overlay

SPECTRUM = "Freq/Hz,Re(Z)/Ohm,-Im(Z)/Ohm\n1000,10,1\n100,15,5\n10,20,1\n"


@pytest.fixture
def spectrum(tmp_path):
    path = tmp_path / "cell.csv"
    path.write_text(SPECTRUM)
    return path


def record(path, cycles=1, lowest=2.6, name="discharge.csv"):
    """Half an hour of 1 mA out, half an hour in, and so on."""
    rows = ["time/s,Ewe/V,I/mA"]
    for cycle in range(cycles):
        for k in range(31):
            rows.append(f"{3600 * cycle + 60 * k},{3.4 - (3.4 - lowest) * k / 30},-1")
        for k in range(1, 29):
            rows.append(f"{3600 * cycle + 1800 + 60 * k},{3.4 + 0.01 * k},1")
    made = path / name
    made.write_text("\n".join(rows) + "\n")
    return made


def test_a_spectrum_is_scaled_by_the_area(spectrum):
    found = read_overlay(spectrum, area="2 cm2")
    [(frequency, z)] = found.spectra
    np.testing.assert_allclose(frequency, [1000, 100, 10])
    np.testing.assert_allclose(z, [20 - 2j, 30 - 10j, 40 - 2j])
    assert found.label == "measured: cell.csv"


def test_synthetic_data_say_so(spectrum):
    spectrum.write_text("# synthetic data\n" + SPECTRUM)
    assert read_overlay(spectrum, area="1 cm2").label == "synthetic: cell.csv"


def test_a_discharge_is_scaled_by_the_mass(tmp_path):
    [(Q, V)] = read_overlay(record(tmp_path), mass="5 mg").discharges
    assert Q[-1] == pytest.approx(0.5 / 5 * 1000, rel=1e-6)  # 0.5 mAh of 5 mg
    assert V[0] == pytest.approx(3.4) and V[-1] == pytest.approx(2.6)


def test_of_many_discharges_the_first_are_drawn_and_it_is_said(tmp_path):
    found = read_overlay(record(tmp_path, cycles=20), mass="5 mg")
    assert len(found.discharges) == MOST_DISCHARGES
    assert found.note == "discharge.csv: the first 12 of 20 discharges are drawn."


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ({}, "cell.csv holds impedance in ohm: give the area of a face, such as 1.13 cm2."),
        ({"area": "0 cm2"}, "0 cm2 is not positive"),
        ({"area": "2 mm"}, "the unit 'mm' cannot be converted to m2"),
    ],
)
def test_a_spectrum_without_an_area_is_one_sentence(spectrum, size, told):
    with pytest.raises(InputError) as caught:
        read_overlay(spectrum, **size)
    assert str(caught.value).startswith(told)


def test_a_record_without_a_mass_is_one_sentence(tmp_path):
    with pytest.raises(InputError, match="give the mass of active material"):
        read_overlay(record(tmp_path))


def test_the_record_of_a_symmetric_cell_is_refused(tmp_path):
    with pytest.raises(InputError, match="is the record of a symmetric cell"):
        read_overlay(record(tmp_path, lowest=-0.2), mass="5 mg")


def test_a_damaged_file_is_one_sentence(tmp_path):
    path = tmp_path / "damaged.csv"
    path.write_bytes(b"\x00\x01Freq,Re\n1,\xff\n")
    with pytest.raises(InputError):
        read_overlay(path, area="1 cm2")


def test_a_file_that_leaves_its_columns_open_is_sent_to_where_they_are_declared(tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("1e3,10,-1\n1e2,12,-2\n1e1,14,-3\n")
    with pytest.raises(InputError, match=r"--order frequency,real,imaginary.*ssb data with --save"):
        read_overlay(path, area="1 cm2")
