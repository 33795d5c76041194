"""Observables of the dip: interface resistance and polarisation against its concentration.

The layer's thickness is in proportion to the concentration, that at 0.5 mol/L the fitted one; its
covered share grows as :func:`ssb_model.cells.face.coverage.coverage` says; what it leaves bare is
the bare cell's face, in parallel.
"""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from ssb_model.cells.face.coverage import coverage
from ssb_model.compiled.control import CURRENT
from ssb_model.fitting import Simulator
from ssb_model.fitting.members import by_member, member_inputs
from ssb_model.reproduction.draws import Answer, interval, measured_draws, posterior_draws
from ssb_model.reproduction.symmetric import BARE, COATED, GARNET, OUTPUTS, TO_OHM_CM2

DIP = {
    "dip: coverage threshold": "Negative face dip coverage threshold [mol.m-3]",
    "dip: coverage sharpness": "Negative face dip coverage sharpness",
}
DRAWS = 500
THICKNESS = "coated: layer thickness"
ISOTHERMAL = {label: names for label, names in GARNET.items() if "energy" not in label}
BARE_FACE = {label: names for label, names in BARE.items() if "energy" not in label}
CELL_RESISTANCE = OUTPUTS.index("Cell resistance [Ohm.m2]")


def dip_simulator(cells, protocol):
    """Interface resistances at the other tested concentrations over that at the stated one."""
    c, reference = np.array(protocol.concentrations), protocol.reference_concentration
    labels = (*ISOTHERMAL, *COATED, *BARE_FACE, *DIP)

    others = [k for k, value in enumerate(c) if value != reference]

    def simulate(theta):
        R = dipped_resistance(cells, theta, c, reference)
        return (R / R[list(c).index(reference)])[jnp.asarray(others)]

    over = f"over that at {reference / 1e3:g} mol/L"
    names = [f"dip: interface resistance at {c[k] / 1e3:g} mol/L {over}" for k in others]
    return Simulator("dip", labels, tuple(names), simulate)


def dipped_resistance(cells, theta, concentrations, reference, scale=1.0):
    """Sum of both faces [Ohm.m2] after dips at ``concentrations``, (concentrations, batch).

    ``scale`` (batch,) multiplies the coated face's.
    """
    c = jnp.asarray(concentrations)[:, None]
    thickness = theta[THICKNESS] * c / reference
    layers = {COATED[THICKNESS][0]: thickness.reshape(-1)}
    coated = scale * _faces(cells.coated, ISOTHERMAL | COATED, theta, len(concentrations), layers)
    bare = _faces(cells.bare, ISOTHERMAL | BARE_FACE, theta, 1, {})
    share = coverage(c, theta["dip: coverage threshold"], theta["dip: coverage sharpness"])
    return 1 / (share / coated + (1 - share) / bare)


class DipDraws(NamedTuple):
    """Posterior of layer and dip with the bare face at its optimum, (draws,) by label.

    Only draws that have the stated concentration as the lowest of those tested: that is the
    paper's statement, and a bound that is met leaves no mark on a normal posterior. ``share`` of
    the draws were kept; the first is the optimum. ``scale`` (draws,) of the coated face keeps it
    to its measured resistance, from whose curved ridge normal draws of its parameters stray.
    """

    theta: dict
    scale: np.ndarray
    share: float


def dip_draws(cells, protocol, fit):
    """Draw :class:`DipDraws`."""
    drawn = posterior_draws(fit, DRAWS)
    theta = {k: np.full_like(v, v[0]) if k.startswith("bare") else v for k, v in drawn.items()}
    c, reference = protocol.concentrations, protocol.reference_concentration
    drawn = _faces(cells.coated, ISOTHERMAL | COATED, theta, 1, {})[0]
    scale = measured_draws(fit, "coated", DRAWS) * drawn[0] / drawn
    R = np.asarray(dipped_resistance(cells, theta, c, reference, scale))
    kept = R.argmin(axis=0) == list(c).index(reference)
    theta = {name: values[kept] for name, values in theta.items()}
    return DipDraws(theta, np.asarray(scale)[kept], float(kept.mean()))


def dip_answers(cells, protocol, draws):
    """Predicted resistances [ohm cm2] and polarisations [mV] at the other tested dips."""
    answers, theta = {}, draws.theta
    c, reference = protocol.concentrations, protocol.reference_concentration
    R = np.asarray(dipped_resistance(cells, theta, c, reference, draws.scale))
    garnet = theta["garnet: thickness"] / theta["garnet: conductivity"]
    shown = R * TO_OHM_CM2 * protocol.interfaces_counted / 2
    polarisation = protocol.currents[0] * (garnet + R) * 1e3
    lowest = float(c[int(R[:, 0].argmin())]) / 1e3
    answers["dip: concentration of the lowest interface resistance"] = Answer(lowest)
    for k, value in enumerate(c):
        at = f"at {value / 1e3:g} mol/L"
        if value != reference:
            for what, drawn in (
                ("interface resistance", shown[k]),
                ("polarisation", polarisation[k]),
            ):
                answers[f"dip: {what} {at}"] = Answer(*map(float, (drawn[0], *interval(drawn))))
    return answers


def _faces(compiled, mapping, theta, members, own):
    """Sum of both faces at rest [Ohm.m2], (members, batch); ``own`` are inputs of each member."""
    batch = theta["garnet: thickness"].shape[0]
    inputs = member_inputs(
        compiled.system.defaults, mapping, theta, {CURRENT: np.zeros(members)}, members
    )
    rest = jax.jit(compiled.at_rest)(inputs | own)
    whole = by_member(rest[CELL_RESISTANCE], members)
    garnet = theta["garnet: thickness"] / theta["garnet: conductivity"]
    return whole.reshape(members, batch) - garnet
