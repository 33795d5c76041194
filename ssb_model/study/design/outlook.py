"""Which further measurement would determine the parameters that the data of a fit leave open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from ssb_model.study.analysis import FLAGGED
from ssb_model.study.completeness import LABEL
from ssb_model.study.design.advice import Advice, Expected, Outlook
from ssb_model.study.design.candidates import candidates
from ssb_model.study.design.information import Information, information
from ssb_model.study.design.jacobians import Candidate, answered, weighted_jacobians

if TYPE_CHECKING:
    from ssb_model.study.fit import StudyFit


def next_measurements(fit: StudyFit) -> Outlook:
    """What each candidate of a study would bring, at the optimum."""
    possible = candidates(fit.study)
    weighted = weighted_jacobians(fit.study, possible, fit.fit.u)
    labels, spared = fit.fit.problem.space.labels, fit.study.free.incidental | {LABEL}
    return outlook(fit.fit.data_jacobian, labels, possible, weighted, spared)


def outlook(
    J: Float[np.ndarray, "data parameters"],
    labels: Sequence[str],
    possible: Sequence[Candidate],
    weighted: Sequence[Float[np.ndarray, "_ parameters"]],
    spared: Collection[str] = (),
) -> Outlook:
    """What further measurements would bring to data with the weighted Jacobian ``J``.

    Parameters
    ----------
    J
        Derivatives of the data by the parameters, over the noise.
    labels
        Of the parameters.
    possible
        Further measurements.
    weighted
        Weighted Jacobian of each possible measurement; one that is not finite is left out.
    spared
        Parameters that nobody wants to know, such as the drift in a spectrum, or that no
        measurement need tell: how a cell was charged is asked of whoever did it.
    """
    usable, jacobians, left_out = answered(possible, weighted)
    info = information(J, np.eye(len(labels)), jacobians)
    expected = [
        Expected(
            name=candidate.name,
            hours=candidate.hours,
            information=float(info.gained[k]),
            widths=dict(zip(labels, map(float, info.after[k]), strict=True)),
        )
        for k, candidate in enumerate(usable)
    ]
    advice = [
        _advice(k, labels[k], info, expected)
        for k, width in enumerate(info.now)
        if width >= FLAGGED and expected and labels[k] not in spared
    ]
    ranked = sorted(expected, key=lambda candidate: -candidate.information)
    return Outlook(tuple(ranked), tuple(advice), left_out)


def _advice(k: int, label: str, info: Information, expected: Sequence[Expected]) -> Advice:
    """One candidate if it determines the parameter, else a pair if one does, else the closest."""
    best = int(np.argmin(info.after[:, k]))
    chosen, reached = (best,), info.after[best, k]
    pairs = list(combinations(range(len(expected)), 2))
    if reached >= FLAGGED and pairs:
        widths = [info.after_both(*pair)[k] for pair in pairs]
        if min(widths) < FLAGGED:
            chosen, reached = pairs[int(np.argmin(widths))], min(widths)
    hours = [h for i in chosen if (h := expected[i].hours) is not None]
    return Advice(
        parameter=label,
        width=float(info.now[k]),
        measurements=tuple(expected[i].name for i in chosen),
        hours=float(sum(hours)) if len(hours) == len(chosen) else None,
        expected=float(reached),
        among=len(expected),
    )
