"""A step, a Newton correction and a search in plain JAX, the reference for the kernel."""

from ssb_model.compiled.stepping import constants as constants, rodas as rodas, step as step
from ssb_model.compiled.stepping.step import (
    correction_size as correction_size,
)
