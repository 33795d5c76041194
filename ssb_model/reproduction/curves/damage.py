"""Curves of ramps, holds, long cycling and of the spectra before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from ssb_model.cells import coverage
from ssb_model.compiled import CURRENT, Protocol, Step
from ssb_model.constants import FROM_MA_CM2, FROM_MOL_L, HOUR, MINUTE, TO_MV, TO_OHM_CM2
from ssb_model.fitting import Fit
from ssb_model.measurements import TEMPERATURE, Cycling, ShortingCell
from ssb_model.reproduction.derived import STATED, Damage, DipDraws, after_dips, hold, ramp_of
from ssb_model.reproduction.protocol import CellProtocol
from ssb_model.reproduction.study import BARE, COATED, DIPPED, inputs_of, spectra_of
from ssb_model.study import CURVE, SHARE, THICKNESS

if TYPE_CHECKING:
    from ssb_model.library import Experiment
    from ssb_model.study import Study

FREQUENCIES = np.logspace(6.5, -2, 221)
REST = MINUTE  # the double layers discharge before a spectrum is taken
RAMP_PERIOD, HOLD_PERIOD = 120.0, 300.0  # s between the points drawn
GRID = np.linspace(0.05, 1.6, 63)  # mol/L
VOLTAGE, X = "Polarisation [V]", "Negative face retained contact"


def damage_curves(
    experiment: Experiment,
    study: Study,
    protocol: CellProtocol,
    fit: Fit,
    damage: Damage,
    dips: DipDraws,
) -> dict[str, dict[str, Any] | list[dict[str, Any]]]:
    """Everything drawn of damage, and of the dip, by name."""
    return {
        "ramps": {cell: _ramp(experiment, protocol, damage, cell) for cell in STATED},
        "bare hold": _bare_hold(protocol, damage),
        "lives": _lives(protocol, damage),
        "aged spectra": _aged_spectra(study, protocol, fit),
        "thermal spectra": _thermal_spectra(study, protocol, fit),
        "dip spectra": _dip_spectra(study, protocol, fit),
        "concentration": _concentration(study, protocol, dips),
    }


def _ramp(
    experiment: Experiment, protocol: CellProtocol, damage: Damage, cell: str
) -> dict[str, Any]:
    """Voltage [mV] and current density [mA/cm2] against time [h] until the short."""
    ramp = ramp_of(cell, experiment, protocol)
    shorting = damage.cells[cell]
    solution = shorting.run(ramp.protocol(shorting.area), damage.of_law(cell), RAMP_PERIOD)
    valid = solution.valid[0]
    segment = solution.segment[0, valid]
    sign = np.where(segment % 2, -1, 1)
    return {
        "hours": solution.t[0, valid] / HOUR,
        "current": np.array(ramp.current_densities)[segment // 2] * sign / FROM_MA_CM2,
        "voltage": solution[VOLTAGE][0, valid] * TO_MV,
        "critical": solution["Critical current density [A.m-2]"][0, valid] / FROM_MA_CM2,
        "short": float(solution.t_end[0] / HOUR),
    }


def _bare_hold(protocol: CellProtocol, damage: Damage) -> dict[str, Any]:
    """The bare cell's cycling until it shorts, and its spectra [ohm cm2] before and after."""
    shorting, inputs = damage.cells["bare"], damage.of_law("bare")
    solution = shorting.run(hold(protocol).protocol(shorting.area), inputs, HOLD_PERIOD)
    valid = solution.valid[0]
    inputs = {name: values[0] for name, values in inputs.items()}
    before, after = (
        spectra_of(shorting, inputs, FREQUENCIES, state)[0]
        for state in (None, _unshorted(shorting, protocol, damage))
    )
    return {
        "hours": solution.t[0, valid] / HOUR,
        "voltage": solution[VOLTAGE][0, valid] * TO_MV,
        "contact": solution[X][0, valid],
        "critical": solution["Critical current density [A.m-2]"][0, valid] / FROM_MA_CM2,
        "short": float(solution.t_end[0] / HOUR),
        "frequency": FREQUENCIES,
        "before": before,
        "after": after,
    }


