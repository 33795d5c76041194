"""Whether a law beats the plain mean, said in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from jaxtyping import Float


class Gain(NamedTuple):
    """What the best law's leave-one-out ln p gains on the plain mean's, cell by cell."""

    law: str
    by_cell: Float[np.ndarray, " cells"]

    @property
    def total(self) -> float:
        """Sum over the cells."""
        return float(self.by_cell.sum())

    @property
    def error(self) -> float:
        """Standard error of the total, from the differences between cells."""
        return float(np.sqrt(len(self.by_cell)) * self.by_cell.std(ddof=1))

    @property
    def beats(self) -> bool:
        """Whether the total exceeds its standard error."""
        return self.total > self.error

    def __str__(self) -> str:
        return (
            f"{self.law}, {self.total:+.1f} ± {self.error:.1f} in ln p over {len(self.by_cell)} "
            "cells left out in turn"
        )


def gain_on_mean(scores: Mapping[str, Float[np.ndarray, " cells"]]) -> Gain:
    """The gain of the law whose `scores` add up to most."""
    laws = [law for law in scores if law != "mean"]
    best = max(laws, key=lambda law: scores[law].sum())
    return Gain(best, scores[best] - scores["mean"])


def sentence(gain: Gain, name: str, without: Gain | None) -> str:
    """What a `gain` amounts to, of which most comes from the cell `name`.

    ``without`` is the gain if that cell had never been there, None where too few others remain.
    """
    if not gain.beats:
        return (
            f"No law beats the plain mean beyond doubt (the best: {gain}): the forecast is hardly "
            "narrower than the scatter of the library."
        )
    start = f"A law beats the plain mean ({gain})"
    if without is None:
        return f"{start}."
    if without.beats:
        return f"{start}, and does without {name} too ({without})."
    return f"{start}, but only because of {name}: without that cell none does ({without})."
