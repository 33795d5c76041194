"""From spectra to fitted circuits, without any number from the user."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from jaxtyping import Float

from ssb_model.circuits.circuit import parse_circuit
from ssb_model.circuits.evidence import Candidate, candidates, chosen, criteria, weights
from ssb_model.circuits.make import result
from ssb_model.circuits.result import CircuitFit
from ssb_model.circuits.solve import solve
from ssb_model.circuits.spectra import batch
from ssb_model.library import one_positive

DRIFT = 0.015  # of the contact's impedance over a sweep: the width of its prior


def fit_circuit(
    spectrum: Any, circuit: str = "auto", *, area: float | None = None, drift: float = DRIFT
) -> CircuitFit:
    """Fit an equivalent circuit to one impedance spectrum.

    Parameters
    ----------
    spectrum
        :class:`~ssb_model.data.ImpedanceData`, or the pair frequency [Hz] and Z' + jZ'' [Ohm].
    circuit
        Elements in series: L, R, C, Q, (RQ), (RC), W, Ws, Wo joined by "-"; "auto" compares
        L-R with up to four (RQ) and no tail, W or Q by evidence, and sums of resistances are
        averaged over the forms that remain plausible.
    area
        Of the cell [m2], for values per area.
    drift
        By what share the slowest arc and the tail may drift during the sweep, as a standard
        deviation; 0 for a cell that surely stands still.

    Raises
    ------
    InputError
        If the circuit or the spectrum is none.

    Examples
    --------
    >>> import numpy as np
    >>> from ssb_model.circuits import fit_circuit
    >>> f = np.geomspace(1e6, 1e-1, 71)  # Hz
    >>> z = 120 + 10 / (1 + 2j * np.pi * f * 5e-6)  # Ohm
    >>> fit = fit_circuit((f, z), "R-(RC)", drift=0)
    >>> print(f"{fit['R0'].value:.1f} {fit['R1'].value:.1f} Ohm, {fit['tau1'].value:.1e} s")
    120.0 10.0 Ohm, 5.0e-06 s
    """
    return fit_circuits([spectrum], circuit, area=area, drift=drift)[0]


def fit_circuits(
    spectra: Sequence[Any],
    circuit: str = "auto",
    *,
    area: float | None = None,
    drift: float = DRIFT,
) -> list[CircuitFit]:
    """Fit many spectra at once; see :func:`fit_circuit`.

    Each spectrum is a fit of its own, and with "auto" each has its own circuit.
    """
    data = batch(spectra)
    area = None if area is None else one_positive(area, "area", "m2")
    if circuit != "auto":
        solved = solve(parse_circuit(circuit), data, drift)
        return [result(solved, s, area) for s in range(len(spectra))]
    found = candidates(data, drift)
    values = criteria(found, len(spectra))
    sizes = np.array([len(one.solved.circuit.parameters) for one in found])
    best = chosen(values, sizes)
    return [_averaged(found, values[:, s], s, int(best[s]), area) for s in range(len(spectra))]


def _averaged(
    found: Sequence[Candidate],
    values: Float[np.ndarray, " forms"],
    s: int,
    best: int,
    area: float | None,
) -> CircuitFit:
    """The fit of the best form to spectrum s, with all that are plausible beside it."""
    weight = weights(values)
    fits = {
        k: result(one.solved, int(np.searchsorted(one.which, s)), area)
        for k, one in enumerate(found)
        if weight[k] > 0 or k == best
    }
    known = np.isfinite(values)
    names = [one.solved.circuit.text for one in found]
    above = values - values[known].min()
    evidence = {names[k]: float(above[k]) for k in np.flatnonzero(known)}
    plausible = tuple((float(weight[k]), fit) for k, fit in fits.items())
    return replace(fits[best], evidence=evidence, plausible=plausible)
