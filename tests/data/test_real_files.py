"""Real files of other people, where they are at hand: never part of this repository."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from ssb_model.data import read, read_impedance
from ssb_model.errors import InputError
from tests.data.test_arbitrary_files import TRIED, assert_sound, outcome

UNITS = {"frequency": "Hz", "real": "ohm", "imaginary": "ohm"}


@pytest.fixture
def real(repository):
    """Path of a real file, or the test is skipped."""

    def find(name: str) -> Path:
        for folder in (repository, repository.parent):
            path = folder / "shared" / "data" / "eis" / name
            if path.exists():
                return path
        pytest.skip(f"{name} is not here")

    return find


SAID = {
    "exampleDataZPlot.z": ["states 56 points and holds 21"],  # a run that was cut
    "exampleDataBioLogic.mpt": ["line 73: the impedance at 56.2418 Hz leaves the curve"],
}


@pytest.mark.parametrize(
    ("name", "form", "points", "highest"),
    [
        ("exampleDataBioLogic.mpt", "BioLogic text", 43, 1000.3201),
        ("PEIS_LPSCl_IonBlocking_-25C.txt", "BioLogic text", 79, 7.0000185e6),
        ("exampleDataGamry.DTA", "Gamry", 72, 200015.6),
        ("exampleDataZPlot.z", "ZPlot", 21, 3e5),
    ],
)
def test_a_real_spectrum_is_read_whole(name, form, points, highest, real):
    [data] = read(real(name))
    assert data.metadata["format"] == form
    assert (len(data.frequency), data.frequency[0]) == (points, pytest.approx(highest))
    said = SAID.get(name, [])
    assert len(data.notes) == len(said)
    assert all(one in note for one, note in zip(said, data.notes, strict=True))
    assert np.median(data.impedance.imag) < 0, "these cells are capacitive"


def test_the_vendors_first_row_is_ours(real):
    [data] = read(real("exampleDataBioLogic.mpt"))
    assert data.impedance[0] == pytest.approx(65.470886 - 0.38998979j, rel=1e-8)


def test_a_spectrum_without_its_frequencies_is_refused_clearly(real):
    with pytest.raises(InputError, match=r"line 61 names no frequency column among Re\(Z\)/Ohm, -"):
        read(real("exampleDataBioLogic_MissingFreq.mpt"))


def test_numbers_without_a_header_are_read_once_they_are_named(real):
    path = real("exampleData.csv")
    with pytest.raises(InputError, match="no line that names two columns"):
        read(path)
    [data] = read_impedance(path, columns=("frequency", "real", "imaginary"), units=UNITS)
    assert len(data.frequency) == 66 and data.frequency[-1] == pytest.approx(3.1623e-3)


def test_a_table_of_open_circuit_voltages_is_no_measurement_of_these_kinds(real):
    path = real("exampleData.csv").parents[1] / "lfp" / "lfp_ocv.csv"
    with pytest.raises(InputError, match="no line that names two columns"):
        read(path)


@pytest.mark.parametrize(
    "name", ["exampleDataBioLogic.mpt", "exampleDataGamry.DTA", "exampleDataZPlot.z"]
)
@TRIED
@given(data=st.data())
def test_a_changed_byte_in_a_real_file_never_gives_an_unsound_table(name, data, real, written):
    content = bytearray(real(name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    for dataset in outcome(written(bytes(content))):
        assert_sound(dataset)
