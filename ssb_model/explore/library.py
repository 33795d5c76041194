"""The coatings that a page offers, each made ready when it is first chosen."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from ssb_model.errors import InputError
from ssb_model.explore.curves import CURVES, computed
from ssb_model.explore.explorer import Explorer, make_explorer
from ssb_model.library import known_described, known_parameter_sets
from ssb_model.prediction import FOUNDING, Coating, load_cell, load_coating

FIRST = "lii-znlix"


class Library:
    """Explorers by the name that links and the page's menu use.

    Parameters
    ----------
    coatings
        Files or names of shipped coatings; the first is the one a page opens with. All shipped ones
        are offered beside them.
    cell
        As for :func:`ssb_model.prediction.predict`.
    progress
        Is given a line about each thing that is done.

    Raises
    ------
    InputError
        One sentence, for a file that cannot be read.
    """

    def __init__(
        self,
        coatings: Sequence[str] = (),
        cell: str = FOUNDING,
        progress: Callable[[str], None] = lambda text: None,
    ) -> None:
        given = {path: load_coating(path) for path in coatings}
        self._coatings: dict[str, Coating | None] = {
            _name(path, coating): coating for path, coating in given.items()
        }
        for name in shipped():
            self._coatings.setdefault(name, None)
        self._cell = load_cell(cell, progress)
        self._made: dict[str, Explorer] = {}
        self._lock = threading.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """Of all coatings, the one to open with first."""
        return tuple(self._coatings)

    def ready(self, name: str) -> bool:
        """Whether the coating needs no time to be made ready."""
        return name in self._made

    def explorer(self, name: str, progress: Callable[[str], None] = lambda text: None) -> Explorer:
        """The :class:`~ssb_model.explore.explorer.Explorer` of one of them."""
        if name in self._made:  # at once, also while another is being made ready
            return self._made[name]
        with self._lock:
            if name not in self._made:
                coating = self._coatings[name] or load_coating(name)
                self._made[name] = make_explorer(coating, self._cell, name, progress)
            return self._made[name]


def ready_library(
    coatings: Sequence[str] = (),
    cell: str = FOUNDING,
    progress: Callable[[str], None] = lambda text: None,
) -> Library:
    """A :class:`Library` whose first coating answers at once: all its curves are compiled.

    Parameters
    ----------
    coatings, cell, progress
        As for :class:`Library`.
    """
    library = Library(coatings, cell, progress)
    explorer = library.explorer(library.names[0], progress)
    for name in CURVES:
        progress(f"{explorer.name}: {name}")
        with suppress(InputError):  # the page says so in the curve's place
            computed(name, explorer, explorer.start)
    return library


def shipped() -> tuple[str, ...]:
    """Names of the coatings that come with ssb_model, the founding one first."""
    sets = [n.rpartition("/")[2] for n in known_parameter_sets() if n.startswith("coatings/")]
    return tuple(dict.fromkeys([FIRST, *known_described(), *sets]))


def _name(path: str | Path, coating: Coating) -> str:
    """A shipped coating's own name, or that of the file."""
    return str(path) if str(path) in shipped() else coating.path.stem
