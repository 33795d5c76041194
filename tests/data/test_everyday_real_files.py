"""Files of other people that were refused once, where they are at hand: never part of this
repository."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

from ssb_model.data import CyclingData, ImpedanceData, read, read_impedance
from ssb_model.errors import InputError
from tests.data.test_arbitrary_files import TRIED, assert_sound, outcome

UNITS = {"frequency": "Hz", "real": "ohm", "imaginary": "ohm"}


@pytest.fixture
def case(repository):
    """Path of a file, or the test is skipped."""

    def find(name: str) -> Path:
        for folder in (repository, repository.parent):
            path = folder / "shared" / "cases" / "files" / name
            if path.exists():
                return path
        pytest.skip(f"{name} is not here")

    return find


@pytest.mark.parametrize(
    ("name", "form", "points", "first"),
    [
        ("novocontrol_lagp.txt", "Novocontrol", 50, 3603.82 - 8578.35j),
        ("imported_zero_modulus.mpt", "BioLogic text", 29, 109.00918 - 26.55568j),
        ("peis.issue_225.ewe_ece.mpt", "BioLogic text", 32, 1.229242 - 0.11167378j),
    ],
)
def test_a_spectrum_is_read_whole(name, form, points, first, case):
    [data] = read(case(name))
    assert isinstance(data, ImpedanceData) and data.metadata["format"] == form
    assert len(data.frequency) == points and data.impedance[0] == pytest.approx(first, rel=1e-6)


@pytest.mark.parametrize(
    ("name", "form", "points", "end", "voltage"),
    [
        ("arbin_sql_no_units.csv", "Arbin database", 39, 11700.2755, 2.8629103),
        ("neware_cumulative_time.csv", "Neware CSV", 39, 2280.0, 2.9264),
        ("basytec.txt", "Basytec", 27, 25.0030303, 3.5255631),
        ("maccor.csv", "Maccor", 15, 13.06, 3.716),
    ],
)
def test_a_record_is_read_whole(name, form, points, end, voltage, case):
    [data] = read(case(name))
    assert isinstance(data, CyclingData) and data.metadata["format"] == form
    assert len(data.time) == points and data.time[-1] == pytest.approx(end)
    assert data.voltage[-1] == pytest.approx(voltage, rel=1e-7)


def test_maccors_charge_is_the_integral_of_its_current(case):
    """Which says that what it writes without units is in ampere and ampere hours."""
    [data] = read(case("maccor.csv"))
    passed = np.sum(-data.current[1:] * np.diff(data.time)) / 3600
    assert data.current.min() == -28.844 and data.capacity[-1] == pytest.approx(passed, rel=0.05)


def test_a_modulo_bat_file_is_a_record_and_the_spectra_in_it(case):
    *spectra, record = read(case("mb.issue_223.mpt"))
    assert [len(data.frequency) for data in spectra] == [19] * 4 and len(record.time) == 32
    begins, ends = np.array([data.metadata["time"] for data in spectra]).T
    assert (begins[1:] > ends[:-1]).all() and record.time[0] < begins[0]
    assert not ((record.time > begins[:, None]) & (record.time < ends[:, None])).any()


@pytest.mark.parametrize(
    ("name", "points", "columns"),
    [
        ("headerless.txt", 42, ("frequency", "real", "imaginary")),
        ("freq_Zreal_Zimag_no_units.csv", 81, None),
    ],
)
def test_what_a_file_leaves_open_is_asked_with_what_would_answer(name, points, columns, case):
    path = case(name)
    asked = r"units={'frequency': 'Hz', 'real': 'ohm', 'imaginary': 'ohm'}"
    with pytest.raises(InputError, match=asked):
        read(path)
    [data] = read_impedance(path, columns=columns, units=UNITS)
    assert len(data.frequency) == points


def test_a_cycle_of_two_pi_is_said(case):
    [data] = read(case("bdf_cycle_count_2pi.csv"))
    assert data.cycle is None and any("the cycle was left out" in note for note in data.notes)


@pytest.mark.parametrize(
    "name", ["mb.issue_223.mpt", "basytec.txt", "maccor.csv", "novocontrol_lagp.txt"]
)
@TRIED
@given(data=st.data())
def test_a_changed_byte_never_gives_an_unsound_table(name, data, case, written):
    content = bytearray(case(name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    for dataset in outcome(written(bytes(content))):
        assert_sound(dataset)
