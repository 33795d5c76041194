"""Ramps, holds and long cycling of the symmetric cells, simulated with one state of damage.

The constant of contact loss is determined by the bare cell's life alone, law by law: the only
datum on damage in the text. Everything else follows: the ramps as simulated, and whether the
coated cell lives as long as stated. How much the assumed constants of voids matter is shown by
draws of their priors, of each of which the constant of loss is determined again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from jaxtyping import Float

from ssb_model.constants import FROM_MA_CM2, TO_MV, TO_OHM_CM2
from ssb_model.critical_current import CriticalCurrentLaw, law_inputs
from ssb_model.fitting import NORMAL_95, Fit, FitError
from ssb_model.library import load_parameter_set
from ssb_model.measurements import (
    LOSS,
    Cycling,
    Ramp,
    ShortingCell,
    contact_loss_for_life,
    run_cycling,
    run_ramp,
)
from ssb_model.reproduction.derived.critical import IONIC, SCATTER, STATED, THICK, Critical
from ssb_model.reproduction.derived.draws import (
    Answer,
    interval,
    prior_draws,
    share_of_draws,
)
from ssb_model.reproduction.protocol import CellProtocol, number
from ssb_model.reproduction.study import BARE, COATED

if TYPE_CHECKING:
    from ssb_model.library import Experiment
    from ssb_model.measurements import CriticalCurrent
    from ssb_model.study import Study

Law = TypeVar("Law", bound=CriticalCurrentLaw)

CHOSEN = "A"  # the law whose runs are drawn and whose constants the cells have by default
DRAWS = 36  # of which a third or more has a bare cell that fails at all
BEYOND = 5.0  # times the stated critical current: how far a simulated ramp may go
TINY = 1e-9  # of a stated life
LONGEST_HOLD = 2.0  # times the stated life: how long the bare cell is cycled at most
#: of lithium's, by the name of the shorting cell's input
VOIDS = {
    "stack pressure": "Stack pressure [Pa]",
    "void radius": "Lithium void radius [m]",
    "plating recovery": "Lithium plating recovery",
}


@dataclass(frozen=True, eq=False)
class Damage:
    """The compiled cells and the inputs of each cell under each law.

    Attributes
    ----------
    cells
        By name.
    laws
        Their names.
    inputs
        Of each cell, by PyBaMM name, in the order of ``laws``.
    """

    cells: dict[str, ShortingCell]
    laws: tuple[str, ...]
    inputs: dict[str, dict[str, Float[np.ndarray, " laws"]]]

    def of_law(self, cell: str, law: str = CHOSEN) -> dict[str, Float[np.ndarray, " 1"]]:
        """Inputs of one cell under one law."""
        k = self.laws.index(law)
        return {name: values[k : k + 1] for name, values in self.inputs[cell].items()}


def damage(founding: Study, critical: Critical, protocol: CellProtocol) -> Damage:
    """Determine the contact loss of each law from the bare cell's life."""
    coated, bare = (
        ShortingCell(founding.cells[cell].table["coating"], inputs=founding.free.names(cell))
        for cell in (COATED, BARE)
    )
    cells = {"bare": bare, "coated": coated, THICK: coated, IONIC: coated}
    laws = tuple(critical.laws)
    inputs = {cell: _law_by_law(critical, cell) for cell in cells}
    _, hours = protocol.bare_hold
    loss = contact_loss_for_life(bare, hold(protocol), hours, inputs["bare"])
    return Damage(cells, laws, {cell: of | {LOSS: loss} for cell, of in inputs.items()})


def life_answers(
    experiment: Experiment, protocol: CellProtocol, damage: Damage
) -> dict[str, Answer]:
    """Rows of simulated ramps and lives."""
    answers = {}
    for cell in STATED:
        steps = _failed(damage, cell, experiment, protocol).first_failed
        for law, failed in zip(damage.laws, steps, strict=True):
            answers[f"simulated ramp: {cell}, law {law}"] = _failed_step(cell, law, failed)
    lived = run_cycling(damage.cells["bare"], hold(protocol), damage.of_law("bare"))
    at = f"at {protocol.bare_hold[0] / FROM_MA_CM2:.1f} mA/cm2"
    answers[f"life: bare {at}"] = Answer(float(lived.hours[0]))
    at_short = float(lived.interface_resistance[0]) * TO_OHM_CM2
    answers["bare: interface resistance at the short"] = Answer(at_short)
    return answers | _coated_lives(protocol, damage)


def growth_answers(protocol: CellProtocol, fit: Fit) -> dict[str, Answer]:
    """Rise of both faces' resistance [ohm cm2] at the middle current, by two laws of growth.

    Calendar growth plus growth by current, the cells' law; and a power of the current through the
    same two rises. What differs between the two rises is the current and the areal capacity, both
    tenfold, so that the power may be of either.
    """
    values = fit.parameters
    low, middle, high = protocol.currents
    linear = {
        J: 2 * (values["growth: calendar"] + values["growth: by current"] * J)
        for J in protocol.currents
    }
    power = np.log(linear[high] / linear[low]) / np.log(high / low)
    rises = {"": linear[middle], ", power law": linear[low] * (middle / low) ** power}
    at = f"after {protocol.growth_hours:.0f} h at {middle / FROM_MA_CM2:.1f} mA/cm2"
    answers = {
        f"growth of resistance {at}{law}": Answer(float(rise * TO_OHM_CM2))
        for law, rise in rises.items()
    }
    answers["growth: exponent of the power law"] = Answer(float(power))
    return answers | _linear_rise(protocol, fit)


