"""What a header does not tell is asked of the caller, never guessed."""

import numpy as np
import pytest

from ssb_model.data import known_formats, read, read_cycling, read_impedance
from ssb_model.errors import InputError
from tests.data.synthetic import FREQUENCY, IMPEDANCE, IMPEDANCE_FILES

HEADERLESS = "\n".join(
    f"{f:.9E},{z.real:.9E},{-z.imag:.9E}" for f, z in zip(FREQUENCY, IMPEDANCE, strict=True)
)
UNITS = {"frequency": "Hz", "real": "ohm", "minus imaginary": "ohm"}


def test_a_file_without_header_is_read_by_the_order_that_is_declared(written):
    path = written(HEADERLESS + "\n")
    with pytest.raises(InputError, match=r"name the columns in order, columns=\('frequency'"):
        read(path)
    [data] = read_impedance(path, columns=("frequency", "real", "minus imaginary"), units=UNITS)
    assert np.allclose(data.frequency, FREQUENCY) and np.allclose(data.impedance, IMPEDANCE)


def test_a_declared_order_of_another_length_is_refused(written):
    order = ("frequency", "real", "minus imaginary", "-")
    with pytest.raises(InputError, match="line 1 has 3 cells where you declare 4 columns"):
        read_impedance(written(HEADERLESS), columns=order, units=UNITS)


def test_a_missing_unit_is_asked_for_and_converted(written):
    text = IMPEDANCE_FILES["plain table"].text.replace("Frequency (Hz)", "Frequency")
    with pytest.raises(
        InputError, match=r"line 2: column 'Frequency' tells no unit.*'frequency': 'Hz'"
    ):
        read(written(text))
    [data] = read_impedance(written(text), units={"frequency": "kHz"})
    assert np.allclose(data.frequency, 1000 * FREQUENCY)


def test_unknown_headers_are_declared_by_name(written):
    text = IMPEDANCE_FILES["plain table"].text
    text = text.replace("Frequency (Hz)", "A (Hz)").replace("-Z'' (Ω)", "B (mΩ)")
    [data] = read_impedance(
        written(text), columns={"frequency": "A (Hz)", "minus imaginary": "B (mΩ)"}
    )
    assert np.allclose(data.impedance, IMPEDANCE.real + 1e-3j * IMPEDANCE.imag)


@pytest.mark.parametrize(("unit", "factor"), [("deg", 180 / np.pi), ("rad", 1.0)])
@pytest.mark.parametrize(("name", "sign"), [("Phase", 1), ("-Phase", -1)])
def test_modulus_and_phase_are_an_impedance(unit, factor, name, sign, written):
    rows = (
        f"{f:.9E}\t{abs(z):.9E}\t{sign * factor * np.angle(z):.9E}"
        for f, z in zip(FREQUENCY, IMPEDANCE, strict=True)
    )
    text = "\n".join([f"f [Hz]\t|Z| [Ohm]\t{name} [{unit}]", *rows]) + "\n"
    [data] = read(written(text))
    assert np.allclose(data.impedance, IMPEDANCE)


def test_a_phase_without_a_unit_is_refused(written):
    with pytest.raises(InputError, match=r"column 'Phase' tells no unit.*\{'phase': 'deg'\}"):
        read(written("f [Hz]\t|Z| [Ohm]\tPhase\n10\t2.0\t-20\n"))


@pytest.mark.parametrize(
    ("header", "unit"),
    [("Re(Z)/Ohm", 1.0), ("Zre (kOhm)", 1e3), ("Z' [mΩ]", 1e-3), ("Z′, real", None)],
)
def test_units_stand_behind_a_slash_or_in_brackets(header, unit, written):
    text = f"freq/Hz;{header};-Im(Z)/Ohm\n10;2.0;1.0\n1;3.0;1.0\n"
    if unit is None:
        with pytest.raises(InputError, match="names no real and imaginary"):
            read(written(text))
    else:
        assert read(written(text))[0].impedance.real == pytest.approx([2 * unit, 3 * unit])


def test_two_columns_for_one_quantity_are_left_to_the_caller(written):
    text = "time/s,I/mA,Ewe/V,Ecell/V\n0,1,3.3,3.4\n1,1,3.2,3.3\n"
    with pytest.raises(InputError, match="names no voltage column among time/s, I/mA, Ewe/V, Ec"):
        read(written(text))
    data = read_cycling(written(text), columns={"voltage": "Ecell/V"})
    assert data.voltage.tolist() == [3.4, 3.3]


