"""What a solve of the face returns: a frozen field that can be asked for maps at any depth."""

from dataclasses import dataclass, replace

import numpy as np

from ssb_model.errors import InputError
from ssb_model.field import depth as below
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

    contact: np.ndarray  #: True where lithium touches
    period: np.ndarray  #: of the face [m], one a direction
    conductivity: float  #: of the garnet [S/m]
    thickness: float | None  #: of the garnet [m]; None: infinitely deep
    contact_resistance: float | np.ndarray  #: [Ohm.m2]
    voltage: float  #: of lithium against the counter electrode [V]
    current_density: np.ndarray  #: from lithium into garnet at the face [A.m-2]
    total_resistance: float
    constriction_resistance: float
    contact_part: float
    residual: float  #: of the linear system, relative

    @property
    def contact_fraction(self):
        """Share of the face that lithium touches."""
        return float(self.contact.mean())

    @property
    def mean_current_density(self):
        """Over the whole face [A.m-2]."""
        return float(self.current_density.mean())

    @property
    def focusing_factor(self):
        """Largest over mean current density; at a perfect contact it grows with every refinement.

        (As the pixels' width to the power -1/2: the singularity at the edge is integrable.)
        """
        return float(self.current_density.max() / self.mean_current_density)

    @property
    def position(self):
        """Positions of the pixels' middles [m], one array a direction."""
        return tuple(
            (np.arange(n) + 0.5) * length / n
            for n, length in zip(self.contact.shape, self.period, strict=True)
        )

    def at_current_density(self, mean):
        """The same field, scaled to a ``mean`` current density [A.m-2]."""
        factor = one_positive(mean, "mean current density", A_M2) / self.mean_current_density
        return replace(
            self,
            voltage=self.voltage * factor,
            current_density=read_only(self.current_density * factor),
        )

    def potential_at(self, depth):
        """Map of the potential against the counter electrode [V] at ``depth`` [m].

        At the face it is the lithium's less r i in contact. Where the garnet is infinitely deep it
        is against the mean over the face, whose uniform drop is left out.
        """
        return np.asarray(below.potential_at(*self._at(depth)))

    def current_at(self, depth):
        """Maps of the current density [A.m-2] at ``depth`` [m], one a direction, then downwards."""
        return tuple(np.asarray(flow) for flow in below.current_at(*self._at(depth)))

    def cut(self, depths, line=None):
        """Vertical cut along the first direction of the face.

        Parameters
        ----------
        depths : (d,) array
            Depths below the face [m].
        line : int, optional
            Pixel in the second direction of a face; its middle where not given.

        Returns
        -------
        ssb_model.field.VerticalCut
        """
        depths = np.atleast_1d(self._depths(depths))
        line = self._line(line)
        maps = below.cut(
            self.current_density, depths, self.period, self.conductivity, self.thickness, line
        )
        return below.VerticalCut(self.position[0], depths, *map(np.asarray, maps))

    def _line(self, line):
        if self.contact.ndim == 1:
            return None
        lines = self.contact.shape[1]
        line = lines // 2 if line is None else line
        if not 0 <= line < lines:
            raise InputError(f"There is no line {line}; the face has lines 0 to {lines - 1}.")
        return int(line)

    def _at(self, depth):
        depth = self._depths(depth)
        return (self.current_density, depth, self.period, self.conductivity, self.thickness)

    def _depths(self, depths):
        values = np.asarray(depths, float)
        deepest = np.inf if self.thickness is None else self.thickness
        if not (np.isfinite(values).all() and (values >= 0).all() and (values <= deepest).all()):
            raise InputError(f"A depth must lie between 0 and {deepest:g} m, inside the garnet.")
        return values


def read_only(values):
    """The array itself, as numpy's and not to be written to."""
    values = np.array(values)
    values.flags.writeable = False
    return values
