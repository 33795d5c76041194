"""Folders of files: which file is of which cell and temperature, and what is asked."""

import numpy as np
import pytest

from ssb_model.bench import Facts, questions, read_bench, read_facts
from ssb_model.errors import InputError


def spectrum(path, header="", names="Frequency [Hz],Re(Z) [Ohm],-Im(Z) [Ohm]"):
    """A file of a spectrum."""
    f = np.logspace(6, -1, 40)
    z = 100 + 50 / (1 + 2j * np.pi * f * 1e-3)
    rows = "\n".join(f"{a:.6g},{b.real:.6g},{-b.imag:.6g}" for a, b in zip(f, z, strict=True))
    path.write_text(f"{header}{names}\n{rows}\n", encoding="utf-8")


def record(path):
    """A file of a cell under current."""
    t = np.arange(0, 3600, 10)
    rows = "\n".join(f"{a},{0.01},{1e-4}" for a in t)
    path.write_text(f"Time [s],Voltage [V],Current [A]\n{rows}\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """Of two cells, as a student brings it."""
    for name in ("LLZTO_bare_25C_C03", "LLZTO_bare_60C_C03", "coated 25 deg", "coated 60 deg"):
        spectrum(tmp_path / f"{name}.csv")
    record(tmp_path / "ccd_bare.csv")
    (tmp_path / "notes.md").write_text("pressed on Monday")
    return tmp_path


def cells(bench):
    """Files by cell."""
    return {c: [f.path.stem for f in bench.files if f.cell == c] for c in bench.cells}


def test_files_are_put_together_by_the_words_of_their_names(folder):
    bench = read_bench(folder, Facts())
    assert cells(bench) == {
        "bare": ["LLZTO_bare_25C_C03", "LLZTO_bare_60C_C03", "ccd_bare"],
        "coated": ["coated 25 deg", "coated 60 deg"],
    }
    warm = {f.path.stem: f.temperature for f in bench.files if f.temperature}
    assert warm["coated 60 deg"] == pytest.approx(333.15)


def test_a_word_that_two_cells_have_joins_none(folder):
    spectrum(folder / "LLZTO_coated2_25C.csv")
    record(folder / "LLZTO.csv")
    assert "llzto" in read_bench(folder, Facts()).cells


def test_what_is_stated_goes_before_names(folder):
    (folder / "bench.toml").write_text(
        'thickness = "0.9 mm"\ndiameter = "10 mm"\n[cells]\n"cell A" = ["*bare*"]\n'
        '[files."coated 60 deg.csv"]\ntemperature = "61 degC"\n'
    )
    bench = read_bench(folder, read_facts(folder))
    assert len(cells(bench)["cell A"]) == 3
    assert bench.facts.area == pytest.approx(np.pi * 0.005**2)
    assert {f.path.stem: f.said for f in bench.files}["coated 60 deg"] == "bench.toml"
    assert not questions(bench)


def test_what_nobody_says_is_asked_in_one_sentence(folder):
    spectrum(folder / "coated.csv")
    asked = [str(one) for one in questions(read_bench(folder, Facts()))]
    assert asked[0].startswith("What is the diameter or the area of the cells? Write diameter = ")
    assert "How thick is the electrolyte?" in asked[1]
    assert "What is the temperature of coated.csv?" in asked[2]


def test_two_spectra_of_one_cell_and_temperature_are_asked_for(folder):
    spectrum(folder / "coated_25degC.csv")
    asked = questions(read_bench(folder, Facts(area=1e-4, thickness=1e-3)))
    assert len(asked) == 1
    assert "coated 25 deg.csv and coated_25degC.csv are all of the cell 'coated'" in str(asked[0])


def test_a_header_that_contradicts_the_name_is_refused(folder):
    spectrum(folder / "bare_40C.csv", header="# Temperature: 25.0 °C\n")
    with pytest.raises(InputError, match="its name says 40 degC and its header 25 degC"):
        read_bench(folder, Facts())


def test_a_header_alone_is_believed(folder):
    spectrum(folder / "other.csv", header="# Temperature: 40 °C\n")
    [file] = [f for f in read_bench(folder, Facts()).files if f.path.stem == "other"]
    assert (file.temperature, file.said) == (pytest.approx(313.15), "header")


def test_a_file_without_units_is_taken_as_nearly_all_are_and_said_so(folder):
    spectrum(folder / "coated 50 deg.csv", names="")
    found = {f.path.stem: f for f in read_bench(folder, Facts()).files}
    assert (
        "no header: taken as frequency, real, minus imaginary in Hz and ohm"
        in found["coated 50 deg"].taken
    )
    assert np.all(found["coated 50 deg"].spectra[0].impedance.imag < 0)


BAD = {
    'thickness = "0.9"': "thickness: the unit is missing",
    'thickness = "-1 mm"': "thickness must be positive",
    'diametre = "1 cm"': "unknown key 'diametre'. Did you mean 'diameter'",
    'area = "1 cm2"\ndiameter = "1 cm"': "either area or diameter",
    '[cells]\nbare = ["nothing*"]': "cells.bare: no file is named 'nothing[*]'",
    '[files."x.csv"]\ntemperature = "25 degC"': "files: there is no 'x.csv'",
    '[cells]\na = ["*bare*"]\nb = ["*25*"]': "is given to the cells a and b",
}


@pytest.mark.parametrize("text", BAD)
def test_a_mistake_in_bench_toml_is_one_sentence(text, folder):
    (folder / "bench.toml").write_text(text)
    with pytest.raises(InputError, match=BAD[text]):
        read_bench(folder, read_facts(folder))


def test_a_folder_without_data_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(InputError, match=r"no measured file that can be read\. The first of 1: "):
        read_bench(tmp_path, Facts())
    with pytest.raises(InputError, match="is no folder"):
        read_bench(tmp_path / "nothing", Facts())
