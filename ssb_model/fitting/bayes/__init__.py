"""The sampled posterior: potential, sampler, diagnostics."""

from ssb_model.fitting.bayes.diagnostics import (
    leave_one_out as leave_one_out,
    require_extra as require_extra,
)
from ssb_model.fitting.bayes.posterior import CENTRAL_95 as CENTRAL_95, Posterior as Posterior
from ssb_model.fitting.bayes.sampling import posterior as posterior
