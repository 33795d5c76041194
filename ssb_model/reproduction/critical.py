"""Critical currents: each law forced through the bare and the coated cell, asked about the others.

The laws see the fitted interface resistances and the stated critical currents, each with its
uncertainty: draws of the fit's posterior, and one step of the ramp. For the cells that the paper
does not give a resistance of, it is predicted: at 1.5 mol/L from the layer at 0.5 mol/L, three
times as thick; with LiI alone from LiI's own priors.
"""

from dataclasses import dataclass

import jax
import numpy as np

from ssb_model.compiled.control import CURRENT
from ssb_model.critical_current import MeasuredCell, calibrate
from ssb_model.library import load_parameter_set
from ssb_model.reproduction import symmetric
from ssb_model.reproduction.draws import (
    Answer,
    interval,
    measured_draws,
    posterior_draws,
    prior_draws,
)

DRAWS = 200
THICK, IONIC = "ZnI2 1.5 mol/L", "I2"
SCATTER = np.log(1.6)  # of ln J between cells and laws: 68 % of outside cells lie within x/÷ 1.6
STATED = {"bare": 14, "coated": 15, THICK: 16, IONIC: 17}
TO_MA_CM2 = 0.1

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
    laws : dict of str to law
        Constants are arrays (1 + draws,), the optimum first.
    resistances : dict of str to array (1 + draws,)
        Interface resistance of each cell, sum of both faces [Ohm.m2].
    inputs : dict of str to dict
        Inputs of each cell at the optimum, by PyBaMM name.
    """

    laws: dict
    resistances: dict
    inputs: dict


def critical_study(experiment, cells, protocol, fit):
    """Calibrate all laws on the fit's resistances and the stated critical currents."""
    theta = posterior_draws(fit, DRAWS)
    thicker = max(protocol.concentrations) / protocol.reference_concentration
    inputs = _cell_inputs(theta, thicker)
    R = {cell: _interface_resistance(cells, cell, of) for cell, of in inputs.items()}
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


def law_answers(experiment, study):
    """Rows of the closed forms: the current of each law, and what it requires of two cells."""
    rng = np.random.default_rng(1)
    answers = {}
    for name, law in study.laws.items():
        for cell, R in study.resistances.items():
            J = law.current_density(_reachable(law, R)) * TO_MA_CM2
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


def _required(law, J):
    """Interface resistance [ohm cm2] that a critical current requires, of the contact law theta."""
    if hasattr(law, "contact_fraction_at"):
        return law.contact_fraction_at(J)
    return law.resistance_at(J) * symmetric.TO_OHM_CM2


def _reachable(law, R):
    """Of the contact law: a resistance below that of full contact is full contact."""
    return np.clip(R, *law.resistance_range)


def _cell_inputs(theta, thicker):
    """Inputs of the four cells by PyBaMM name, arrays (1 + draws,).

    The layer of the strongest dip is ``thicker`` than the fitted one, in proportion to the dip.
    """
    bare = _named(symmetric.BARE_CELL, theta)
    coated = _named(symmetric.COATED_CELL, theta)
    thickness = LII["layer thickness"]
    lii = load_parameter_set("i2")
    drawn = prior_draws({name: lii[name] for name in LII}, DRAWS)
    ionic = coated | {LII[name]: values for name, values in drawn.items()}
    thick = coated | {thickness: thicker * coated[thickness]}
    return {"bare": bare, "coated": coated, THICK: thick, IONIC: ionic}


def _named(mapping, theta):
    return {name: theta[label] for label, names in mapping.items() for name in names}


def _interface_resistance(cells, cell, inputs):
    """Sum of both faces [Ohm.m2]: the cell's resistance less the garnet's."""
    compiled = cells.bare if cell == "bare" else cells.coated
    members = len(next(iter(inputs.values())))
    defaults = {name: np.full(members, value) for name, value in compiled.system.defaults.items()}
    rest = jax.jit(compiled.at_rest)(defaults | inputs | {CURRENT: np.zeros(members)})
    whole = np.asarray(rest[symmetric.OUTPUTS.index("Cell resistance [Ohm.m2]")])
    garnet = inputs["Garnet thickness [m]"] / inputs["Garnet conductivity [S.m-1]"]
    return whole - garnet


def _as_measured(resistances, fit):
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


def _with_noise(experiment, protocol, cell):
    """The stated critical current [A.m-2], then draws within a step of the ramp about it."""
    stated = experiment.statements[STATED[cell]].to_si("A.m-2")
    step = protocol.ramp[1]
    rng = np.random.default_rng(STATED[cell])
    return np.append(stated, stated + step * rng.uniform(-0.5, 0.5, DRAWS))
