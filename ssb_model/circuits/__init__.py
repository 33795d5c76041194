"""Equivalent circuits with constant-phase elements, fitted to impedance spectra."""

from ssb_model.circuits.circuit import Circuit, parse_circuit
from ssb_model.circuits.estimates import Estimate
from ssb_model.circuits.fit import fit_circuit, fit_circuits
from ssb_model.circuits.reading import read_resistances as read_resistances
from ssb_model.circuits.result import CircuitFit
from ssb_model.circuits.separate import (
    capacitances_per_area as capacitances_per_area,
    electrolyte_resistance as electrolyte_resistance,
    interface_arcs as interface_arcs,
    interface_resistance as interface_resistance,
    parting_capacitance as parting_capacitance,
)
from ssb_model.circuits.series import CircuitSeries, fit_series
from ssb_model.circuits.spectra import LEAST_POINTS as LEAST_POINTS

__all__ = [
    "Circuit",
    "CircuitFit",
    "CircuitSeries",
    "Estimate",
    "fit_circuit",
    "fit_circuits",
    "fit_series",
    "parse_circuit",
]
