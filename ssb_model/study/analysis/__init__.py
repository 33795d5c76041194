"""What a fit says beyond its parameters: processes, unseen data, posterior, noise."""

from ssb_model.study.analysis.assumed import (
    assumed as assumed,
    assumed_sentence as assumed_sentence,
)
from ssb_model.study.analysis.circuits import (
    Beside as Beside,
    beside_circuit as beside_circuit,
    circuit_of as circuit_of,
)
from ssb_model.study.analysis.held_out import (
    cross_validation as cross_validation,
    held_out_scores as held_out_scores,
    refuse_unknown_noise as refuse_unknown_noise,
)
from ssb_model.study.analysis.limits import (
    FLAGGED as FLAGGED,
    POOR as POOR,
    SAME_COST as SAME_COST,
)
from ssb_model.study.analysis.missing import missed as missed
from ssb_model.study.analysis.noise_structure import (
    misfit_taken_for_noise as misfit_taken_for_noise,
)
from ssb_model.study.analysis.posterior import (
    as_content as as_content,
    noises as noises,
    reloaded as reloaded,
    sampled_posterior as sampled_posterior,
)
from ssb_model.study.analysis.predicted import (
    main_cause as main_cause,
    name_of as name_of,
    parts_of as parts_of,
    predictions_of as predictions_of,
)
from ssb_model.study.analysis.processes import (
    Process as Process,
    comparison as comparison,
    process_table as process_table,
    processes as processes,
    spectra_of as spectra_of,
)
from ssb_model.study.analysis.warnings import warnings_of as warnings_of
