"""Critical currents: each law forced through the bare and the coated cell, asked about the others.

The laws see the fitted interface resistances and the stated critical currents, each with its
uncertainty: draws of the fit's posterior, and one step of the ramp. For the cells that the paper
does not give a resistance of, it is predicted: at 1.5 mol/L from the layer at 0.5 mol/L, three
times as thick; with LiI alone from LiI's own priors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.constants import HOUR, TO_MA_CM2, TO_OHM_CM2
from ssb_model.critical_current import (
    ContactLaw,
    CriticalCurrentLaw,
    MeasuredCell,
    calibrate,
    filament_share,
)
from ssb_model.fitting import Fit
from ssb_model.library import load_parameter_set
from ssb_model.reproduction.derived.draws import (
    Answer,
    Drawn,
    interval,
    measured_draws,
    posterior_draws,
    prior_draws,
)
from ssb_model.reproduction.protocol import RAMP
from ssb_model.reproduction.study import (
    BARE,
    COATED,
    RATE_CELL,
    face_resistance,
    inputs_of,
)
from ssb_model.study import RateTest

if TYPE_CHECKING:
    from ssb_model.library import Experiment
    from ssb_model.reproduction.protocol import CellProtocol
    from ssb_model.study import Study

DRAWS, RATE_DRAWS = 200, 2000
RATE_TEST = "rate test"
THICK, IONIC = "ZnI2 1.5 mol/L", "I2"
SCATTER = np.log(1.6)  # of ln J between cells and laws: 68 % of outside cells lie within x/÷ 1.6
STATED = {"bare": 14, "coated": 15, THICK: 16, IONIC: 17}

#: quantities of the LiI layer that its resistance depends on, as inputs of the coated cell
LII = {
    name: f"Negative face {name} [{unit}]"
    for name, unit in (
        ("layer thickness", "m"),
        ("layer ionic conductivity", "S.m-1"),
        ("exchange-current density", "A.m-2"),
    )
}


@dataclass(frozen=True, eq=False)
class Critical:
    """The calibrated laws and what they were calibrated on.

    Attributes
    ----------
    laws
        By name; their constants are arrays, the optimum first, then the draws.
    resistances
        Interface resistance of each cell, sum of both faces [Ohm.m2].
    inputs
        Inputs of each cell at the optimum, by PyBaMM name.
    """

    laws: Mapping[str, CriticalCurrentLaw]
    resistances: Mapping[str, Drawn]
    inputs: Mapping[str, Mapping[str, float]]


def critical_study(
    experiment: Experiment, founding: Study, protocol: CellProtocol, fit: Fit
) -> Critical:
    """Calibrate all laws on the fit's resistances and the stated critical currents."""
    theta = posterior_draws(fit, DRAWS)
    thicker = max(protocol.concentrations) / protocol.reference_concentration
    inputs = _cell_inputs(founding, theta, thicker)
    R = {
        cell: face_resistance(founding, BARE if cell == BARE else COATED, of)
        for cell, of in inputs.items()
    }
    R = _as_measured(R, fit)
    garnet = theta["garnet: thickness"] / theta["garnet: conductivity"]
    measured = [
        MeasuredCell(R[cell], _with_noise(experiment, protocol, cell))
        for cell in ("bare", "coated")
    ]
    optimum = {
        cell: {name: float(values[0]) for name, values in of.items()} for cell, of in inputs.items()
    }
    return Critical(dict(calibrate(measured, garnet)), R, optimum)


def law_answers(experiment: Experiment, critical: Critical) -> dict[str, Answer]:
    """Rows of the closed forms: the current of each law, and what it requires of two cells."""
    rng = np.random.default_rng(1)
    answers = {}
    for name, law in critical.laws.items():
        for cell, R in critical.resistances.items():
            J = np.asarray(law.current_density(_reachable(law, R))) * TO_MA_CM2
            scatter = np.exp(rng.normal(0, SCATTER, len(J))) if cell in (THICK, IONIC) else 1.0
            spread = (J[0], *interval(J * scatter))
            answers[f"critical current: {cell}, law {name}"] = Answer(*map(float, spread))
        for cell in (THICK, IONIC):
            J = np.full(1 + DRAWS, experiment.statements[STATED[cell]].to_si("A.m-2"))
            needed = _required(law, J)
            answers[f"required by law {name}: {cell}"] = Answer(
                *map(float, (needed[0], *interval(needed)))
            )
    return answers


