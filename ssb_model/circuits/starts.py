"""First estimates from the spectrum itself: given time constants, a circuit is linear in its sizes.

A grid of time constants over the measured band, a coarse distribution of relaxation times with few
terms: for each choice of as many as the circuit has arcs the sizes follow from a small linear
least-squares problem. The best choices are where the fit begins.
"""

from itertools import combinations

import numpy as np
from jaxtyping import Float

from ssb_model.circuits.circuit import Circuit
from ssb_model.circuits.elements import KINDS, exponent_coordinate
from ssb_model.circuits.spectra import Batch

GRID = 15  # time constants over the band and half a decade beyond
TYPICAL_N = {"RQ": 0.85, "Q": 0.85}
SMALLEST = 1e-4  # of the median modulus: what a size begins with at least


def first_estimates(
    circuit: Circuit, data: Batch, number: int
) -> Float[np.ndarray, "spectra starts parameters"]:
    """Coordinates from which each spectrum's fit begins, the most promising first."""
    slow = [k for k, kind in enumerate(circuit.kinds) if "tau" in KINDS[kind].symbols]
    ends = np.log(1 / data.omega.max(1)) - 1.5, np.log(1 / data.omega.min(1)) + 1.5
    grid = np.linspace(*ends, GRID, axis=1)  # spectra, grid
    columns, place = [], {}
    for k, kind in enumerate(circuit.kinds):
        for g in range(GRID) if k in slow else [0]:
            place[k, g] = len(columns)
            columns.append(unit_impedance(kind, grid[:, g], data))
    basis = np.stack(columns, axis=-1) * (data.weight / np.abs(data.z))[..., None]
    target = data.weight * data.z / np.abs(data.z)
    A = np.concatenate([basis.real, basis.imag], axis=1)
    y = np.concatenate([target.real, target.imag], axis=1)
    scale = np.sqrt(np.sum(A**2, axis=1)) + 1e-300
    A = A / scale[:, None]
    gram, right = np.einsum("sfa,sfb->sab", A, A, optimize=True), np.einsum("sfa,sf->sa", A, y)
    chosen = list(combinations(range(GRID), len(slow)))  # one choice, of none, without arcs
    choices = np.array(chosen, dtype=int).reshape(len(chosen), len(slow))
    cols = np.array(
        [
            [place[k, c[slow.index(k)] if k in slow else 0] for k in range(len(circuit.kinds))]
            for c in choices
        ]
    )
    sizes, misfit = _solve(gram, right, cols)
    best = np.argsort(misfit, axis=1)[:, _spread(number, len(choices))]
    rows = np.arange(len(grid))[:, None]
    sizes = sizes[rows, best] / scale[rows[..., None], cols[best]]
    times = grid[rows[..., None], choices[best]]
    return _coordinates(circuit, slow, sizes, times, data)


def _spread(number: int, available: int) -> list[int]:
    """Ranks of the choices taken: the best, and some further down, which differ more."""
    return [min(k * (k + 1) // 2, available - 1) for k in range(number)]


def unit_impedance(kind: str, log_time: Float[np.ndarray, " spectra"], data: Batch):  # noqa: ANN201
    """The impedance of an element of size 1."""
    u = np.stack(
        [
            np.full(len(log_time), exponent_coordinate(TYPICAL_N[kind]))
            if symbol == "n"
            else (log_time if symbol == "tau" else np.zeros(len(log_time)))
            for symbol in KINDS[kind].symbols
        ],
        axis=1,
    )
    return KINDS[kind].function(u, 1j * data.omega)[0]


def _solve(  # noqa: ANN202
    gram: Float[np.ndarray, "spectra columns columns"],
    right: Float[np.ndarray, "spectra columns"],
    cols: np.ndarray,
):
    """Sizes that are not negative and the misfit, of each choice of columns."""
    G = gram[:, cols[:, :, None], cols[:, None, :]]
    b = right[:, cols]
    ridge = 1e-8 * np.eye(cols.shape[1])
    x = np.maximum(np.linalg.solve(G + ridge, b[..., None])[..., 0], 0.0)
    free = x > 0  # once more with the others at zero
    masked = np.where(free[..., None] & free[..., None, :], G, 0) + np.where(
        free[..., None], 0, np.eye(cols.shape[1])
    )
    x = np.linalg.solve(masked + ridge, np.where(free, b, 0)[..., None])[..., 0]
    x = np.maximum(x, 0)
    misfit = np.einsum("sca,scab,scb->sc", x, G, x) - 2 * np.sum(b * x, axis=-1)
    return x, misfit


def _coordinates(  # noqa: ANN202
    circuit: Circuit, slow: list[int], sizes: np.ndarray, times: np.ndarray, data: Batch
):
    u = np.zeros((*sizes.shape[:2], len(circuit.parameters)))
    for p, parameter in enumerate(circuit.parameters):
        k, kind = parameter.element, KINDS[parameter.kind]
        if parameter.symbol == "n":
            u[..., p] = exponent_coordinate(TYPICAL_N[parameter.kind])
        elif parameter.symbol == "tau":
            u[..., p] = times[..., slow.index(k)]
        else:
            least = _least(parameter.kind, data)[:, None]
            size = np.log(np.maximum(sizes[..., k], least))
            u[..., p] = -size if kind.inverse else size
    return u


def _least(kind: str, data: Batch) -> Float[np.ndarray, " spectra"]:
    """A size that hardly shows anywhere."""
    unit = np.abs(unit_impedance(kind, np.zeros(len(data.z)), data)).max(1)
    if "tau" in KINDS[kind].symbols:
        unit = np.ones(len(data.z))
    return SMALLEST * np.median(np.abs(data.z), axis=1) / unit
