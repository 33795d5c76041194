"""The dip: interface resistance and polarisation against its concentration, after the fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import jax
import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from ssb_model.constants import FROM_MOL_L, TO_MV, TO_OHM_CM2
from ssb_model.fitting import Fit
from ssb_model.reproduction.derived.draws import (
    Answer,
    Drawn,
    interval,
    measured_draws,
    posterior_draws,
)
from ssb_model.reproduction.protocol import CellProtocol
from ssb_model.reproduction.study import COATED, DIPPED, face_resistance, inputs_of
from ssb_model.study import dipped_resistance

if TYPE_CHECKING:
    from ssb_model.study import Study

DRAWS = 500
THICKNESS, EXCHANGE = "coated: layer thickness", "coated: exchange-current density"


@dataclass(frozen=True, eq=False)
class DipDraws:
    """Posterior of layer and dip with the bare face at its optimum.

    Only draws that have the stated concentration as the lowest of those tested: that is the
    paper's statement, and a bound that is met leaves no mark on a normal posterior.

    Attributes
    ----------
    theta
        Values by label.
    share
        Of all draws, those that were kept.
    """

    theta: dict[str, Drawn]
    share: float


def dip_draws(study: Study, protocol: CellProtocol, fit: Fit) -> DipDraws:
    """Draw :class:`DipDraws`."""
    drawn = posterior_draws(fit, DRAWS)
    theta = {k: np.full_like(v, v[0]) if k.startswith("bare") else v for k, v in drawn.items()}
    theta = _as_measured(study, fit, theta)
    c, reference = protocol.concentrations, protocol.reference_concentration
    R = after_dips(study, theta, c, reference)
    kept = R.argmin(axis=0) == list(c).index(reference)
    return DipDraws({name: values[kept] for name, values in theta.items()}, float(kept.mean()))


def after_dips(
    study: Study, theta: Mapping[str, Drawn], concentrations: ArrayLike, reference: float
) -> Float[np.ndarray, "concentrations optimum_and_draws"]:
    """Sum of both faces [Ohm.m2] after dips at concentrations [mol.m-3]."""
    cell, mapping = study.cells[DIPPED], study.free.mapping(DIPPED)
    own = {label: theta[label] for label in mapping}

    def simulate(own: Mapping[str, Float[jax.Array, " n"]]) -> Float[jax.Array, "concentrations n"]:
        return dipped_resistance(cell, mapping, own, np.asarray(concentrations), reference)

    return np.asarray(jax.jit(simulate)(own))


def dip_answers(study: Study, protocol: CellProtocol, draws: DipDraws) -> dict[str, Answer]:
    """Predicted resistances [ohm cm2] and polarisations [mV] at the other tested dips."""
    answers: dict[str, Answer] = {}
    theta = draws.theta
    c, reference = protocol.concentrations, protocol.reference_concentration
    R = after_dips(study, theta, c, reference)
    garnet = theta["garnet: thickness"] / theta["garnet: conductivity"]
    shown = R * TO_OHM_CM2 * protocol.interfaces_counted / 2
    polarisation = protocol.currents[0] * (garnet + R) * TO_MV
    lowest = float(c[int(R[:, 0].argmin())]) / FROM_MOL_L
    answers["dip: concentration of the lowest interface resistance"] = Answer(lowest)
    for k, value in enumerate(c):
        at = f"at {value / FROM_MOL_L:g} mol/L"
        if value != reference:
            for what, drawn in (
                ("interface resistance", shown[k]),
                ("polarisation", polarisation[k]),
            ):
                answers[f"dip: {what} {at}"] = Answer(*map(float, (drawn[0], *interval(drawn))))
    return answers


def _as_measured(study: Study, fit: Fit, theta: dict[str, Drawn]) -> dict[str, Drawn]:
    """Draws whose coated face keeps to its measured resistance.

    Normal draws stray from the curved ridge on which layer and charge transfer add up to it: both
    are scaled by the same factor.
    """
    R = face_resistance(study, COATED, inputs_of(study, COATED, theta))
    scale = measured_draws(fit, COATED, DRAWS) * R[0] / R
    return theta | {THICKNESS: theta[THICKNESS] * scale, EXCHANGE: theta[EXCHANGE] / scale}
