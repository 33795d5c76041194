"""Processes of a fitted cell are its own closed forms, marked where the spectrum shows them."""

import numpy as np
import pytest

from ssb_model.study import load_study
from ssb_model.study.analysis import process_table
from ssb_model.study.analysis.processes import comparison, processes
from ssb_model.study.report.page import page
from ssb_model.study.report.processes import process_lines
from tests.cells import closed_forms as paper

BAND = np.geomspace(6e6, 1e-2, 90)  # Hz
AREA, NOISE = 1e-4, 0.002
TRUTH = {
    "Garnet conductivity [S.m-1]": 0.06,
    "Negative face exchange-current density [A.m-2]": 180.0,
}
FREE = ("Garnet conductivity", "Negative face exchange-current density")


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    """A symmetric and a full cell of the same parts, fitted to their own noisy spectra."""
    folder, rng = tmp_path_factory.mktemp("processes"), np.random.default_rng(2)
    text = 'title = "two cells"\n'
    for kind in ("symmetric", "full"):
        text += f'[cells.{kind}]\ntype = "{kind}"\ncoating = "zni2-0.5"\n'
    for kind in ("symmetric", "full"):
        text += f'[[experiments]]\nkind = "impedance"\ncell = "{kind}"\nfile = "{kind}.csv"\n'
        text += f'noise = "{NOISE}"\n'
        _write(folder / f"{kind}.csv", np.ones(90) - 1j)
    text += "".join(f'[[free]]\nname = "{name}"\n' for name in FREE)
    (folder / "study.toml").write_text(text)
    for kind, cell in load_study(folder / "study.toml").cells.items():
        z = cell.compiled.impedance(BAND, TRUTH)
        parts = rng.normal(size=(2, len(z)))
        _write(folder / f"{kind}.csv", z + NOISE * np.abs(z) * (parts[0] + 1j * parts[1]))
    return load_study(folder / "study.toml").fit(starts=1)


def _write(path, z):
    rows = [f"{f:.17g},{x.real:.17g},{x.imag:.17g}" for f, x in zip(BAND, z, strict=True)]
    path.write_text("\n".join(["frequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm", *rows]) + "\n")


def of(fitted, kind):
    spectrum = next(e for e in fitted.study.experiments if e.cell == kind)
    return spectrum, {p.name: p for p in processes(fitted, spectrum)}


def test_a_symmetric_cells_processes_are_its_closed_forms(fitted):
    _, by_name = of(fitted, "symmetric")
    values = fitted.parameter_values("symmetric")
    R = 2 * paper.charge_transfer_resistance(values, "Negative") / AREA
    C = paper.number(values, "Negative face double-layer capacity [F.m-2]") * AREA / 2
    boundary = paper.number(values, "Garnet grain boundary share") / AREA
    boundary *= paper.garnet_resistance(values)
    layer = 2 * paper.layer_resistance(values, "Negative") / AREA
    assert list(by_name) == [
        "at once",
        "grain boundary",
        "charge-transfer of both faces",
        "layer of both faces",
    ]
    faces = by_name["charge-transfer of both faces"]
    assert faces.resistance == pytest.approx(R, rel=1e-3)
    assert faces.tau == pytest.approx(R * C, rel=0.01)
    assert by_name["grain boundary"].resistance == pytest.approx(boundary, rel=1e-3)
    assert by_name["layer of both faces"].resistance == pytest.approx(layer, rel=2e-3)


def test_resistances_add_up_to_the_cells(fitted):
    _, by_name = of(fitted, "symmetric")
    values = fitted.parameter_values("symmetric")
    total = sum(p.resistance for p in by_name.values())
    assert total == pytest.approx(paper.cell_resistance(values) / AREA, rel=1e-3)


def test_an_interval_is_that_of_the_parameter_that_alone_acts(fitted):
    """R_ct = RT/(F j0): as wide on a logarithmic scale as the exchange current's."""
    _, by_name = of(fitted, "symmetric")
    low, high = by_name["charge-transfer of both faces"].resistance_95
    row = next(row for row in fitted.parameters() if "exchange" in row["parameter"])
    assert high / low == pytest.approx(row["upper95"] / row["lower95"], rel=1e-3)


def test_a_full_cells_faces_and_cathode_are_marked(fitted):
    spectrum, by_name = of(fitted, "full")
    assert "layer of negative face" in by_name
    marks = {mark.name.partition(",")[0]: mark for mark in comparison(fitted, spectrum).marks}
    assert marks["grain boundary"].peak is not None
    assert marks["positive electrode"].peak.tau > by_name["grain boundary"].tau


def test_marks_and_numbers_are_on_the_page_and_in_the_json(fitted):
    text = page(fitted)
    assert "What relaxes" in text and "charge-transfer of negative face" in text
    assert text.count("data:image/png") == 4
    assert {row["name"] for row in process_table(fitted)["full, full.csv"]} >= {"grain boundary"}
    assert '"processes"' in fitted.to_json()


def test_lines_say_the_resistance_of_the_cell_and_that_of_its_area(fitted):
    [line] = [x for x in process_lines(fitted) if "symmetric.csv: charge-transfer of both" in x]
    R = 2 * paper.charge_transfer_resistance(fitted.parameter_values("symmetric"), "Negative")
    ohm, ohm_cm2 = R / fitted.study.cells["symmetric"].area, 1e4 * R
    said = [float(part.split()[0]) for part in line.partition("both faces ")[2].split(", ")[:2]]
    assert said == pytest.approx([ohm, ohm_cm2], rel=1e-3)
