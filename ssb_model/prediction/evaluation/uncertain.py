"""Intervals of a sweep's candidates: of a further cell of each, the model made linear about it.

What a sweep does not vary is uncertain as it is for :mod:`~ssb_model.prediction.design`: by the
priors, a measured resistance and the cell's own fit. It carries over to the logarithm of each
candidate's answer by exact derivatives; the other parts are those of every predictive interval
(:mod:`ssb_model.library.spread`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import jax.numpy as jnp
import numpy as np
from jaxtyping import Float

from ssb_model.fitting import NORMAL_95
from ssb_model.library import CELL, INTERFACE, Table, further_parts, spread_of, widened
from ssb_model.measurements import power_of
from ssb_model.prediction.questions import spread_kind

if TYPE_CHECKING:
    from ssb_model.prediction.coated_cells import CoatedCells, Columns
    from ssb_model.prediction.design import Known
    from ssb_model.prediction.questions import Question

STEP = 1e-3  # of a coordinate, for the rate at which its input changes
ASIDE = 0.9  # of every input's value, a point at which no two are tied and no share is whole
LOWER, UPPER = " lower95", " upper95"

Numbers = Float[np.ndarray, " n"]


def without_end(output: str) -> str:
    """The quantity whose end of the interval an output is.

    >>> without_end("capacity at 1C lower95")
    'capacity at 1C'
    """
    return output.removesuffix(LOWER).removesuffix(UPPER)


@dataclass(frozen=True, eq=False)
class Uncertain:
    """What is uncertain of all that a sweep does not vary.

    Attributes
    ----------
    names
        Inputs by PyBaMM name.
    root
        A square root of the covariance of their logarithms.
    resisting
        Inputs that make the interface resist, varied ones among them.
    of_the_mean
        Whether intervals are those of the mean cell.
    acting
        Those of its inputs that a question's numbers depend on, by its first name.
    """

    names: tuple[str, ...]
    root: Float[np.ndarray, "names directions"]
    resisting: tuple[str, ...]
    of_the_mean: bool = False
    acting: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def as_content(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "names": list(self.names),
            "root": self.root.tolist(),
            "resisting": list(self.resisting),
            "of_the_mean": self.of_the_mean,
            "acting": {name: list(of) for name, of in self.acting.items()},
        }

    @property
    def asked(self) -> tuple[str, ...]:
        """Inputs by which a candidate's answer is differentiated."""
        return tuple(dict.fromkeys([*self.names, *self.resisting]))

    def with_acting(
        self, cells: CoatedCells[Any], questions: Sequence[Question], base: Mapping[str, float]
    ) -> Uncertain:
        """The same, knowing which inputs act: those by which a point that is nothing special has
        a derivative."""
        columns = {name: np.full(1, ASIDE * value) for name, value in base.items()}
        acting = {}
        for question in questions:
            _, slopes = cells.slopes(question, columns, self.asked)
            acts = np.any(slopes != 0, axis=(1, 2))
            acting[question.names[0]] = [n for n, own in zip(self.asked, acts, strict=True) if own]
        return replace(self, acting=acting)

    def slopes(
        self, cells: CoatedCells[Any], question: Question, columns: Columns
    ) -> tuple[Float[np.ndarray, "numbers n"], Float[np.ndarray, "asked numbers n"]]:
        """A question's numbers and their derivatives by all inputs that are asked."""
        own = self.acting[question.names[0]]
        numbers, some = cells.slopes(question, columns, own)
        slopes = np.zeros((len(self.asked), *numbers.shape))
        slopes[[self.asked.index(name) for name in own]] = some
        return numbers, slopes

    def logarithms(
        self, values: Numbers, columns: Columns, slopes: Float[np.ndarray, "asked n"]
    ) -> tuple[Numbers, Numbers]:
        """Standard deviations of a number's logarithm: that which the parameters cause, and that
        which the interface's differences between cells do."""
        with np.errstate(divide="ignore", invalid="ignore"):
            powers = np.stack([columns[name] for name in self.asked]) * slopes / np.abs(values)
        at = [self.asked.index(name) for name in self.resisting]
        through = np.array([power_of(name) for name in self.resisting]) @ powers[at]
        size = spread_of(INTERFACE)[CELL].size
        return np.linalg.norm(self.root.T @ powers[: len(self.names)], axis=0), abs(through) * size

    def ends(
        self, name: str, values: Numbers, columns: Columns, slopes: Float[np.ndarray, "asked n"]
    ) -> dict[str, Numbers]:
        """Both ends of the interval of a question's number, in its unit, by output."""
        sd, moved = self.logarithms(values, columns, slopes)
        lower, upper = (values * np.exp(side * NORMAL_95 * sd) for side in (-1, 1))
        parts = {} if self.of_the_mean else further_parts(spread_kind(name), moved)
        found = widened(values, lower, upper, parts)
        return {name + LOWER: found.lower, name + UPPER: found.upper}

    def of_resistance(
        self, R: Numbers, columns: Columns, slopes: Float[np.ndarray, "asked n"]
    ) -> Numbers:
        """Standard deviation of the logarithm of a further cell's interface resistance."""
        sd, moved = self.logarithms(R, columns, slopes)
        return sd if self.of_the_mean else np.hypot(sd, moved)


class UncertainTable(Table):
    """A saved :class:`Uncertain`."""

    names: list[str]
    root: list[list[float]]
    resisting: list[str]
    of_the_mean: bool
    acting: dict[str, list[str]]

    def read(self) -> Uncertain:
        """The one that was saved."""
        names, resisting = tuple(self.names), tuple(self.resisting)
        root = np.array(self.root).reshape(len(names), -1)
        return Uncertain(names, root, resisting, self.of_the_mean, self.acting)


def uncertain_of(
    known: Known, inputs: Collection[str], varied: Collection[str], of_the_mean: bool
) -> Uncertain:
    """The :class:`Uncertain` of a coating in its cell when some of its ``inputs`` vary."""
    space, of = known.study.free.space, known.study.free.inputs
    root = np.linalg.cholesky(np.linalg.inv(known.J.T @ known.J + np.eye(len(space))))
    low, high = (space.values(jnp.asarray(known.u + side * STEP)) for side in (-1, 1))
    rows = {
        name: np.log(float(high[label]) / float(low[label])) / (2 * STEP) * root[k]
        for k, label in enumerate(space.labels)
        for name in (n for own in of[label].values() for n in own)
        if name not in varied
    }
    stacked = np.array(list(rows.values())).reshape(len(rows), len(space))
    resisting = tuple(name for name in inputs if power_of(name))
    return Uncertain(tuple(rows), stacked, resisting, of_the_mean)
