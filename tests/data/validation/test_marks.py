"""A model's processes beside the peaks of its own spectrum, and what a capacitance allows."""

import numpy as np
import pytest

from ssb_model.data.validation import capacitance_classes, mark_processes, relaxation_times
from ssb_model.errors import InputError

from .circuits import FREQUENCY, noisy, rc

FARADAY, GAS, TEMPERATURE = 96485.33212, 8.314462618, 298.15
AREA, THICKNESS = 1e-4, 0.85e-3


@pytest.fixture(scope="module")
def two_arcs():
    return relaxation_times(FREQUENCY, 10 + rc(FREQUENCY, 30, 1e-5) + rc(FREQUENCY, 100, 1e-2))


def processes(values):
    """Resistance [Ohm] and time constant [s] of the coated cell's processes, both faces together.

    The layer is a finite Warburg element, electrons being fast; its first mode is taken.
    """
    face = "Negative face "
    L, w = values["Garnet thickness [m]"], values["Garnet grain boundary share"]
    garnet = w / values["Garnet conductivity [S.m-1]"]
    transfer = GAS * TEMPERATURE / FARADAY / values[face + "exchange-current density [A.m-2]"]
    h, s = (values[face + f"layer {x}"] for x in ("thickness [m]", "ionic conductivity [S.m-1]"))
    storage = (
        FARADAY**2
        / (GAS * TEMPERATURE)
        * (
            values[face + "layer lithium concentration [mol.m-3]"]
            / values[face + "layer thermodynamic factor"]
        )
    )
    permittivity = values["Garnet grain boundary effective permittivity [F.m-1]"]
    return {
        "grain boundaries": (garnet * L / AREA, garnet * permittivity),
        "charge transfer": (
            2 * transfer / AREA,
            transfer * values[face + "double-layer capacity [F.m-2]"],
        ),
        "layer": (2 * h / s / AREA * 8 / np.pi**2, 4 / np.pi**2 * h**2 * storage / s),
    }


@pytest.mark.parametrize("size", [0, 1e-3])
def test_the_coated_cell_shows_its_own_processes(size, coated_cell, random):
    frequency, z, values = coated_cell
    found = relaxation_times(frequency, noisy(z, size, random))
    compared = mark_processes(found, processes(values), area=AREA, thickness=THICKNESS)
    for mark in compared.marks:
        assert mark.peak.resistance == pytest.approx(mark.resistance, rel=0.1)
        assert mark.peak.tau == pytest.approx(mark.tau, rel=0.15)
        assert mark.peak.firm
    allowed = dict(zip(found.peaks, compared.classes, strict=True))
    expected = {
        "grain boundaries": "grain boundaries",
        "charge transfer": "electrode interface",
        "layer": "reaction",
    }
    for mark in compared.marks:
        assert expected[mark.name] in allowed[mark.peak]


def test_a_process_goes_to_the_nearest_peak(two_arcs):
    compared = mark_processes(two_arcs, {"fast": (28, 2e-5), "slow": (90, 5e-3)})
    assert [mark.peak for mark in compared.marks] == list(two_arcs.peaks)
    assert "fast (28 Ohm at 2e-05 s); 0.933 times the peak's resistance" in compared.summary()


def test_processes_that_share_a_peak_add_up(two_arcs):
    compared = mark_processes(two_arcs, {"left": (60, 8e-3), "right": (40, 1.2e-2)})
    assert [mark.name for mark in compared.at(two_arcs.peaks[-1])] == ["left", "right"]
    assert "1 times the peak's resistance" in compared.summary()


def test_a_process_far_from_every_peak_has_none(two_arcs):
    compared = mark_processes(two_arcs, {"void": (5, 10.0)})
    assert compared.marks[0].peak is None
    assert "void, 5 Ohm at 10 s: no peak" in compared.summary()
    assert compared.summary().count("No process of the model") == len(two_arcs.peaks)


@pytest.mark.parametrize(
    ("capacity", "expected"),
    [  # F.cm-2 on a face, of a pellet 1 cm thick and 1 cm2 wide
        (1e-12, ("bulk",)),
        (1e-10, ("grain boundaries",)),
        (3e-9, ("grain boundaries", "surface layer")),
        (3e-8, ("surface layer",)),
        (1e-6, ("electrode interface",)),
        (1e-4, ("reaction",)),
        (1e-15, ()),
    ],
)
def test_decades_of_capacitance_at_a_cell_constant_of_1(capacity, expected):
    assert capacitance_classes(capacity, area=1e-4, thickness=1e-2) == expected


def test_the_pellet_scales_with_its_thickness_and_the_faces_do_not():
    thin, thick = (capacitance_classes(5e-11, 1e-4, thickness) for thickness in (1e-4, 1e-2))
    assert thin == ("bulk",)
    assert thick == ("grain boundaries",)
    for thickness in (1e-4, 1e-2):
        assert "surface layer" in capacitance_classes(5e-8, 1e-4, thickness)


def test_without_a_thickness_only_faces_are_considered():
    assert capacitance_classes(1e-10, area=1e-4) == ()


@pytest.mark.parametrize("pair", [(0, 1e-3), (5, -1), (5, np.nan), (5,), "ab", None])
def test_a_process_without_resistance_and_time_constant_is_refused(pair, two_arcs):
    with pytest.raises(InputError, match="rocess 'skin' must"):
        mark_processes(two_arcs, {"skin": pair})


@pytest.mark.parametrize("size", [{"area": 0}, {"area": 1e-4, "thickness": -1e-3}])
def test_impossible_dimensions_are_refused(size, two_arcs):
    with pytest.raises(InputError, match=r"(area|thickness) must be positive .*: give it in m"):
        mark_processes(two_arcs, {}, **size)
