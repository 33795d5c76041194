"""What a study's misfit has beside the measured numbers: scatter, order of arcs, unknown noise."""

from ssb_model.study.terms.differences import (
    FACTOR as FACTOR,
    moved_logarithms as moved_logarithms,
    of_one_cell as of_one_cell,
)
from ssb_model.study.terms.noise import estimated_noise as estimated_noise
from ssb_model.study.terms.order import orders_of as orders_of
from ssb_model.study.terms.scatter import Scatter as Scatter, scatters_of as scatters_of
from ssb_model.study.terms.term import Term as Term
