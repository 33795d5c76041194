r"""The hot-spot law tried on the paper: resistances, activation energies and critical currents of
its cells from one set of parameters.

A hypothesis (:mod:`ssb_model.critical_current.hot_spot.law`): the paper states no evenness, so
that variations of thickness and the correlation length have priors which are assumed. Two fits:

- *calibrated* on bare and coated cell, the resistance, activation energy and critical current of
  each (statements 9, 10, 13, 14, 15). What it says of the cells of statements 16 and 17 is a
  prediction, beside those of the laws of the mean resistance;
- *all*, which must also meet statement 16, a bound, and 17.

Intervals are of draws of the exact posterior. A critical current scatters between faces that are
alike, as the hottest spots of maps of such faces do; of contacts the scatter is assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from ssb_model.constants import TO_KJ, TO_MA_CM2, TO_OHM_CM2
from ssb_model.critical_current import HotSpotLaw
from ssb_model.fitting import Datum, Fit, Problem, fit
from ssb_model.reproduction.derived.critical import SCATTER, STATED
from ssb_model.reproduction.derived.draws import Answer
from ssb_model.reproduction.derived.hot_spot.model import (
    BARE,
    COATED,
    IONIC,
    SCATTER as OF_SPOT,
    THICK,
    observables,
    simulator,
)
from ssb_model.reproduction.derived.hot_spot.parameters import parameter_space
from ssb_model.reproduction.protocol import number, numbers

if TYPE_CHECKING:
    from ssb_model.library import Experiment
    from ssb_model.reproduction.derived.critical import Critical
    from ssb_model.reproduction.protocol import CellProtocol

STARTS, CHAINS, STEPS = 4, 1024, 250
RESISTANCE_NOISE = 0.05
ENERGY_NOISE = 30.0  # J/mol: the last digit stated
NAME = "H"
RESISTANCES, ENERGIES = {BARE: 9, COATED: 10}, 13

Draws = Float[np.ndarray, "draws observables"]


@dataclass(frozen=True, eq=False)
class HotSpotStudy:
    """Both fits and what they say.

    Attributes
    ----------
    calibrated, all
        The fits.
    draws
        Observables of each fit's posterior, by its name; the columns are the problem's.
    accepted
        Share of the steps that their chains took, by fit.
    """

    calibrated: Fit
    all: Fit
    draws: Mapping[str, Draws]
    accepted: Mapping[str, float]

    def column(self, fit: str, observable: str) -> Float[np.ndarray, " draws"]:
        """Draws of an observable, in SI."""
        return self.draws[fit][:, self.calibrated.problem.column(observable)]


def hot_spot_study(experiment: Experiment, protocol: CellProtocol) -> HotSpotStudy:
    """Fit the law to bare and coated cell, and to all four."""
    space = parameter_space()
    one = simulator(space, protocol)
    centre = np.asarray(one.values(space, np.zeros((1, len(space)))))[0]
    known = dict(zip(observables(), centre, strict=True))
    data = _data(experiment, protocol, (BARE, COATED), known)
    more = _data(experiment, protocol, (THICK, IONIC), known)
    fits = {
        "calibrated": fit(Problem(space, [one], data), STARTS),
        "all": fit(Problem(space, [one], [*data, *more]), STARTS),
    }
    drawn = {name: _posterior(found) for name, found in fits.items()}
    return HotSpotStudy(
        **fits,
        draws={name: values for name, (values, _) in drawn.items()},
        accepted={name: share for name, (_, share) in drawn.items()},
    )


def _data(
    experiment: Experiment,
    protocol: CellProtocol,
    cells: tuple[str, ...],
    centre: Mapping[str, float],
) -> list[Datum]:
    """What is stated of the cells, in SI; faces scatter as at the ``centre`` of the priors."""
    data, step = [], protocol.ramp[1]
    for cell in cells:
        if cell in RESISTANCES:
            R = number(experiment.statements[RESISTANCES[cell]], "Ohm.m2")
            data.append(Datum(f"{cell}: R", f"{cell}: resistance", R, RESISTANCE_NOISE * R))
            energies = numbers(experiment.statements[ENERGIES], "J.mol-1")
            energy = energies[list(RESISTANCES).index(cell)]
            name = f"{cell}: activation energy"
            data.append(Datum(f"{cell}: Ea", name, energy, ENERGY_NOISE))
        statement = experiment.statements[STATED[cell]]
        J = number(statement, "A.m-2")
        noise = float(np.hypot(step / np.sqrt(12), J * centre[f"{cell}: {OF_SPOT}"]))
        bound = "at most" if statement.bound == "upper" else "equal"
        data.append(Datum(f"{cell}: J", f"{cell}: critical current", J, noise, bound))
    return data


def _posterior(found: Fit, seed: int = 0) -> tuple[Draws, float]:
    """Observables at draws of the posterior, one a chain, and the share of accepted steps.

    Metropolis' random walk in the metric of the normal approximation, from draws of it.
    """
    rng = np.random.default_rng(seed)
    problem, root = found.problem, np.linalg.cholesky(found.covariance)
    [one] = problem.simulators

    def weighed(u: Float[np.ndarray, "chains parameters"]) -> tuple[Draws, np.ndarray]:
        values = np.asarray(one.values(problem.space, u))
        log = problem.log_likelihood(values[:, problem.data_columns]).sum(axis=1)
        log = log - 0.5 * (u**2).sum(axis=1)
        return values, np.where(np.isfinite(log), log, -np.inf)

    def normal() -> Float[np.ndarray, "chains parameters"]:
        return rng.normal(size=(CHAINS, len(found.u))) @ root.T

    u, accepted = found.u + normal(), 0.0
    values, log = weighed(u)
    for _ in range(STEPS):
        tried = u + 2.38 / np.sqrt(len(found.u)) * normal()
        its_values, its_log = weighed(tried)
        taken = np.log(rng.uniform(size=CHAINS)) < its_log - log
        u = np.where(taken[:, None], tried, u)
        values = np.where(taken[:, None], its_values, values)
        log = np.where(taken, its_log, log)
        accepted += taken.mean() / STEPS
    return values, accepted


def hot_spot_answers(study: HotSpotStudy) -> dict[str, Answer]:
    """Rows of the hot-spot law, in the rows' units: calibrated ones, and predicted ones."""
    answers = {}
    for cell in (BARE, COATED, THICK, IONIC):
        J = (
            predicted(study, cell)
            if cell in (THICK, IONIC)
            else study.column("calibrated", f"{cell}: critical current")
        )
        at = study.calibrated.observable(f"{cell}: critical current") * TO_MA_CM2
        answers[f"critical current: {cell}, law {NAME}"] = _answer(at, J * TO_MA_CM2)
        met = study.all.observable(f"{cell}: critical current") * TO_MA_CM2
        spread = study.column("all", f"{cell}: critical current") * TO_MA_CM2
        answers[f"all at once: {cell}, critical current, law {NAME}"] = _answer(met, spread)
    for cell in (BARE, COATED):
        for what, factor in (("resistance", TO_OHM_CM2), ("activation energy", TO_KJ)):
            at = study.all.observable(f"{cell}: {what}") * factor
            spread = study.column("all", f"{cell}: {what}") * factor
            answers[f"all at once: {cell}, {what}, law {NAME}"] = _answer(at, spread)
    return answers


