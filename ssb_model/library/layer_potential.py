"""The open-circuit potential of an alloy layer over its lithium content, as a file states it.

In a coating's file::

    [layer_potential]
    content = [0, 0.05, 0.45, 0.5]
    potential = [400, 200, 200, 0]
    unit = "mV"
    tag = "assumed"
    source = "an example"

Contents are on any scale (x of Li_xM, or a share); the potential is that against lithium, which
falls or stays as lithium is added, and the layer lies beside lithium where it reaches 0.
"""

from dataclasses import dataclass
from typing import Annotated, Self

import numpy as np
from jaxtyping import Float
from pydantic import Field, model_validator

from ssb_model.library.quantity import Tag
from ssb_model.library.toml_file import Table
from ssb_model.library.units import to_si

LARGEST = 5.0  # V, against lithium
Points = Annotated[list[float], Field(min_length=2, max_length=10_000)]


@dataclass(frozen=True, eq=False)
class LayerPotential:
    """U(x) against lithium, straight between its points and beyond them.

    Attributes
    ----------
    content
        In that beside lithium, where it is 1.
    potential
        [V]
    """

    content: Float[np.ndarray, " points"]
    potential: Float[np.ndarray, " points"]
    tag: Tag
    source: str


class PotentialTable(Table):
    """The table ``[layer_potential]`` of a coating's file."""

    content: Points
    potential: Points
    unit: Annotated[str, Field(min_length=1)]
    tag: Tag
    source: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _a_potential(self) -> Self:
        x, U = np.array(self.content), self._volts()
        if len(x) != len(U):
            raise ValueError(
                f"content has {len(x)} numbers and potential {len(U)}: give as many of either."
            )
        if not (np.isfinite(x).all() and x[0] >= 0 and (np.diff(x) > 0).all()):
            raise ValueError("content must rise from number to number, from 0 or more.")
        if not (np.abs(U) <= LARGEST).all():
            raise ValueError(
                f"potential must lie within {LARGEST:g} V of lithium: check the numbers and unit."
            )
        if (np.diff(U) > 0).any():
            raise ValueError(
                "potential must not rise as lithium is added: sort the points, or smooth them."
            )
        if U[0] < 0 or U[-1] > 0:
            raise ValueError(
                "potential must begin at 0 V or above and go on to 0 V, where the layer lies "
                "beside lithium: add the points that are missing."
            )
        if self._beside_lithium(x, U) <= 0:
            raise ValueError(
                "potential is 0 V at a content of 0 already: give the contents above it."
            )
        return self

    def _volts(self) -> Float[np.ndarray, " points"]:
        return np.array([to_si(U, self.unit, "V") for U in self.potential])

    @staticmethod
    def _beside_lithium(x: Float[np.ndarray, " points"], U: Float[np.ndarray, " points"]) -> float:
        """The least content at which U is 0; of a potential that is 0 all over, the largest."""
        if U[0] <= 0 and U[-1] >= 0:
            return float(x[-1])
        after = int(np.argmax(U <= 0))
        if after == 0:
            return float(x[0])
        step = slice(after - 1, after + 1)
        return float(np.interp(0.0, U[step][::-1], x[step][::-1]))

    def read(self) -> LayerPotential:
        """In SI, its content counted in that beside lithium."""
        x, U = np.array(self.content), self._volts()
        return LayerPotential(x / self._beside_lithium(x, U), U, self.tag, self.source)
