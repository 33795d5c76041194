"""A face whose interface resistance is multiplied by a factor, whatever makes it.

Layer, charge transfer, constriction and the arcs of a circuit are each multiplied by it, so that
polarisation, spectra, critical current and capacity follow the resistance.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: the power of the factor by which an input is multiplied, by the end of its name
POWERS = {
    "layer ionic conductivity [S.m-1]": -1,
    "exchange-current density [A.m-2]": -1,
    "contact spacing [m]": 1,
    "interface resistance [Ohm.m2]": 1,
}


def power_of(name: str) -> int:
    """The power of an input by its PyBaMM name, 0 for one that resists nothing.

    >>> power_of("Negative face contact spacing [m]"), power_of("Garnet conductivity [S.m-1]")
    (1, 0)
    """
    return next((power for key, power in POWERS.items() if name.endswith(key)), 0)


def scaled(columns: Mapping[str, Any], factor: Any) -> dict[str, Any]:
    """The columns of a face, arrays of NumPy or JAX, with its resistance times a factor."""
    powers = {name: power for name in columns if (power := power_of(name))}
    return {**columns, **{name: columns[name] * factor**p for name, p in powers.items()}}
