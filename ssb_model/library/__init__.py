"""Cited parameter sets, published coatings and experiments, shipped or the user's own, checked."""

from ssb_model.lazy import lazy_room

__getattr__, __dir__, __all__ = lazy_room(__name__)
