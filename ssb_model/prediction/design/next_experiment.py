"""Which experiment on a coating tells most about what one wants to know of it.

The model is taken as linear about the most probable face and cell; what is known are the priors,
the measured interface resistance and what the cell's own fit says. An experiment is made on one
cell, which differs from the mean one as cells do (:mod:`ssb_model.study.file.differences`). The
logarithm of the critical current is that of the forecast's median plus its scatter, a coordinate of
its own that only a ramp can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from jaxtyping import Float
from scipy.special import ndtr

from ssb_model.critical_current import FieldForecast
from ssb_model.errors import InputError
from ssb_model.fitting import FreeParameter, ParameterSpace
from ssb_model.library import (
    CELL,
    INTERFACE,
    Quantity,
    further_parts,
    read_toml,
    spread_of,
    validated,
)
from ssb_model.measurements import CYCLES
from ssb_model.prediction.coated_cells import coated_cells
from ssb_model.prediction.design.batch import BETWEEN_CELLS, BatchRamp, batch_ramps
from ssb_model.prediction.design.candidates_file import CandidatesTable, Ramp, ramp_of
from ssb_model.prediction.draws import face_priors, face_quantities, most_probable
from ssb_model.prediction.field import forecast_for
from ssb_model.prediction.files import (
    FOUNDING,
    Coating,
    PredictionCell,
    load_cell,
    load_coating,
)
from ssb_model.prediction.questions import (
    CRITICAL_CURRENT,
    RESISTANCE_QUESTION,
    Question,
    questions,
)
from ssb_model.study import (
    FACTOR,
    Differences,
    Expected,
    Experiment,
    FreeSet,
    Study,
    StudyCell,
    candidates,
    differences_of,
    moved_logarithms,
    of_one_cell,
    rank,
    read_experiments,
    refuse_certain,
    refuse_same_names,
    weighted_jacobians,
)

RAMP = "critical current"
BESIDE = 1e-6  # of a coordinate
SCATTER = FreeParameter("scatter of the critical current", "-", 0.0, -1.96, 1.96, "linear")

#: a cell by which a file is read; what it holds is checked, and not kept
PLAIN = PredictionCell(
    FOUNDING, "llzto", "lfp", {}, ParameterSpace(()), {}, np.zeros(0), np.zeros((0, 0))
)


@dataclass(frozen=True, eq=False)
class Known:
    """A coating in its cell as a study without data, and what is known of its coordinates.

    Attributes
    ----------
    study
        Without data, with the coating in its cell.
    u
        The most probable point.
    J
        Weighted Jacobian of what is known beside the standard normal prior.
    forecast
        Of the critical current.
    """

    study: Study
    u: Float[np.ndarray, " parameters"]
    J: Float[np.ndarray, "data parameters"]
    forecast: FieldForecast

    def gradient(
        self, question: Question
    ) -> tuple[Float[np.ndarray, " numbers"], Float[np.ndarray, "numbers parameters"]]:
        """Values and gradients of a question's numbers at u."""
        study, space = self.study, self.study.free.space
        cell = study.cells[question.cell]
        experiments = question.experiments(cell)
        [simulator] = experiments[0].simulators(cell, experiments, study.free.mapping(cell.name))
        values, jacobian = simulator.evaluate(space, self.sides)
        return values.mean(axis=0), jacobian.mean(axis=0)

    @property
    def sides(self) -> Float[np.ndarray, "sides parameters"]:
        """To either side of u: where the halves of a prior meet, a slope is the mean of both."""
        return self.u + np.array([[-BESIDE], [BESIDE]])

    def critical_current(self) -> tuple[float, Float[np.ndarray, " parameters"]]:
        """ln J of the mean cell and its gradient: the forecast's median, and its scatter without
        that between cells."""
        [R], [dR] = self.gradient(RESISTANCE_QUESTION)
        gradient = self.fall * dR / R
        learnt = np.sqrt(max(self.scatter**2 - BETWEEN_CELLS**2, 0.0))
        gradient[self.study.free.space.labels.index(SCATTER.label)] = learnt
        return float(np.log(self.forecast.quantile(np.array([R]), 0.5)[0])), gradient

    @cached_property
    def fall(self) -> float:
        """By how much the forecast's ln J changes with ln R."""
        at = self.resistance() * np.exp([-0.05, 0.05])
        low, high = self.forecast.quantile(at, 0.5)
        return float(np.log(high / low) / 0.1)

    @cached_property
    def scatter(self) -> float:
        """Standard deviation of the forecast's ln J at the known resistance."""
        R = np.array([self.resistance()])
        middle, upper = (self.forecast.quantile(R, p)[0] for p in (0.5, ndtr(1.0)))
        return float(np.log(upper / middle))

    def beyond(self, name: str) -> float:
        """What a further cell's measured number has beside the parameters, as one standard
        deviation of its gradient's unit."""
        size = float(spread_of(INTERFACE)[CELL].size)
        if name == CRITICAL_CURRENT:  # of ln J
            return float(np.hypot(self.fall * size, BETWEEN_CELLS))
        [question] = questions([name])
        cell, mapping = self.study.cells[question.cell], self.study.free.mapping(question.cell)
        [experiment] = question.experiments(cell)
        simulators = of_one_cell(cell, [experiment], mapping, {INTERFACE: FACTOR})
        moved = moved_logarithms(simulators, self.study.free.space.numbers(self.u), size)
        parts = further_parts(question.kind.spread, *moved.values())
        value = float(self.gradient(question)[0][0])
        return float(np.hypot.reduce([p.in_si(experiment.unit).at(value) for p in parts.values()]))

    def resistance(self) -> float:
        """Of both faces [Ohm.m2]."""
        return float(self.gradient(RESISTANCE_QUESTION)[0][0])


