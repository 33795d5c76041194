"""Equivalent circuits with constant-phase elements, fitted to impedance spectra."""

from ssb_model.circuits.circuit import Circuit, parse_circuit
from ssb_model.circuits.estimates import Estimate
from ssb_model.circuits.fit import fit_circuit, fit_circuits
from ssb_model.circuits.result import CircuitFit
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
