"""Observables of the dip: interface resistance and polarisation against its concentration.

The layer's thickness is in proportion to the concentration, that at 0.5 mol/L the fitted one; its
covered share grows as :func:`ssb_model.cells.face.coverage.coverage` says; what it leaves bare is
the bare cell's face, in parallel.
"""

import jax.numpy as jnp
import numpy as np

from ssb_model.cells.face.coverage import coverage
from ssb_model.compiled.control import CURRENT
from ssb_model.fitting import Simulator
from ssb_model.reproduction.members import by_member, member_inputs
from ssb_model.reproduction.symmetric import BARE, COATED, GARNET, OUTPUTS, TO_OHM_CM2

DIP = {
    "dip: coverage threshold": "Negative face dip coverage threshold [mol.m-3]",
    "dip: coverage sharpness": "Negative face dip coverage sharpness",
}
THICKNESS = "coated: layer thickness"
ISOTHERMAL = {label: names for label, names in GARNET.items() if "energy" not in label}
BARE_FACE = {label: names for label, names in BARE.items() if "energy" not in label}
CELL_RESISTANCE = OUTPUTS.index("Cell resistance [Ohm.m2]")


def dip_simulator(cells, protocol):
    """Resistances [ohm cm2] and polarisations [mV] at each tested concentration."""
    c, reference = np.array(protocol.concentrations), protocol.reference_concentration
    labels = (*ISOTHERMAL, *COATED, *BARE_FACE, *DIP)

    def simulate(theta):
        R = dipped_resistance(cells, theta, c, reference) * protocol.interfaces_counted / 2
        relative = R / R[list(c).index(reference)]
        garnet = theta["garnet: thickness"] / theta["garnet: conductivity"]
        polarisation = protocol.currents[0] * (garnet + R * 2 / protocol.interfaces_counted) * 1e3
        others = jnp.asarray([k for k, value in enumerate(c) if value != reference])
        return jnp.concatenate([R * TO_OHM_CM2, polarisation, relative[others]])

    at = [f"at {value / 1e3:g} mol/L" for value in c]
    names = [f"dip: interface resistance {x}" for x in at]
    names += [f"dip: polarisation {x}" for x in at]
    names += [
        f"dip: interface resistance {x} over that at {reference / 1e3:g} mol/L"
        for x, value in zip(at, c, strict=True)
        if value != reference
    ]
    return Simulator("dip", labels, tuple(names), simulate)


def dipped_resistance(cells, theta, concentrations, reference):
    """Sum of both faces [Ohm.m2] after dips at ``concentrations``, (concentrations, batch)."""
    c = jnp.asarray(concentrations)[:, None]
    thickness = theta[THICKNESS] * c / reference
    layers = {COATED[THICKNESS][0]: thickness.reshape(-1)}
    coated = _faces(cells.coated, ISOTHERMAL | COATED, theta, len(concentrations), layers)
    bare = _faces(cells.bare, ISOTHERMAL | BARE_FACE, theta, 1, {})
    share = coverage(c, theta["dip: coverage threshold"], theta["dip: coverage sharpness"])
    return 1 / (share / coated + (1 - share) / bare)


def _faces(compiled, mapping, theta, members, own):
    """Sum of both faces at rest [Ohm.m2], (members, batch); ``own`` are inputs of each member."""
    batch = theta["garnet: thickness"].shape[0]
    inputs = member_inputs(
        compiled.system.defaults, mapping, theta, {CURRENT: np.zeros(members)}, members
    )
    whole = by_member(compiled.at_rest(inputs | own)[CELL_RESISTANCE], members)
    garnet = theta["garnet: thickness"] / theta["garnet: conductivity"]
    return whole.reshape(members, batch) - garnet
