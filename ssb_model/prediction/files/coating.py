"""What is known of a coating."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ssb_model.library import CoatingType, Quantity


class Measured(NamedTuple):
    """A measured positive number: centre and standard deviation of its logarithm, in SI."""

    log_centre: float
    log_sd: float

    @property
    def value(self) -> float:
        """Its centre."""
        return float(np.exp(self.log_centre))


@dataclass(frozen=True, eq=False)
class Coating:
    """What is known of a coating.

    Attributes
    ----------
    name, type
    quantities
        Of one face, by the names of parameter sets ("layer thickness"); one without a prior is
        taken as known.
    resistance
        Interface resistance, sum of both faces [Ohm.m2], if it was measured.
    critical_current
        [A.m-2], if it was measured.
    stated
        Quantities that the file states.
    path, sha256
        Of the file, as it was read.
    """

    name: str
    type: CoatingType
    quantities: Mapping[str, Quantity]
    resistance: Measured | None
    critical_current: Measured | None
    stated: tuple[str, ...]
    path: Path
    sha256: str

    @property
    def layered(self) -> bool:
        """Whether there is a layer at all."""
        return self.type != "none"

    @property
    def partial(self) -> bool:
        """Whether its file says how much of the face it covers."""
        return self.layered and "coated share" in self.stated