def _linear_rise(protocol: CellProtocol, fit: Fit) -> dict[str, Answer]:
    """Rise of the polarisation [mV] over the whole cycling were growth linear in time."""
    J, hours = protocol.currents[0], protocol.hours[0]
    name = f"coated, growth: growth of resistance after {protocol.growth_hours:.6g} h"
    name = f"{name} at {J / FROM_MA_CM2:.6g} mA/cm2"
    factor = hours / protocol.growth_hours * J * TO_MV * 2 / protocol.interfaces_counted
    numbers = (fit.observable(name), *fit.intervals([name])[name])
    rise = f"coated: rise of polarisation over {hours:.0f} h at {J / FROM_MA_CM2:.1f} mA/cm2"
    return {f"{rise}, linear growth": Answer(*(factor * number for number in numbers))}


def _failed_step(cell: str, law: str, current_density: float) -> Answer:
    """The failed step [mA/cm2]; of the cells that no law was calibrated on, with their scatter."""
    if not np.isfinite(current_density):
        raise FitError(f"The simulated ramp of the cell {cell} ended without a short by law {law}.")
    J = float(current_density) / FROM_MA_CM2
    if cell not in (THICK, IONIC):
        return Answer(J)
    factor = np.exp(NORMAL_95 * SCATTER)
    return Answer(J, float(J / factor), float(J * factor))


def law_table(critical: Critical, damage: Damage) -> list[dict[str, Any]]:
    """The laws with their constants and the contact loss of each, for the result's file."""
    losses = damage.inputs["bare"][LOSS]
    return [
        {
            "law": name,
            "title": law.title,
            "assumes": law.assumes,
            "constants": [
                {"name": c.name, "value": float(np.asarray(c.value).flat[0]), "unit": c.unit}
                for c in law.constants
            ],
            "contact_loss_per_charge_m2_per_C": float(loss),
        }
        for (name, law), loss in zip(critical.laws.items(), losses, strict=True)
    ]


def _coated_lives(protocol: CellProtocol, damage: Damage) -> dict[str, Answer]:
    """Hours that the coated cell lives, up to what is stated; interval over the voids' priors."""
    answers, drawn = {}, _drawn_voids(protocol, damage)
    for J, hours in zip(protocol.currents, protocol.hours, strict=True):
        cycling = Cycling(J, protocol.half_cycle, hours)
        lived = run_cycling(damage.cells["coated"], cycling, drawn).hours
        reached = np.sum(lived[1:] >= hours * (1 - TINY))
        spread = (lived[0], *interval(lived), share_of_draws(int(reached), len(lived) - 1))
        answers[f"life: coated at {J / FROM_MA_CM2:.1f} mA/cm2"] = Answer(*map(float, spread))
    return answers


def _drawn_voids(
    protocol: CellProtocol, damage: Damage
) -> dict[str, Float[np.ndarray, " members"]]:
    """Inputs of the coated cell: the defaults, then draws of the voids' constants.

    A draw under whose pressure the bare cell would not have failed is left out.
    """
    lithium = load_parameter_set("lithium")
    drawn = prior_draws({name: lithium[name] for name in VOIDS}, DRAWS)
    voids = {VOIDS[name]: values for name, values in drawn.items()}
    bare = {name: np.repeat(v, 1 + DRAWS) for name, v in damage.of_law("bare").items()} | voids
    _, hours = protocol.bare_hold
    loss = contact_loss_for_life(damage.cells["bare"], hold(protocol), hours, bare)
    possible = np.isfinite(loss)
    coated = {name: np.repeat(v, 1 + DRAWS) for name, v in damage.of_law("coated").items()}
    return {name: v[possible] for name, v in (coated | voids | {LOSS: loss}).items()}


def _failed(
    damage: Damage, cell: str, experiment: Experiment, protocol: CellProtocol
) -> CriticalCurrent:
    ramp = ramp_of(cell, experiment, protocol)
    return run_ramp(damage.cells[cell], ramp, damage.inputs[cell], "soft")


def ramp_of(cell: str, experiment: Experiment, protocol: CellProtocol) -> Ramp:
    """The experiment's ramp, far enough beyond the cell's stated critical current."""
    first, step, half_cycle = protocol.ramp
    stated = number(experiment.statements[STATED[cell]], "A.m-2")
    return Ramp.even(first, step, BEYOND * stated, half_cycle=half_cycle)


def hold(protocol: CellProtocol) -> Cycling:
    """The bare cell's cycling, longer than it lives."""
    current, hours = protocol.bare_hold
    return Cycling(current, protocol.half_cycle, LONGEST_HOLD * hours)


def _law_by_law(critical: Critical, cell: str) -> dict[str, Float[np.ndarray, " laws"]]:
    """Inputs of a cell at the optimum."""
    R = critical.resistances[cell][0]
    constants = [law_inputs(at_optimum(law), R) for law in critical.laws.values()]
    laws = {name: np.array([float(c[name]) for c in constants]) for name in constants[0]}
    return {name: np.full(len(constants), v) for name, v in critical.inputs[cell].items()} | laws


def at_optimum(law: Law) -> Law:
    """The law with the constants of the optimum, the first of its draws."""
    return type(law)(**{k: np.asarray(v).flat[0] for k, v in vars(law).items()})
