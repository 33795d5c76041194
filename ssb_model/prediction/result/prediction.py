"""What was predicted of a coating: every quantity as a distribution, and what causes its width."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Complex, Float

from ssb_model.citations import Use, read_works, works_content
from ssb_model.critical_current import surviving
from ssb_model.errors import InputError, suggestion
from ssb_model.library import field_digest, versions
from ssb_model.prediction.files import Coating
from ssb_model.prediction.result.quantity import PERCENTILES, Quantity, quantity_of
from ssb_model.prediction.result.saved import read_prediction, write_prediction
from ssb_model.prediction.result.table import as_html, as_text, rows_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike

CYCLES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # of a survival curve


@dataclass(frozen=True, eq=False)
class Prediction:
    """Result of :func:`ssb_model.prediction.predict`; ``prediction[name]`` are a quantity's draws.

    Attributes
    ----------
    coating
        That was asked about.
    cell
        Name of the cell around it.
    values
        Draws of each quantity, and its unit.
    spectrum
        Impedance of the symmetric cell [ohm cm2].
    frequency
        [Hz]
    sources
        What was drawn, each unknown of one or more parts.
    warnings
        Sentences that a reader must see before the numbers.
    versions
        Of what computed it.
    works
        Works behind it.
    of_the_mean
        Whether intervals are those of the mean cell, of a further one as it would be measured
        otherwise.
    filament_use
        Share of what its garnet bears that each draw's full cell uses up in a cycle, by C-rate;
        none for the mean cell.
    """

    coating: Coating
    cell: str
    values: Mapping[str, tuple[Float[np.ndarray, " n"], str]]
    spectrum: Complex[np.ndarray, "frequencies n"]
    frequency: Float[np.ndarray, " frequencies"]
    sources: Mapping[str, Float[np.ndarray, "n _"]]
    warnings: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=versions)
    works: tuple[Use, ...] = ()
    of_the_mean: bool = False
    filament_use: Mapping[str, Float[np.ndarray, " n"]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Float[np.ndarray, " n"]:
        """Draws of a quantity."""
        self._refuse_unknown(name)
        return self.values[name][0]

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return self.spectrum.shape[1]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Each quantity with unit, median and 95 % interval, and what causes most of it."""
        return [quantity_of(name, *of, self.sources) for name, of in self.values.items()]

    def quantity(self, name: str) -> Quantity:
        """One of them."""
        self._refuse_unknown(name)
        return next(q for q in self.quantities if q["name"] == name)

    def survival(self, rate: str, cycles: ArrayLike) -> Float[np.ndarray, ...]:
        """Share of full cells [%] without a short circuit after so many ``cycles`` at a rate
        ("0.5C").

        Raises
        ------
        InputError
            For a rate that was not asked for, and for the mean cell, which tells of no other.
        """
        if rate not in self.filament_use:
            known = ", ".join(self.filament_use) or "none: it is of the mean cell"
            raise InputError(f'No survival is predicted at "{rate}"; known: {known}.')
        return surviving(self.filament_use[rate], cycles)

    def _refuse_unknown(self, name: str) -> None:
        if name not in self.values:
            raise InputError(f'"{name}" is not predicted. {suggestion(name, self.values)}')

    def nyquist(self) -> dict[str, dict[str, list[float]]]:
        """Median and 95 % interval of real and of minus imaginary part, along the frequency."""
        parts = {"real": np.real(self.spectrum), "minus_imaginary": -np.imag(self.spectrum)}
        return {
            name: dict(
                zip(
                    ("median", "lower95", "upper95"),
                    (x.tolist() for x in np.percentile(part, PERCENTILES, axis=1)),
                    strict=True,
                )
            )
            for name, part in parts.items()
        }

    def __repr__(self) -> str:
        return (
            f"Prediction({self.coating.name!r}, cell {self.cell!r}, "
            f"{len(self.values)} quantities, {self.draws} draws)"
        )

    def __str__(self) -> str:
        return as_text(self._title, rows_of(self.quantities), self.warnings)

    def _repr_html_(self) -> str:
        return as_html(self._title, rows_of(self.quantities), self.warnings)

    @property
    def _title(self) -> str:
        whose = "the mean cell" if self.of_the_mean else "a further cell, as measured"
        return f"{self.coating.name} in the cell {self.cell}, {self.draws} draws of {whose}"

    def to_dataframe(self) -> pd.DataFrame:
        """One row a quantity: unit, median, 95 % interval, main cause and its share."""
        import pandas as pd

        rows = rows_of(self.quantities)
        return pd.DataFrame([row._asdict() for row in rows]).set_index("quantity")

    def plot(self, *others: Prediction, references: Sequence[Prediction] = ()) -> Figure:
        """One sheet: impedance, resistance, polarisation, rates, critical current, and causes.

        Parameters
        ----------
        others
            Up to three more predictions beside this one; the causes shown are this one's.
        references
            Up to two that they are compared with.
        """
        from ssb_model.prediction.result.figures import prediction_sheet

        return prediction_sheet([self, *others], references)

    def as_content(self) -> dict[str, Any]:
        """The result without its draws as plain data, for JSON."""
        return {
            "coating": self.coating.name,
            "type": self.coating.type,
            "file": {"name": self.coating.path.name, "sha256": self.coating.sha256},
            "cell": self.cell,
            "draws": self.draws,
            "intervals": "of the mean cell" if self.of_the_mean else "of a further cell",
            "quantities": self.quantities,
            "spectrum": {
                "unit": "ohm cm2",
                "frequency_Hz": self.frequency.tolist(),
                **self.nyquist(),
            },
            "survival": [
                {
                    "c_rate": rate,
                    "cycles": list(CYCLES),
                    "without_a_short_percent": self.survival(rate, CYCLES).tolist(),
                }
                for rate in self.filament_use
            ],
            "warnings": list(self.warnings),
            "own cells": self._own_cells,
            "versions": dict(self.versions),
            "works": works_content(self.works),
        }

    @property
    def _own_cells(self) -> dict[str, Any]:
        """Names of the cells beside the published ones that it rests on."""
        known = self.coating.known
        return {
            "of the batch": [row.name for row in known.batch],
            "of the folder": [row.name for row in known.library],
            "checksum": field_digest(known.all),
        }

    def to_json(self) -> str:
        """:meth:`as_content` as text."""
        return json.dumps(self.as_content(), indent=1, allow_nan=False) + "\n"

    def save(self, path: str | Path) -> None:
        """Write it with all draws as JSON, whole or not at all; :func:`load_prediction` reads it.

        Raises
        ------
        InputError
            If the file cannot be written.
        """
        write_prediction(self, Path(path))


def load_prediction(path: str | Path) -> Prediction:
    """The :class:`Prediction` that :meth:`Prediction.save` wrote, equal to the last bit.

    Raises
    ------
    InputError
        If the file is missing, damaged or not a saved prediction.
    """
    path = Path(path)
    return Prediction(**read_prediction(path), works=tuple(read_works(path)))
