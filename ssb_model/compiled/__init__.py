"""Any discretised PyBaMM model as one JAX program; knows no battery.

PyBaMM is imported only by what needs it (:func:`compile`, :class:`CompiledSolver`): a saved model
is loaded and run by numpy and JAX alone.
"""

from ssb_model.lazy import lazy_room

__getattr__, __dir__, __all__ = lazy_room(__name__)
