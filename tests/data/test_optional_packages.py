"""Binary files: read where the optional package is there, else a sentence says what to install.

The packages' own parsers are theirs to test; held here is what becomes of the tables that they
return: columns, units and the sign of the current.
"""

import io
import sys
import zipfile
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from ssb_model.data import read, read_cycling
from ssb_model.errors import InputError
from tests.data.synthetic import CURRENT, CYCLING_FILES, FREQUENCY, IMPEDANCE, TIME, VOLTAGE


def archive(*names: str) -> bytes:
    """A zip archive of empty members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for name in names:
            zipped.writestr(name, "")
    return content.getvalue()


BINARY = {
    "galvani": (b"BIO-LOGIC MODULAR FILE\x1a" + bytes(80), "cell.mpr"),
    "fastnda": (b"NEWARE" + bytes(80), "cell.nda"),
    "openpyxl": (archive("[Content_Types].xml", "xl/workbook.xml"), "cell.xlsx"),
}


@pytest.mark.parametrize("package", BINARY)
def test_a_missing_package_is_named_with_what_installs_it(package, written, monkeypatch):
    content, name = BINARY[package]
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, f"{package}.BioLogic", None)
    told = rf"needs {package} to be read: pip install {package}, or"
    with pytest.raises(InputError, match=told):
        read(written(content, name=name))


@pytest.mark.parametrize("package", BINARY)
def test_a_damaged_binary_file_is_refused(package, written):
    pytest.importorskip(package)
    content, name = BINARY[package]
    with pytest.raises(InputError, match=r"is not a .* can (be )?read"):
        read(written(content, name=name))


def test_a_damaged_parquet_file_is_refused(written):
    with pytest.raises(InputError, match="is not a Parquet table"):
        read(written(b"PAR1" + bytes(80) + b"PAR1", name="cell.parquet"))


def test_a_biologic_binary_spectrum_has_the_signs_of_its_text(written, monkeypatch):
    names = ("freq/Hz", "Re(Z)/Ohm", "-Im(Z)/Ohm", "|Z|/Ohm", "Phase(Z)/deg")
    z = IMPEDANCE
    columns = (FREQUENCY, z.real, -z.imag, abs(z), np.angle(z, deg=True))
    data = np.rec.fromarrays(columns, dtype=[(name, "<f8") for name in names])
    parser = ModuleType("galvani.BioLogic")
    parser.MPRfile = lambda file: SimpleNamespace(data=np.asarray(data))
    monkeypatch.setitem(sys.modules, "galvani", ModuleType("galvani"))
    monkeypatch.setitem(sys.modules, "galvani.BioLogic", parser)
    [spectrum] = read(written(BINARY["galvani"][0]))
    assert np.allclose(spectrum.impedance, IMPEDANCE)


def test_a_neware_binary_record_is_in_si_and_positive_on_discharge(written, monkeypatch):
    class Frame(dict):
        columns = property(dict.keys)

        def __getitem__(self, name):
            return SimpleNamespace(to_numpy=lambda: dict.__getitem__(self, name))

    parser = ModuleType("fastnda")
    parser.read = lambda path: Frame(
        total_time_s=TIME, current_mA=-1e3 * CURRENT, voltage_V=VOLTAGE, capacity_mAh=0 * TIME
    )
    monkeypatch.setitem(sys.modules, "fastnda", parser)
    data = read_cycling(written(BINARY["fastnda"][0]))
    assert np.allclose(data.current, CURRENT) and data.metadata["format"] == "Neware binary"


def test_battery_data_in_parquet_is_the_same_as_in_csv(tmp_path, written):
    import pyarrow
    from pyarrow import parquet

    columns = {"Test Time / s": TIME, "Current / A": -CURRENT, "Voltage / V": VOLTAGE}
    parquet.write_table(pyarrow.table(columns), tmp_path / "cell.parquet")
    data = read_cycling(tmp_path / "cell.parquet")
    csv = read_cycling(written(CYCLING_FILES["Battery Data Format"].text))
    assert np.allclose(data.current, csv.current) and np.allclose(data.voltage, csv.voltage)


def test_a_workbook_is_read_by_the_format_of_its_sheet(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    file, book = CYCLING_FILES["Arbin"], openpyxl.Workbook()
    book.active.title = "Info"
    sheet = book.create_sheet("Channel_1-001")
    for row in (file.header, *([float(cell) for cell in cells] for cells in file.rows)):
        sheet.append(list(row))
    book.create_sheet("Statistics_1-001").append(list(file.header))
    book.save(tmp_path / "cell.xlsx")
    data = read_cycling(tmp_path / "cell.xlsx")
    assert data.metadata["format"] == "Arbin" and np.allclose(data.current, CURRENT)


def test_what_galvani_says_in_lines_is_quoted_on_one(written, monkeypatch):
    def read_mpr(file):
        raise OSError("Unexpected end of file\n          length read: 7\r\n\x1b[2J expected: 9")

    parser = ModuleType("galvani.BioLogic")
    parser.MPRfile = read_mpr
    monkeypatch.setitem(sys.modules, "galvani", ModuleType("galvani"))
    monkeypatch.setitem(sys.modules, "galvani.BioLogic", parser)
    with pytest.raises(InputError) as refused:
        read(written(b"BIO-LOGIC MODULAR FILE\x1a" + bytes(80), name="cell.mpr"))
    said = "(Unexpected end of file length read: 7 \\x1b[2J expected: 9)"
    assert said in str(refused.value)
