"""Whether studies are fitted to the same measurements, whatever they call their cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.errors import InputError

if TYPE_CHECKING:
    from ssb_model.study.kinds import Experiment
    from ssb_model.study.study import Study


def refuse_incomparable(studies: Sequence[Study]) -> list[str]:
    """A name for each of the studies; raises InputError if they are not of the same data."""
    names = _names(studies)
    for name, study in zip(names[1:], studies[1:], strict=True):
        _refuse_other_data(names[0], studies[0], name, study)
    return names


def _names(studies: Sequence[Study]) -> list[str]:
    if len(studies) < 2:
        raise InputError(
            "A comparison needs two studies at least: name another file, or state [[rivals]] in "
            "this one."
        )
    names = [study.model or study.path.name for study in studies]
    if len(set(names)) < len(names):
        names = [": ".join(filter(None, (str(s.path), s.model))) for s in studies]
    if len(set(names)) < len(names):
        raise InputError(f"A study is named twice: {', '.join(names)}.")
    return names


def numbers_of(experiment: Experiment) -> tuple[str, str, bytes]:
    """What an experiment measured, whatever its name: kind, side and numbers."""
    numbers = np.asarray(experiment.measured, dtype=float)
    return type(experiment).__name__, experiment.bound, numbers.tobytes()


def _refuse_other_data(first_name: str, first: Study, name: str, study: Study) -> None:
    ours, theirs = ({numbers_of(e): e.name for e in of.fitted} for of in (first, study))
    differences = [
        f"only {who} fits {', '.join(repr(mine[key]) for key in mine if key not in other)}"
        for who, mine, other in ((first_name, ours, theirs), (name, theirs, ours))
        if mine.keys() - other.keys()
    ]
    if differences:
        raise InputError(
            f"{first_name} and {name} are not fitted to the same data ({'; '.join(differences)}): "
            "criteria compare models of the same numbers; give both the same experiments."
        )
