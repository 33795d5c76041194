"""A spectrum as the circuit of leads, arcs and a tail that the evidence asks for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.data.validation.arcs import ArcSum, Sweep, impedance
from ssb_model.data.validation.circuit_elements import Element, elements_of, text_of
from ssb_model.data.validation.evidence import select
from ssb_model.data.validation.kramers_kronig import kramers_kronig
from ssb_model.data.validation.spectrum import checked

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

QUIETEST = 1e-3  # of |Z|: the least noise that is believed
SWEPT = 0.005  # of a resistance: where in a sweep, while it drifts, its arc was passed


@dataclass(frozen=True, eq=False)
class ArcCircuit:
    """Leads, arcs and a tail in series.

    Attributes
    ----------
    series
        Resistance [ohm].
    inductance
        H.
    resistance, time_constant, exponent
        Of each arc [ohm, s, 1], by rising time constant.
    covariance
        Of the series resistance and then those of the arcs [ohm2].
    tail
        Whether a blocking electrode or diffusion ends the spectrum.
    misfit, noise
        Of either part over ``|Z|``: of the circuit, and by Kramers-Kronig.
    """

    series: float
    inductance: float
    resistance: Float[np.ndarray, " arcs"]
    time_constant: Float[np.ndarray, " arcs"]
    exponent: Float[np.ndarray, " arcs"]
    covariance: Float[np.ndarray, "resistances resistances"]
    tail: bool
    misfit: float
    noise: float
    _sweep: Sweep
    _fit: ArcSum

    @property
    def text(self) -> str:
        """The customary name, "L-R-(RQ)-(RQ)-Q"."""
        return text_of(self._fit, self.inductance)

    @property
    def elements(self) -> tuple[Element, ...]:
        """Every element and effective capacitance with its interval."""
        sweep = self._sweep
        return tuple(elements_of(self._fit, sweep.unit, float(sweep.omega[0]), sweep.middle))

    @property
    def capacitance(self) -> Float[np.ndarray, " arcs"]:
        """Effective, tau/R (Hsu and Mansfeld 2001): that of the arc's own peak [F]."""
        return self.time_constant / self.resistance

    def impedance(
        self, frequency: Float[np.ndarray, " frequencies"]
    ) -> Complex[np.ndarray, " frequencies"]:
        """Of the circuit, without the drift of the sweep [ohm]."""
        at = Sweep(2 * np.pi * frequency, frequency + 0j, 1.0, self.noise)
        # The powers of the sum are counted from the measured band, not from these frequencies.
        x = self._fit.x.copy()
        x[1] *= at.omega[0] / self._sweep.omega[0]
        if self._fit.tail:
            x[4] *= (self._sweep.middle / at.middle) ** x[5]
        return self._sweep.unit * impedance(at, self._fit.signs, self._fit.tail, x)[0]


def arc_circuit(frequency: "ArrayLike", impedance: "ArrayLike") -> ArcCircuit:
    """Fit the circuit that the evidence asks for to a whole spectrum, leads included.

    Parameters
    ----------
    frequency
        Hz, in any order.
    impedance
        Ohm, Z' + jZ''.

    Raises
    ------
    InputError
        As :func:`kramers_kronig`.
    """
    f, z, _ = checked(frequency, impedance, None)
    falling = np.argsort(-f)
    f, z = f[falling], z[falling]
    noise = max(kramers_kronig(f, z).noise, QUIETEST)
    unit = float(np.median(np.abs(z)))
    sweep = Sweep(2 * np.pi * f, z / unit, unit, noise)
    fit = select(sweep, tail=False)
    R, ln_tau, n = fit.arcs.T
    order = np.argsort(ln_tau)
    rows = [0, *(len(fit.series) + 3 * order)]
    covariance = fit.covariance[np.ix_(rows, rows)]
    resistance = np.concatenate([fit.x[:1], R[order]])
    covariance = covariance + np.diag((SWEPT * resistance) ** 2)
    return ArcCircuit(
        series=float(unit * fit.x[0]),
        inductance=float(unit * fit.x[1] / sweep.omega[0]),
        resistance=unit * R[order],
        time_constant=np.exp(ln_tau[order]),
        exponent=n[order],
        covariance=unit**2 * covariance,
        tail=fit.tail,
        misfit=fit.misfit,
        noise=noise,
        _sweep=sweep,
        _fit=fit,
    )
