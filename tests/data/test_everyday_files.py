"""What cyclers and potentiostats write beside one plain table: layers, stamps, gaps, no signs.

All files are synthetic, written here.
"""

import stat
import sys
from datetime import datetime, timedelta
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from ssb_model.data import CyclingData, ImpedanceData, read, read_cycling, read_impedance
from ssb_model.errors import InputError
from tests.data.synthetic import (
    CURRENT,
    CYCLE,
    CYCLING_FILES,
    FREQUENCY,
    IMPEDANCE,
    IMPEDANCE_FILES,
    STEP,
    TIME,
    VOLTAGE,
)
from tests.data.test_cycling_formats import is_the_cell

MILLI = 1e3


def rows_of(*columns) -> str:
    return "\n".join("\t".join(f"{x:.9E}" for x in row) for row in zip(*columns, strict=True))


def modulo_bat() -> str:
    """Rest, a spectrum, the cell's record, in one EC-Lab table."""
    names = (
        "time/s\tEwe/V\tI/mA\tfreq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm\t|Z|/Ohm\tPhase(Z)/deg\tcycle number"
    )
    z, nothing = IMPEDANCE, np.zeros_like(TIME)
    cell = rows_of(TIME, VOLTAGE, -MILLI * CURRENT, *[nothing] * 5, CYCLE)
    when = 500.0 + np.arange(len(FREQUENCY))
    last = (FREQUENCY, z.real, -z.imag, abs(z), np.angle(z, deg=True), np.ones(len(z)))
    swept = rows_of(when, 3.3 + 0 * when, 0 * when, *last).split("\n")
    lines = cell.split("\n")
    at = int(np.searchsorted(TIME, when[0]))
    table = "\n".join([*lines[:at], *swept, *lines[at:]])
    return f"EC-Lab ASCII FILE\nNb header lines : 4\nModulo Bat (synthetic)\n{names}\t\n{table}\n"


def test_a_modulo_bat_file_is_spectra_and_the_record_around_them(written):
    path = written(modulo_bat())
    spectrum, record = read(path)
    assert isinstance(spectrum, ImpedanceData) and isinstance(record, CyclingData)
    assert np.allclose(spectrum.impedance, IMPEDANCE) and is_the_cell(record)
    assert spectrum.metadata["time"] == (500.0, 512.0), "its place in the record"
    assert len(read_impedance(path)) == 1 and is_the_cell(read_cycling(path))


def test_a_damaged_number_of_either_part_is_refused(written):
    lines = modulo_bat().split("\n")
    for place, told in ((5, "holds 'x'"), (8, "holds 'x'")):
        cells = lines[place].split("\t")
        cells[1 if place == 5 else 4] = "x"
        damaged = [*lines[:place], "\t".join(cells), *lines[place + 1 :]]
        with pytest.raises(InputError, match=rf"line {place + 1}, .*{told}"):
            read(written("\n".join(damaged)))


def test_names_behind_an_empty_one_have_no_cells_in_ec_lab_11_6(written):
    file = IMPEDANCE_FILES["BioLogic text"]
    line = "\t".join(file.header)
    [data] = read(written(file.text.replace(line, f"{line}\t\tEwe-Ece/V\t")))
    assert np.allclose(data.impedance, IMPEDANCE)
    assert any("names Ewe-Ece/V behind an empty name" in note for note in data.notes)


@pytest.mark.parametrize("pair", [("|Z|/Ohm", "Phase(Z)/deg"), ("Re(Z)/Ohm", "-Im(Z)/Ohm")])
def test_a_pair_of_columns_that_holds_zeros_alone_contradicts_nothing(pair, written):
    file = IMPEDANCE_FILES["BioLogic text"]
    places = [file.header.index(name) for name in pair]
    rows = [["0.0" if i in places else c for i, c in enumerate(row)] for row in file.rows]
    [data] = read(written(type(file)(**{**vars(file), "rows": rows}).text))
    assert np.allclose(data.impedance, IMPEDANCE)
    assert any("are not filled in" in note for note in data.notes)


@pytest.mark.parametrize(("voltage", "current"), [("<Ewe/V>", "<I/mA>"), ("<Ewe>/V", "<I>/mA")])
def test_ec_lab_11_50_writes_its_means_otherwise(voltage, current, written):
    text = CYCLING_FILES["BioLogic text"].text
    text = text.replace("Ecell/V", voltage).replace("I/mA", current)
    assert is_the_cell(read_cycling(written(text)))


