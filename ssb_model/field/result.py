"""What a solve of the face returns: a frozen field that can be asked for maps at any depth."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Float

from ssb_model.errors import InputError
from ssb_model.field import depth as below
from ssb_model.field.lattice import Given
from ssb_model.library import A_M2, one_positive


@dataclass(frozen=True, eq=False, kw_only=True)
class ContactField:
    """Current and potential around the contacts of one face, with the inputs they belong to.

    Resistances are area-specific, over the whole face [Ohm.m2]:

    - ``total_resistance``: voltage over mean current density, without the garnet's L/sigma where
      the garnet is infinitely deep;
    - ``contact_part``: of all contacts in parallel, 1/mean(1/r) with 1/r = 0 in the gaps, which is
      r/theta for one r: what they would have below a face at one potential;
    - ``constriction_resistance``: the total less L/sigma less the contact part. Never negative.
    """

    contact: Bool[np.ndarray, "*face"]  #: True where lithium touches
    period: Float[np.ndarray, " directions"]  #: of the face [m]
    conductivity: float  #: of the garnet [S/m]
    thickness: float | None  #: of the garnet [m], or None where it is infinitely deep
    contact_resistance: float | Float[np.ndarray, "*face"]  #: [Ohm.m2]
    voltage: float  #: of lithium against the counter electrode [V]
    current_density: Float[np.ndarray, "*face"]  #: from lithium into garnet at the face [A.m-2]
    total_resistance: float
    constriction_resistance: float
    contact_part: float
    residual: float  #: of the linear system, relative

    @property
    def contact_fraction(self) -> float:
        """Share of the face that lithium touches."""
        return float(self.contact.mean())

    @property
    def mean_current_density(self) -> float:
        """Over the whole face [A.m-2]."""
        return float(self.current_density.mean())

    @property
    def focusing_factor(self) -> float:
        """Largest over mean current density; at a perfect contact it grows with every refinement.

        (As the pixels' width to the power -1/2: the singularity at the edge is integrable.)
        """
        return float(self.current_density.max() / self.mean_current_density)

    @property
    def position(self) -> tuple[Float[np.ndarray, " n"], ...]:
        """Positions of the pixels' middles [m], one array a direction."""
        return tuple(
            (np.arange(n) + 0.5) * length / n
            for n, length in zip(self.contact.shape, self.period, strict=True)
        )

    def at_current_density(self, mean: float) -> ContactField:
        """The same field, scaled to a ``mean`` current density [A.m-2]."""
        factor = one_positive(mean, "mean current density", A_M2) / self.mean_current_density
        return replace(
            self,
            voltage=self.voltage * factor,
            current_density=read_only(self.current_density * factor),
        )

    def potential_at(self, depth: float) -> Float[np.ndarray, "*face"]:
        """Map of the potential against the counter electrode [V] at ``depth`` [m].

        At the face it is the lithium's less r i in contact. Where the garnet is infinitely deep it
        is against the mean over the face, whose uniform drop is left out.
        """
        return np.asarray(below.potential_at(*self._at(depth)))

    def current_at(self, depth: float) -> tuple[Float[np.ndarray, "*face"], ...]:
        """Maps of the current density [A.m-2] at ``depth`` [m], one a direction, then downwards."""
        return tuple(np.asarray(flow) for flow in below.current_at(*self._at(depth)))

    def cut(self, depths: Given, line: int | None = None) -> below.VerticalCut:
        """Vertical cut along the first direction of the face.

        Parameters
        ----------
        depths
            Depths below the face [m].
        line
            Pixel in the second direction of a face; its middle where not given.
        """
        at = np.atleast_1d(self._depths(depths))
        chosen = self._line(line)
        maps = below.cut(
            self.current_density, at, self.period, self.conductivity, self.thickness, chosen
        )
        return below.VerticalCut(self.position[0], at, *map(np.asarray, maps))

    def _line(self, line: int | None) -> int | None:
        if self.contact.ndim == 1:
            return None
        lines = self.contact.shape[1]
        chosen = lines // 2 if line is None else line
        if not 0 <= chosen < lines:
            raise InputError(f"There is no line {chosen}; the face has lines 0 to {lines - 1}.")
        return int(chosen)

    def _at(self, depth: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, float, float | None]:
        at = self._depths(depth)
        return (self.current_density, at, self.period, self.conductivity, self.thickness)

    def _depths(self, depths: Given) -> Float[np.ndarray, "*depths"]:
        values = np.asarray(depths, float)
        deepest = np.inf if self.thickness is None else self.thickness
        if not (np.isfinite(values).all() and (values >= 0).all() and (values <= deepest).all()):
            raise InputError(f"A depth must lie between 0 and {deepest:g} m, inside the garnet.")
        return values


def read_only(values: Given) -> np.ndarray:
    """The array itself, as numpy's and not to be written to."""
    kept = np.array(values)
    kept.flags.writeable = False
    return kept
