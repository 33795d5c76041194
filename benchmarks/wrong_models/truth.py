"""What a truth yields: synthetic numbers to fit, and what would be measured of each question."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ssb_model.library import CELL, MEASUREMENT, spread_of

SEED = 2026


@dataclass(frozen=True)
class Made:
    """One synthetic study: its numbers by experiment, and the answers to its questions, in SI."""

    measured: Mapping[str, np.ndarray]
    answers: Mapping[str, float]


def generator(truth, number):
    """Random numbers of one study, whatever other studies there are."""
    return np.random.default_rng([SEED, *truth.encode(), number])


def answered(study, known, rng):
    """What would be read of each prediction of a study, whose true values are ``known``.

    By the parts of ``ssb_model/library/spread.toml``: the measurement of each number and, of a
    further cell, one difference between cells for all.
    """
    found, further = {}, rng.normal()
    for asked in study.predictions:
        parts = spread_of(asked.spread)
        values = np.array([known[name] for name in asked.observables])
        values = parts[MEASUREMENT].added(values, rng.normal(size=len(values)))
        if not asked.same_cell:
            values = parts[CELL].added(values, further)
        found |= dict(zip(asked.observables, values.tolist(), strict=True))
    return found
