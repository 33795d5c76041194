"""A step, a Newton correction and a search in plain JAX, the reference for the kernel."""

from ssb_model.compiled.stepping import constants as constants, rodas as rodas, step as step
from ssb_model.compiled.stepping.step import (
    Corrected as Corrected,
    Stepped as Stepped,
    correction_size as correction_size,
)
