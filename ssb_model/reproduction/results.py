"""The comparison of paper and model, row by row, and its JSON."""

import json
import math
from dataclasses import asdict, dataclass

from ssb_model.citations import Use, works_content
from ssb_model.library import versions


@dataclass(frozen=True)
class RowResult:
    """One row of the comparison.

    Attributes
    ----------
    id, quantity, unit : str
    paper : float or None
        What the paper states.
    bound : str
        How the paper's value is meant: "equal", "at least", "at most" or "between".
    model, lower95, upper95 : float or None
        The model's value and its 95 % interval: from the posterior for fitted rows, with the
        measurement's noise for predicted ones.
    noise : float or None
        One standard deviation of the measurement.
    tolerance : float or None
        What a fitted row must meet.
    role : str
        "fitted", "exactly determined", "predicted", "bound", "implied", "input" or
        "qualitative".
    within : bool or None
        Fitted: inside the tolerance. Predicted: the paper's value lies in the interval.
        Bound: the interval reaches the allowed side.
    statement : int
        Number of the paper's statement.
    noise_reason : str
    """

    id: str
    quantity: str
    unit: str | None
    paper: float | None
    bound: str
    model: float | None
    lower95: float | None
    upper95: float | None
    noise: float | None
    tolerance: float | None
    role: str
    within: bool | None
    statement: int
    noise_reason: str

    def __post_init__(self):
        for name, value in asdict(self).items():
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError(f"row {self.id}: {name} is not finite")


@dataclass(frozen=True, eq=False)
class Reproduction:
    """Everything that ``ssb reproduce`` found.

    Attributes
    ----------
    experiment : ssb_model.library.Experiment
    rows : tuple of RowResult
    fit : ssb_model.fitting.Fit
    curves : dict
        Data of the figures, see :mod:`ssb_model.reproduction.curves`.
    laws : list of dict
        The laws of the critical current with their constants and the contact loss of each.
    layers : list of dict
        Layers of equal thickness compared, see :mod:`ssb_model.reproduction.layers`.
    seconds : dict of str to float
        Wall time of each stage.
    works : tuple of Use
        Works behind it.
    """

    experiment: object
    rows: tuple
    fit: object
    curves: dict
    laws: list
    layers: list
    seconds: dict
    works: tuple[Use, ...] = ()

    def row(self, id):
        """The row with this id."""
        return next(row for row in self.rows if row.id == id)

    def to_json(self):
        """The comparison as JSON text; numbers are finite or null."""
        content = {
            "experiment": self.experiment.name,
            "citation": self.experiment.citation,
            "versions": versions(),
            "interfaces_counted": self.experiment.interfaces_counted,
            "rows": [asdict(row) for row in self.rows],
            "parameters": self.fit.parameter_table(),
            "critical_current_laws": self.laws,
            "layers_of_equal_thickness": self.layers,
            "undetermined": [
                {"posterior_over_prior_width": d.shrinkage, "loadings": d.loadings}
                for d in self.fit.undetermined()
            ],
            "starts": [float(cost) for cost in self.fit.starts],
            "seconds": {name: round(value, 2) for name, value in self.seconds.items()},
            "works": works_content(self.works),
        }
        return json.dumps(content, indent=1, allow_nan=False) + "\n"
