"""What every kind of experiment has: numbers measured on one cell, as data of a fit.

A kind is one file: its table in the study file, its numbers in SI, the simulator that answers
them, and their figure. :mod:`ssb_model.study.kinds` lists the kinds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, Self

import numpy as np
from jaxtyping import Float
from pydantic import Field, field_validator
from pydantic.json_schema import SkipJsonSchema

from ssb_model.data import Dataset
from ssb_model.fitting import Datum, Simulator
from ssb_model.library import Table, handy
from ssb_model.measurements import InputsByLabel
from ssb_model.study.kinds.noise import NoiseTable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ssb_model.study.file import StudyCell
    from ssb_model.study.kinds.source import Source

Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[list[Text], Field(min_length=1)]
Range = Annotated[list[Text], Field(min_length=2, max_length=2)]
Bound = Literal["equal", "at least", "at most"]


class ExperimentTable(Table):
    """Keys of every kind; a study of one cell need not name it."""

    kind: Any  # each kind narrows it to its own word
    cell: Text | None = None
    name: Text | None = None
    noise: Text | NoiseTable | None = None
    held_out: bool = False
    same_cell: bool = False

    def read(self, source: Source) -> Sequence[Experiment]:
        """The experiments that the table describes, in SI.

        Parameters
        ----------
        source
            The table's place and cell; reads values with units.

        Raises
        ------
        InputError
            For anything wrong in the table, naming the key.
        """
        raise NotImplementedError


class MeasuredTable(ExperimentTable):
    """Keys of a kind whose numbers are in a file, or were read already: then, from Python alone,
    ``data`` instead of ``file``.

    ``columns`` (header by quantity, or quantities in order), ``units`` and, for columns per area,
    ``area`` say what the file does not, as for :func:`ssb_model.read_impedance`.
    """

    file: Text | None = None
    columns: dict[Text, Text] | list[Text] | None = None
    units: dict[Text, Text] | None = None
    area: Text | None = None
    data: SkipJsonSchema[Any] = Field(default=None, exclude=True)

    #: what a file of this kind is read as
    dataset: ClassVar[type[Dataset]]

    @field_validator("data")
    @classmethod
    def _datasets(cls, data: Any) -> Any:
        for one in data if isinstance(data, list) else [data]:
            if one is not None and not isinstance(one, cls.dataset):
                raise ValueError(f"give {cls.dataset.__name__}, or a list of them, not {one!r:.40}")
        return data

    @property
    def file_name(self) -> str | None:
        """Name of the file, or of what was given instead."""
        given = self.data[0] if isinstance(self.data, list) else self.data
        return self.file or (given and given.path.name)


class Drawn(NamedTuple):
    """Abscissa with its label, and a factor for the numbers with theirs."""

    x: Float[np.ndarray, " numbers"]
    x_label: str
    factor: float
    y_label: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Experiment:
    """Numbers measured on one cell.

    Attributes
    ----------
    name
        Of its own in the study.
    cell
        Name of the cell.
    noise
        One standard deviation, in units of :attr:`scale`; None to estimate it.
    held_out
        Compared with the fitted model, but not fitted.
    bound
        "equal"; "at least" or "at most" for values that are bounds.
    files
        SHA-256 of the measured files, by the name that the study file gives them.
    synthetic
        Whether its file says that it was not measured.
    notes
        Sentences on how its numbers were read, for the warnings of a fit.
    same_cell
        Whether it is a prediction of the cell that was measured, not of a further one.
    rounding
        What is added to the noise of each number where it was read or rounded, in SI.
    between_cells
        Standard deviation of the logarithm between cells of one recipe, which all data of a cell
        share. None where they are not said to differ.

    Each kind has the ``unit`` of its numbers, a ``first_estimate`` of unknown noise, the name of
    the field that holds its ``numbers``, and why the model may be ``without_number``.
    ``starts_charged`` says whether its cell begins at its file's charged stoichiometry.
    """

    name: str
    cell: str
    noise: float | None
    held_out: bool = False
    bound: Bound = "equal"
    files: Mapping[str, str] = field(default_factory=dict)
    synthetic: bool = False
    notes: tuple[str, ...] = ()
    same_cell: bool = False
    rounding: float = 0.0
    between_cells: float | None = None

    unit: ClassVar[str]
    first_estimate: ClassVar[float]
    numbers: ClassVar[str]
    without_number: ClassVar[str] = "within its interval the cell passes a cut-off before"
    starts_charged: ClassVar[bool] = False

    @property
    def spread(self) -> str | None:
        """The kind of its numbers in :mod:`ssb_model.library.spread`, None if they have none."""
        return None

    @property
    def observables(self) -> tuple[str, ...]:
        """Names of its numbers, in order."""
        raise NotImplementedError

    @property
    def measured(self) -> Float[np.ndarray, " numbers"] | None:
        """The numbers in SI, None for a prediction."""
        return getattr(self, self.numbers)

    @property
    def scale(self) -> Float[np.ndarray, " numbers"]:
        """What the noise is relative to: one, unless a kind says otherwise."""
        return np.ones(len(self.observables))

    @property
    def one_number(self) -> bool:
        """Whether it is a single number, which shares a figure with others of its kind."""
        return len(self.observables) == 1

    @property
    def own_inputs(self) -> tuple[str, ...]:
        """Inputs of the cell that it sets, beside the current and the temperature."""
        return ()

    @property
    def hours(self) -> float | None:
        """How long it takes to measure; None where the kind does not say."""
        return None

    @property
    def fitted(self) -> bool:
        """Whether the fit is to meet it."""
        return self.measured is not None and not self.held_out

    def standard_deviations(self, noise: float | None = None) -> Float[np.ndarray, " numbers"]:
        """Of its numbers, in SI; ``noise`` stands in for the experiment's own."""
        own = (noise or self.noise or self.first_estimate) * self.scale
        return np.hypot(own, self.rounding) if self.rounding else own

    def noise_text(self, noise: float) -> str:
        """A noise as it is printed."""
        unit, one = handy(noise, self.unit)
        return f"{noise / one:.2g} {unit}"

    def data(self, noise: float | None = None) -> list[Datum]:
        """One datum a number; none of a prediction."""
        if self.measured is None:
            return []
        rows = zip(self.observables, self.measured, self.standard_deviations(noise), strict=True)
        return [Datum(name, name, float(x), float(sd), self.bound) for name, x, sd in rows]

    def with_measured(self, values: Float[np.ndarray, " numbers"]) -> Self:
        """The same experiment with other numbers, such as synthetic ones."""
        return replace(self, **{self.numbers: np.asarray(values)})

    @classmethod
    def simulators(
        cls, cell: StudyCell, experiments: Sequence[Any], mapping: InputsByLabel
    ) -> list[Simulator]:
        """Simulators of all of a cell's experiments of this kind.

        Parameters
        ----------
        cell
            That all of them were measured on.
        experiments
            Of this kind.
        mapping
            Inputs of the cell that each fitted parameter sets.
        """
        raise NotImplementedError

    @property
    def drawn(self) -> Drawn:
        """How it is drawn."""
        raise NotImplementedError

    def figure(self, model: Float[np.ndarray, " numbers"], noise: float | None = None) -> Figure:
        """Measured numbers against the model's, both in SI; ``noise`` where it was estimated."""
        from ssb_model.study.kinds.figures import curve_fit

        if self.one_number:
            return figure_of_numbers([(self, model)])
        return curve_fit(self, model, noise)


def figure_of_numbers(
    fitted: Sequence[tuple[Experiment, Float[np.ndarray, " one"]]],
) -> Figure:
    """Experiments of one number each, of one kind, with their fitted numbers in SI."""
    from ssb_model.study.kinds.figures import numbers_fit

    return numbers_fit(fitted)