def test_a_unit_of_another_dimension_is_refused_with_the_column(written):
    with pytest.raises(InputError, match=r"line 1: column 'time/V': the unit 'V' cannot be conv"):
        read(written("time/V,I/mA,Ewe/V\n0,1,3.3\n1,1,3.2\n"))


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({"columns": {"frequncy": "f"}}, "'frequncy' is not a quantity.*'frequency'"),
        ({"columns": {"frequency": "Freq"}}, r"has no column 'Freq'. Did you mean"),
        ({"columns": "f"}, "columns is one text"),
        ({"columns": 5}, "columns and units are texts by quantity"),
        ({"columns": {"frequency": 0}}, "columns and units are texts by quantity"),
        ({"columns": ["frequency", None, "real"]}, "columns and units are texts by quantity"),
        ({"units": "Hz"}, "columns and units are texts by quantity"),
        ({"units": {"frequency": 1}}, "columns and units are texts by quantity"),
        ({"area": 1.0}, "area"),
        ({"units": {"frequency": "parsec/fortnight3x"}}, "is not known"),
        ({"format": "Gamri"}, "'Gamri' is not a known format. Did you mean 'Gamry'"),
        ({"format": "Gamry"}, "names two columns|names no"),
    ],
)
def test_a_slip_in_a_declaration_is_told(declared, told, written):
    path = written(IMPEDANCE_FILES["BioLogic text"].text.replace("freq/Hz", "Frq/Hz"))
    with pytest.raises(InputError, match=told):
        read_impedance(path, **declared)


def test_every_format_has_a_name_of_its_own():
    assert len(set(known_formats())) == len(known_formats())


def test_angular_frequency_is_divided_by_two_pi(written):
    text = IMPEDANCE_FILES["plain table"].text.replace("Frequency (Hz)", "Frequency (rad/s)")
    assert np.allclose(read(written(text))[0].frequency, FREQUENCY / (2 * np.pi))


def test_degrees_called_radians_are_refused(written):
    with pytest.raises(InputError, match=r"line 2: the phase is more than a full turn.*'deg'"):
        read(written("f [Hz]\t|Z| [Ohm]\tPhase [rad]\n10\t2.0\t-20\n"))


def test_more_than_a_full_turn_in_degrees_is_no_matter_of_the_unit(written):
    rows = "".join(f"{10.0 ** (5 - k)},{10 + k},{-400 * k}\n" for k in range(6))
    path = written("Freq/Hz,|Z|/Ohm,Phase/deg\n" + rows)
    with pytest.raises(InputError, match=r"line 3: .* more than a full turn: correct the line\.$"):
        read(path)


@pytest.mark.parametrize(
    "header",
    ["Re(Z)/ohm cm2", "Re(Z)/Ohm.m2", "Re(Z) (S)", "Re(Z)/V"],
)
def test_an_impedance_per_area_or_of_another_unit_is_refused_as_it_stands(header, written):
    with pytest.raises(InputError, match="cannot be converted to Ohm"):
        read(written(f"f/Hz;{header};-Im(Z)/Ohm\n10;2.0;1.0\n"))


def test_a_header_may_stand_behind_the_mark_of_a_comment(written):
    text = IMPEDANCE_FILES["plain table"].text.replace("Frequency (Hz)", "# Frequency (Hz)")
    assert np.allclose(read(written(text))[0].impedance, IMPEDANCE)


def test_every_unit_that_is_missing_is_asked_for_at_once(written):
    asked = r"declare them, for example units={'frequency': 'Hz', 'real': 'ohm', 'minus imag"
    with pytest.raises(InputError, match=asked):
        read_impedance(written(HEADERLESS), columns=("frequency", "real", "minus imaginary"))


def test_names_above_the_numbers_are_offered_with_the_units_they_lack(written):
    text = "sample\nomega;A [kOhm];B\n" + HEADERLESS.replace(",", ";") + "\n"
    with pytest.raises(InputError) as refused:
        read(written(text))
    told = "{'frequency': 'omega', 'real': 'A [kOhm]', 'minus imaginary': 'B'}, units={'freq"
    assert told in str(refused.value) and "'real': 'ohm'" not in str(refused.value)


def test_text_above_numbers_without_names_is_passed_over_and_said(written):
    path = written(f"my sample\nat 25 degC\n{HEADERLESS}\n")
    [data] = read(path, columns=("frequency", "real", "minus imaginary"), units=UNITS)
    assert np.allclose(data.impedance, IMPEDANCE)
    assert any("2 lines of text above the numbers" in note for note in data.notes)


