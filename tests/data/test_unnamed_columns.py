"""Files of instruments that name no columns: data files of Ivium, PalmSens, Autolab, Elchemea."""

import json

import numpy as np
import pytest

from ssb_model.data import read, read_cycling, read_impedance
from ssb_model.errors import InputError
from tests.data.cell import FREQUENCY, IMPEDANCE

F, Z = FREQUENCY, IMPEDANCE
POINTS = len(F)
TIME = np.arange(0.0, 400.0, 10.0)
CURRENT = np.where(TIME < 200, 1e-4, -1e-4)
VOLTAGE = 30.0 * CURRENT


def ivium(*measurements):
    """A data file: settings between bytes of zero, then rows behind their numbers."""
    text = "\0\0\0H\0\r\nPeaks=false\r\n"
    for method, rows in measurements:
        text += f"Title=synthetic\r\nMethod={method}\r\nprimary_data    \r\n"
        text += f"{len(rows[0])}       \r\n{len(rows)}       \r\n"
        text += "".join("  ".join(f"{x:.9E}" for x in row) + " \r\n" for row in rows)
    return text.encode("latin-1")


SPECTRUM = np.column_stack([Z.real, Z.imag, F])
RECORD = np.column_stack([TIME, CURRENT, VOLTAGE])


def session(*measurements, encoding="utf-16"):
    """PalmSens's JSON; each measurement is arrays by unit and its quantity's name."""
    content = {
        "Type": "PalmSens.DataFiles.SessionFile",
        "Measurements": [
            {
                "Title": "synthetic",
                "DataSet": {
                    "Values": [
                        {
                            "Unit": {"Type": f"PalmSens.Units.{unit}", "Q": quantity},
                            "DataValues": [{"V": float(x)} for x in values],
                        }
                        for (unit, quantity), values in arrays.items()
                    ]
                },
            }
            for arrays in measurements
        ],
    }
    return json.dumps(content).encode(encoding)


ARRAYS = {
    ("MicroAmpere", "Current"): np.zeros(5),
    ("Time", "Time"): np.arange(5.0),
    ("Hertz", "Frequency"): F,
    ("ZRe", "Z'"): Z.real,
    ("ZIm", "-Z''"): -Z.imag,
    ("Y", "Y"): 1 / abs(Z),
}


def autolab(points=POINTS):
    """Nine numbers a frequency, one a line."""
    lines = ["VERSION8.0", f" {points}", " 1"]
    for f, z in zip(F, Z, strict=True):
        lines += [f" {x:.9g}" for x in (f, z.real, -z.imag, *[0.0] * 6)]
    return "\n".join([*lines, " 1.0", "13.07.2022 22:32:00"]).encode()


def elchemea(count=POINTS, spoilt=""):
    """Words, a count, rows."""
    rows = [f"{f:.9g} {z.real:.9g} {z.imag:.9g}" for f, z in zip(F, Z, strict=True)]
    return "\n".join(["synthetic", "of a cell", "", f"{count}", *rows, spoilt]).encode()


FILES = {
    "Ivium data": ("cell.idf", ivium(("Impedance", SPECTRUM))),
    "PalmSens session": ("cell.pssession", session(ARRAYS)),
    "Autolab FRA": ("cell.dfr", autolab()),
    "Elchemea Analytical": ("cell.i2b", elchemea()),
}


@pytest.mark.parametrize("form", FILES)
def test_the_spectrum_comes_back(form, written):
    name, content = FILES[form]
    [data] = read(written(content, name=name))
    assert data.metadata["format"] == form
    np.testing.assert_allclose(data.frequency, F, rtol=1e-8)
    np.testing.assert_allclose(data.impedance, Z, rtol=1e-8)


def test_each_measurement_of_a_file_is_one(written):
    """Spectra and a record under constant currents in one file are all read."""
    path = written(
        ivium(("Impedance", SPECTRUM), ("Impedance", 2 * SPECTRUM), ("Transients", RECORD))
    )
    first, second = read_impedance(path)
    np.testing.assert_allclose(second.impedance, 2 * first.impedance)
    record = read_cycling(path, current_positive_on="charge")
    np.testing.assert_allclose(record.voltage, VOLTAGE, rtol=1e-8)
    np.testing.assert_allclose(abs(record.current), 1e-4, rtol=1e-8)


def test_a_record_of_palmsens_is_in_amperes(written):
    arrays = {
        ("MicroAmpere", "Current"): 1e6 * CURRENT,
        ("Volt", "Potential"): VOLTAGE,
        ("Time", "Time"): TIME,
    }
    path = written(session(ARRAYS, arrays, encoding="utf-8"))
    assert len(read_impedance(path)) == 1
    record = read_cycling(path, current_positive_on="discharge")
    np.testing.assert_allclose(record.current, CURRENT)
    np.testing.assert_allclose(record.time, TIME)


UNEQUAL = ARRAYS | {("ZRe", "Z'"): Z.real[:-1]}
DAMAGED = {
    "a method of which the columns are not known": (
        ("a.idf", ivium(("CyclicVoltammetry", SPECTRUM))),
        r"line 5: a measurement of the method 'CyclicVoltammetry' is not read",
    ),
    "rows missing": (
        ("a.idf", ivium(("Impedance", SPECTRUM))[:-200]),
        r"line 6: the 13 rows of 3 numbers that a measurement",
    ),
    "a word among numbers": (
        ("a.idf", ivium(("Impedance", SPECTRUM)).replace(b"E+00", b"E+xx", 1)),
        r"line \d+, .*holds '.*E\+xx'",
    ),
    "a column more": (
        ("a.idf", ivium(("Impedance", np.column_stack([SPECTRUM, F])))),
        r"line 6: the 13 rows of 3 numbers",
    ),
    "arrays of two lengths": (("a.pssession", session(UNEQUAL)), r"is not a session that can be"),
    "half of the JSON": (("a.pssession", session(ARRAYS)[:900]), r"is not a session that can be"),
    "nothing measured": (
        ("a.pssession", session({("Y", "Y"): abs(Z)})),
        r"is a session without a spectrum",
    ),
    "fewer frequencies than stated": (("a.dfr", autolab(40)), r"line 2 states 40 frequencies"),
    "another number of rows": (("a.i2b", elchemea(7)), r"line 4 states 7 rows and 13 follow"),
    "a row of two": (("a.i2b", elchemea(spoilt="1.0 2.0")), r"line 18 does not hold the 3 numbers"),
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_file_is_refused_in_one_sentence(how, written):
    (name, content), says = DAMAGED[how]
    path = written(content, name=name)
    with pytest.raises(InputError, match=says) as refused:
        read(path)
    assert str(path) in str(refused.value) and "\n" not in str(refused.value)


def test_rows_under_a_count_are_no_spectrum_unless_the_file_says_so(written):
    """Without the ending of its name the file is asked about, as any that names no columns."""
    with pytest.raises(InputError, match="name the columns in order"):
        read(written(elchemea(), name="cell.txt"))


def test_a_turned_sign_is_asked_about(written):
    turned = SPECTRUM * [1, -1, 1]
    with pytest.raises(InputError, match="imaginary"):
        read(written(ivium(("Impedance", turned))))
