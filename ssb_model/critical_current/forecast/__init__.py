"""A forecast of the critical current, learnt from published cells.

>>> from ssb_model.critical_current.forecast import CANDIDATES, learned_forecast
>>> forecast = learned_forecast()
>>> print(*forecast.weights)
mean A0 A B C D
"""

from ssb_model.critical_current.forecast.candidates import CANDIDATES
from ssb_model.critical_current.forecast.forecast import Forecast, learn, learned_forecast
from ssb_model.critical_current.forecast.left_out import LeftOut, leave_one_out
from ssb_model.critical_current.forecast.observations import LibraryCell, library_cells

__all__ = [
    "CANDIDATES",
    "Forecast",
    "LeftOut",
    "LibraryCell",
    "learn",
    "learned_forecast",
    "leave_one_out",
    "library_cells",
]
