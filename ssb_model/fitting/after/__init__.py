"""After a fit: intervals, profiles, information criteria, scores."""

from ssb_model.fitting.after.criteria import (
    Criteria as Criteria,
    information_criteria as information_criteria,
    widely_applicable as widely_applicable,
)
from ssb_model.fitting.after.inference import (
    DETERMINED as DETERMINED,
    Direction as Direction,
    covariance as covariance,
    leverages as leverages,
    undetermined as undetermined,
)
from ssb_model.fitting.after.profile import (
    POINTS as POINTS,
    Profile as Profile,
    profiles as profiles,
)
from ssb_model.fitting.after.score import Score as Score, score as score
