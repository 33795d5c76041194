r"""Noise that is to be estimated.

Of most experiments it is the root mean square of the residuals (for the loss "student" its scale),
corrected for the parameters, experiment by experiment. Spectra of one cell share what the model
misses: were each its own, the one that the model happens to meet best would count ever more and
win over its neighbours. A spectrum's noise is that of its own points, which the Kramers-Kronig test
knows, and a misfit :math:`m` that all spectra of the cell have in common,

.. math::

    \sigma_k^2 = \sigma_{\mathrm{KK}, k}^2 + m^2, \qquad
    \sum_k \frac{S_k}{\sigma_k^2} = \sum_k (N_k - p_k),

with :math:`S_k` the sum of squares relative to the modulus and :math:`p_k` the parameters' share of
its numbers. Where the points scatter less than the test says, all :math:`\sigma_{\mathrm{KK}, k}`
are scaled down together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import brentq

from ssb_model.data.validation import kramers_kronig
from ssb_model.fitting import Fit
from ssb_model.study.kinds import Experiment, Spectrum

LARGEST = 1e3  # times the largest residual: beyond any misfit


def estimated_noise(
    fit: Fit, experiments: Sequence[Experiment], used: Mapping[str, float]
) -> dict[str, float]:
    """Noise of every experiment from the residuals of a fit, by its name.

    Parameters
    ----------
    fit
        In which the noise was as ``used``; first estimates where it says nothing.
    experiments
        Those whose noise is to be estimated.
    """
    found = {e.name: _spread(fit, e, used.get(e.name)) for e in experiments}
    by_cell: dict[str, list[Spectrum]] = {}
    for e in experiments:
        if isinstance(e, Spectrum):
            by_cell.setdefault(e.cell, []).append(e)
    for spectra in by_cell.values():
        if len(spectra) > 1:
            found |= _with_common_misfit(spectra, found)
    return found


def _spread(fit: Fit, experiment: Experiment, noise: float | None) -> float:
    """Noise of one experiment from its residuals under ``noise``."""
    weighted = fit.weighted_residuals()
    residuals = [weighted[name] for name in experiment.observables]
    freedom = max(len(residuals) - len(fit.problem.space), 1)
    used = noise or experiment.first_estimate
    return used * fit.problem.loss.scale(np.array(residuals), freedom)


def _with_common_misfit(
    spectra: Sequence[Spectrum], spread: Mapping[str, float]
) -> dict[str, float]:
    """Noise of the spectra of one cell."""
    own = np.array([kramers_kronig(e.frequency, np.asarray(e.impedance)).noise for e in spectra])
    met = np.array([spread[e.name] for e in spectra])
    weight = np.array([len(e.observables) for e in spectra], dtype=float)
    weight /= weight.sum()

    def excess(squared: float) -> float:
        return float(weight @ (met**2 / (own**2 + squared))) - 1

    if excess(0.0) <= 0:
        sigma = own * np.sqrt(weight @ (met / own) ** 2)
    else:
        sigma = np.sqrt(own**2 + brentq(excess, 0.0, (LARGEST * met.max()) ** 2))
    return {e.name: float(one) for e, one in zip(spectra, sigma, strict=True)}