def predicted(study: HotSpotStudy, cell: str, seed: int = 1) -> Float[np.ndarray, " draws"]:
    """Critical current [A.m-2] of a cell that the law was not calibrated on, with its scatter."""
    J, scatter = (
        study.column("calibrated", f"{cell}: {what}") for what in ("critical current", OF_SPOT)
    )
    return J * np.exp(scatter * np.random.default_rng(seed).normal(size=len(J)))


def _answer(at: float, draws: Float[np.ndarray, " draws"]) -> Answer:
    low, high = np.percentile(draws, [2.5, 97.5])
    return Answer(float(at), float(low), float(high))


def probabilities(
    experiment: Experiment, critical: Critical, study: HotSpotStudy
) -> list[dict[str, Any]]:
    """By law: how probable statement 16's bound and a value as low, and as high, as 17's were."""
    drawn = {
        name: {
            cell: np.asarray(law.current_density(np.clip(R, *law.resistance_range)))[1:]
            * np.exp(np.random.default_rng(2).normal(0, SCATTER, len(R) - 1))
            for cell, R in critical.resistances.items()
            if cell in (THICK, IONIC)
        }
        for name, law in critical.laws.items()
    }
    drawn[NAME] = {cell: predicted(study, cell) for cell in (THICK, IONIC)}
    stated = {cell: number(experiment.statements[STATED[cell]], "A.m-2") for cell in (THICK, IONIC)}
    return [
        {
            "law": name,
            "probability_of_at_most_1.0_at_1.5_mol_per_L": _share(of[THICK], stated[THICK]),
            "probability_of_at_most_0.5_with_LiI_alone": _share(of[IONIC], stated[IONIC]),
        }
        for name, of in drawn.items()
    ]


def _share(values: Float[np.ndarray, " draws"], bound: float) -> float:
    return round(float(np.mean(values <= bound)), 4)


def hot_spot_table(
    experiment: Experiment, critical: Critical, study: HotSpotStudy
) -> dict[str, Any]:
    """Everything for the result's file."""
    return {
        "hypothesis": f"{HotSpotLaw.title}: {HotSpotLaw.assumes}; no evenness is stated",
        "probabilities": probabilities(experiment, critical, study),
        "fits": {
            name: {
                "cost": float(found.cost),
                "draws": CHAINS,
                "accepted_share": round(study.accepted[name], 3),
                "weighted_residuals": {k: float(v) for k, v in found.weighted_residuals().items()},
                "parameters": found.parameter_table(),
                "undetermined": [
                    {"posterior_over_prior_width": d.shrinkage, "loadings": d.loadings}
                    for d in found.undetermined()
                ],
            }
            for name, found in (("calibrated", study.calibrated), ("all", study.all))
        },
    }