def rate_answers(experiment: Experiment, study: Study) -> dict[str, Answer]:
    """C-rate at which a full cell passes the stated critical current of its face.

    The loading is not in the text: its prior and one step of the ramp are the interval.
    """
    loading = "Positive electrode areal loading [kg.m-2]"
    cell = study.cells[RATE_CELL]
    drawn = prior_draws({loading: cell.quantities[loading]}, RATE_DRAWS)[loading]
    specific = float(cell.values["Positive electrode 1C specific current [A.kg-1]"])
    answers = {}
    for face in (COATED, BARE):
        J = experiment.statements[STATED[face]].to_si("A.m-2")
        step = experiment.protocols[RAMP].settings["current density step"].to_si("A.m-2")
        noise = np.random.default_rng(STATED[face]).normal(0, step, RATE_DRAWS)
        rates = np.append(J, J + noise) / (specific * drawn)
        spread = (rates[0], *interval(rates))
        answers[f"{face}: C-rate at the critical current"] = Answer(*map(float, spread))
    return answers


def full_cell_answers(experiment: Experiment, study: Study) -> dict[str, Answer]:
    """Shares [%] of full cells that short while they are charged, at the rates of the rate test,
    and where half of them do the C-rate of that, with the probability that a cell's is tested.

    Of each face's stated critical current with the scatter between cells, of the priors of the
    loading and of the filament charge, and of the measured capacities.
    """
    cell = study.cells[RATE_CELL]
    names = ("Positive electrode areal loading [kg.m-2]", "Filament charge [C.m-2]")
    drawn = prior_draws({name: cell.quantities[name] for name in names}, RATE_DRAWS)
    loading, q_f = (drawn[name][1:] for name in names)
    specific = float(cell.values["Positive electrode 1C specific current [A.kg-1]"])
    [test] = [e for e in study.experiments if e.name == RATE_TEST and isinstance(e, RateTest)]
    assert test.capacity is not None
    answers = {}
    for face in (COATED, BARE):
        stated = experiment.statements[STATED[face]].to_si("A.m-2")
        scatter = np.random.default_rng(STATED[face]).normal(0, SCATTER, RATE_DRAWS)
        shares = {}
        for rate, capacity in zip(test.c_rate, test.capacity, strict=True):
            Q, J = capacity * HOUR * loading, rate * specific * loading
            shorted = filament_share(Q, J, stated * np.exp(scatter), q_f) >= 1
            shares[float(rate)] = float(np.mean(shorted))
            answers[f"{face}: full cells that short at {rate:g}C"] = Answer(100 * shares[rate])
        if (most := shares[max(shares)]) >= 0.5:
            half = np.exp(np.interp(0.5, list(shares.values()), np.log(list(shares))))
            name = f"{face}: C-rate at which half of the full cells short"
            answers[name] = Answer(float(half), probability=most)
    return answers


def _required(law: CriticalCurrentLaw, J: Drawn) -> Drawn:
    """Interface resistance [ohm cm2] that a critical current requires, of the contact law theta."""
    if isinstance(law, ContactLaw):
        return np.asarray(law.contact_fraction_at(J))
    return np.asarray(law.resistance_at(J)) * TO_OHM_CM2


def _reachable(law: CriticalCurrentLaw, R: Drawn) -> Drawn:
    """Of the contact law: a resistance below that of full contact is full contact."""
    return np.clip(R, *law.resistance_range)


def _cell_inputs(
    founding: Study, theta: Mapping[str, Drawn], thicker: float
) -> dict[str, dict[str, Drawn]]:
    """Inputs of the four cells by PyBaMM name.

    The layer of the strongest dip is ``thicker`` than the fitted one, in proportion to the dip.
    """
    bare, coated = (inputs_of(founding, cell, theta) for cell in (BARE, COATED))
    thickness = LII["layer thickness"]
    lii = load_parameter_set("i2")
    drawn = prior_draws({name: lii[name] for name in LII}, DRAWS)
    ionic = coated | {LII[name]: values for name, values in drawn.items()}
    thick = coated | {thickness: thicker * coated[thickness]}
    return {"bare": bare, "coated": coated, THICK: thick, IONIC: ionic}


def _as_measured(resistances: dict[str, Drawn], fit: Fit) -> dict[str, Drawn]:
    """Draws that keep to what was measured.

    Bare and coated resistances are data, while normal draws of contact fraction, spacing and
    exchange current leave the curved ridge on which these agree with them. So the two are drawn
    from their own posterior, and the thicker layer keeps its ratio to the coated one.
    """
    drawn = {
        cell: resistances[cell][0] * measured_draws(fit, cell, DRAWS) for cell in ("bare", "coated")
    }
    thicker = drawn["coated"] * resistances[THICK] / resistances["coated"]
    return resistances | drawn | {THICK: thicker}


def _with_noise(experiment: Experiment, protocol: CellProtocol, cell: str) -> Drawn:
    """The stated critical current [A.m-2], then draws within a step of the ramp about it."""
    stated = experiment.statements[STATED[cell]].to_si("A.m-2")
    step = protocol.ramp[1]
    rng = np.random.default_rng(STATED[cell])
    return np.append(stated, stated + step * rng.uniform(-0.5, 0.5, DRAWS))
