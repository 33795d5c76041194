"""The cathode: its potential, kinetics, catholyte and temperature."""

from ssb_model.cells.cathode.catholyte import BinaryCatholyte, with_salt as with_salt
from ssb_model.cells.cathode.kinetics import diffusivity, exchange_current_density
from ssb_model.cells.cathode.model_options import (
    REFUSED as REFUSED,
    REFUSED_VALUES as REFUSED_VALUES,
    for_pybamm as for_pybamm,
    refuse_combinations as refuse_combinations,
    refuse_unworkable as refuse_unworkable,
)
from ssb_model.cells.cathode.potential import (
    HYSTERESIS as HYSTERESIS,
    afshar2017,
    start_on_branch as start_on_branch,
)
from ssb_model.cells.cathode.temperature import LumpedTemperature
from ssb_model.cells.cathode.values import (
    CATHODE_NAMES as CATHODE_NAMES,
    cathode_values as cathode_values,
)
from ssb_model.cells.cathode.window import refuse_start as refuse_start

__all__ = [
    "BinaryCatholyte",
    "LumpedTemperature",
    "afshar2017",
    "diffusivity",
    "exchange_current_density",
]
