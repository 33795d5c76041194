"""What is known of a coating."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np
from pydantic import Field

from ssb_model.citations import Use, named, source_of
from ssb_model.library import CoatingType, Contact, FieldCell, Quantity
from ssb_model.prediction.files.known_cells import NOTHING_KNOWN, KnownCells


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
        Its own name, and the kind of coating.
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
    source
        What its file gives as the source of what was measured.
    options
        Of the cells, that choose mechanisms of other packages.
    evenness
        :class:`Evenness` of the current at the garnet, or None where the file does not state it;
        a saved prediction keeps what followed from it instead.
    contact
        Its class in the library of cells; None for coated, or for bare garnet of which its
        resistance must say it.
    known
        Cells of the same batch that were measured, and rows of a folder of one's own.
    charge
        How its full cells are charged before each discharge, in words; None: as its cell is.
    """

    name: str
    type: CoatingType
    quantities: Mapping[str, Quantity]
    resistance: Measured | None
    critical_current: Measured | None
    stated: tuple[str, ...]
    path: Path
    sha256: str
    source: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    evenness: Annotated[Any, Field(exclude=True)] = None
    contact: Contact | None = None
    known: KnownCells = NOTHING_KNOWN
    charge: str | None = None

    @property
    def measured(self) -> tuple[FieldCell, ...]:
        """Cells of the same batch that were measured."""
        return self.known.batch

    @property
    def layered(self) -> bool:
        """Whether there is a layer at all."""
        return self.type != "none"

    @property
    def sources(self) -> tuple[Use, ...]:
        """The work that its file gives as its source, if it gives one."""
        if not self.source:
            return ()
        return (Use(source_of(self.source, self.path.stem), f"measured values of {self.name}"),)

    @property
    def works(self) -> tuple[Use, ...]:
        """Its source, and the works behind its quantities."""
        of = f"coating {self.name}"
        each = (named(q.source, of, name) for name, q in self.quantities.items())
        return (*self.sources, *(use for uses in each for use in uses))

    @property
    def holed(self) -> bool:
        """Whether its file says from which thickness on the layer has holes."""
        return self.layered and "layer continuity thickness" in self.stated

    @property
    def partial(self) -> bool:
        """Whether its file says how much of the face it covers, or that it has holes."""
        return self.layered and ("coated share" in self.stated or self.holed)
