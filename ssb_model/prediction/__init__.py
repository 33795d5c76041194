"""A coating's performance before it is made, as distributions.

>>> from ssb_model.prediction import load_coating
>>> load_coating("lii-znlix").type
'mixed'
"""

from ssb_model.lazy import lazy_room

__getattr__, __dir__, __all__ = lazy_room(__name__)
