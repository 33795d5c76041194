"""The model's steps as generated C code, called by XLA; optional, see :mod:`.build`."""

from ssb_model.compiled.kernel.calls import Kernel as Kernel, kernel_of

__all__ = ["kernel_of"]