def mpr(monkeypatch, columns):
    data = np.rec.fromarrays(list(columns.values()), dtype=[(n, "<f8") for n in columns])
    parser = ModuleType("galvani.BioLogic")
    parser.MPRfile = lambda file: SimpleNamespace(data=np.asarray(data))
    monkeypatch.setitem(sys.modules, "galvani", ModuleType("galvani"))
    monkeypatch.setitem(sys.modules, "galvani.BioLogic", parser)
    return b"BIO-LOGIC MODULAR FILE\x1a" + bytes(80)


@pytest.mark.parametrize("name", ["dQ/mA.h", "dq/mA.h"])
def test_the_current_of_a_galvanostatic_mpr_is_charge_over_time(name, written, monkeypatch):
    charge = -MILLI * CURRENT * np.diff(TIME, prepend=0.0) / 3600
    columns = {"flags": 0 * TIME, "Ns": STEP, "time/s": TIME, name: charge, "Ewe/V": VOLTAGE}
    data = read_cycling(written(mpr(monkeypatch, columns), name="cell.mpr"))
    assert np.allclose(data.current, CURRENT[1:], rtol=1e-12, atol=0)
    assert np.allclose(data.voltage, VOLTAGE[1:]) and any("dq/dt" in n for n in data.notes)


def test_a_row_in_which_no_time_passes_has_no_current(written, monkeypatch):
    t, v, step = (np.insert(x, 5, x[5]) for x in (TIME, VOLTAGE, STEP))
    charge = -MILLI * np.insert(CURRENT, 5, 0) * np.diff(t, prepend=0.0) / 3600
    charge[6] = -MILLI * CURRENT[5] * 0.0
    charge[5] = -MILLI * CURRENT[5] * 300 / 3600
    columns = {"Ns": step, "time/s": t, "dQ/mA.h": charge, "Ewe/V": v}
    data = read_cycling(written(mpr(monkeypatch, columns), name="cell.mpr"))
    assert np.allclose(data.time, TIME[1:]) and np.allclose(data.current, CURRENT[1:])


def layered(stamp=True) -> str:
    """BTS's export with cycles, steps and records on lines of their own."""
    start, lines, before = datetime(2022, 5, 18, 23, 30), [], (0, 0)
    lines += ["Cycle ID,Cap_Chg(mAh),,,", ",Step ID,Step Name,,"]
    lines.append(",,Record ID,Time(h:min:s.ms),Voltage(V),Current(mA)" + ",Realtime" * stamp)
    for k, (t, v, i, c, s) in enumerate(zip(TIME, VOLTAGE, CURRENT, CYCLE, STEP, strict=True)):
        lines += [f"{c},1.0,,,"] * int(c != before[0])
        lines += [f",{s},CC,,"] * int((c, s) != before)
        before = c, s
        clock = f"{start + timedelta(seconds=t):%Y-%m-%d %H:%M:%S}"
        lines.append(f",,{k + 1},0:00:00.000,{v:.9f},{-MILLI * i:.9f}" + f",{clock}" * stamp)
    return "\n".join(lines) + "\n"


def test_a_layered_export_of_neware_is_one_record(written):
    data = read_cycling(written(layered()))
    assert data.metadata["format"] == "Neware layered CSV"
    assert is_the_cell(data) and (data.cycle == CYCLE).all() and (data.step == STEP).all()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (",,9,0:00:00.000,", ",,9,0:00:00.000,x", r"line \d+, column 'Voltage\(V\)' holds 'x"),
        (",,9,0:00:00.000,", ",,9,", r"line \d+ has \d cells where line 3 names"),
        ("Voltage(V)", "mystery", "names no voltage column among"),
    ],
)
def test_a_damaged_layered_export_is_refused(old, new, told, written):
    with pytest.raises(InputError, match=told):
        read(written(layered().replace(old, new)))


def test_a_layered_export_without_its_clock_has_no_time(written):
    with pytest.raises(InputError, match="names no time column among Cycle ID, Step ID"):
        read(written(layered(stamp=False)))


