"""Make the first coating's curves once, so that the page's first slider finds them compiled."""

from contextlib import suppress

from ssb_model.errors import InputError
from ssb_model.explore.curves import CURVES
from ssb_model.explore.library import Library


def made_ready(coatings=(), cell="zhai2024", progress=lambda text: None):
    """A :class:`Library` whose first coating answers at once.

    Parameters
    ----------
    coatings, cell, progress
        As for :class:`Library`.
    """
    library = Library(coatings, cell, progress)
    explorer = library.explorer(library.names[0], progress)
    for name, curve in CURVES.items():
        progress(f"{explorer.name}: {name}")
        with suppress(InputError):  # the page says so in the curve's place
            curve(explorer, explorer.start, lambda: None)
    return library
