"""A user's own measurements: a study file, the cells it names, one fit of everything together."""

from ssb_model.lazy import lazy_room

__getattr__, __dir__, __all__ = lazy_room(__name__)
