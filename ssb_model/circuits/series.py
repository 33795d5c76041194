"""The same circuit over many spectra: along cycling, temperature, pressure or time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from ssb_model.circuits.fit import DRIFT, fit_circuits
from ssb_model.circuits.result import CircuitFit
from ssb_model.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SHOWN = 8  # rows of the printed table


@dataclass(frozen=True, eq=False, repr=False)
class CircuitSeries:
    """Fits of one circuit, each spectrum for itself.

    Attributes
    ----------
    fits
    along
        What changes from spectrum to spectrum, such as the temperature.
    label
        Its name with its unit.
    """

    fits: tuple[CircuitFit, ...]
    along: Float[np.ndarray, " spectra"]
    label: str

    @property
    def circuit(self) -> str:
        """That all spectra share."""
        return self.fits[0].circuit.text

    def to_dataframe(self) -> "pd.DataFrame":
        """A row a spectrum and element: value, interval, unit, whether determined, in SI."""
        import pandas as pd

        rows = [
            {self.label: at, "spectrum": fit.name, "status": fit.status} | vars(estimate)
            for at, fit in zip(self.along, self.fits, strict=True)
            for estimate in (*fit.elements, *fit.derived)
        ]
        return pd.DataFrame(rows)

    def warnings(self) -> tuple[str, ...]:
        """What is said of any fit, with the number of fits it is said of."""
        said: dict[str, list[str]] = {}
        for fit in self.fits:
            for sentence in fit.warnings():
                said.setdefault(sentence, []).append(fit.name)
        return tuple(f"{len(names)} of {len(self.fits)}: {s}" for s, names in said.items())

    def plot(self, *names: str) -> "Figure":
        """Elements (by default all resistances) against what changes."""
        from ssb_model.circuits.series_figure import draw_series

        return draw_series(self, names)

    def __str__(self) -> str:
        head = f"{len(self.fits)} spectra, {self.circuit}, along {self.label}"
        rows = [
            f"{at:.6g}  " + "; ".join(str(e) for e in fit.elements)
            for at, fit in zip(self.along[:SHOWN], self.fits, strict=False)
        ]
        more = [f"... and {len(self.fits) - SHOWN} more"] if len(self.fits) > SHOWN else []
        return "\n".join([head, *rows, *more])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        frame = self.to_dataframe()
        return frame.pivot(index=self.label, columns="name", values="value").to_html()


def fit_series(
    spectra: Sequence[Any],
    circuit: str = "auto",
    *,
    along: Sequence[float] | None = None,
    label: str = "Spectrum",
    area: float | None = None,
    drift: float = DRIFT,
) -> CircuitSeries:
    """Fit one circuit to all spectra of a series.

    Parameters
    ----------
    spectra, circuit, area, drift
        As of :func:`~ssb_model.circuits.fit_circuit`; with "auto" the circuit is the one that most
        of the spectra, at most nine evenly spread, ask for.
    along
        What changes, a number a spectrum; by default their numbers from 1.
    label
        Its name with its unit, "Temperature [K]".
    """
    if along is not None and len(along) != len(spectra):
        raise InputError(f"'along' has {len(along)} numbers for {len(spectra)} spectra.")
    at = np.arange(1.0, len(spectra) + 1) if along is None else np.asarray(along, dtype=float)
    if circuit == "auto":
        circuit = _common(spectra, drift)
    fits = fit_circuits(spectra, circuit, area=area, drift=drift)
    return CircuitSeries(tuple(fits), at, label)


def _common(spectra: Sequence[Any], drift: float) -> str:
    some = np.unique(np.linspace(0, len(spectra) - 1, min(9, len(spectra))).astype(int))
    found = [fit.circuit.text for fit in fit_circuits([spectra[k] for k in some], drift=drift)]
    return max(found, key=lambda form: (found.count(form), len(form)))
