"""Every lab's cells forecast from the library without that lab, and how well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from ssb_model.critical_current.field_model.covariates import covariates, spreads
from ssb_model.critical_current.field_model.data import Data, data_of, learnt_from
from ssb_model.critical_current.field_model.predictive import of_cell
from ssb_model.critical_current.field_model.priors import PRIORS, Prior
from ssb_model.critical_current.field_model.sampling import Tuning, sample_each
from ssb_model.library import FieldCell

QUANTILES = (0.025, 0.16, 0.5, 0.84, 0.975)


class LabLeftOut(NamedTuple):
    """A cell and what the other labs say of it.

    Attributes
    ----------
    cell
        The row.
    log_score
        ln of the density of ln J where a number was read, else of the probability of its interval.
    pit
        Forecast probability below the number, or below each end of the interval.
    quantiles
        Of J [mA/cm2], at QUANTILES.
    """

    cell: FieldCell
    log_score: float
    pit: tuple[float, float]
    quantiles: Float[np.ndarray, " 5"]

    @property
    def read(self) -> bool:
        """Whether a number was read, no interval."""
        return self.pit[0] == self.pit[1]


def labs_left_out(
    cells: Sequence[FieldCell],
    tuning: Tuning,
    draws: int = 300,
    seed: int = 0,
    priors: Mapping[str, Prior] = PRIORS,
) -> tuple[LabLeftOut, ...]:
    """Each row that is learnt from, forecast from the rows of other labs.

    A lab's papers are left out together: that is stricter than paper by paper.
    """
    data, rows, spread = data_of(cells), learnt_from(cells), spreads(cells)
    found = sample_each(folds(data), tuning, draws, seed, priors=priors).theta
    result = []
    for i, row in enumerate(rows):
        own = int(np.argmax(data.labs[:, i]))
        theta = {name: values[own] for name, values in found.items()}
        mixture = of_cell(theta, covariates(row, spread))
        ends = float(data.low[i]), float(data.high[i])
        below = (float(mixture.below(ends[0])), float(mixture.below(ends[1])))
        quantiles = np.exp(mixture.quantile(np.array(QUANTILES)))
        result.append(LabLeftOut(row, mixture.log_probability(*ends), below, quantiles))
    return tuple(result)


def folds(data: Data) -> list[Data]:
    """The library without each lab."""
    return [data._replace(used=1.0 - lab) for lab in data.labs]
