"""A spectrum with more arcs than the model, and what a study takes from parameter files."""

import numpy as np
import pytest

from ssb_model import CellTable, ImpedanceTable, make_study, read_impedance
from ssb_model.study import assumed_sentence
from ssb_model.study.analysis import beside_circuit
from ssb_model.study.report import page
from tests.bench.benches import zarc

SLOW = ["resistance", "double-layer capacity", "constant-phase exponent"]
SLOW = [f"Negative face slow {'interface ' if k == 0 else ''}{name}" for k, name in enumerate(SLOW)]
FREE = [
    "Garnet conductivity",
    "Negative face interface resistance",
    "Negative face double-layer capacity",
    "Negative face constant-phase exponent",
]


@pytest.fixture(scope="module")
def two_arcs(tmp_path_factory):
    """A garnet of 100 ohm and two arcs, of 60 ohm at 60 us and of 25 ohm at 50 ms."""
    f = np.geomspace(1e5, 0.1, 61)
    rng = np.random.default_rng(5)
    z = 100 + zarc(f, 60, 1e-6, 0.9) + zarc(f, 25, 2e-3, 0.9)
    z = z * (1 + 0.003 * (rng.normal(size=61) + 1j * rng.normal(size=61)))
    path = tmp_path_factory.mktemp("data") / "two.csv"
    rows = "".join(f"{a:.8g},{b.real:.8g},{b.imag:.8g}\n" for a, b in zip(f, z, strict=True))
    path.write_text("# synthetic\nFrequency [Hz],Re(Z) [Ohm],Im(Z) [Ohm]\n" + rows)
    return read_impedance(path)


def study(data, arcs, free, noise):
    options = {"interface": arcs, "double layer": "constant phase", "garnet permittivity": "none"}
    cell = CellTable(type="symmetric", coating="interface", options=options)
    return make_study(cell, ImpedanceTable(data=data, noise=noise), free)


@pytest.mark.parametrize("noise", ["0.3 %", "estimate"])
def test_an_arc_that_the_model_has_not_is_named_with_its_cure(two_arcs, noise):
    fit = study(two_arcs, "one arc", FREE, noise).fit(starts=2)
    [said] = [text for text in fit.warnings() if "an arc that the model has not" in text]
    assert '"interface" = "two arcs"' in said
    assert "No further measurement helps" in said
    assert fit.missed


def test_the_circuit_has_the_arc_and_says_why_the_model_differs(two_arcs):
    fit = study(two_arcs, "one arc", FREE, "0.3 %").fit(starts=2)
    high, interface = beside_circuit(fit, fit.study.fitted[0])
    assert high.circuit[1][0] < 100 < high.circuit[1][1]
    assert interface.circuit[1][0] < 85 < interface.circuit[1][1]
    assert interface.why.endswith(
        "do not meet within their intervals: the model misses this spectrum."
    )
    text = page(fit)
    assert "L-R-(RQ)-(RQ)" in text and interface.why in text


def test_two_arcs_meet_two_arcs(two_arcs):
    fit = study(two_arcs, "two arcs", [*FREE, *SLOW], "estimate").fit(starts=4)
    assert not fit.missed
    for one, true in zip(beside_circuit(fit, fit.study.fitted[0]), (100, 85), strict=True):
        assert one.model[1][0] < true < one.model[1][1]
        assert one.circuit[1][0] < true < one.circuit[1][1]
        assert not one.why
    numbers = fit.fit.parameters
    faces = [numbers[f"Negative face {arc}interface resistance"] for arc in ("", "slow ")]
    assert np.multiply(faces, 2) == pytest.approx([60e-4, 25e-4], rel=0.03)  # the cell has 1 cm2


def test_what_was_not_measured_is_listed(two_arcs):
    said = assumed_sentence(study(two_arcs, "one arc", FREE, "0.3 %"))
    assert said.startswith("From parameter files, not measured by you: ")
    assert "Garnet thickness 0.85 mm" in said
    assert "interface resistance" not in said
    assert "exchange-current" not in said
