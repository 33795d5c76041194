"""Candidates ranked by what they tell of what one wants to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from ssb_model.errors import InputError, suggestion
from ssb_model.study.analysis import parts_of
from ssb_model.study.design.advice import Expected
from ssb_model.study.design.candidates import candidates
from ssb_model.study.design.information import information
from ssb_model.study.design.jacobians import Candidate, answered, weighted_jacobians

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit


def rank(
    J: Float[np.ndarray, "data parameters"],
    gradients: Mapping[str, Float[np.ndarray, " parameters"]],
    possible: Sequence[Candidate],
    weighted: Sequence[Float[np.ndarray, "_ parameters"]],
    beyond: Mapping[str, float] | None = None,
) -> list[Expected]:
    """Candidates by their information, the most informative first.

    Parameters
    ----------
    J
        Weighted Jacobian of what is known already, without the prior.
    gradients
        Of each thing that one wants to know by the coordinates.
    possible
        Further measurements.
    weighted
        Weighted Jacobian of each possible measurement; one that is not finite is left out.
    beyond
        Standard deviation of what no parameter says of a wanted number, by its name: how a further
        cell differs, its measurement, what the model leaves out. No candidate can tell it.
    """
    usable, jacobians, _ = answered(possible, weighted)
    own = np.diag([(beyond or {}).get(name, 0.0) for name in gradients])
    own = own[:, own.any(axis=0)]

    def padded(rows: Float[np.ndarray, "_ parameters"]) -> Float[np.ndarray, "_ all"]:
        return np.hstack([rows, np.zeros((len(rows), own.shape[1]))])

    wanted = np.hstack([np.stack(list(gradients.values())), own])
    info = information(padded(J), wanted, [padded(C) for C in jacobians])
    expected = [
        Expected(
            name=candidate.name,
            hours=candidate.hours,
            information=max(float(info.gained[k]), 0.0),  # rounding
            widths=dict(zip(gradients, map(float, info.after[k] / info.now), strict=True)),
        )
        for k, candidate in enumerate(usable)
    ]
    return sorted(expected, key=lambda candidate: -candidate.information)


def rank_for_fit(fit: StudyFit, about: Sequence[str], of_the_mean: bool = False) -> list[Expected]:
    """Candidates of a fitted study by what they tell about parameters and predictions of it.

    Parameters
    ----------
    fit
        Of the study.
    about
        Labels of free parameters, or "experiment: observable" of ``[[predictions]]``.
    of_the_mean
        Take predictions as those of the mean cell, not of a further one as it would be measured.

    Raises
    ------
    InputError
        For a name that is neither.
    """
    space = fit.fit.problem.space
    predicted = [name for e in fit.study.predictions for name in e.observables]
    gradients = {}
    for name in about:
        if name in space.labels:
            gradients[name] = np.eye(len(space))[space.labels.index(name)]
        elif name in predicted:
            gradients[name] = fit.fit.jacobian[fit.fit.problem.column(name)]
        else:
            known = suggestion(name, [*space.labels, *predicted])
            raise InputError(
                f"'{name}' is neither a free parameter nor a prediction of the study. {known}"
            )
    refuse_certain(gradients)
    possible = candidates(fit.study)
    weighted = weighted_jacobians(fit.study, possible, fit.fit.u)
    beyond = {} if of_the_mean else _beyond(fit, [name for name in about if name in predicted])
    return rank(fit.fit.data_jacobian, gradients, possible, weighted, beyond)


def _beyond(fit: StudyFit, names: Sequence[str]) -> dict[str, float]:
    """What predictions have beside the parameters, as one standard deviation in SI."""
    parts = parts_of(fit) if names else {}
    return {
        name: float(np.hypot.reduce([p.at(fit.fit.observable(name)) for p in own.values()]))
        for name in names
        if (own := parts[name])
    }


def refuse_certain(gradients: Mapping[str, Float[np.ndarray, " parameters"]]) -> None:
    """Raise InputError for something that depends on nothing uncertain."""
    for name, gradient in gradients.items():
        if not np.any(gradient):
            raise InputError(f"'{name}' depends on nothing that is uncertain: leave it out.")
