"""Solves as C code, called by XLA: one core, and each model's functions; optional, see
:mod:`.build`."""

from ssb_model.compiled.kernel.arguments import Results as Results
from ssb_model.compiled.kernel.build import expect as expect, width_of as width_of
from ssb_model.compiled.kernel.calls import Kernel as Kernel, kernel_of as kernel_of
from ssb_model.compiled.kernel.compilers import compiler as compiler
from ssb_model.compiled.kernel.source import (
    ModelSource as ModelSource,
    model_source as model_source,
)
