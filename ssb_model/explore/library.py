"""The coatings that a page offers, each made ready when it is first chosen."""

import threading

from ssb_model.explore.explorer import make_explorer
from ssb_model.library import known_described, known_parameter_sets
from ssb_model.prediction import FOUNDING, load_cell, load_coating

FIRST = "lii-znlix"


class Library:
    """Explorers by the name that links and the page's menu use.

    Parameters
    ----------
    coatings : sequence of str
        Files or names of shipped coatings; the first is the one a page opens with. All shipped ones
        are offered beside them.
    cell : str
        As for :func:`ssb_model.prediction.predict`.
    progress : callable, optional

    Raises
    ------
    InputError
        One sentence, for a file that cannot be read.
    """

    def __init__(self, coatings=(), cell=FOUNDING, progress=lambda text: None):
        given = {path: load_coating(path) for path in coatings}
        self._coatings = {_name(path, coating): coating for path, coating in given.items()}
        for name in shipped():
            self._coatings.setdefault(name, None)
        self._cell = load_cell(cell, progress)
        self._made, self._lock = {}, threading.Lock()

    @property
    def names(self):
        """Of all coatings, the one to open with first."""
        return tuple(self._coatings)

    def ready(self, name):
        """Whether the coating needs no time to be made ready."""
        return name in self._made

    def explorer(self, name, progress=lambda text: None):
        """The :class:`~ssb_model.explore.explorer.Explorer` of one of them."""
        if name in self._made:  # at once, also while another is being made ready
            return self._made[name]
        with self._lock:
            if name not in self._made:
                coating = self._coatings[name] or load_coating(name)
                self._made[name] = make_explorer(coating, self._cell, name, progress)
            return self._made[name]


def shipped():
    """Names of the coatings that come with ssb_model, the founding one first."""
    sets = [n.rpartition("/")[2] for n in known_parameter_sets() if n.startswith("coatings/")]
    return tuple(dict.fromkeys([FIRST, *known_described(), *sets]))


def _name(path, coating):
    """A shipped coating's own name, or that of the file."""
    return str(path) if str(path) in shipped() else coating.path.stem
