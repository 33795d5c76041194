"""The critical current as it is measured: a current that rises step by step until the cell shorts.

Each step strips one electrode and then the other, for a given time or capacity. The cell's own
states decide what happens (``cells/short_circuit.py``, ``cells/face/voids.py``): contact lost in
one step is missing in the next, so that ramp and hold agree with each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
from jaxtyping import Bool, Float
from numpy.typing import ArrayLike

from ssb_model.compiled import Protocol, Step
from ssb_model.constants import HOUR
from ssb_model.errors import InputError
from ssb_model.measurements.shorting_cell import FILAMENT, ShortingCell

SOFT = 0.05  # share of the garnet that filaments have crossed when the fall of voltage is seen
CRITERIA = ("soft", "hard")


@dataclass(frozen=True)
class Ramp:
    """Steps of current density, each stripped and plated once.

    Attributes
    ----------
    current_densities
        A.m-2, rising.
    half_cycle
        Duration of each direction [s].
    areal_capacity
        Instead: charge of each direction [A.s.m-2].
    """

    current_densities: tuple[float, ...]
    half_cycle: float | None = None
    areal_capacity: float | None = None

    def __post_init__(self) -> None:
        J = np.asarray(self.current_densities, dtype=float)
        if J.ndim != 1 or not len(J) or not np.isfinite(J).all() or J[0] <= 0:
            raise InputError("A ramp needs a list of positive current densities in A/m2.")
        if (np.diff(J) <= 0).any():
            k = int(np.argmax(np.diff(J) <= 0))
            raise InputError(
                f"A ramp's current densities must rise, but {J[k + 1]:g} A/m2 comes after "
                f"{J[k]:g} A/m2: sort them."
            )
        if (self.half_cycle is None) == (self.areal_capacity is None):
            raise InputError("Give a ramp either half_cycle, in s, or areal_capacity, in A.s/m2.")
        for name in ("half_cycle", "areal_capacity"):
            value = getattr(self, name)
            if value is not None and not (np.isfinite(value) and value > 0):
                raise InputError(f"A ramp's {name} must be positive, not {value:g}.")

    @classmethod
    def even(cls, first: float, step: float, last: float, **direction: float) -> Self:
        """From ``first`` in equal steps up to ``last`` [A.m-2]; ``direction`` as above.

        >>> Ramp.even(0.5, 0.5, 1.5, half_cycle=3600).current_densities
        (0.5, 1.0, 1.5)
        """
        if not step > 0:
            raise InputError(f"A ramp's step must be positive, not {step:g} A/m2.")
        number = int(np.floor((last - first) / step * (1 + 1e-12))) + 1
        return cls(tuple(float(first + step * k) for k in range(number)), **direction)

    def protocol(self, area: float) -> Protocol:
        """The protocol of a cell of ``area`` [m2]."""
        return Protocol(
            [
                Step("current", sign * J * area, self._duration(J))
                for J in self.current_densities
                for sign in (1, -1)
            ]
        )

    def _duration(self, J: float) -> float:
        return self.half_cycle or (self.areal_capacity or 0.0) / J


@dataclass(frozen=True, eq=False)
class CriticalCurrent:
    """The critical current of each member of a batch.

    Attributes
    ----------
    last_safe, first_failed
        Current densities [A.m-2]: of the last step without a short (0 if the first one failed)
        and of the step with the short (NaN if none had one: see ``shorted``).
    shorted
        Whether there was one.
    hours
        When the run ended.
    """

    last_safe: Float[np.ndarray, " batch"]
    first_failed: Float[np.ndarray, " batch"]
    shorted: Bool[np.ndarray, " batch"]
    hours: Float[np.ndarray, " batch"]


def run_ramp(
    cell: ShortingCell,
    ramp: Ramp,
    inputs: Mapping[str, ArrayLike],
    criterion: Literal["soft", "hard"] = "hard",
) -> CriticalCurrent:
    """Run a ramp on a batch of cells.

    Parameters
    ----------
    cell
        Compiled once for all ramps.
    ramp
        Its steps.
    inputs
        Numbers or arrays (batch,) by name.
    criterion
        "hard": filaments have crossed the garnet, the voltage is zero. "soft": the voltage is
        seen to fall, filaments have crossed 5 % of it.
    """
    if criterion not in CRITERIA:
        raise InputError(f'The criterion of a ramp is "soft" or "hard", not "{criterion}".')
    solution = cell.run(ramp.protocol(cell.area), inputs)
    threshold = SOFT if criterion == "soft" else cell.short
    crossed = np.where(solution.valid, solution[FILAMENT], -1.0) >= threshold
    crossed[np.arange(len(crossed)), solution.valid.sum(axis=1) - 1] |= cell.shorted(solution)
    step = np.take_along_axis(solution.segment, crossed.argmax(axis=1)[:, None], axis=1)[:, 0] // 2
    shorted = np.asarray(crossed.any(axis=1))
    J = np.array([0.0, *ramp.current_densities])
    return CriticalCurrent(
        last_safe=np.where(shorted, J[step], J[-1]),
        first_failed=np.where(shorted, J[step + 1], np.nan),
        shorted=shorted,
        hours=solution.t_end / HOUR,
    )