def rank_for_coating(
    coating: str | Path,
    about: Sequence[str],
    cell: str | Path = FOUNDING,
    file: str | Path | None = None,
    progress: Callable[[str], object] = lambda text: None,
    of_the_mean: bool = False,
) -> list[Expected]:
    """Experiments on a coating by what they tell about quantities of its prediction.

    Parameters
    ----------
    coating, cell
        As for :func:`ssb_model.prediction.predict`.
    about
        Such as "capacity at 1C" or "critical current density".
    file
        Of ``[[candidates]]``; by default the usual ones.
    of_the_mean
        Ask for the mean cell's numbers, not for those of a further one as it would be measured.
    """
    path = Path(file or "")
    table = None if file is None else validated(CandidatesTable, read_toml(path), path)
    loaded = load_coating(coating)
    questions([name for name in about if name != CRITICAL_CURRENT])
    if table:  # a mistake is told before the founding cell is fitted
        _of_file(table, path, coated_cells(loaded, PLAIN).cells, np.nan)
    known = known_of(loaded, load_cell(cell, progress))
    usual, ramps = _candidates(known, table, path, loaded.critical_current is not None)
    gradients = {name: _gradient(known, name) for name in about}
    refuse_certain(gradients)
    sides = [weighted_jacobians(known.study, usual, u) for u in known.sides]
    weighted = [(one + other) / 2 for one, other in zip(*sides, strict=True)]
    weighted += [known.critical_current()[1][None] / ramp.noise for ramp in ramps]
    batch: Sequence[BatchRamp] = ()
    if table is None and CRITICAL_CURRENT in about and loaded.critical_current is None:
        batch = batch_ramps(loaded, known.resistance())
    scatter = np.eye(len(known.u))[known.study.free.space.labels.index(SCATTER.label)]
    weighted += [ramp.weight(known.scatter) * scatter[None] for ramp in batch]
    beyond = {} if of_the_mean else {name: known.beyond(name) for name in about}
    return rank(known.J, gradients, [*usual, *ramps, *batch], weighted, beyond)


def _gradient(known: Known, name: str) -> Float[np.ndarray, " parameters"]:
    """Of one thing that one wants to know."""
    if name == CRITICAL_CURRENT:
        return known.critical_current()[1]
    [question] = questions([name])
    return known.gradient(question)[1][0]


def known_of(coating: Coating, cell: PredictionCell) -> Known:
    """The :class:`Known` of a coating in a cell."""
    made = coated_cells(coating, cell)
    face = face_quantities(coating, made)
    space, _ = face_priors(face)
    cells = {
        type: _with_face(study_cell, face, space, cell) for type, study_cell in made.cells.items()
    }
    differences = _differences()
    factors = [one for own in differences.values() for one in own.parameters(wide=1)]
    parameters = (*space.parameters, *cell.space.parameters, *factors, SCATTER)
    inputs = {name: _in_cells([name], cells) for name in space.labels}
    inputs |= {label: _in_cells(names, cells) for label, names in cell.inputs.items()}
    inputs |= {one.label: {} for one in (*factors, SCATTER)}
    free = FreeSet(parameters, inputs, differences=differences)
    study = Study(coating.name, coating.path, cells, (), (), free)
    face_u, _ = most_probable(coating, made, cell)
    u = np.concatenate([face_u, cell.centre, np.zeros(len(factors) + 1)])
    forecast = forecast_for(coating)
    known = Known(study, u, np.zeros((0, len(free.space))), forecast)
    rows = _of_cell(cell, len(space), len(factors) + 1), _measured(coating, known)
    return replace(known, J=np.concatenate(rows))