STAMPS = {
    "%Y-%m-%d %H:%M:%S": "2023-11-30 23:30:00",
    "%Y/%m/%d %H:%M:%S": "2023-11-30 23:30:00",
    "%d.%m.%Y %H:%M:%S": "2023-11-30 23:30:00",
    "%m/%d/%Y %I:%M:%S %p": "2023-11-30 23:30:00",
    "%d-%b-%y %I:%M:%S %p": "2023-11-30 23:30:00",
    "%d/%m/%Y %H:%M:%S": "2023-04-03 10:00:00",  # one day: its order does not matter
}


def stamped(form, start) -> str:
    begin = datetime.fromisoformat(start)
    clock = [f"{begin + timedelta(seconds=t):{form}}" for t in TIME]
    rows = zip(clock, MILLI * CURRENT, VOLTAGE, strict=True)
    lines = [f"{c};{i:.9f};{v:.9f}" for c, i, v in rows]
    return "\n".join(["Date and Time;Current [mA];Voltage [V]", *lines]) + "\n"


@pytest.mark.parametrize("form", STAMPS)
def test_time_stamps_are_seconds_since_the_first(form, written):
    assert is_the_cell(read_cycling(written(stamped(form, STAMPS[form]))))


def test_a_day_that_may_be_a_month_is_asked_about(written):
    with pytest.raises(InputError, match="day and month cannot be told apart"):
        read(written(stamped("%d/%m/%Y %H:%M:%S", "2023-04-03 23:30:00")))


def test_a_stamp_that_is_no_date_is_refused(written):
    text = stamped("%Y-%m-%d %H:%M:%S", "2023-11-30 23:30:00")
    with pytest.raises(InputError, match="line 9, column 'Date and Time' holds 'later', which is"):
        read(written(text.replace(text.split("\n")[8].split(";")[0], "later")))
    with pytest.raises(InputError, match="which is not a date and a time"):
        read(written(text.replace("2023-11-30", "2023-13-30")))


@pytest.mark.parametrize("step_time", [lambda t: t % 1200, lambda t: 0 * t])
def test_the_time_of_a_step_is_not_taken_for_the_tests(step_time, written):
    """Neware's "Time" begins anew in each step; the date beside it does not."""
    start = datetime(2022, 5, 18, 23, 30)
    rows = [
        f"{s:.0f};{-MILLI * i:.9f};{v:.9f};{start + timedelta(seconds=t)}"
        for s, i, v, t in zip(step_time(TIME), CURRENT, VOLTAGE, TIME, strict=True)
    ]
    path = written("\n".join(["Time (s);Current (mA);Voltage (V);Written", *rows]) + "\n")
    with pytest.raises(InputError, match=r"or declare columns={'time': 'Written'}\."):
        read(path)
    assert is_the_cell(read_cycling(path, columns={"time": "Written"}))


