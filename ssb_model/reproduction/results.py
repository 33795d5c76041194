"""The comparison of paper and model, row by row, and its JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ssb_model.citations import Use, read_works, works_content
from ssb_model.errors import InputError, suggestion
from ssb_model.files import read_json
from ssb_model.fitting import Direction
from ssb_model.library import (
    Experiment,
    load_experiment,
    versions,
    writable_folder,
    write_whole,
    written,
)
from ssb_model.reproduction.curves import load_curves, save_curves
from ssb_model.reproduction.scores import Scores, score_rows

if TYPE_CHECKING:
    import pandas
    from matplotlib.figure import Figure

FILE, CURVES = "reproduce.json", "curves.npz"


@dataclass(frozen=True)
class RowResult:
    """One row of the comparison.

    Attributes
    ----------
    id
        The row's.
    quantity
        Which number it is.
    unit
        Its unit.
    paper
        What the paper states.
    bound
        How the paper's value is meant: "equal", "at least", "at most" or "between".
    model, lower95, upper95
        The model's value and its 95 % interval: from the posterior for fitted rows, with the
        measurement's noise for predicted ones.
    noise
        One standard deviation of the measurement.
    tolerance
        What a fitted row must meet.
    role
        "fitted", "exactly determined", "predicted", "bound", "implied", "input" or
        "qualitative".
    within
        Fitted: inside the tolerance. Predicted: the paper's value lies in the interval; a bound
        is met with a probability of 95 % at least, or missed with one of 5 % at most, else None.
        Bound: the model's value is on the allowed side.
    statement
        Number of the paper's statement.
    noise_reason
        Where the noise comes from.
    probability
        Of a bound that was predicted.
    in_fit
        Whether the paper's number is in the fit that predicts it, so that nothing is scored.
    baseline
        A constant's median and 95 % interval, in the row's unit, for the skill over it.
    baseline_source
        What that constant is of.
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
    probability: float | None = None
    in_fit: bool = False
    baseline: tuple[float, float, float] | None = None
    baseline_source: str = ""

    @property
    def verdict(self) -> str:
        """ "yes" or "no", of a predicted bound with its probability, "open" where it is neither."""
        told = {True: "yes", False: "no", None: ""}[self.within]
        if self.probability is None:
            return told
        return f"{told or 'open'}, {100 * self.probability:.0f} %"

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError(f"row {self.id}: {name} is not finite")


