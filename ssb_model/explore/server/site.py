"""What one ``ssb explore`` serves, and who is looking at it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from ssb_model.explore.library import Library
from ssb_model.explore.overlay import Overlay
from ssb_model.explore.server.access import Access
from ssb_model.explore.server.assets import Assets
from ssb_model.explore.visit import Visit

MOST_VISITS = 32  # at once; each has a thread
ENDING = 3.0  # s that what is being computed may take to its end


class Site:
    """The coatings, the files of the page, measured files to begin with, and the open visits.

    Parameters
    ----------
    library
        The coatings on offer.
    access
        Who may come.
    overlays
        Files named on the command line.
    area, mass
        Of the visitors' cells, as named on the command line.
    """

    def __init__(
        self,
        library: Library,
        access: Access,
        overlays: Sequence[Overlay] = (),
        area: str = "",
        mass: str = "",
    ) -> None:
        self.library, self.access, self.assets = library, access, Assets()
        self.overlays, self.area, self.mass = overlays, area, mass
        self.visits: dict[Visit, Callable[[], None]] = {}  # and how each is cut off

    @property
    def full(self) -> bool:
        """Whether one more visit is too many."""
        return len(self.visits) >= MOST_VISITS

    def close(self) -> bool:
        """End all visits and what is computed for them; False if something goes on regardless."""
        visits = dict(self.visits)
        for visit, cut in visits.items():
            visit.close()
            cut()
        end = time.monotonic() + ENDING
        return all([visit.join(max(end - time.monotonic(), 0)) for visit in visits])