@pytest.mark.parametrize("day", ["{}d {}", "{} days, {}", "{}.{}", "{}-{}"])
def test_days_on_a_clock_are_counted(day, written):
    rows = [
        f"{day.format(1 + int(t // 3600), f'0:{int(t) // 60 % 60:02}:00')};{i * 1e3:.9f};{v:.9f}"
        for t, i, v in zip(TIME, CURRENT, VOLTAGE, strict=True)
    ]
    data = read_cycling(written("\n".join(["Time;I [mA];U [V]", *rows]) + "\n"))
    assert np.allclose(data.time, 86400 * (1 + TIME // 3600) + TIME % 3600)


@pytest.mark.parametrize("form", ["Arbin", "Battery Data Format", "LAND"])
def test_a_row_above_its_header_is_said(form, written):
    lines = CYCLING_FILES[form].text.split("\n")
    lines[0], lines[4] = lines[4], lines[0]
    data = read_cycling(written("\n".join(lines)))
    assert len(data.time) == len(TIME) - 4
    assert any("4 lines above the header in line 5, from line 1 on," in n for n in data.notes)


def unsigned(name, words) -> str:
    """A Maccor export, whose current has no sign."""
    word = [words[int(np.sign(i))] for i in CURRENT]
    rows = zip(TIME, abs(CURRENT), VOLTAGE, word, strict=True)
    lines = [f"1\t1\t{t:.9f}\t{i:.9f}\t{v:.9f}\t{w}" for t, i, v, w in rows]
    return "\n".join([f"Rec#\tCyc#\tTest (Sec)\tAmps\tVolts\t{name}", *lines]) + "\n"


@pytest.mark.parametrize("words", ["RDC", ("Rest", "CC DChg", "CCCV Chg"), ("S", "D", "C")])
@pytest.mark.parametrize("name", ["State", "MD"])
def test_the_kind_of_step_signs_a_current_without_sign(name, words, written):
    data = read_cycling(written(unsigned(name, words)))
    assert data.metadata["format"] == "Maccor" and is_the_cell(data)


def test_a_kind_of_step_that_is_not_known_signs_nothing(written):
    with pytest.raises(InputError, match="the current never changes sign"):
        read(written(unsigned("State", "RQC")))


def test_a_cycle_that_is_no_whole_number_is_left_out_and_said(written):
    text = CYCLING_FILES["Battery Data Format"].with_cell(3, "time", f"{TIME[3]}").text
    text = text.replace("1.000000000E+00", "6.283185307E+00")
    data = read_cycling(written(text))
    assert data.cycle is None
    assert any("the cycle was left out" in n and "not a whole number" in n for n in data.notes)


RES = b"\x00\x01\x00\x00Standard Jet DB\x00" + bytes(100)


def test_a_database_of_arbin_names_what_reads_it(written, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match=r"mdbtools.* mdb-export cell.res Channel_Normal_Table >"):
        read(written(RES, name="cell.res"))


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for mdb-export")
@pytest.mark.parametrize("works", [True, False])
def test_a_database_of_arbin_is_read_by_mdb_export(works, written, tmp_path, monkeypatch):
    table = written(CYCLING_FILES["Arbin database"].text, name="table.csv")
    program = tmp_path / "mdb-export"
    program.write_text(
        f"#!/bin/sh\n{f'/bin/cat {table}' if works else 'echo no table >&2; exit 1'}\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    path = written(RES, name="cell.res")
    if works:
        assert is_the_cell(read_cycling(path))
    else:
        with pytest.raises(InputError, match=r"mdb-export takes .*no table"):
            read(path)


def test_separators_doubled_in_the_header_alone_name_the_same_columns(written):
    """As Novocontrol data are often pasted: tabs before and behind blanks."""
    rows = rows_of(FREQUENCY, IMPEDANCE.real, IMPEDANCE.imag)
    header = "Freq.[Hz]\t\t Zs'[ohm] \t\t Zs''[ohm]"
    [data] = read(written(f"# Number of points: 13\n\n{header}\n{rows}\n"))
    assert isinstance(data, ImpedanceData)
    assert np.allclose(data.frequency, FREQUENCY) and np.allclose(data.impedance, IMPEDANCE)


def test_the_count_of_rows_above_them_is_no_row(written):
    """As Autolab's FRA writes its .P00."""
    rows = rows_of(FREQUENCY, IMPEDANCE.real, -IMPEDANCE.imag)
    above = "Procedure : synthetic\nt =  736.4 s\n f/Hz\t Z'/Ohm\t -Z''/Ohm\t\n"
    [data] = read(written(f"{above} {len(FREQUENCY)} \n{rows}\n"))
    assert np.allclose(data.impedance, IMPEDANCE)
    with pytest.raises(InputError, match="line 4 has 1 cells where line 3 names 3"):
        read(written(f"{above} {len(FREQUENCY) + 1} \n{rows}\n"))


def test_spectra_are_read_where_the_record_between_them_needs_a_declaration(written):
    """The cell rests between two sweeps, and no header says which current charges."""
    f = np.concatenate([np.zeros(3), FREQUENCY, np.zeros(3), FREQUENCY])
    z = np.where(f > 0, np.concatenate([np.zeros(3), IMPEDANCE] * 2), 0)
    t = 10.0 * np.arange(len(f))
    names = "time/s\tfreq/Hz\tRe(Z)/Ohm\tIm(Z)/Ohm\tI/A\tEwe/V"
    rows = rows_of(t, f, z.real, z.imag, np.full(len(f), 1e-9), np.full(len(f), 3.06))
    path = written(f"{names}\n{rows}\n")
    spectra = read(path)
    assert [type(data) for data in spectra] == [ImpedanceData] * 2
    assert all("left out: they need a declaration" in data.notes[-1] for data in spectra)
    assert isinstance(read(path, current_positive_on="charge")[-1], CyclingData)
    with pytest.raises(InputError, match="whether positive current charges"):
        read_cycling(path)
