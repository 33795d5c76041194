"""Possible measurements: what the model answers to them, as weighted Jacobians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

import numpy as np
from jaxtyping import Float

from ssb_model.fitting import Problem

if TYPE_CHECKING:
    from ssb_model.study.file import StudyCell
    from ssb_model.study.kinds import Experiment
    from ssb_model.study.study import Study


class Candidate(Protocol):
    """A possible measurement: its name, and how long it takes if its kind says so."""

    @property
    def name(self) -> str: ...

    @property
    def hours(self) -> float | None: ...


AnyCandidate = TypeVar("AnyCandidate", bound=Candidate)


class Answer(NamedTuple):
    """What the model answers to a possible measurement: numbers, derivatives by u, and noise."""

    values: Float[np.ndarray, " numbers"]
    jacobian: Float[np.ndarray, "numbers parameters"]
    noise: Float[np.ndarray, " numbers"]


def answers(
    study: Study, possible: Sequence[Experiment], u: Float[np.ndarray, " parameters"]
) -> list[Answer]:
    """The model's :class:`Answer` to each possible measurement."""
    if not possible:
        return []
    problem = Problem(study.free.space, with_only(study, possible).simulators(), [])
    values, jacobian = (part[0] for part in problem.predictions(np.asarray(u)[None]))
    found = []
    for experiment in possible:
        at = [problem.column(name) for name in experiment.observables]
        noise = experiment.with_measured(values[at]).standard_deviations()
        found.append(Answer(values[at], jacobian[at], noise))
    return found


def weighted_jacobians(
    study: Study, possible: Sequence[Experiment], u: Float[np.ndarray, " parameters"]
) -> list[Float[np.ndarray, "_ parameters"]]:
    """Derivatives by u of the model's answer to each possible measurement, over its noise."""
    return [a.jacobian / a.noise[:, None] for a in answers(study, possible, u)]


def answered(
    possible: Sequence[AnyCandidate], weighted: Sequence[Float[np.ndarray, "_ parameters"]]
) -> tuple[list[AnyCandidate], list[Float[np.ndarray, "_ parameters"]], tuple[str, ...]]:
    """Candidates that the model has an answer to and their Jacobians; names of the others."""
    pairs = list(zip(possible, weighted, strict=True))
    usable = [(candidate, C) for candidate, C in pairs if np.isfinite(C).all()]
    left_out = tuple(candidate.name for candidate, C in pairs if not np.isfinite(C).all())
    return [candidate for candidate, _ in usable], [C for _, C in usable], left_out


def with_only(study: Study, possible: Sequence[Experiment]) -> Study:
    """The study with nothing but the possible measurements, for the model to answer."""
    cells = {
        name: replace(cell, inputs=_inputs(cell, [e for e in possible if e.cell == name]))
        for name, cell in study.cells.items()
    }
    asked = tuple(replace(e, same_cell=True) for e in possible)  # of the cells that are there
    return replace(study, cells=cells, experiments=(), predictions=asked)


def _inputs(cell: StudyCell, experiments: Sequence[Experiment]) -> tuple[str, ...]:
    own = [name for experiment in experiments for name in experiment.own_inputs]
    return tuple(dict.fromkeys([*cell.inputs, *own]))
