"""Interface arcs, read from the fitted cells' own spectra as one reads a measured one.

The fit compares resistances at rest with what the paper read from arcs. Whether a spectrum of the
fitted cell would have been read as that resistance depends on what relaxes with the pellet and
what with the interface; so the circuit L-R-(RQ)-(RQ) is fitted to it, the arc of the bulk and of
the grain boundary first, and its slowest resistance is the reading. The width of the gaps between
contacts is not fitted: it is drawn from its prior, the rest from the posterior.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from ssb_model.circuits import fit_circuits
from ssb_model.constants import TO_OHM_CM2
from ssb_model.reproduction.derived.draws import (
    Answer,
    interval,
    measured_draws,
    posterior_draws,
    prior_draws,
)
from ssb_model.reproduction.study import BARE, COATED, face_resistance, inputs_of, spectra_of

if TYPE_CHECKING:
    from ssb_model.fitting import Fit
    from ssb_model.reproduction.protocol import CellProtocol
    from ssb_model.study import Study

CIRCUIT, ARC = "L-R-(RQ)-(RQ)", "R2"
GAP = "Lithium gap width [m]"
DRAWS = 40


def arc_answers(study: Study, protocol: CellProtocol, fit: Fit) -> dict[str, Answer]:
    """Rows of the arcs' readings [ohm cm2]."""
    answers = {}
    for name in (BARE, COATED):
        read = interface_arcs(study, protocol, fit, name)
        low, high = interval(read)
        answers[f"arc: {name}"] = Answer(float(read[0]), float(low), float(high))
    return answers


def interface_arcs(
    study: Study, protocol: CellProtocol, fit: Fit, name: str
) -> Float[np.ndarray, " optimum_and_draws"]:
    """Readings of a cell's interface arc [ohm cm2], at the optimum and for draws.

    Each draw's reading is taken as a share of its resistance at rest, and that resistance by its
    own posterior: normal draws of parameters that only their sum determines do not keep to it.
    """
    cell = study.cells[name]
    relaxing = {**cell.options, "garnet permittivity": "bulk and grain boundary"}
    whole = replace(cell, options=relaxing, inputs=(*cell.inputs, GAP))
    gap = prior_draws({GAP: cell.quantities[GAP]}, DRAWS)
    drawn = inputs_of(study, name, posterior_draws(fit, DRAWS))
    known = whole.compiled.input_names
    inputs = {key: value for key, value in (drawn | gap).items() if key in known}
    spectra = spectra_of(whole, inputs, protocol.band)
    circuits = fit_circuits([(protocol.band, z) for z in spectra], CIRCUIT, drift=0)
    at_rest = face_resistance(study, name, drawn)
    read = np.array([one[ARC].value for one in circuits]) / (at_rest * TO_OHM_CM2)
    return read * at_rest[0] * TO_OHM_CM2 * measured_draws(fit, name, DRAWS)
