"""A folder of raw files as the table of a supporting information: no study file, no model."""

from ssb_model.lazy import lazy_room

__getattr__, __dir__, __all__ = lazy_room(__name__)
