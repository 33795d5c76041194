"""The page of ``ssb explore``; needs the extra ``explore``."""

from ssb_model.lazy import lazy_room

__getattr__, __dir__, __all__ = lazy_room(__name__)
