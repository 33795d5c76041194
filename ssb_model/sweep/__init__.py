"""Sweeps: up to a million candidates of a coating, computed in chunks that are whole or not there.

>>> from ssb_model.sweep import pareto
>>> pareto([1.0, 2.0, 3.0], [5.0, 7.0, 6.0], best=("low", "high")).tolist()
[0, 1]
"""

from ssb_model.lazy import lazy_room

__getattr__, __dir__, __all__ = lazy_room(__name__)
