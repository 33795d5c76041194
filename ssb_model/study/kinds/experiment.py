"""What every kind of experiment has: numbers measured on one cell, as data of a fit.

A kind is one file: its table in the study file, its numbers in SI, the simulator that answers
them, and their figure. :mod:`ssb_model.study.kinds` lists the kinds.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from ssb_model.errors import InputError
from ssb_model.fitting import Datum
from ssb_model.library.toml_file import Table
from ssb_model.library.units import parse

Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[list[Text], Field(min_length=1)]
Range = Annotated[list[Text], Field(min_length=2, max_length=2)]
Bound = Literal["equal", "at least", "at most"]

ESTIMATE = "estimate"
#: temperatures [K] between which Arrhenius laws and solid lithium (it melts at 453.7 K) make sense
COLDEST, HOTTEST = 173.0, 453.0


class ExperimentTable(Table):
    """Keys of every kind."""

    cell: Text
    name: Text | None = None
    noise: Text | None = None
    held_out: bool = False


@dataclass(frozen=True)
class Source:
    """Where a table stands, for messages and relative paths, and the cell it speaks of.

    ``predicted``: the table asks for a prediction and gives no measured values.
    """

    where: str
    number: int
    folder: Path
    cell: object
    predicted: bool = False

    def si(self, text, unit, key):
        """A number with a unit in SI; the key is named where it cannot be read."""
        try:
            return parse(text, unit)
        except InputError as error:
            raise InputError(f"{self.where}.{key}: {error}") from None

    def positive(self, text, unit, key):
        """The same of a number that must be above zero."""
        value = self.si(text, unit, key)
        if not value > 0:
            raise InputError(f"{self.where}.{key} must be positive.")
        return value

    def temperature(self, text, key="temperature"):
        """A temperature [K] at which the cells' laws hold."""
        T = self.si(text, "K", key)
        if not COLDEST <= T <= HOTTEST:
            raise InputError(
                f"{self.where}.{key}: {T - 273.15:.4g} °C is outside the model's range, "
                f"{COLDEST - 273.15:.0f} to {HOTTEST - 273.15:.0f} °C."
            )
        return T

    def noise(self, table, unit):
        """One standard deviation in ``unit``, None where it is to be estimated."""
        if self.predicted and table.noise is None:
            return None
        if table.noise is None:
            raise InputError(
                f'{self.where}: the key noise is missing: add it, with its unit, or "{ESTIMATE}".'
            )
        if table.noise == ESTIMATE:
            return None
        return self.positive(table.noise, unit, "noise")

    def numbers(self, texts, unit, key, count=None, of=""):
        """Measured values (N,) in SI; None for a prediction, which must give none."""
        if self.predicted:
            if texts is not None:
                raise InputError(f"{self.where}.{key}: a prediction has no measured values.")
            return None
        if texts is None:
            raise InputError(f"{self.where}: the key {key} is missing: add the measured values.")
        if count is not None and len(texts) != count:
            raise InputError(
                f"{self.where}: {count} {of} and {len(texts)} of {key}: give one {key} for each."
            )
        return np.array([self.si(text, unit, key) for text in texts])

    def needs(self, kind, *types):
        """Refuse a cell of another type."""
        if self.cell.type not in types:
            raise InputError(
                f"{self.where}: {kind} data are those of a {' or '.join(types)} cell, and "
                f"'{self.cell.name}' is {self.cell.type}."
            )

    def named(self, table, default):
        """The experiment's name."""
        return table.name or default


@dataclass(frozen=True, eq=False, kw_only=True)
class Experiment:
    """Numbers measured on one cell.

    Attributes
    ----------
    name, cell : str
    noise : float or None
        One standard deviation, in units of :attr:`scale`; None to estimate it.
    held_out : bool
        Compared with the fitted model, but not fitted.
    bound : str
        "equal"; "at least" or "at most" for values that are bounds.
    files : dict of str to str
        SHA-256 of the measured files, by the name that the study file gives them.
    """

    name: str
    cell: str
    noise: float | None
    held_out: bool = False
    bound: Bound = "equal"
    files: dict = field(default_factory=dict)

    unit: ClassVar[str]
    first_estimate: ClassVar[float]

    @property
    def observables(self):
        """Names of its numbers, in order."""
        raise NotImplementedError

    @property
    def measured(self):
        """The numbers (N,) in SI, None for a prediction."""
        raise NotImplementedError

    @property
    def scale(self):
        """What the noise is relative to (N,): one, unless a kind says otherwise."""
        return np.ones(len(self.observables))

    @property
    def own_inputs(self):
        """Inputs of the cell that it sets, beside the current and the temperature."""
        return ()

    @property
    def hours(self):
        """How long it takes to measure; None where the kind does not say."""
        return None

    @property
    def fitted(self):
        """Whether the fit is to meet it."""
        return self.measured is not None and not self.held_out

    def standard_deviations(self, noise=None):
        """Of its numbers (N,), in SI; ``noise`` stands in for the experiment's own."""
        return (noise or self.noise or self.first_estimate) * self.scale

    def data(self, noise=None):
        """One :class:`ssb_model.fitting.Datum` a number."""
        rows = zip(self.observables, self.measured, self.standard_deviations(noise), strict=True)
        return [Datum(name, name, float(x), float(sd), self.bound) for name, x, sd in rows]

    def with_measured(self, values):
        """The same experiment with other numbers (N,), such as synthetic ones."""
        raise NotImplementedError

    @classmethod
    def simulators(cls, cell, experiments, mapping):
        """Simulators of all of a cell's experiments of this kind.

        Parameters
        ----------
        cell : StudyCell
        experiments : sequence of this kind
        mapping : dict of str to tuple of str
            Inputs of the cell that each fitted parameter sets.
        """
        raise NotImplementedError

    def figure(self, model, noise=None):
        """Measured numbers against the model's (N,)."""
        raise NotImplementedError
