"""Solid-state cells with buffer layers: PyBaMM models, compiled by JAX, fitted to measurements.

The names in ``__init__.pyi`` are imported from their rooms on first use, so that
``import ssb_model`` is quick: PyBaMM and JAX, which take seconds, are loaded only by what needs
them.
"""

from ssb_model.lazy import lazy_room

__getattr__, __dir__, __all__ = lazy_room(__name__)
