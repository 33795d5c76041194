"""Many candidates of one coating at a time, here or on another machine."""

from ssb_model.prediction.evaluation.evaluator import Evaluator as Evaluator
from ssb_model.prediction.evaluation.make import make_evaluator as make_evaluator
