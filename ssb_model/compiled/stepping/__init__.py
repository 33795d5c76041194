"""One step and one Newton correction in plain JAX, the reference for the kernel."""

from ssb_model.compiled.stepping import rodas as rodas, step as step
from ssb_model.compiled.stepping.step import (
    RESIDUAL as RESIDUAL,
    SHIFT as SHIFT,
    Corrected as Corrected,
    Stepped as Stepped,
)