@pytest.mark.parametrize("pair", [{"real": "R", "imaginary": "X"}, {"modulus": "M", "phase": "P"}])
def test_the_pair_that_is_declared_is_taken_whatever_the_other_says(pair, written):
    z = IMPEDANCE
    rows = zip(FREQUENCY, z.real, z.imag, abs(z), np.angle(z), 7 * z.real, z.imag, strict=True)
    lines = ["\t".join(f"{x:.9E}" for x in row) for row in rows]
    header = "f [Hz]\tR [ohm]\tX [ohm]\tM [ohm]\tP [rad]\t"
    other = "Z' [ohm]\tZ'' [ohm]" if "modulus" in pair else "|Z| [ohm]\tphase [rad]"
    names = dict(zip("RXMP", header.split("\t")[1:], strict=False))
    path = written("\n".join([header + other, *lines]) + "\n")
    [data] = read(path, columns={q: names[key] for q, key in pair.items()})
    assert np.allclose(data.impedance, IMPEDANCE)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (("frequency", "real"), "the order frequency, real has no real and imaginary"),
        (("frequency", "real", "real"), "names 'real' twice"),
        (("-", "real", "imaginary"), "has no frequency"),
    ],
)
def test_an_order_that_makes_no_spectrum_is_refused(columns, told, written):
    with pytest.raises(InputError, match=told):
        read_impedance(written(HEADERLESS), columns=columns, units=UNITS)


def test_a_header_that_two_columns_have_cannot_be_declared(written):
    text = "time/s,I/mA,U,U\n0,1,3.3,3.4\n1,1,3.2,3.3\n"
    with pytest.raises(InputError, match="has two columns 'U': rename one"):
        read_cycling(written(text), columns={"voltage": "U"})


def test_read_takes_what_its_two_halves_take(written):
    text = "time/s,I/mA,A\n0,0,3.3\n1,1,3.3\n"
    declared = {"columns": {"voltage": "A"}, "units": {"voltage": "V"}}
    [data] = read(written(text), **declared, current_positive_on="charge")
    assert data.current.tolist() == [0.0, -1e-3]
    assert data.metadata["declared"] == {**declared, "current_positive_on": "charge"}


def test_a_wrong_sign_beside_a_phase_is_asked_with_the_sign_that_agrees(written):
    file = IMPEDANCE_FILES["PalmSens"].with_header("imaginary", "Z'' / Ohm")
    with pytest.raises(InputError) as refused:
        read(written(file.text))
    assert "{'real': \"Z' / Ohm\", 'minus imaginary': \"Z'' / Ohm\"}" in str(refused.value)
    columns = {"real": "Z' / Ohm", "minus imaginary": "Z'' / Ohm"}
    [data] = read_impedance(written(file.text), columns=columns)
    assert np.allclose(data.impedance, IMPEDANCE)


def test_what_stands_for_a_unit_and_is_none_can_be_declared_over(written):
    text = "Freq/Hz,Z'/a,Z''/b\n10,2.0,-1.0\n1,3.0,-1.0\n"
    with pytest.raises(InputError, match=r"the unit 'a' .*declare units={'real': 'ohm'}"):
        read(written(text))
    [data] = read(written(text), units={"real": "ohm", "imaginary": "ohm"})
    assert data.impedance.tolist() == [2 - 1j, 3 - 1j]


def test_an_impedance_per_area_is_that_of_the_cell_whose_area_is_declared(written):
    path = written("f/Hz;Re(Z)/ohm cm2;-Im(Z)/ohm cm2\n10;2.0;1.0\n1;3.0;1.0\n")
    with pytest.raises(InputError, match=r"per area: declare that of the cell, area='1 cm2'\."):
        read(path)
    [data] = read(path, area="0.5 cm2")
    assert data.impedance == pytest.approx(np.array([4 - 2j, 6 - 2j]))


def test_a_current_density_is_the_current_of_the_cell_whose_area_is_declared(written):
    path = written("t;j;E [V]\n0;0;3.3\n1;2.0;3.4\n")
    declared = {"columns": {"time": "t"}, "units": {"time": "h", "current": "mA/cm2"}}
    record = read_cycling(path, **declared, area="50 mm2")
    assert record.current == pytest.approx([0, -1e-3]) and record.time.tolist() == [0, 3600]


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ("1 cm2", "area is declared, and no column is per area"),
        ("1", "area: "),
        ("-1 cm2", "area"),
        ("1 cm", "area: "),
    ],
)
def test_an_area_that_is_none_or_idle_is_refused(area, told, written):
    with pytest.raises(InputError, match=told):
        read(written(IMPEDANCE_FILES["plain table"].text), area=area)


def test_what_no_cell_has_is_asked_about(written):
    text = "frequency/MHz,Re(Z)/Ohm,Im(Z)/Ohm\n3e6,2.0,-1.0\n2e6,3.0,-1.0\n"
    with pytest.raises(InputError, match=r"beyond any instrument: .*units={'frequency': 'Hz'}"):
        read(written(text))
    assert read(written(text), units={"frequency": "Hz"})[0].frequency[0] == 3e6
    text = "f/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n2,-2.0,-1.0\n1,-3.0,-1.0\n"
    with pytest.raises(InputError, match=r"negative in every row.*{'real': 'Re\(Z\)/Ohm'}"):
        read(written(text))
    assert read(written(text), columns={"real": "Re(Z)/Ohm"})[0].impedance.real.max() == -2
