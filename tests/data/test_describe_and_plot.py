"""What was understood is told as text and drawn, with the notes."""

import subprocess
import sys
from dataclasses import replace

import pytest

from ssb_model.data import describe, plot_data, read
from ssb_model.errors import InputError
from tests.data.synthetic import CYCLING_FILES, IMPEDANCE_FILES

FILES = [IMPEDANCE_FILES["Gamry"], CYCLING_FILES["LAND"]]


@pytest.mark.parametrize("file", FILES)
def test_a_description_tells_kind_columns_ranges_and_notes(file, written):
    [data] = read(written(file.text))
    text = describe(data)
    kind = "impedance" if file is FILES[0] else "cycling"
    assert f"cell: {kind}, {data.metadata['format']}" in text and data.sha256[:12] in text
    assert all(f"from '{header}'" in text for header in data.metadata["columns"].values())
    assert all(note in text for note in data.notes)


def test_ranges_cycles_and_the_sign_are_told(written):
    text = describe(read(written(CYCLING_FILES["LAND"].text)))
    assert "cycles     2" in text
    assert "current    -0.001 ... 0.002 A (positive on discharge)" in text
    assert "0.1 ... 100000 Hz" in describe(read(written(IMPEDANCE_FILES["Gamry"].text)))


def test_a_nyquist_plot_shows_minus_the_imaginary_part(written):
    [data] = read(written(IMPEDANCE_FILES["Gamry"].text))
    nyquist = plot_data(data).axes[0]
    x, y = nyquist.lines[0].get_data()
    assert (x == data.impedance.real).all() and (y == -data.impedance.imag).all()


def test_a_record_is_drawn_in_hours_and_milliampere(written):
    [data] = read(written(CYCLING_FILES["LAND"].text))
    voltage, current = plot_data(data).axes
    assert (voltage.lines[0].get_xdata() == data.time / 3600).all()
    assert current.lines[0].get_ydata() == pytest.approx(1e3 * data.current)


@pytest.mark.parametrize("file", FILES)
def test_a_dataset_draws_itself_as_the_function_does(file, written):
    [data] = read(written(file.text))
    shown = [
        [line.get_xydata().tolist() for line in axes.lines]
        for figure in (data.plot(), plot_data(data))
        for axes in figure.axes
    ]
    assert shown[: len(shown) // 2] == shown[len(shown) // 2 :]


@pytest.mark.parametrize("file", FILES)
def test_a_dataset_becomes_a_dataframe_of_the_columns_that_it_writes(file, written, tmp_path):
    import pandas

    [data] = read(written(file.text))
    frame = data.to_dataframe()
    pandas.testing.assert_frame_equal(
        frame, pandas.read_csv(data.to_csv(tmp_path / "x.csv"), comment="#")
    )
    assert all(header.endswith("]") or header in ("Cycle", "Step") for header in frame.columns)


def test_a_dataset_is_a_short_table_in_a_terminal_and_in_a_notebook(written):
    [data] = read(written(IMPEDANCE_FILES["Gamry"].text))
    text, html = repr(data), data._repr_html_()
    assert (
        text.splitlines()[0]
        == data.title
        == f"cell: spectrum, {len(data.frequency)} points, 1e+05 to 0.1 Hz"
    )
    for told in (text, html):
        assert "Re(Z) [Ohm]" in told and len(told.splitlines()) < 120
    assert "<table" in html and "<script" not in html


def test_a_name_with_marks_of_html_does_not_break_the_page(written):
    [data] = read(written(IMPEDANCE_FILES["Gamry"].text))
    assert "&lt;b&gt;:" in replace(data, name="<b>")._repr_html_()


def test_the_readers_import_neither_pybamm_nor_jax_nor_matplotlib():
    script = (
        "import sys, ssb_model.data\n"
        "print(*{'pybamm', 'jax', 'matplotlib', 'pandas', 'galvani', 'fastnda'} & {*sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


@pytest.mark.parametrize("wrap", [lambda data: [[data]], lambda data: 1.0, lambda data: "file.csv"])
def test_what_is_no_dataset_is_refused_in_one_sentence(wrap, written):
    [data] = read(written(IMPEDANCE_FILES["Gamry"].text))
    with pytest.raises(InputError, match="takes a dataset or a list of datasets") as refusal:
        describe(wrap(data))
    assert str(refusal.value).count(".") == 1
