"""The physics beside the circuits of a folder: values, the study that it wrote, what blocks."""

from dataclasses import replace

import numpy as np
import pytest

from ssb_model.bench import Facts, fit_bench, read_bench, read_facts
from ssb_model.bench.physics.beside import apart
from ssb_model.bench.table import Row
from ssb_model.study import load_study
from tests.bench.benches import CELSIUS, random_truth, write_bench, zarc


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """A folder of two cells, fitted; its truth; the interface resistances as measured."""
    folder = tmp_path_factory.mktemp("cells")
    rng = np.random.default_rng(1)
    truth = random_truth(rng)
    met = write_bench(folder, truth, rng)
    return fit_bench(read_bench(folder, read_facts(folder))), truth, met


def row(fit, cell, quantity, condition):
    [one] = [
        r for r in fit.rows if (r.cell, r.quantity, r.condition) == (cell, quantity, condition)
    ]
    return one


@pytest.mark.parametrize("face", ["bare", "coated"])
def test_physics_and_circuit_stand_in_one_row_and_agree(found, face):
    fit, _, met = found
    for celsius in CELSIUS:
        one = row(fit, face, "interface resistance per face", f"{celsius:g} degC")
        assert one.circuit_lower95 < one.circuit < one.circuit_upper95
        assert one.value == pytest.approx(met[face, celsius], rel=0.06)
        assert one.circuit == pytest.approx(one.value, rel=0.1)
    assert not any("by the physics and" in text for text in fit.warnings)


def test_the_physics_is_narrower_than_circuits_one_by_one(found):
    fit, *_ = found
    ratios = [
        (r.upper95 - r.lower95) / (r.circuit_upper95 - r.circuit_lower95)
        for r in fit.rows
        if r.quantity == "interface resistance per face"
    ]
    assert np.median(ratios) < 1


def test_the_study_that_it_assumed_is_written_and_is_one(found, tmp_path):
    fit, truth, _ = found
    fit.save(tmp_path)
    study = load_study(tmp_path / "study.toml")
    assert set(study.cells) == set(truth.faces)
    assert len(study.fitted) == 2 * len(CELSIUS)
    header = (tmp_path / "table.csv").read_text().splitlines()[0]
    wanted = "cell,quantity,condition,value,lower95,upper95,unit,note"
    assert header == f"{wanted},circuit,circuit_lower95,circuit_upper95"


def folder_of(tmp_path, z, f):
    rows = "".join(f"{a:.8g},{b.real:.8g},{b.imag:.8g}\n" for a, b in zip(f, z, strict=True))
    (tmp_path / "pellet_25C.csv").write_text(
        "# synthetic\nFrequency [Hz],Re(Z) [Ohm],Im(Z) [Ohm]\n" + rows
    )
    return read_bench(tmp_path, Facts(thickness=1e-3, area=1e-4))


def test_a_cell_that_blocks_has_no_interface_resistance(tmp_path):
    f = np.geomspace(5e6, 1, 61)
    rng = np.random.default_rng(2)
    z = zarc(f, 3e3, 2e-11, 0.95) + zarc(f, 2e3, 1e-9, 0.88) + 1 / (3e-7 * (2j * np.pi * f) ** 0.92)
    z = z * (1 + 0.003 * (rng.normal(size=61) + 1j * rng.normal(size=61)))
    fit = fit_bench(folder_of(tmp_path, z, f))
    assert not any(r.quantity.startswith("interface") for r in fit.rows)
    assert any("its faces block" in text for text in fit.warnings)
    sigma = row(fit, "pellet", "garnet conductivity", "25 degC")
    assert sigma.value == pytest.approx(1e-3 / (5e3 * 1e-4) * 10, rel=0.02)  # mS/cm
    assert sigma.circuit is not None
    assert fit.study.cells["pellet"].type == "blocking"


def test_one_temperature_needs_no_activation_energy(tmp_path):
    f = np.geomspace(5e6, 0.1, 71)
    rng = np.random.default_rng(2)
    z = 1 + 120 + zarc(f, 40, 1e-5, 0.9) * np.linspace(0.99, 1.01, 71)
    z = z * (1 + 0.005 * (rng.normal(size=71) + 1j * rng.normal(size=71)))
    fit = fit_bench(folder_of(tmp_path, z, f))
    assert not any("energy" in r.quantity for r in fit.rows)
    one = row(fit, "pellet", "interface resistance per face", "25 degC")
    assert one.lower95 < 20 < one.upper95


def test_intervals_that_do_not_meet_are_said():
    one = Row("a", "garnet conductivity", "25 degC", 0.5, 0.49, 0.51, "mS/cm")
    with_circuit = replace(one, circuit=0.6, circuit_lower95=0.58, circuit_upper95=0.62)
    said = apart("a", with_circuit, Facts())
    assert "0.49 to 0.51 mS/cm by the physics and 0.58 to 0.62 by the circuit" in said
    assert "leads" in said
    near = replace(with_circuit, circuit_lower95=0.505)
    assert not apart("a", near, Facts())


@pytest.mark.parametrize("faces", [((60.0, 2e-6), (90.0, 5e-4)), ((90.0, 2e-6), (60.0, 5e-4))])
def test_faces_of_two_arcs_are_met_whichever_is_larger(tmp_path, faces):
    """The fast one of an interphase, the slow one of the charge transfer (ohm cm2, F/cm2)."""
    f = np.geomspace(7e6, 0.02, 70)
    rng = np.random.default_rng(3)
    z = zarc(f, 60.0, 8e-9, 0.9) + sum(zarc(f, 2 * R, C / 2, 0.9) for R, C in faces)
    z = z * (1 + 0.01 * (rng.normal(size=70) + 1j * rng.normal(size=70)))
    fit = fit_bench(folder_of(tmp_path, z, f))
    one = row(fit, "pellet", "interface resistance per face", "25 degC")
    assert one.circuit is not None, fit.warnings
    assert one.lower95 < 150.0 < one.upper95
    [cell] = fit.study.cells.values()
    assert cell.options["interface"] == "two arcs"
    C = row(fit, "pellet", "interface capacitance per face", "25 degC")
    assert "of the larger arc" in C.note
    assert C.value == pytest.approx(1e6 * max(faces)[1], rel=0.3)
    assert C.circuit == pytest.approx(C.value, rel=0.1)
