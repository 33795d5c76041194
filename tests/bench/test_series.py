"""Many spectra of one cell at one temperature are one series, by names or in one file."""

import csv

import numpy as np
import pytest

from ssb_model.bench import Facts, fit_bench, read_bench
from ssb_model.bench.folder.counted import counted
from tests.bench.benches import zarc

FACTS = Facts(thickness=1e-3, area=1e-4, temperature=298.15)
F = np.geomspace(1e6, 0.1, 50)
GROWING = np.linspace(100, 160, 14)  # ohm, both faces
HEAD = "# synthetic, not measured\nFrequency [Hz],Re(Z) [Ohm],Im(Z) [Ohm]\n"


def spectrum(resistance, rng):
    z = 120 + zarc(F, resistance, 1e-5, 0.9)
    z = z * (1 + 0.003 * (rng.normal(size=len(F)) + 1j * rng.normal(size=len(F))))
    return "".join(f"{f:.8g},{a.real:.8g},{a.imag:.8g}\n" for f, a in zip(F, z, strict=True))


@pytest.fixture(params=["numbered files", "one file"])
def folder(request, tmp_path):
    rng = np.random.default_rng(3)
    texts = [spectrum(R, rng) for R in GROWING]
    if request.param == "one file":
        (tmp_path / "bare.csv").write_text(HEAD + "".join(texts))
    else:
        for k, text in enumerate(texts):
            (tmp_path / f"bare_cycle{5 * k}_25C.csv").write_text(HEAD + text)
    return tmp_path


def test_a_series_is_one_figure_with_every_spectrum_behind_it(folder, tmp_path):
    fit = fit_bench(read_bench(folder, FACTS))
    assert fit.bench.cells == ["bare"]
    fit.save(tmp_path / "out")
    files = (tmp_path / "out" / "figures").glob("series_bare_25_degC_interface*.csv")
    with next(files).open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(GROWING)
    truth = GROWING / 2  # ohm cm2 a face of 1 cm2
    ends = [(float(row["lower 95"]), float(row["upper 95"])) for row in rows]
    held = [low < R < high for (low, high), R in zip(ends, truth, strict=True)]
    assert np.mean(held) >= 12 / 14
    along = [float(next(iter(row.values()))) for row in rows]
    with (tmp_path / "out" / "circuits.csv").open() as file:
        elements = [row for row in csv.DictReader(file) if row["element"] == "R1"]
    assert len(elements) == len(GROWING)
    assert along in ([5.0 * k for k in range(14)], [k + 1.0 for k in range(14)])


def test_the_table_has_the_first_and_the_last_spectrum(folder):
    fit = fit_bench(read_bench(folder, FACTS))
    first, last = (r for r in fit.rows if r.quantity == "interface resistance per face")
    assert first.condition in ("25 degC, cycle 0", "25 degC, spectrum 1")
    assert last.value / first.value == pytest.approx(1.6, rel=0.03)
    assert not any("energy" in row.quantity for row in fit.rows)


def test_a_few_counted_files_remain_cells_of_their_own(tmp_path):
    rng = np.random.default_rng(4)
    for k in (1, 50):
        (tmp_path / f"bare_cycle{k}_25C.csv").write_text(HEAD + spectrum(100, rng))
    assert len(read_bench(tmp_path, FACTS).cells) == 2


@pytest.mark.parametrize(
    ("words", "rest", "label", "number"),
    [
        (("bare", "cycle10"), ("bare",), "Cycle", 10.0),
        (("bare", "48h"), ("bare",), "Time [h]", 48.0),
        (("5mpa", "bare"), ("bare",), "Pressure [MPa]", 5.0),
        (("bare", "1.5h"), ("bare",), "Time [h]", 1.5),
    ],
)
def test_what_a_name_counts(words, rest, label, number):
    left, along = counted(words)
    assert (left, along.label, along.number) == (rest, label, number)


def test_a_thickness_or_a_plain_number_counts_nothing():
    for words in (("coated", "10nm"), ("bare", "1"), ("bare",)):
        assert counted(words) == (words, None)
