r"""A circuit as it is measured: the contact drifts, and there is more beyond the band.

Beside the circuit's parameters two numbers are fitted, each with a normal prior about zero, and
marginalised in every interval:

* The drift d over the sweep: Z of the slowest arc and of the tail, not of leads and faster arcs, is
  multiplied by :math:`1 - d \ln(\omega\tau)/\ln(\omega_t/\omega_b)` with the arc's time constant τ
  and the ends of the band. R of that arc is thus as it was when its top was measured. A slow drift
  obeys the Kramers-Kronig relations nearly, so that residuals alone do not show it; ignored, it
  makes intervals too narrow and splits arcs.
* The onset b of arcs that lie beyond the highest frequency, as those of bulk or grain boundaries
  often do, where a lone R stands for them. To first order in ωτ an arc begins as
  :math:`R (1 - (j\omega\tau)^n)`, hence :math:`-b R_t (j\omega/\omega_t)^n` with the real part
  :math:`R_t` at the highest frequency and n = :data:`BEYOND_N`. Ignored, it passes for less R.
"""

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.circuits.circuit import Circuit
from ssb_model.circuits.spectra import Batch

EXTRA = 2  # numbers beside the circuit's: the drift, the onset of what lies beyond
BEYOND, BEYOND_N = 0.05, 0.9  # width of the prior of b; exponent of grain boundaries
STILL = 1e-6  # width of the prior of what is none


def extra_widths(drift: float, beyond: float = BEYOND) -> tuple[float, float]:
    """Widths of the priors of drift and onset, 0 without any."""
    return max(drift, STILL), max(beyond, STILL)


def relative(  # noqa: ANN201
    circuit: Circuit, data: Batch, u: Float[np.ndarray, "fits coordinates"]
):
    """Weighted relative residuals (fits, 2 frequencies) and their derivatives."""
    z, slope = model(circuit, data, u)
    weight = data.weight / np.abs(data.z)
    r = (z - data.z) * weight
    slope = slope * weight[..., None]
    return (
        np.concatenate([r.real, r.imag], axis=1),
        np.concatenate([slope.real, slope.imag], axis=1),
    )


def model(  # noqa: ANN201
    circuit: Circuit, data: Batch, u: Float[np.ndarray, "fits coordinates"]
):
    """Z of the circuit with drift and onset, and its derivatives."""
    z, slope = circuit.evaluate(u[:, :-EXTRA], data.omega)
    arcs = [k for k, kind in enumerate(circuit.kinds) if kind in ("RQ", "RC")]
    steady, still = _steady(circuit, slope, arcs[:-1])
    cell, beyond = z - steady, _onset(data) * ("R" in circuit.kinds)
    top = circuit.slices[arcs[-1]].start + 1 if arcs else None
    passed, by_top = _passed(data, u[:, top] if arcs else None)
    d, b = u[:, -2:-1], u[:, -1:]
    moving = 1 + d * passed
    slope = np.where(still, slope, slope * moving[..., None])
    if top is not None:
        slope[..., top] += cell * d * by_top[:, None]
    extra = np.stack([cell * passed, beyond], axis=-1)
    return steady + cell * moving + b * beyond, np.concatenate([slope, extra], axis=-1)


def _steady(  # noqa: ANN202
    circuit: Circuit,
    slope: Complex[np.ndarray, "fits frequencies parameters"],
    arcs: list[int],
):
    """Z of leads and fast arcs, and which parameters are theirs."""
    steady, still = np.zeros(slope.shape[:2], dtype=complex), np.zeros(slope.shape[-1], dtype=bool)
    for k, (kind, where) in enumerate(zip(circuit.kinds, circuit.slices, strict=True)):
        if kind in ("L", "R") or k in arcs:
            steady = steady + slope[..., where][..., 0]  # dZ/dln of a size is its Z
            still[where] = True
    return steady, still


def _passed(  # noqa: ANN202
    data: Batch, log_time: Float[np.ndarray, " fits"] | None
):
    """Share of the sweep passed since the arc's top (fits, frequencies); by its time constant."""
    log = np.log(data.omega)
    high, low = log.max(1), log.min(1)
    span = np.maximum(high - low, 1e-9)
    top = (high + low) / 2 if log_time is None else np.clip(-log_time, low, high)
    slope = np.where((top > low) & (top < high), -1 / span, 0.0)
    return (top[:, None] - log) / span[:, None], slope


def _onset(data: Batch) -> Complex[np.ndarray, "spectra frequencies"]:
    """By a unit of b."""
    share = (1j * data.omega / data.omega[:, :1]) ** BEYOND_N
    return -np.abs(np.real(data.z[:, :1])) * share
