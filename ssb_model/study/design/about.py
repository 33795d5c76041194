"""Which measurement tells most about what one wants to know.

What is asked for are numbers y with the gradient G by the coordinates u, whose posterior has the
precision P = J'J + 1. Their covariance is G P^-1 G' now and G (P + Jc'Jc)^-1 G' after a measurement
with the weighted Jacobian Jc; the information expected from it is half the logarithm of the ratio
of the determinants (:mod:`.next_measurement` has the source, and what this takes for true).
"""

from dataclasses import dataclass

import numpy as np

from ssb_model.errors import InputError, suggestion
from ssb_model.study.design.candidates import candidates
from ssb_model.study.design.information import weighted_jacobians

SAME = 1e-12  # of the variance: what keeps two things that are asked for from being one


@dataclass(frozen=True)
class Telling:
    """What one candidate is expected to tell.

    Attributes
    ----------
    name : str
    hours : float or None
        None if its kind does not say.
    information : float
        About all that is asked for together [nat].
    widths : dict of str to float
        Of each thing asked for: expected width of its interval over that now.
    """

    name: str
    hours: float | None
    information: float
    widths: dict


def rank(J, asked, wanted, weighted):
    """Candidates by what they tell, the most telling first.

    Parameters
    ----------
    J : array (data, parameters)
        Weighted Jacobian of what is known already, without the prior.
    asked : dict of str to array (parameters,)
        Gradient of each thing asked for by the coordinates.
    wanted : sequence of objects with ``name`` and ``hours``
    weighted : sequence of arrays (N, parameters)
        Of each candidate; one that is not finite is left out.

    Returns
    -------
    list of Telling
    """
    G = np.stack(list(asked.values()))
    precision = J.T @ J + np.eye(J.shape[1])
    G = G / np.sqrt(np.diag(_covariance(G, precision)))[:, None]  # so that none is tiny
    before = _covariance(G, precision) + SAME * np.eye(len(G))
    found = []
    for candidate, own in zip(wanted, weighted, strict=True):
        if not np.isfinite(own).all():
            continue
        after = _covariance(G, precision + own.T @ own) + SAME * np.eye(len(G))
        gained = 0.5 * (np.linalg.slogdet(before)[1] - np.linalg.slogdet(after)[1])
        widths = np.sqrt(np.diag(after) / np.diag(before))
        named = dict(zip(asked, map(float, widths), strict=True))
        found.append(Telling(candidate.name, candidate.hours, float(gained), named))
    return sorted(found, key=lambda telling: -telling.information)


def _covariance(G, precision):
    return G @ np.linalg.solve(precision, G.T)


def rank_for_fit(found, about):
    """Candidates of a fitted study by what they tell about parameters and predictions of it.

    Parameters
    ----------
    found : StudyFit
    about : sequence of str
        Labels of free parameters, or "experiment: observable" of ``[[predictions]]``.

    Returns
    -------
    list of Telling

    Raises
    ------
    InputError
        For a name that is neither.
    """
    space = found.fit.problem.space
    predicted = [name for e in found.study.predictions for name in e.observables]
    asked = {}
    for name in about:
        if name in space.labels:
            asked[name] = np.eye(len(space))[space.labels.index(name)]
        elif name in predicted:
            asked[name] = found.fit.jacobian[found.fit.problem.column(name)]
        else:
            told = suggestion(name, [*space.labels, *predicted])
            raise InputError(
                f"'{name}' is neither a free parameter nor a prediction of the study. {told}"
            )
    refuse_idle(asked)
    wanted = candidates(found.study)
    weighted = weighted_jacobians(found.study, wanted, found.fit.u)
    return rank(found.fit.data_jacobian, asked, wanted, weighted)


def refuse_idle(asked):
    """Raise InputError for something asked for that depends on nothing uncertain."""
    for name, gradient in asked.items():
        if not np.any(gradient):
            raise InputError(f"'{name}' depends on nothing that is uncertain: leave it out.")
