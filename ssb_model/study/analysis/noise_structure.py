"""Is an estimated noise noise? The Kramers-Kronig test knows what the instrument's is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssb_model.data.validation import kramers_kronig
from ssb_model.study.kinds import Spectral

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit

CLEAR = 2.0  # times the noise of the measurement itself: above, a model's misfit is no noise


def taken_for_noise(fit: StudyFit) -> dict[str, tuple[float, float]]:
    """Spectra whose estimated noise is mostly the model's misfit: it, and what the points have."""
    found = {}
    for spectrum in fit.study.experiments:
        noise = fit.noise.get(spectrum.name)
        if noise is None or not isinstance(spectrum, Spectral) or spectrum.impedance is None:
            continue
        own = kramers_kronig(spectrum.frequency, spectrum.impedance).noise
        if noise > CLEAR * own:
            found[spectrum.name] = (noise, own)
    return found


def misfit_taken_for_noise(fit: StudyFit) -> list[str]:
    """A sentence for each of them.

    The residuals of such a fit are about 1 in units of that "noise" whatever the model.
    """
    return [
        f"{name}: the estimated noise, {100 * noise:.2g} % of |Z|, is {noise / own:.1f} times what "
        f"the points scatter by themselves ({100 * own:.2g} %): most of it is the model's misfit, "
        "which has a shape, and the intervals are too narrow."
        for name, (noise, own) in taken_for_noise(fit).items()
    ]