@dataclass(frozen=True, eq=False, repr=False)
class Reproduction:
    """Everything that ``ssb reproduce`` finds; prints its comparison, draws its figures.

    Attributes
    ----------
    experiment
        As its file states it.
    rows
        The comparison.
    parameters
        The fit's, see :meth:`ssb_model.fitting.Fit.parameter_table`.
    undetermined
        Combinations of parameters that the data leave open.
    starts
        Cost that each start of the fit reached.
    curves
        Data of the figures, see :mod:`ssb_model.reproduction.curves`.
    laws
        The laws of the critical current with their constants and the contact loss of each.
    layers
        Layers of equal thickness compared, see :mod:`ssb_model.reproduction.derived.layers`.
    hot_spot
        The hot-spot law tried, see :mod:`ssb_model.reproduction.derived.hot_spot.study`.
    seconds
        Wall time of each stage.
    versions
        That computed it.
    works
        Works behind it.
    """

    experiment: Experiment
    rows: tuple[RowResult, ...]
    parameters: Sequence[Mapping[str, Any]]
    undetermined: tuple[Direction, ...]
    starts: tuple[float, ...]
    curves: dict[str, Any]
    laws: list[dict[str, Any]]
    layers: list[dict[str, Any]]
    hot_spot: dict[str, Any]
    seconds: dict[str, float]
    versions: dict[str, str] = field(default_factory=versions)
    works: tuple[Use, ...] = ()

    def __repr__(self) -> str:
        return f"{self.experiment.name}: paper and model\n{self._shown().to_string()}"

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.experiment.name)}: paper and model</p>{self._shown().to_html()}"

    def _shown(self) -> pandas.DataFrame:
        """The comparison as it is printed: four digits, nothing where there is no number."""
        frame = self.to_dataframe()
        for name in ("paper", "model", "lower95", "upper95"):
            frame[name] = frame[name].map(lambda x: written(x, 4), na_action="ignore")
        return frame.astype(object).where(frame.notna(), "")

    @property
    def scores(self) -> Scores:
        """Of the predicted rows, see :class:`ssb_model.reproduction.scores.totals.Scores`."""
        return score_rows(self.rows)

    def row(self, id: str) -> RowResult:
        """The row with this id."""
        return next(row for row in self.rows if row.id == id)

    def to_dataframe(self) -> pandas.DataFrame:
        """A row a statement: quantity, unit, paper, model, interval, role, within."""
        import pandas

        columns = ["quantity", "unit", "paper", "model", "lower95", "upper95", "role", "within"]
        rows = [asdict(row) for row in self.rows]
        return cast("pandas.DataFrame", pandas.DataFrame(rows).set_index("id")[columns])

    def plot(self, figure: str = "residuals") -> Figure:
        """One of the figures, by name: :data:`ssb_model.reproduction.FIGURES`.

        Raises
        ------
        InputError
            If there is no such figure, naming the nearest.
        """
        from ssb_model.reproduction.figures import FIGURES

        if figure not in FIGURES:
            raise InputError(f"There is no figure '{figure}'. {suggestion(figure, FIGURES)}")
        return FIGURES[figure](self)

    def save(self, folder: str | Path) -> None:
        """Write ``reproduce.json`` and the curves of its figures, for :func:`load_reproduction`.

        Raises
        ------
        InputError
            If the folder cannot be written.
        """
        place = writable_folder(folder)
        save_curves(self.curves, place / CURVES)
        write_whole(place / FILE, self.to_json())

    def to_json(self) -> str:
        """The comparison as JSON text; numbers are finite or null."""
        content = {
            "experiment": self.experiment.name,
            "citation": self.experiment.citation,
            "versions": self.versions,
            "interfaces_counted": self.experiment.interfaces_counted,
            "rows": [asdict(row) for row in self.rows],
            "scores": self.scores.content(),
            "parameters": self.parameters,
            "critical_current_laws": self.laws,
            "layers_of_equal_thickness": self.layers,
            "hot_spot_law": self.hot_spot,
            "undetermined": [
                {"posterior_over_prior_width": d.shrinkage, "loadings": d.loadings}
                for d in self.undetermined
            ],
            "starts": list(self.starts),
            "seconds": {name: round(value, 2) for name, value in self.seconds.items()},
            "works": works_content(self.works),
        }
        return json.dumps(content, indent=1, allow_nan=False) + "\n"


def _row(saved: Mapping[str, Any]) -> RowResult:
    baseline = saved["baseline"]
    return RowResult(**{**saved, "baseline": None if baseline is None else tuple(baseline)})


def load_reproduction(folder: str | Path, experiment: str | Path | None = None) -> Reproduction:
    """A reproduction as :meth:`Reproduction.save` wrote it, without fitting.

    Parameters
    ----------
    folder
        Where ``reproduce.json`` lies.
    experiment
        Name of a shipped experiment or path of a user's own; by default the saved name.

    Raises
    ------
    InputError
        If a file is missing, damaged, or of another version.
    """
    path = Path(folder) / FILE
    try:
        saved = read_json(path)
        loaded = Reproduction(
            experiment=load_experiment(experiment or saved["experiment"]),
            rows=tuple(map(_row, saved["rows"])),
            parameters=saved["parameters"],
            undetermined=tuple(
                Direction(d["posterior_over_prior_width"], d["loadings"])
                for d in saved["undetermined"]
            ),
            starts=tuple(saved["starts"]),
            curves=load_curves(path.with_name(CURVES)),
            laws=saved["critical_current_laws"],
            layers=saved["layers_of_equal_thickness"],
            hot_spot=saved["hot_spot_law"],
            seconds=saved["seconds"],
            versions=saved["versions"],
            works=tuple(read_works(path)),
        )
    except InputError:
        raise
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{path} is no whole reproduction: reproduce again.") from None
    return loaded
