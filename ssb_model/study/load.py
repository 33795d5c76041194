"""A saved fit reloaded: everything as it was saved, without a new fit."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ssb_model.errors import InputError
from ssb_model.fitting import Fit, Problem, Profile
from ssb_model.study.analysis import reloaded
from ssb_model.study.design import Advice, Expected, Outlook
from ssb_model.study.file import checksum, first_change
from ssb_model.study.fit import SavedFit, SavedOutlook, SavedProfile, StudyFit, read_saved
from ssb_model.study.make import load_study
from ssb_model.study.study import Study

SAME_COST = 1e-9  # relative: stored cost against that of the stored residuals


def load_fit(path: str | Path, study: str | Path | None = None) -> StudyFit:
    """The result of a fit, from its ``fit.json``.

    Parameters
    ----------
    path
        Of the ``fit.json``.
    study
        The study file, if it no longer lies where it lay beside ``fit.json``.

    Returns
    -------
    Equal to the last bit to the one that was saved. If versions differ from those that computed it,
    its warnings say so.

    Raises
    ------
    InputError
        If the file is not a saved fit, or one of the study's files is missing or has changed.
    """
    path = Path(path)
    saved = read_saved(path)
    file = Path(study) if study else path.parent / saved.study.file
    _refuse_other_study(path, file, saved)
    read = load_study(file)
    if change := first_change(saved.files, read.checksums):
        raise InputError(f"{path} is not of these files: {change}. Put it back, or fit again.")
    profiles = tuple(map(_profile, saved.profiles))
    fit = _fit(saved, read, path)
    return StudyFit(
        study=read,
        fit=fit,
        noise=saved.estimated_noise,
        profiles=profiles,
        outlook=_outlook(saved.next_measurements),
        posterior=saved.posterior and reloaded(saved.posterior.samples, fit, read),
        cross_validation=tuple(row.model_dump() for row in saved.cross_validation),
        versions=saved.versions,
        predicted=_predicted(saved),
    )


def _refuse_other_study(path: Path, file: Path, saved: SavedFit) -> None:
    if not file.is_file():
        raise InputError(f"{path} is of the study {file}, which is missing: put it back.")
    if checksum(file) != saved.study.sha256:
        raise InputError(f"{path} is not of this {file}, which has changed: fit again.")


def _fit(saved: SavedFit, study: Study, path: Path) -> Fit:
    """The optimum; it must belong to the study's parameters and data."""
    solution, problem = saved.solution, study.problem()
    u = np.array(solution.u)
    values, jacobian = (
        np.array(numbers, dtype=float) for numbers in (solution.observables, solution.jacobian)
    )
    size = len(problem.observables), len(problem.space)
    if tuple(solution.labels) != problem.space.labels or values.shape + u.shape != size:
        raise InputError(f"{path} has other parameters or observables than its study: fit again.")
    if jacobian.shape != size or len(solution.noise) != len(problem.data):
        raise InputError(f"{path} has other data than its study: fit again.")
    data = [replace(d, noise=n) for d, n in zip(problem.data, solution.noise, strict=True)]
    problem = Problem(problem.space, problem.simulators, data, study.loss)
    r, J = problem.data_residuals(values[None], jacobian[None])
    r, _ = problem.loss.residual(r)
    cost = 0.5 * (np.sum(r**2) + np.sum(u**2))
    if not np.isclose(cost, saved.cost, rtol=SAME_COST):
        raise InputError(f"{path} does not have the cost of its own residuals: fit again.")
    return Fit(
        problem=problem,
        u=u,
        cost=saved.cost,
        values=values,
        jacobian=jacobian,
        data_jacobian=np.sqrt(problem.loss.information) * J[0],
        starts=np.array([np.inf if s.cost is None else s.cost for s in saved.starts]),
        starting_points=np.array([s.u for s in saved.starts]),
    )


def _outlook(entry: SavedOutlook | None) -> Outlook | None:
    if entry is None:
        return None
    expected = [Expected(**candidate.model_dump()) for candidate in entry.candidates]
    advice = [
        Advice(**a.model_dump(exclude={"measurements"}), measurements=tuple(a.measurements))
        for a in entry.advice
    ]
    return Outlook(tuple(expected), tuple(advice), tuple(entry.left_out))


def _profile(entry: SavedProfile) -> Profile:
    values, excess = np.array(entry.values), np.array(entry.excess_chi_squared)
    return Profile(entry.parameter, entry.unit, values, excess, entry.lower95, entry.upper95)


def _predicted(saved: SavedFit) -> tuple[dict[str, Any], ...] | None:
    """Its predictions; None, to be worked out again, where an earlier version wrote them."""
    rows = tuple(saved.predictions)
    return rows if all("shares" in row for row in rows) else None
