"""What follows from a fit without being fitted: critical currents, lives, dips, the field."""

from ssb_model.reproduction.derived.after_fit import AfterFit, after_fit
from ssb_model.reproduction.derived.critical import STATED as STATED
from ssb_model.reproduction.derived.dip import DipDraws, after_dips as after_dips
from ssb_model.reproduction.derived.draws import Answer
from ssb_model.reproduction.derived.life import Damage, hold as hold, ramp_of as ramp_of

__all__ = ["AfterFit", "Answer", "Damage", "DipDraws", "after_fit"]
