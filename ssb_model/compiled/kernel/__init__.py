"""The model's steps as generated C code, called by XLA; optional, see :mod:`.build`."""

from ssb_model.compiled.kernel.build import width_of as width_of
from ssb_model.compiled.kernel.calls import Kernel as Kernel, kernel_of as kernel_of
from ssb_model.compiled.kernel.source import kernel_source as kernel_source
