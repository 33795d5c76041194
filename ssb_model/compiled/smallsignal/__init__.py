"""Impedance at a state and bias, and which states it comes from."""

from ssb_model.compiled.smallsignal.contributions import (
    AT_ONCE as AT_ONCE,
    contributions as contributions,
)
from ssb_model.compiled.smallsignal.doubts import refuse_or_warn as refuse_or_warn
from ssb_model.compiled.smallsignal.impedance import impedance as impedance
