"""Every shipped electrolyte in the cells that take it: its resistance is that of its numbers."""

from pathlib import Path

import numpy as np
import pytest

import ssb_model
from ssb_model import BlockingCell, CellTable, ImpedanceTable, InputError, SymmetricCell, make_study
from ssb_model.library import known_parameter_sets, load_parameter_set

from . import closed_forms as paper

ELECTROLYTES = [name for name in known_parameter_sets() if Path(name).parent.name == "garnets"]
BAND = np.geomspace(1e7, 1e-3, 41)  # Hz


def options_of(values):
    """Those without grain boundaries cannot have their relaxation."""
    share = paper.number(values, "Garnet grain boundary share")
    return {} if share else {"garnet permittivity": "bulk"}


def test_the_customary_electrolytes_are_shipped():
    named = {Path(name).name for name in ELECTROLYTES}
    assert named >= {"llzto", "latp", "lagp", "nzsp", "li6ps5cl", "peo-litfsi"}


@pytest.mark.parametrize("name", ELECTROLYTES)
@pytest.mark.parametrize("cell", ["blocking", "symmetric"])
def test_its_resistance_is_that_of_its_conductivity(name, cell):
    """Between its arcs and the blocking spike, or less than all of a symmetric cell."""
    values = ssb_model.cell_parameters(cell, garnet=name)
    make = BlockingCell if cell == "blocking" else SymmetricCell
    compiled = ssb_model.compile(make(options_of(values)), values)
    z = np.ravel(compiled.impedance(BAND)) * paper.number(values, "Cell area [m2]")
    R = paper.garnet_resistance(values)
    assert (np.diff(z.real) >= -1e-12 * R).all(), "the real part falls with the frequency"
    if cell == "blocking":
        assert z[-1].real == pytest.approx(R, rel=1e-3)
    else:
        assert z[-1].real > R


@pytest.mark.parametrize("name", ELECTROLYTES)
def test_what_no_source_states_has_a_prior_or_is_the_users_own(name):
    loaded = load_parameter_set(name)
    own = {"thickness", "area", "grain boundary share", "conductivity activation energy"}
    own.add("grain boundary activation energy")  # zero, as that of the whole
    for quantity in loaded.parameters.values():
        if quantity.tag == "assumed" and quantity.prior is None:
            spared = "without effect" in quantity.source or quantity.name.startswith("critical")
            assert quantity.name in own or spared


def spectrum(name):
    """A blocking spectrum of an electrolyte at its own numbers."""
    values = ssb_model.cell_parameters("blocking", garnet=name)
    compiled = ssb_model.compile(BlockingCell(options_of(values)), values)
    return np.ravel(compiled.impedance(BAND))


@pytest.mark.parametrize("key", ["electrolyte", "garnet"])
@pytest.mark.parametrize("name", ["latp", "peo-litfsi"])
def test_a_study_takes_it_by_either_key_and_gives_its_conductivity_back(name, key, tmp_path):
    z = spectrum(name)
    rows = "".join(f"{f:.17g},{x.real:.17g},{x.imag:.17g}\n" for f, x in zip(BAND, z, strict=True))
    path = tmp_path / "made.csv"
    path.write_text("# synthetic\nfrequency/Hz,Re(Z)/Ohm,Im(Z)/Ohm\n" + rows)
    known = options_of(ssb_model.cell_parameters("blocking", garnet=name))
    table = CellTable(**{"type": "blocking", key: name, "options": known})
    measured = ImpedanceTable(file=str(path), noise="0.1 %")
    fitted = make_study({"cell": table}, measured, ["Garnet conductivity"]).fit(starts=2)
    [row] = fitted.parameters()
    own = load_parameter_set(name).parameters["conductivity"].value
    assert row["lower95"] <= own <= row["upper95"] and row["value"] == pytest.approx(own, rel=1e-3)


@pytest.mark.parametrize("name", ELECTROLYTES)
def test_it_stands_in_the_reference_with_its_conductivity_and_range(name):
    page = Path(__file__).resolve().parents[2] / "docs" / "reference" / "files.md"
    lines = page.read_text("utf-8").splitlines()
    [line] = [line for line in lines if line.startswith(f"| `{Path(name).name}` |")]
    quantity = load_parameter_set(name).parameters["conductivity"]
    shown = (quantity.value, quantity.prior.lower, quantity.prior.upper)
    value, low, high = (f"{10 * number:.3g}" for number in shown)
    assert f"| {value} ({low} … {high}) |" in line


def test_both_keys_at_once_are_refused():
    with pytest.raises(InputError, match="electrolyte and garnet are the same: give one"):
        CellTable(type="blocking", electrolyte="latp", garnet="lagp")
