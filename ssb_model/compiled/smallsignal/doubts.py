"""An impedance that no passive cell can have is not handed over without a word."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from ssb_model.compiled.outcome import Outcome
from ssb_model.errors import Unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jaxtyping import Bool, Complex, Float

ROUNDING = 1e-9  # of the modulus: a real part below zero by less is none
SHOWN = 8  # numbers of members in a sentence
CAUSE = "an input, the state or the current is out of range"


def refuse_or_warn(
    z: Complex[np.ndarray, "batch frequencies"], hertz: Float[np.ndarray, " frequencies"]
) -> None:
    """Unfinished where no member has an impedance; a RuntimeWarning for those that have none, and
    for those whose real part is negative."""
    missing = np.asarray(~np.isfinite(z).all(axis=1))
    if missing.size and missing.all():
        raise Unfinished(f"The model has no impedance there ({_why()}): {CAUSE}.")
    for sentence in _sentences(z, hertz, missing):
        warnings.warn(sentence, RuntimeWarning, stacklevel=3)


def _sentences(
    z: Complex[np.ndarray, "batch frequencies"],
    hertz: Float[np.ndarray, " frequencies"],
    missing: Bool[np.ndarray, " batch"],
) -> Iterator[str]:
    if missing.any():
        yield f"No impedance of {_members(missing)}, NaN instead ({_why()}): {CAUSE}."
    negative = np.real(z) < -ROUNDING * np.abs(z)  # False where it is NaN
    if negative.any():
        whose = np.asarray(negative.any(axis=1))
        lowest = hertz[negative.any(axis=0)].min()
        yield (
            f"The impedance of {_members(whose)} has a negative real part, first at "
            f"{lowest:.3g} Hz, as no cell at rest has: {CAUSE}, or the state is not stable."
        )


def _members(which: Bool[np.ndarray, " batch"]) -> str:
    numbers = [str(n) for n in np.flatnonzero(which)]
    if len(which) == 1:
        return "the model"
    more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
    return f"member {', '.join(numbers[:SHOWN])}{more} of {len(which)}"


def _why() -> str:
    return Outcome.NO_CONSISTENT_STATE.sentence + ", or its matrix is singular"
