"""Which experiments a fitted model misses, and the arcs that it has none for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ssb_model.study.analysis.limits import POOR
from ssb_model.study.analysis.noise_structure import taken_for_noise
from ssb_model.study.analysis.processes import comparison
from ssb_model.study.kinds import Spectrum

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit

CURES = {
    "one arc": 'give the cell options = { "interface" = "two arcs" } and free its "slow" ones',
    "two arcs": "two arcs of the interface do not do: name the coating, or fit it as a circuit",
    "mechanisms": "free what shapes that part, or the face's other mechanisms "
    "(docs/how-to/fit-impedance.md)",
}


def missed(fit: StudyFit) -> tuple[str, ...]:
    """Names of the fitted experiments that the model does not meet within their noise."""
    poor = [name for name, value in fit.misfit().items() if value > POOR]
    return tuple(dict.fromkeys([*poor, *taken_for_noise(fit)]))


def missing_arcs(fit: StudyFit) -> list[str]:
    """A sentence for each spectrum that is missed and shows an arc that the model has not."""
    names = missed(fit)
    spectra = [e for e in fit.study.fitted if isinstance(e, Spectrum) and e.name in names]
    return [sentence for e in spectra if (sentence := _missing(fit, e))]


def _missing(fit: StudyFit, spectrum: Spectrum) -> str:
    marked = comparison(fit, spectrum)
    if marked is None:
        return ""
    alone = [p for p in marked.relaxation.peaks if p.firm and not marked.at(p)]
    if not alone:
        return ""
    cell = fit.study.cells[spectrum.cell]
    arcs = ", ".join(f"{p.resistance:.3g} ohm at {p.tau:.2g} s" for p in alone)
    cure = CURES[cell.completed_options.get("interface", "mechanisms")]
    return (
        f"{spectrum.name}: the points show an arc that the model has not ({arcs}): {cure}. No "
        "further measurement helps before that."
    )
