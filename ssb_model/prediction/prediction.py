"""What was predicted of a coating: every quantity as a distribution, and what causes its width."""

import json
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ssb_model.citations import Use, works_content
from ssb_model.library import versions
from ssb_model.prediction.causes import causes
from ssb_model.study import bare_name, checksum

PERCENTILES = (50, 2.5, 97.5)


@dataclass(frozen=True, eq=False)
class Prediction:
    """Result of :func:`ssb_model.prediction.predict`.

    Attributes
    ----------
    coating : Coating
    cell : str
    values : dict of str to (array (n,), str)
        Draws of each quantity, and its unit.
    spectrum : array (frequencies, n)
        Impedance of the symmetric cell [ohm cm2].
    frequency : array (frequencies,)
        [Hz]
    sources : dict of str to array (n, parts)
        What was drawn.
    warnings : tuple of str
    works : tuple of Use
        Works behind it.
    """

    coating: object
    cell: str
    values: dict
    spectrum: np.ndarray
    frequency: np.ndarray
    sources: dict
    warnings: tuple = ()
    works: tuple[Use, ...] = ()

    def __getitem__(self, name):
        """Draws of a quantity (n,)."""
        return self.values[name][0]

    @cached_property
    def quantities(self):
        """Each quantity with unit, median and 95 % interval, and what causes most of it."""
        return [self._quantity(name, *of) for name, of in self.values.items()]

    def quantity(self, name):
        """One of them."""
        return next(q for q in self.quantities if q["name"] == name)

    def _quantity(self, name, values, unit):
        median, lower, upper = (float(x) for x in np.percentile(values, PERCENTILES))
        found = causes(values, self.sources)
        return {
            "name": name,
            "unit": unit,
            "median": median,
            "lower95": lower,
            "upper95": upper,
            "causes": [{"unknown": readable(k), "share": round(s, 3)} for k, s in found],
        }

    def nyquist(self):
        """Median and 95 % interval of real and of minus imaginary part, by name (frequencies,)."""
        parts = {"real": self.spectrum.real, "minus_imaginary": -self.spectrum.imag}
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

    def as_content(self):
        """The result as plain data, for JSON."""
        return {
            "coating": self.coating.name,
            "type": self.coating.type,
            "file": {"name": self.coating.path.name, "sha256": checksum(self.coating.path)},
            "cell": self.cell,
            "draws": int(self.spectrum.shape[1]),
            "quantities": self.quantities,
            "spectrum": {
                "unit": "ohm cm2",
                "frequency_Hz": self.frequency.tolist(),
                **self.nyquist(),
            },
            "warnings": list(self.warnings),
            "versions": versions(),
            "works": works_content(self.works),
        }

    def to_json(self):
        """:meth:`as_content` as text."""
        return json.dumps(self.as_content(), indent=1, allow_nan=False) + "\n"


def readable(name):
    """An unknown's name without its unit and the side of the face.

    >>> readable("Negative face layer ionic conductivity [S.m-1]")
    'layer ionic conductivity'
    """
    return bare_name(name).removeprefix("Negative face ")