def _unshorted(
    shorting: ShortingCell, protocol: CellProtocol, damage: Damage
) -> Float[np.ndarray, "states 1"]:
    """State of the bare cell after the last whole cycle before its short, and a rest."""
    current, hours = protocol.bare_hold
    cycle = 2 * protocol.half_cycle / HOUR
    whole = Cycling(current, protocol.half_cycle, cycle * np.floor((hours - cycle / 2) / cycle))
    steps = [*whole.protocol(shorting.area).steps, Step("current", 0.0, REST)]
    return shorting.run(Protocol(steps), damage.of_law("bare")).final_state.T


def _lives(protocol: CellProtocol, damage: Damage) -> list[dict[str, Any]]:
    """Polarisation [mV] of the coated cell at the end of every half cycle, at each current."""
    shorting, inputs = damage.cells["coated"], damage.of_law("coated")
    curves = []
    for J, hours in zip(protocol.currents, protocol.hours, strict=True):
        cycling = Cycling(J, protocol.half_cycle, hours)
        solution = shorting.run(cycling.protocol(shorting.area), inputs)
        ends = np.flatnonzero(np.diff(solution.segment[0]) != 0)
        curves.append(
            {
                "current": J / FROM_MA_CM2,
                "hours": solution.t[0, ends] / HOUR,
                "voltage": solution[VOLTAGE][0, ends] * TO_MV,
                "life": hours,
            }
        )
    return curves


def _aged_spectra(study: Study, protocol: CellProtocol, fit: Fit) -> dict[str, Any]:
    """Spectra [ohm cm2] of the coated cell, new and after the time of growth at each current."""
    cell, inputs = study.cells[COATED], inputs_of(study, COATED, fit.parameters)
    spectra = {"new": spectra_of(cell, inputs, FREQUENCIES)[0]}
    for J in (protocol.currents[0], protocol.currents[-1]):
        under = inputs | {CURRENT: J * cell.area}
        aged = cell.compiled.solve(under, [HOUR * protocol.growth_hours])
        z = spectra_of(cell, inputs, FREQUENCIES, aged.final_state[:, None])
        spectra[f"{J / 10:.1f} mA/cm2"] = z[0]
    return {"frequency": FREQUENCIES, "hours": protocol.growth_hours, "spectra": spectra}


def _thermal_spectra(study: Study, protocol: CellProtocol, fit: Fit) -> dict[str, Any]:
    """Spectra [ohm cm2] of the bare and the coated cell at the tested temperatures [K]."""
    T = np.array(protocol.temperatures)
    spectra = {}
    for name in (BARE, COATED):
        cell = study.cells[name]
        inputs = inputs_of(study, name, fit.parameters) | {TEMPERATURE: T}
        spectra[name] = spectra_of(cell, inputs, FREQUENCIES)
    return {"temperature": T, "frequency": FREQUENCIES, **spectra}


def _dip_spectra(study: Study, protocol: CellProtocol, fit: Fit) -> dict[str, Any]:
    """Spectra [ohm cm2] after each tested dip: coated and bare shares in parallel."""
    c = np.array(protocol.concentrations)
    cell, inputs = study.cells[DIPPED], inputs_of(study, DIPPED, fit.parameters)
    share = coverage(c, **{key: inputs[name] for key, name in CURVE.items()})
    inputs[THICKNESS] = inputs[THICKNESS] * c / protocol.reference_concentration
    inputs[SHARE] = share
    z = spectra_of(cell, inputs, FREQUENCIES)
    return {
        "concentration": c / FROM_MOL_L,
        "share": share,
        "frequency": FREQUENCIES,
        "impedance": z,
    }


def _concentration(study: Study, protocol: CellProtocol, draws: DipDraws) -> dict[str, Any]:
    """Interface resistance [ohm cm2] and polarisation [mV] against the dip's concentration."""
    theta = draws.theta
    R = after_dips(study, theta, GRID * FROM_MOL_L, protocol.reference_concentration) * TO_OHM_CM2
    low, middle, high = np.percentile(R, [2.5, 50, 97.5], axis=1)
    garnet = theta["garnet: thickness"] / theta["garnet: conductivity"] * TO_OHM_CM2
    polarisation = protocol.currents[0] / FROM_MA_CM2 * (garnet + R)
    levels = np.percentile(polarisation, [2.5, 50, 97.5], axis=1)
    return {
        "concentration": GRID,
        "lower95": low,
        "median": middle,
        "upper95": high,
        "polarisation": dict(zip(("lower95", "median", "upper95"), levels, strict=True)),
        "kept": draws.share,
    }
