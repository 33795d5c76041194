"""A step, a Newton correction and a search in plain JAX, the reference for the kernel."""

from ssb_model.compiled.stepping import rodas as rodas, step as step
from ssb_model.compiled.stepping.step import (
    CLOSE as CLOSE,
    RESIDUAL as RESIDUAL,
    SHIFT as SHIFT,
    SHORTEST as SHORTEST,
    TRIES as TRIES,
    Corrected as Corrected,
    Stepped as Stepped,
    correction_size as correction_size,
)
