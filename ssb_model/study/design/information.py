"""Which further measurement would determine the parameters that the data leave open.

In the coordinates u, standard normal under the prior, the posterior has the covariance
(J'J + 1)^-1 with J the weighted Jacobian of the data at the optimum. A further measurement with the
weighted Jacobian Jc there is expected to leave (J'J + Jc'Jc + 1)^-1, whatever it will read: its
values are not needed, only the model, the noise and the optimum. The information expected from it
is half the logarithm of the ratio of the determinants: Bayesian D-optimality (Chaloner and
Verdinelli, Stat. Sci. 1995, 10, 273, doi 10.1214/ss/1177009939). It holds as far as the model is
linear over what is still open.
"""

from itertools import combinations

import numpy as np

from ssb_model.fitting import Problem
from ssb_model.study.analysis import FLAGGED
from ssb_model.study.design.advice import Advice, Expected, Outlook
from ssb_model.study.design.candidates import asking, candidates


def next_measurements(found):
    """What each candidate of a study would bring, at the optimum.

    Parameters
    ----------
    found : StudyFit

    Returns
    -------
    Outlook
    """
    wanted = candidates(found.study)
    weighted = weighted_jacobians(found.study, wanted, found.fit.u)
    return outlook(found.fit.data_jacobian, found.fit.problem.space.labels, wanted, weighted)


def outlook(J, labels, wanted, weighted):
    """What measurements with the ``weighted`` Jacobians would add to data with the Jacobian ``J``.

    Parameters
    ----------
    J : array (data, parameters)
    labels : sequence of str
        Of the parameters.
    wanted : sequence of objects with ``name`` and ``hours``
    weighted : sequence of arrays (N, parameters)
        One that is not finite is left out.

    Returns
    -------
    Outlook
    """
    precision = J.T @ J + np.eye(J.shape[1])
    usable, left_out = [], []
    for candidate, own in zip(wanted, weighted, strict=True):
        if np.isfinite(own).all():
            usable.append((candidate, own.T @ own))
        else:
            left_out.append(candidate.name)
    added = [information for _, information in usable]
    expected = [_expected(candidate, precision, own, labels) for candidate, own in usable]
    advice = [
        _advice(k, labels[k], width, precision, expected, added)
        for k, width in enumerate(_widths(precision))
        if width >= FLAGGED and expected
    ]
    ranked = sorted(expected, key=lambda candidate: -candidate.information)
    return Outlook(tuple(ranked), tuple(advice), tuple(left_out))


def weighted_jacobians(study, wanted, u):
    """Of each wanted measurement, the Jacobian by u of the model over the noise (N, parameters)."""
    if not wanted:
        return []
    space = study.free.space
    problem = Problem(space, asking(study, wanted).simulators(), [])
    values, jacobian = (part[0] for part in problem.predictions(np.asarray(u)[None]))
    found = []
    for experiment in wanted:
        at = [problem.column(name) for name in experiment.observables]
        noise = experiment.with_measured(values[at]).standard_deviations()
        found.append(jacobian[at] / noise[:, None])
    return found


def _expected(candidate, precision, added, labels):
    after = precision + added
    information = 0.5 * (np.linalg.slogdet(after)[1] - np.linalg.slogdet(precision)[1])
    widths = dict(zip(labels, map(float, _widths(after)), strict=True))
    return Expected(candidate.name, candidate.hours, float(information), widths)


def _widths(precision):
    """Posterior over prior width of each parameter; of a stack of precisions, a stack."""
    return np.sqrt(np.diagonal(np.linalg.inv(precision), axis1=-2, axis2=-1))


def _advice(k, label, width, precision, expected, added):
    """One candidate if it determines the parameter, else a pair if one does, else the closest."""
    best = min(range(len(expected)), key=lambda i: expected[i].widths[label])
    chosen, reached = (best,), expected[best].widths[label]
    pairs = list(combinations(range(len(expected)), 2))
    if reached >= FLAGGED and pairs:
        widths = [_widths(precision + added[i] + added[j])[k] for i, j in pairs]
        if min(widths) < FLAGGED:
            chosen, reached = pairs[int(np.argmin(widths))], min(widths)
    hours = [expected[i].hours for i in chosen]
    return Advice(
        parameter=label,
        width=float(width),
        measurements=tuple(expected[i].name for i in chosen),
        hours=None if None in hours else float(sum(hours)),
        expected=float(reached),
        among=len(expected),
    )