def _differences() -> dict[str, Differences]:
    """How the symmetric and the full cell of an experiment differ from the mean ones."""
    of = {INTERFACE: ("symmetric", "full"), "growth": ("symmetric",), "capacity": ("full",)}
    return differences_of({kind: float(spread_of(kind)[CELL].size) for kind in of}, of)


def _with_face(
    study_cell: StudyCell,
    face: Mapping[str, Quantity],
    space: ParameterSpace,
    cell: PredictionCell,
) -> StudyCell:
    """A cell whose known numbers are the coating's own and whose inputs are the uncertain ones, and
    the cycles before a rate test."""
    values = study_cell.values.copy()
    values.update({name: q.value for name, q in face.items()})
    own = [name for names in cell.inputs.values() for name in names]
    uncertain = [n for n in (*space.labels, *own, CYCLES) if n in study_cell.inputs]
    quantities = {**study_cell.quantities, **face}
    return replace(study_cell, values=values, quantities=quantities, inputs=tuple(uncertain))


def _in_cells(names: Sequence[str], cells: Mapping[str, StudyCell]) -> dict[str, tuple[str, ...]]:
    found = {type: tuple(n for n in names if n in cell.inputs) for type, cell in cells.items()}
    return {type: own for type, own in found.items() if own}


def _of_cell(cell: PredictionCell, before: int, after: int) -> Float[np.ndarray, "rows parameters"]:
    """Rows that, with the standard normal prior, have the precision of the cell's distribution."""
    size = len(cell.space)
    covariance = cell.root @ cell.root.T
    more, axes = np.linalg.eigh(np.linalg.inv(covariance) - np.eye(size))
    rows = np.sqrt(np.maximum(more, 0.0))[:, None] * axes.T
    return np.hstack([np.zeros((size, before)), rows, np.zeros((size, after))])


def _measured(coating: Coating, known: Known) -> Float[np.ndarray, "rows parameters"]:
    """Rows of what was measured on the coating: ln R over its error, ln J over its own."""
    rows = []
    if coating.resistance is not None:
        [R], [dR] = known.gradient(RESISTANCE_QUESTION)
        rows.append(dR / R / coating.resistance.log_sd)
    if coating.critical_current is not None:
        rows.append(known.critical_current()[1] / coating.critical_current.log_sd)
    return np.array(rows).reshape(-1, len(known.u))


def _candidates(
    known: Known, table: CandidatesTable | None, path: Path, measured: bool
) -> tuple[tuple[Experiment, ...], tuple[Ramp, ...]]:
    """Experiments and ramps of a file, or the usual ones and, of a critical current that was
    ``measured``, a ramp of that cell."""
    if table is None:
        ramp = ramp_of(np.exp(known.critical_current()[0]))
        return candidates(known.study), (ramp,) if measured else ()
    asked = any(one.kind == RAMP for one in table.candidates)
    J = np.exp(known.critical_current()[0]) if asked else np.nan
    return _of_file(table, path, known.study.cells, J)


def _of_file(
    table: CandidatesTable, path: Path, cells: Mapping[str, StudyCell], current_density: float
) -> tuple[tuple[Experiment, ...], tuple[Ramp, ...]]:
    """Experiments of a file on these cells, and ramps until ``current_density`` [A.m-2]."""
    for k, one in enumerate(table.candidates):
        if one.cell not in cells:
            raise InputError(
                f'{path}: candidates[{k}].cell: write "symmetric" or "full", the coating\'s cells.'
            )
    usual = [one for one in table.candidates if one.kind != RAMP]
    found = read_experiments(usual, "candidates", path, cells)
    refuse_same_names(found, path)
    own = [one for one in table.candidates if one.kind == RAMP]
    return tuple(found), tuple(ramp_of(current_density, one, path) for one in own)
