"""From spectra to fitted circuits, without any number from the user."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ssb_model.circuits.circuit import Circuit, parse_circuit
from ssb_model.circuits.covariance import covariances
from ssb_model.circuits.doubts import doubts
from ssb_model.circuits.evidence import FORMS, chosen, criteria
from ssb_model.circuits.result import CircuitFit
from ssb_model.circuits.solve import Solved, solve
from ssb_model.circuits.spectra import Batch, batch
from ssb_model.library import one_positive

DRIFT = 0.01  # of the contact's impedance over a sweep: the width of its prior


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
        L-R with up to three (RQ) and no tail, W or Q by evidence.
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
        return _results(solved, np.arange(len(spectra)), area, [{}] * len(spectra))
    solutions = [solve(form, data, drift) for form in _forms(data)]
    values = criteria(solutions)
    sizes = np.array([len(solved.circuit.parameters) for solved in solutions])
    best = chosen(values, sizes)
    found: list[Any] = [None] * len(spectra)
    for k, solved in enumerate(solutions):
        which = np.flatnonzero(best == k)
        evidence = [_above_best(solutions, values[:, s]) for s in which]
        for s, result in zip(which, _results(solved, which, area, evidence), strict=True):
            found[s] = result
    return found


def _forms(data: Batch) -> list[Circuit]:
    """The customary forms that the shortest spectrum can bear."""
    points = int(np.sum(data.weight > 0, axis=1).min())
    forms = [parse_circuit(text) for text in FORMS]
    return [form for form in forms if len(form.parameters) + 2 <= 2 * points]


def _above_best(solutions: Sequence[Solved], values: np.ndarray) -> dict[str, float]:
    names = [solved.circuit.text for solved in solutions]
    return dict(zip(names, (values - values.min()).tolist(), strict=True))


def _results(
    solved: Solved, which: np.ndarray, area: float | None, evidence: Sequence[dict[str, float]]
) -> list[CircuitFit]:
    covariance = covariances(solved, which)
    said = doubts(solved, which)
    found = []
    for k, s in enumerate(which):
        weight = solved.data.weight[s]
        real = weight > 0
        f = solved.data.omega[s] / (2 * np.pi)
        found.append(
            CircuitFit(
                name=solved.data.names[s],
                circuit=solved.circuit,
                frequency=f[real],
                measured=solved.data.z[s][real],
                coordinates=solved.u[s, :-1],
                covariance=covariance[k],
                noise=float(solved.noise[s]),
                drift=float(solved.u[s, -1]),
                outliers=f[real & (weight < 1)],
                doubts=said[k],
                evidence=evidence[k],
                area=area,
            )
        )
    return found
