"""Draws of all that is uncertain about a coating and its cell, and the most probable point."""

from ssb_model.prediction.draws.between_cells import between_cells as between_cells
from ssb_model.prediction.draws.even import even_normals as even_normals
from ssb_model.prediction.draws.measured_resistance import (
    OVERSAMPLED as OVERSAMPLED,
    on_measured as on_measured,
)
from ssb_model.prediction.draws.most_probable import most_probable as most_probable
from ssb_model.prediction.draws.sample import (
    CELL_SCATTER as CELL_SCATTER,
    CURRENT_SCATTER as CURRENT_SCATTER,
    Draws as Draws,
    draw as draw,
    drawn_alone as drawn_alone,
    face_priors as face_priors,
    face_quantities as face_quantities,
)
